"""Edit a layer: who takes turns in which order, from when on, how long a turn is, in which hours; or add a layer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.marking import mark_in
from supporttui.domain.people import Person
from supporttui.domain.rota.edits import Turn, continuing
from supporttui.domain.rota.schedule import Advance, Layer, Restriction, Rota, Rotation, Unit
from supporttui.domain.rota.snapshot import rota_at
from supporttui.domain.spans import Instant
from supporttui.domain.text import fold
from supporttui.domain.wall import to_wall
from supporttui.i18n import rota_labels
from supporttui.tui.asking.questions import choose
from supporttui.tui.rota import fields, hours_text
from supporttui.tui.rota.cell import Cell
from supporttui.tui.rota.changing import Reversible
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.rota.preview import preview
from supporttui.tui.widgets.fields import Field, Known
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import Option
from supporttui.usecases import rota as usecases
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.wishes import EditRota, known
from supporttui.usecases.rules import rules_of

FREE = "-"
"""Stands for a turn in which nobody is meant to be there."""
AT_ONCE, AT_END = "at once", "turn end"
_UNITS: Mapping[Unit, tuple[str, str]] = {
    Unit.hour: mark_in("length of a turn", "hours"),
    Unit.day: mark_in("length of a turn", "days"),
    Unit.week: mark_in("length of a turn", "weeks"),
    Unit.month: mark_in("length of a turn", "months"),
}
_NEW = "+"


def ask(screen: Chosen, cell: Cell) -> None:
    """Edit the layer of the row; where the row follows from several, choose which."""
    words = screen.words
    layers = [layer for layer in cell.rota.layers if layer.level == cell.level]
    options = [Option(str(n), fields.safe(layer.name), layer.name) for n, layer in enumerate(layers[:9], start=1)]
    options.append(Option("n", words.t("a new layer"), _NEW))

    def chosen(name: str) -> None:
        layer = next((one for one in layers if one.name == name), None)
        _form(screen, cell, layer)

    if cell.row.layer is not None:
        options.sort(key=lambda one: one.value != cell.row.layer)
    choose(screen, words.t("Edit which layer of {row}?", row=screen.look.level(cell.level)), options, chosen)


def _form(screen: Chosen, cell: Cell, layer: Layer | None) -> None:
    words = screen.words
    rotation = _in_force(layer, screen.now) if layer is not None else _fresh(screen, cell.rota)
    units = tuple(Known(words.p(*text), unit.value) for unit, text in _UNITS.items())
    unit = next(one.label for one in units if one.value == rotation.unit.value)
    begins = (Known(words.t("when the turn under way ends"), AT_END), Known(words.t("now, at once"), AT_ONCE))
    zone = cell.rota.zone_of(layer) if layer is not None else cell.rota.zone

    def save(values: Mapping[str, object]) -> None:
        try:
            wish = _wish(screen, cell, layer, rotation, values)
        except BadInput as fault:
            form.complain(fault)
        else:
            _preview(screen, form, wish, cell.rota)

    name = [Field("name", words.t("name"), required=True)] if layer is None else []
    form = Form(
        words.t("Layer {layer} of {rota}", layer=fields.safe(layer.name) if layer is not None else words.t("(new)"),
                rota=fields.safe(cell.rota.name)),
        save,
        fields=[
            *name,
            Field("turns", words.t("turns"), turns_text(screen.names, rotation.turns), required=True,
                  read=partial(turns_of, people_known(screen)),
                  hint=words.t("Ana, Ben + Cy, - is Ana, then Ben with Cy, then nobody on purpose.")),
            Field("every", words.t("a turn lasts"), str(rotation.every), required=True, read=_count),
            Field("unit", words.t("of"), unit, known=units, required=True, read=Unit),
            Field("anchor", words.t("a turn begins"), f"{rotation.anchor:%Y-%m-%d %H:%M}", required=True,
                  read=partial(_anchor, screen, zone),
                  hint=words.t("Any handoff, on the clocks of {zone}.", zone=zone)),
            Field("hours", words.t("hours"), hours_text.text_of(words, layer.restrictions if layer else ()), empty=(),
                  read=partial(hours_text.hours_of, words),
                  hint=words.t("Mon-Fri 08:00-20:00; Sat 10:00-14:00. Empty: always.")),
            Field("begin", words.t("holds"), begins[0].label, known=begins, free=True, required=True,
                  read=partial(_begin, screen), hint=words.t("Or from a moment on, such as mon 8:00.")),
            Field("reason", words.t("reason"), hint=words.t("Others see it.")),
        ],
    )  # fmt: skip
    screen.app.push_screen(form)


def _wish(screen: Chosen, cell: Cell, layer: Layer | None, before: Rotation, values: Mapping[str, object]) -> EditRota:
    """The rota as it would be. Raises BadInput ``rota.…``."""
    begin = values["begin"]
    at_once, start = begin == AT_ONCE, None if isinstance(begin, str) else Instant(int(str(begin)))
    turns, hours = _as_turns(values["turns"]), _as_hours(values["hours"])
    at = screen.now if start is None else start
    anchor, unit, every = values["anchor"], Unit(str(values["unit"])), int(str(values["every"]))
    assert isinstance(anchor, datetime)
    advance = before.advance if unit is Unit.day else Advance.time
    same_rhythm = (anchor, unit, every) == (before.anchor, before.unit, before.every)
    reason = str(values["reason"])
    if layer is None:
        made = Layer(str(values["name"]), (Rotation(anchor, turns, unit, every, advance),), restrictions=hours,
                     level=cell.level)  # fmt: skip
        return EditRota(replace(cell.rota, layers=_with(cell.rota, made)), start, at_once)
    rotations = layer.rotations
    if turns != before.turns or not same_rhythm:
        if same_rhythm and before.turns:
            new = replace(continuing(cell.rota, layer.name, turns, at), at_once=at_once, reason=reason)
        else:
            new = Rotation(anchor, turns, unit, every, advance, valid_from=at, at_once=at_once, reason=reason)
        rotations = (*rotations, new)
    elif hours == layer.restrictions:
        raise BadInput("rota.nothing_changed", layer=layer.name)
    edited = replace(layer, rotations=rotations, restrictions=hours)
    layers = tuple(edited if one.name == layer.name else one for one in cell.rota.layers)
    return EditRota(replace(cell.rota, layers=layers), start, at_once)


def _with(rota: Rota, made: Layer) -> tuple[Layer, ...]:
    """A new layer is the highest of its line."""
    first = next((n for n, layer in enumerate(rota.layers) if layer.level == made.level), len(rota.layers))
    return (*rota.layers[:first], made, *rota.layers[first:])


def _preview(screen: Chosen, form: Form, wish: EditRota, old: Rota) -> None:
    words = screen.words
    said = words.t("Layers changed: {rota}.", rota=fields.safe(wish.rota.name))

    def go() -> None:
        change = Reversible(
            screen, lambda call, tx: _put(call, tx, wish), lambda call, tx, _: _back(call, tx, wish, old)
        )
        change.do(said, refused=form.complain, then=form.close)

    preview(screen, words.t("Edit of {rota}", rota=fields.safe(wish.rota.name)),
            lambda tx: usecases.whatif(tx, wish, screen.now), lambda found: rota_labels.effect(words, found), go,
            refused=form.complain)  # fmt: skip


def _put(call: Call, tx: Transaction, wish: EditRota) -> str:
    usecases.change(call, tx, replace(wish, valid_from=_not_past(wish.valid_from, call.at)))
    return call.operation


def _back(call: Call, tx: Transaction, wish: EditRota, old: Rota) -> None:
    """The layers as they were, from where the edit began, or from now on if it has begun."""
    start = _not_past(wish.valid_from, call.at)
    at = call.at if start is None else start
    here = rota_at(known(rules_of(tx), RotaId(wish.rota.id)), at)
    usecases.change(call, tx, EditRota(as_before(here, old, at), start))


def _not_past(start: Instant | None, now: Instant) -> Instant | None:
    return None if start is None or start <= now else start


def as_before(here: Rota, old: Rota, at: Instant) -> Rota:
    """A rota with the layers that it had: turns that came since are followed, at once, by those before them."""
    known_layers = {layer.name: layer for layer in here.layers}
    return replace(here, layers=tuple(_followed(known_layers.get(layer.name), layer, at) for layer in old.layers))


def _followed(here: Layer | None, old: Layer, at: Instant) -> Layer:
    if here is None or here.rotations == old.rotations:
        return old
    again = replace(_in_force(old, at), valid_from=at, at_once=True)
    return replace(old, rotations=(*here.rotations, again))


def _in_force(layer: Layer, at: Instant) -> Rotation:
    """The version of its rotation that holds, or else the first."""
    found = [one for one in layer.rotations if one.valid_from is None or one.valid_from <= at]
    return (found or list(layer.rotations))[-1]


def _fresh(screen: Chosen, rota: Rota) -> Rotation:
    """What the form of a new layer begins with."""
    wall = to_wall(screen.now, rota.zone).replace(hour=8, minute=0, second=0)
    return Rotation(wall, ())


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


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadInput("rota.every", every=text[:20])
    return int(text)


def _anchor(screen: Chosen, zone: str, text: str) -> datetime:
    """A moment on the layer's own clocks."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return to_wall(fields.moment(screen)(text), zone)


def _begin(screen: Chosen, text: str) -> object:
    return text if text in (AT_ONCE, AT_END) else fields.moment(screen)(text)


def _as_turns(value: object) -> tuple[Turn, ...]:
    assert isinstance(value, tuple)
    return value


def _as_hours(value: object) -> tuple[Restriction, ...]:
    assert isinstance(value, tuple)
    return value
