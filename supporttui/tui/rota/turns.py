"""Edit a layer as its form says, or add one; what that does is shown before, and taken back by ``u``."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from supporttui.domain.faults import BadInput, SupportError
from supporttui.domain.ids import RotaId
from supporttui.domain.rota.edits import continuing
from supporttui.domain.rota.schedule import Layer, Rota, Rotation
from supporttui.domain.rota.snapshot import rota_at
from supporttui.domain.spans import Instant
from supporttui.domain.wall import to_wall
from supporttui.i18n import definition_faults, rota_labels
from supporttui.tui.asking.questions import choose
from supporttui.tui.rota import fields
from supporttui.tui.rota.cell import Cell
from supporttui.tui.rota.changing import Reversible
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.rota.layer_fields import AT_ONCE, HIGHEST, fields_of
from supporttui.tui.rota.preview import preview
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import Option
from supporttui.usecases import rota as usecases
from supporttui.usecases.packing import Part
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.wishes import EditRota, known
from supporttui.usecases.rules import rules_of

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

    def save(values: Mapping[str, object]) -> None:
        try:
            wish = wish_of(cell.rota, layer, rotation, values, now=screen.now)
        except BadInput as fault:
            form.complain(fault)
        else:
            _preview(screen, form, wish, cell.rota)

    name = fields.safe(layer.name) if layer is not None else words.t("(new)")
    title = words.t("Layer {layer} of {rota}", layer=name, rota=fields.safe(cell.rota.name))
    form = Form(title, save, fields=fields_of(screen, cell, layer, rotation))
    screen.app.push_screen(form)


def wish_of(rota: Rota, layer: Layer | None, before: Rotation, values: Mapping[str, Any], *, now: Instant) -> EditRota:
    """The rota as it would be with what was typed of a layer, or of a new one.

    Raises:
        BadInput: ``rota.nothing_changed``, ``rota.layer_twice``, and as a rotation refuses.
    """
    begin = values["begin"]
    start = None if isinstance(begin, str) else begin
    at_once, at = begin == AT_ONCE, now if start is None else start
    typed = Rotation(values["anchor"], values["turns"], values["unit"], values["every"], values["advance"])
    looks = {
        "mode": values["mode"], "restrictions": values["hours"], "zone": values["zone"], "valid_to": values["ends"],
        "elastic_end": values["elastic"],
    }  # fmt: skip
    if layer is None:
        made = Layer(values["name"], (typed,), level=values["line"], **looks)
        return EditRota(replace(rota, layers=_with(rota, made)), start, at_once)
    rotations = _rotations(rota, layer, before, typed, at)
    if rotations != layer.rotations:
        rotations = (*rotations[:-1], replace(rotations[-1], at_once=at_once, reason=values["reason"]))
    edited = replace(layer, name=values["name"], rotations=rotations, **looks)
    layers = tuple(edited if one.name == layer.name else one for one in rota.layers)
    if "above" in values:
        layers = _moved(layers, edited, values["above"])
    if layers == rota.layers:
        raise BadInput("rota.nothing_changed", layer=layer.name)
    return EditRota(replace(rota, layers=layers), start, at_once)


def _rotations(rota: Rota, layer: Layer, before: Rotation, typed: Rotation, at: Instant) -> tuple[Rotation, ...]:
    """With another version where turns or rhythm are others; in the same rhythm the order goes on."""
    same_rhythm = replace(typed, turns=()) == replace(before, turns=(), valid_from=None, reason="", at_once=False)
    if same_rhythm and typed.turns == before.turns:
        return layer.rotations
    if same_rhythm and before.turns:
        return (*layer.rotations, continuing(rota, layer.name, typed.turns, at))
    return (*layer.rotations, replace(typed, valid_from=at))


def _moved(layers: Sequence[Layer], edited: Layer, above: str) -> tuple[Layer, ...]:
    """The layer right below another one of its line, or above all of them."""
    others = [one for one in layers if one.name != edited.name]
    line = [place for place, one in enumerate(others) if one.level == edited.level]
    place = line[0] if above == HIGHEST else 1 + next(n for n in line if others[n].name == above)
    return (*others[:place], edited, *others[place:])


def _with(rota: Rota, made: Layer) -> tuple[Layer, ...]:
    """A new layer is the highest of its line."""
    first = next((n for n, layer in enumerate(rota.layers) if layer.level == made.level), len(rota.layers))
    return (*rota.layers[:first], made, *rota.layers[first:])


def _preview(screen: Chosen, form: Form, wish: EditRota, old: Rota) -> None:
    words = screen.words
    said = words.t("Layers changed: {rota}.", rota=fields.safe(wish.rota.name))
    names = {(Part.people, person): name for person, name in screen.names.items()}

    def refused(fault: SupportError) -> None:
        form.complain(definition_faults.told(words, fault, names))

    def go() -> None:
        change = Reversible(
            screen, lambda call, tx: _put(call, tx, wish), lambda call, tx, _: _back(call, tx, wish, old)
        )
        change.do(said, refused=refused, then=form.close)

    preview(screen, words.t("Edit of {rota}", rota=fields.safe(wish.rota.name)),
            lambda tx: usecases.whatif(tx, wish, screen.now), lambda found: rota_labels.effect(words, found), go,
            refused=refused)  # fmt: skip


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
