"""The fields of a layer's form: who takes turns, how long, from which handoff on, in which hours, beside whom."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.ids import PersonId
from supporttui.domain.marking import mark_in
from supporttui.domain.people import Person
from supporttui.domain.rota.edits import Turn
from supporttui.domain.rota.schedule import Advance, Layer, LayerMode, Rotation, Unit
from supporttui.domain.spans import Instant
from supporttui.domain.text import fold
from supporttui.domain.wall import to_wall, zone
from supporttui.i18n import times, value_labels
from supporttui.tui.rota import fields, hours_text
from supporttui.tui.rota.cell import Cell
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.widgets.fields import Field, Known

FREE = "-"
"""Stands for a turn in which nobody is meant to be there."""
AT_ONCE, AT_END = "at once", "turn end"
HIGHEST = ""
"""In place of the layer above: there is none."""
_UNITS: Mapping[Unit, tuple[str, str]] = {
    Unit.hour: mark_in("length of a turn", "hours"),
    Unit.day: mark_in("length of a turn", "days"),
    Unit.week: mark_in("length of a turn", "weeks"),
    Unit.month: mark_in("length of a turn", "months"),
}


def fields_of(screen: Chosen, cell: Cell, layer: Layer | None, rotation: Rotation) -> tuple[Field, ...]:
    """Of a layer with the rotation that is in force, or of a new one."""
    shown = fields.safe(layer.name) if layer is not None else ""
    return (
        Field("name", screen.words.t("name"), shown, required=True, read=partial(_name, shown, layer)),
        *(_line_of_new(screen, cell) if layer is None else ()),
        *_turns(screen, cell, layer, rotation),
        *_hours(screen, cell, layer),
        *(_place(screen, cell, layer) if layer is not None else ()),
        *_edit(screen),
    )


def _line_of_new(screen: Chosen, cell: Cell) -> Iterator[Field]:
    words = screen.words
    yield Field("line", words.t("line of support"), str(cell.level), required=True, read=_line,
                hint=words.t("1 is called first; another number makes a new line."))  # fmt: skip


def _turns(screen: Chosen, cell: Cell, layer: Layer | None, rotation: Rotation) -> Iterator[Field]:
    words = screen.words
    units = tuple(Known(words.p(*text), unit.value) for unit, text in _UNITS.items())
    unit = next(one.label for one in units if one.value == rotation.unit.value)
    clocks = cell.rota.zone if layer is None else cell.rota.zone_of(layer)
    yield Field("turns", words.t("turns"), turns_text(screen.names, rotation.turns), required=True,
                read=partial(turns_of, people_known(screen)),
                hint=words.t("Ana, Ben + Cy, - is Ana, then Ben with Cy, then nobody on purpose."))  # fmt: skip
    yield Field("every", words.t("a turn lasts"), str(rotation.every), required=True, read=_count)
    yield Field("unit", words.t("of"), unit, known=units, required=True, read=Unit)
    yield Field("anchor", words.t("a turn begins"), f"{rotation.anchor:%Y-%m-%d %H:%M}", required=True,
                read=partial(_anchor, screen, clocks),
                hint=words.t("Any handoff, on the clocks of {zone}.", zone=clocks))  # fmt: skip
    yield _choice(screen, "advance", words.t("turns move on"), rotation.advance)


def _hours(screen: Chosen, cell: Cell, layer: Layer | None) -> Iterator[Field]:
    words = screen.words
    yield Field("hours", words.t("hours"), hours_text.text_of(words, layer.restrictions if layer else ()), empty=(),
                read=partial(hours_text.hours_of, words),
                hint=words.t("Mon-Fri 08:00-20:00; Sat 10:00-14:00. Empty: always."))  # fmt: skip
    yield _yes(screen, "elastic", words.t("joins the next"), on=layer is not None and layer.elastic_end,
               hint=words.t("Until the next layer begins, also while only one has changed its clocks."))  # fmt: skip
    yield Field("zone", words.t("time zone"), (layer.zone or "") if layer else "", empty=None, read=_zone,
                hint=words.t("Empty: that of the rota, {zone}.", zone=cell.rota.zone))  # fmt: skip
    yield _choice(screen, "mode", words.t("other layers"), layer.mode if layer else LayerMode.wins)
    ends = layer.valid_to if layer is not None else None
    shown = "" if ends is None else times.stamp(ends, screen.zone_name)
    yield Field("ends", words.t("ends"), shown, empty=None, read=partial(_end, screen, shown, ends),
                hint=words.t("The layer has nobody from then on, such as mon 8:00; empty: it goes on."))  # fmt: skip


def _place(screen: Chosen, cell: Cell, layer: Layer) -> Iterator[Field]:
    """Only where another one of the line could be above it."""
    words = screen.words
    names = [one.name for one in cell.rota.layers if one.level == layer.level]
    if len(names) < 2:
        return
    at = names.index(layer.name)
    highest = Known(words.t("none: it is the highest"), HIGHEST)
    known = (highest, *(Known(fields.safe(name), name) for name in names if name != layer.name))
    shown = highest.label if at == 0 else fields.safe(names[at - 1])
    yield Field("above", words.t("the layer above"), shown, known=known, required=True,
                hint=words.t("Where both have somebody, the upper one's is on duty."))  # fmt: skip


def _edit(screen: Chosen) -> Iterator[Field]:
    words = screen.words
    begins = (Known(words.t("when the turn under way ends"), AT_END), Known(words.t("now, at once"), AT_ONCE))
    yield Field("begin", words.t("holds"), begins[0].label, known=begins, free=True, required=True,
                read=partial(_begin, screen), hint=words.t("Or from a moment on, such as mon 8:00."))  # fmt: skip
    yield Field("reason", words.t("reason"), hint=words.t("Others see it."))


def _choice(screen: Chosen, name: str, label: str, value: Advance | LayerMode) -> Field:
    """One of the few values of its kind."""
    kind = type(value)
    known = tuple(Known(value_labels.code(screen.words, one), one.value) for one in kind)
    return Field(name, label, value_labels.code(screen.words, value), known=known, required=True, read=kind)


def _yes(screen: Chosen, name: str, label: str, *, on: bool, hint: str) -> Field:
    known = (Known(screen.words.t("no"), "no"), Known(screen.words.t("yes"), "yes"))
    return Field(name, label, known[on].label, known=known, required=True, read=lambda text: text == "yes", hint=hint)


# --- what is typed ------------------------------------------------------------------------------------


def turns_text(names: Mapping[str, str], turns: Sequence[Turn]) -> str:
    """``Ana Sommer, Ben + Cy, -``."""
    return ", ".join(" + ".join(fields.safe(names.get(one, one)) for one in turn) or FREE for turn in turns)


def turns_of(people: Sequence[Person], text: str) -> tuple[Turn, ...]:
    """What such a text means; people by id, name, or a part of exactly one name.

    Raises:
        NotFound: ``person.unknown``; BadInput ``form.unclear``.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(() if part == FREE else tuple(_person(people, name) for name in part.split("+")) for part in parts)


def _person(people: Sequence[Person], text: str) -> PersonId:
    wanted = fold(text.strip())
    exact = [one for one in people if wanted in (fold(one.id), fold(one.name))]
    found = exact or [one for one in people if wanted and wanted in fold(one.name)]
    if len(found) > 1:
        raise BadInput("form.unclear", found=text.strip()[:40], allowed=", ".join(one.name for one in found[:5]))
    if not found:
        raise NotFound("person.unknown", person=text.strip()[:60])
    return found[0].id


def people_known(screen: Chosen) -> tuple[Person, ...]:
    """Who may be named."""
    return tuple(screen.board.people.values()) if screen.board is not None else ()


def _name(shown: str, layer: Layer | None, text: str) -> str:
    """What is left as it stands is what it was, also what of it cannot be shown."""
    return layer.name if layer is not None and text == shown else text


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadInput("rota.every", every=text[:20])
    return int(text)


def _line(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadInput("form.number", found=text[:40])
    return int(text)


def _anchor(screen: Chosen, clocks: str, text: str) -> datetime:
    """A moment on the layer's own clocks."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return to_wall(fields.moment(screen)(text), clocks)


def _begin(screen: Chosen, text: str) -> object:
    return text if text in (AT_ONCE, AT_END) else fields.moment(screen)(text)


def _end(screen: Chosen, shown: str, ends: Instant | None, text: str) -> Instant | None:
    """What is left as it stands is what it was, to the second."""
    return ends if text == shown else fields.moment(screen)(text)


def _zone(text: str) -> str:
    zone(text)
    return text
