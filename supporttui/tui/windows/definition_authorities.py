"""The form of an authority: its hours, what it takes, how it is reached, by which agreement it works. No Textual."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from supporttui.domain.faults import BadInput
from supporttui.domain.people import Agreement, Entry, Line, Team
from supporttui.domain.states import AuthorityKind, Need
from supporttui.domain.text import fold
from supporttui.i18n import definition_texts, value_labels
from supporttui.i18n.catalogue import Words
from supporttui.tui.widgets.fields import Field, Known
from supporttui.tui.windows.definition_parts import (
    Kind,
    choice,
    commas,
    day,
    label,
    line,
    listed,
    many,
    of_part,
    priorities,
    several,
    shown_priorities,
)
from supporttui.usecases.packing import Known as Definition
from supporttui.usecases.packing import Part

_ENTRY, _AGREEMENT = "entry.", "agreement."
"""Before the fields of what a ticket must be, and of the contract."""


def authority(words: Words, found: Team, known: Sequence[Definition]) -> Kind:
    """What is said of partners for overflow stays as it is."""
    kinds = tuple(Known(value_labels.code(words, one), one.value) for one in AuthorityKind)
    fields = (
        line(words, "name", found.name, required=True),
        Field("kind", label(words, "kind"), value_labels.code(words, found.kind), known=kinds, read=AuthorityKind,
              required=True),
        line(words, "zone", found.zone, required=True, hint=words.t("Such as Europe/Berlin.")),
        choice(words, "calendar", found.calendar, of_part(known, Part.calendars)),
        line(words, "phone", found.phone),
        listed(words, "lines", found.lines, definition_texts.line, way,
               hint=words.t("One a line, as +41 44 555 01 99 Hotline; only 1 2.")),
        several(words, "languages", found.languages),
        many(words, "services", found.services, of_part(known, Part.services), hint=words.t("One a line.")),
        several(words, "categories", found.categories),
        several(words, "resolves", found.resolves),
        *_entry(words, found.entry or Entry()),
        *_agreement(words, found.agreement or Agreement()),
    )  # fmt: skip

    def read(values: Mapping[str, object]) -> Team:
        own: dict[str, Any] = {name: value for name, value in values.items() if "." not in name}
        entry = Entry(**_of(values, _ENTRY))
        agreement = Agreement(**_of(values, _AGREEMENT))
        return replace(
            found, **own, entry=None if entry == Entry() else entry,
            agreement=None if agreement == Agreement() else agreement,
        )  # fmt: skip

    return Kind(fields, read)


def _of(values: Mapping[str, object], prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}


def _entry(words: Words, found: Entry) -> tuple[Field, ...]:
    names = {need: value_labels.code(words, need) for need in Need}

    def needs(typed: str) -> tuple[Need, ...]:
        return tuple(_need(names, one) for one in commas(typed))

    return (
        Field(f"{_ENTRY}needs", label(words, "needs"), ", ".join(names[one] for one in found.needs),
              read=needs, empty=(), hint=", ".join(names.values())),
        Field(f"{_ENTRY}priorities", label(words, "priorities"), shown_priorities(found.priorities),
              read=priorities, empty=()),
        replace(listed(words, "checks", found.checks, str, str, hint=words.t("One a line.")), name=f"{_ENTRY}checks"),
    )  # fmt: skip


def _need(names: Mapping[Need, str], typed: str) -> Need:
    wanted = fold(typed)
    for need, name in names.items():
        if wanted in (fold(name), need.value):
            return need
    raise BadInput("form.unclear", found=typed[:40], allowed=", ".join(names.values()))


def _agreement(words: Words, found: Agreement) -> tuple[Field, ...]:
    fields = (
        line(words, "entitlement", found.entitlement),
        day(words, "first", found.first),
        day(words, "last", found.last),
    )  # fmt: skip
    said = (replace(one, name=f"{_AGREEMENT}{one.name}") for one in fields)
    return (line(words, f"{_AGREEMENT}number", found.number), *said)


def way(typed: str) -> Line:
    """``+41 44 555 01 99 Hotline; only 1 2``: what has a letter first begins the name, or is the address itself."""
    said, _, asked = typed.partition(";")
    word, _, which = asked.strip().partition(" ")
    if not said.strip() or (asked.strip() and word != "only"):
        raise BadInput("form.line", found=typed[:60])
    address, name = _apart(said.split())
    return Line(address, name, priorities(which) if which else ())


def _apart(words: Sequence[str]) -> tuple[str, str]:
    """A number may stand in several words; an address or a link is one."""
    if not words[0].lstrip("+(").isdigit() and not words[0].lstrip("+(")[:1].isdigit():
        return words[0], " ".join(words[1:])
    count = next((place for place, word in enumerate(words) if any(sign.isalpha() for sign in word)), len(words))
    return " ".join(words[:count]), " ".join(words[count:])
