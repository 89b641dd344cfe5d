"""A handover with all that its words need: what is shown, printed, exported, and sent as a letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from supporttui.domain.handover.handover import Handover
from supporttui.domain.ids import DEFAULT_PREFIX
from supporttui.domain.spans import Instant


@dataclass(frozen=True, slots=True)
class Sheet:
    """As of an instant; its words are made where it is read, in the reader's language and zone."""

    handover: Handover
    """With its items, also while it is a draft."""
    now: Instant
    names: Mapping[str, str] = field(default_factory=dict)
    """Of people and authorities that it names."""
    prefix: str = DEFAULT_PREFIX
    rota: str = ""
    """Its name, and that of the rota that follows."""
    to_rota: str = ""
    changed: tuple[str, ...] = ()
    """Keys of items whose ticket was touched since it was signed."""

    def name(self, person: str) -> str:
        """What somebody is called; an id that is nobody's stands for itself."""
        return self.names.get(person, person)
