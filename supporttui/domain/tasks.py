"""The task catalogue: what is done, by which role, to what standard, and what shows that it was."""

from dataclasses import dataclass

from supporttui.domain.ids import RotaId


@dataclass(frozen=True, slots=True)
class Task:
    """A recurring task of the desk. Its role says who does it: whoever the rota gives that role at the moment."""

    id: str
    name: str
    role: str = ""
    """The name of a rota or of a layer, in any case, as ``oncall --role`` takes it."""
    rota: RotaId | None = None
    """Only on this rota; ``None``: wherever the role is known."""
    time: str = ""
    """By when, or how long it may take."""
    quality: str = ""
    """What it must be like when it is done."""
    evidence: str = ""
    """What shows afterwards that it was done."""
