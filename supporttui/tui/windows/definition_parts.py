"""What the forms of definitions are made of: texts, lists, choices among other definitions, dates. No Textual.

In a list that is typed line by line, a line that stays as it was stays what it was, also what the line does not say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

from supporttui.domain.faults import BadInput
from supporttui.domain.priorities import Priority
from supporttui.domain.text import fold, safe_text
from supporttui.i18n import pack_labels
from supporttui.i18n.catalogue import Words
from supporttui.tui.widgets.fields import Field, Known
from supporttui.usecases.packing import Known as Definition
from supporttui.usecases.packing import Part

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind:
    """The form of one definition."""

    fields: tuple[Field, ...]
    read: Callable[[Mapping[str, object]], Any]
    """What was typed → the definition; raises BadInput as the definition itself refuses."""


def changed(value: T, values: Mapping[str, object]) -> T:
    """The same with other fields."""
    return cast("T", replace(cast("Any", value), **values))


def label(words: Words, name: str) -> str:
    """Of a field, as a form writes it."""
    found = pack_labels.path(words, name)
    return found[:1].upper() + found[1:]


def line(words: Words, name: str, value: str, *, required: bool = False, hint: str = "") -> Field:
    """A text on one line."""
    return Field(name, label(words, name), value, hint=hint, required=required)


def listed(
    words: Words, name: str, values: Sequence[T], show: Callable[[T], str], read: Callable[[str], T], *, hint: str = ""
) -> Field:
    """A list, one a line."""
    shown = {show(one): one for one in values}
    return Field(
        name, label(words, name), "\n".join(show(one) for one in values), hint=hint, long=True, empty=(),
        read=lambda typed: _lines(typed, shown, read),
    )  # fmt: skip


def _lines(typed: str, shown: Mapping[str, T], read: Callable[[str], T]) -> tuple[T, ...]:
    """Line by line: what it was, or what is typed now."""
    lines = (one.strip() for one in typed.splitlines() if one.strip())
    return tuple(shown[one] if one in shown else read(one) for one in lines)


def several(words: Words, name: str, values: Sequence[str], *, hint: str = "") -> Field:
    """A few words of the site's own, with commas between them."""
    return Field(name, label(words, name), ", ".join(values), hint=hint, read=commas, empty=())


def commas(typed: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(piece.strip() for piece in typed.split(",") if piece.strip())


def choice(words: Words, name: str, value: str | None, known: Sequence[Known], *, required: bool = False) -> Field:
    """One of several."""
    shown = next((one.label for one in known if one.value == value), value or "")
    return Field(name, label(words, name), shown, known=tuple(known), required=required, empty=None)


def many(words: Words, name: str, values: Sequence[str], known: Sequence[Known], *, hint: str = "") -> Field:
    """Some of several, one a line, by their names or keys; a key that nobody knows stays as it is."""
    names = {one.value: one.label for one in known}

    def read(typed: str) -> str:
        found = [one.value for one in known if fold(typed) in (fold(one.label), fold(one.value))]
        if not found and typed not in values:
            raise BadInput("form.unknown", found=typed[:40])
        return found[0] if found else typed

    return listed(words, name, values, lambda one: names.get(one, one), read, hint=hint)


def of_part(known: Sequence[Definition], part: Part) -> tuple[Known, ...]:
    """Those of a kind by name, with the key where two have one name."""
    return by_name([one for one in known if one.part is part])


def by_name(found: Sequence[Definition]) -> tuple[Known, ...]:
    """To choose among; two with one name have their keys beside it."""
    names = [safe_text(one.name, one_line=True, limit=40) for one in found]
    shown = (name if names.count(name) == 1 else f"{name} ({one.key})" for name, one in zip(names, found, strict=True))
    return tuple(Known(name, one.key) for name, one in zip(shown, found, strict=True))


def whole(typed: str) -> int:
    """A whole number. Raises BadInput ``form.number``."""
    if not (typed.strip().isascii() and typed.strip().isdigit()):
        raise BadInput("form.number", found=typed.strip()[:40])
    return int(typed)


def priorities(typed: str) -> tuple[Priority, ...]:
    """``1, 2``. Raises BadInput ``form.number``."""
    return tuple(Priority(whole(piece)) for piece in typed.replace(",", " ").split())


def shown_priorities(values: Sequence[Priority]) -> str:
    """The same as it is typed."""
    return ", ".join(map(str, values))


def day(words: Words, name: str, value: date | None) -> Field:
    """A date, or none."""
    return Field(name, label(words, name), "" if value is None else value.isoformat(), read=read_day, empty=None)


def read_day(typed: str) -> date:
    """``2026-12-31``. Raises BadInput ``period.date``."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise BadInput("period.date", found=typed[:60]) from None
