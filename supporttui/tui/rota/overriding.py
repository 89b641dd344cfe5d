"""Override: somebody more, somebody less, somebody instead; and taking one back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from uuid import uuid4

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.marking import mark
from supporttui.domain.processes import LeftOut
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.spans import Instant, Span
from supporttui.i18n import formats, rota_labels
from supporttui.tui.asking.questions import choose
from supporttui.tui.rota import fields
from supporttui.tui.rota.cell import Cell, overrides_in
from supporttui.tui.rota.changing import Reversible
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.rota.preview import preview
from supporttui.tui.widgets.fields import Field, Known
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import Option
from supporttui.usecases import rota
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.certified import not_on
from supporttui.usecases.rota.wishes import EndOverride, PutOverride

_KINDS: Mapping[OverrideKind, str] = {
    OverrideKind.replace: mark("somebody instead"),
    OverrideKind.add: mark("somebody as well"),
    OverrideKind.remove: mark("without somebody"),
}


def ask(screen: Chosen, cell: Cell) -> None:
    """Who, when, in whose place; what it would do is shown before."""
    piece = cell.piece(screen.now)
    start = max(screen.now, piece.span.start if piece is not None else cell.day.start)
    end = piece.span.end if piece is not None else cell.day.end
    form = partial(_form, screen, cell, piece, Span(start, end))
    screen.frame.hold_keys()
    screen.desk.ask(not_on, cell.rota.id, cell.level, Span(start, end), then=form, refused=screen.frame.refuse)


def _form(screen: Chosen, cell: Cell, piece: Duty | None, span: Span, left_out: Sequence[LeftOut]) -> None:
    words, people, offer = screen.words, fields.people_of(screen), fields.offer(screen, left_out)
    here = piece.people[0] if piece is not None and piece.people else ""
    me = next((one.label for one in offer.known if one.value == screen.frame.parts.me != here), "")
    kinds = tuple(Known(words.t(text), kind.value) for kind, text in _KINDS.items())

    def save(values: Mapping[str, object]) -> None:
        wanted = _override(screen, cell, values)
        put(screen, cell.rota.id, wanted, form)

    form = Form(
        words.t("Override: {rota}, {row}", rota=fields.safe(cell.rota.name), row=cell.row.label),
        save,
        fields=[
            Field("kind", words.t("what"), kinds[0].label, known=kinds, required=True, read=OverrideKind),
            Field("person", words.t("who"), me, known=offer.known, also=offer.also, empty=None, hint=offer.why),
            Field("in_place_of", words.t("in place of"), fields.name_of(screen, here), known=people, empty=None,
                  hint=words.t("Empty: whoever is on duty.")),
            *fields.span(screen, span.start, span.end),
            Field("reason", words.t("reason"), hint=words.t("Others see it.")),
        ],
    )  # fmt: skip
    screen.app.push_screen(form)


def _override(screen: Chosen, cell: Cell, values: Mapping[str, object]) -> Override:
    kind, person, instead = OverrideKind(str(values["kind"])), values["person"], values["in_place_of"]
    taken = instead if kind is OverrideKind.remove and instead else person
    layer = cell.row.layer if not cell.row.final else None
    return Override(
        uuid4().hex, kind, Instant(int(str(values["start"]))), Instant(int(str(values["end"]))),
        person=PersonId(str(taken)) if taken else None,
        in_place_of=PersonId(str(instead)) if instead and kind is OverrideKind.replace else None,
        layer=layer, level=None if layer else cell.level, reason=str(values["reason"]), created_at=screen.now,
        created_by=screen.frame.parts.me,
    )  # fmt: skip


def put(screen: Chosen, key: RotaId, wanted: Override, form: Form | None = None) -> None:
    """Show what an override does, then put it; a form stays open with what stands against it."""
    words, wish = screen.words, PutOverride(key, wanted)
    said = words.t("Override: {what}.", what=rota_labels.override(words, wanted, screen.names))
    refused = form.complain if form is not None else screen.frame.refuse

    def go() -> None:
        change = Reversible(
            screen, lambda call, tx: _put(call, tx, wish), lambda call, tx, one: _end(call, tx, key, one)
        )
        change.do(said, refused=refused, then=form.close if form is not None else None)

    preview(screen, said, lambda tx: rota.whatif(tx, wish, screen.now),
            lambda found: rota_labels.effect(words, found), go, refused=refused)  # fmt: skip


def end(screen: Chosen, cell: Cell) -> None:
    """Take an override of the cell back."""
    words, board = screen.words, screen.board
    found = overrides_in(board, cell) if board is not None else ()
    coming = [one for one in found if one.end > screen.now]
    if not coming:
        screen.frame.say(words.t("No override in this cell that is not over."))
    elif len(coming) == 1:
        _ask_end(screen, cell, coming[0])
    else:
        options = [
            Option(str(number), f"{rota_labels.override(words, one, screen.names)} "
                   f"({formats.span_short(words, one.start, one.end, zone=screen.zone_name)})", one.id)
            for number, one in enumerate(coming[:9], start=1)
        ]  # fmt: skip
        by_id = {one.id: one for one in coming}
        choose(screen, words.t("Take back which override?"), options, lambda key: _ask_end(screen, cell, by_id[key]),
               enter=False)  # fmt: skip


def _ask_end(screen: Chosen, cell: Cell, override: Override) -> None:
    words, key = screen.words, cell.rota.id
    said = words.t("Override taken back: {what}.", what=rota_labels.override(words, override, screen.names))

    def go() -> None:
        change = Reversible(
            screen, lambda call, tx: _put(call, tx, PutOverride(key, override)),
            lambda call, tx, one: _end(call, tx, key, one), override.id,
        )  # fmt: skip
        change.do(said, ending=True)

    preview(screen, words.t("Take back: {what}", what=rota_labels.override(words, override, screen.names)),
            lambda tx: rota.whatif(tx, EndOverride(key, override.id), screen.now),
            lambda found: rota_labels.effect(words, found), go)  # fmt: skip


def _put(call: Call, tx: Transaction, wish: PutOverride) -> str:
    """Each time under an id of its own: what was ended stays what it was."""
    rota.change(call, tx, replace(wish, override=replace(wish.override, id=call.operation)))
    return call.operation


def _end(call: Call, tx: Transaction, key: RotaId, override: str) -> None:
    rota.end_override(call, tx, key, override)
