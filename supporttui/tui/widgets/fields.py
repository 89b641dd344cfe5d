"""The fields of a form: what may stand in them, and what it means. No Textual."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from supporttui.domain.faults import BadInput
from supporttui.domain.text import fold

SHOWN = 5
"""So many of several meanings are named."""


@dataclass(frozen=True, slots=True)
class Known:
    """Something that can be chosen: what it is called, and what it is."""

    label: str
    """Safe, in the reader's words."""
    value: str
    about: str = ""
    """What is to be known once it is chosen; safe, in the reader's words."""


def no_gap(_text: str) -> tuple[int, int] | None:
    """Nothing in a text waits to be typed over."""
    return None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; texts are in the reader's words."""

    name: str
    label: str
    value: str = ""
    """What stands in it at first, as a person would type it."""
    hint: str = ""
    required: bool = False
    long: bool = False
    """A text of several lines."""
    known: tuple[Known, ...] = ()
    """What can be chosen."""
    also: tuple[Known, ...] = ()
    """What is taken by its whole name, though it is not offered."""
    free: bool = False
    """Something else than what is known may stand here too."""
    read: Callable[[str], object] = str
    """Typed, or the chosen value → what it means; raises ``BadInput`` and its kin."""
    empty: object = ""
    """What an empty field means."""
    gap: Callable[[str], tuple[int, int] | None] = no_gap
    """Beginning and end of what in a long text is to be typed over first."""


def heading(label: str) -> str:
    """A field's name as a form writes it: it begins with a capital where its script has them.

    >>> heading("time zone"), heading("Why"), heading("件名")
    ('Time zone', 'Why', '件名')
    """
    return label[:1].title() + label[1:]


def value_of(field: Field, text: str) -> object:
    """What a text means in a field.

    Raises:
        BadInput: ``form.missing``, ``form.unknown`` or ``form.unclear``.
        SupportError: as the field reads.
    """
    plain = text.rstrip() if field.long else text.strip()
    if not plain.strip():
        if field.required:
            raise BadInput("form.missing")
        return field.empty
    if field.known:
        found = meant(field, plain)
        plain = plain if found is None else found.value
    return field.read(plain)


def meant(field: Field, text: str) -> Known | None:
    """What is chosen by a text: its name, its code, or a part of exactly one name; ``None``: a free text.

    Raises:
        BadInput: ``form.unknown`` or ``form.unclear``.
    """
    fitting = matching(field.known, text)
    wanted = fold(text.strip())
    exact = [one for one in (*fitting, *field.also) if wanted in (fold(one.label), fold(one.value))]
    if exact:
        return exact[0]
    if field.free:
        return None
    if not fitting:
        raise BadInput("form.unknown", found=text.strip()[:40])
    if len(fitting) > 1:
        names = ", ".join(one.label for one in fitting[:SHOWN])
        raise BadInput("form.unclear", found=text.strip()[:40], allowed=names)
    return fitting[0]


def chosen_about(field: Field, text: str) -> str:
    """What is to be known of the one thing that a text means; empty while it means none or several."""
    fitting = matching(field.known, text) if text.strip() else ()
    exact = [one for one in fitting if one.label == text.strip()]
    chosen = exact or fitting
    return f"{chosen[0].label}: {chosen[0].about}" if len(chosen) == 1 and chosen[0].about else ""


def matching(known: Sequence[Known], text: str) -> tuple[Known, ...]:
    """What a text may become, names that begin with it first; an empty text may become anything."""
    wanted = fold(text.strip())
    found = [one for one in known if wanted in fold(one.label) or fold(one.value).startswith(wanted)]
    return tuple(sorted(found, key=lambda one: not fold(one.label).startswith(wanted)))


def turned(field: Field, text: str, step: int) -> str:
    """The name that Up or Down puts into a field: the next one from the name that stands there."""
    labels = [one.label for one in field.known]
    if text in labels:
        return labels[(labels.index(text) + step) % len(labels)]
    fitting = matching(field.known, text) or field.known
    return fitting[0 if step > 0 else -1].label
