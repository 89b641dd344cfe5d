"""A plan set by hand: the shifts of a while over layers, overrides and swaps; and letting it end."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple, cast
from uuid import uuid4

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.marking import mark
from supporttui.domain.people import Person
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.spans import Instant, Span
from supporttui.i18n import formats, rota_labels, times
from supporttui.tui.asking.questions import choose
from supporttui.tui.rota import fields
from supporttui.tui.rota.cell import Cell, pinned_in
from supporttui.tui.rota.changing import Reversible
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.rota.layer_fields import people_known, turns_of
from supporttui.tui.rota.preview import preview
from supporttui.tui.widgets.fields import Field, Known
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import Option
from supporttui.usecases import rota
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.wishes import Pin, Unpin

_RESTS: Mapping[PinnedFallback, str] = {
    PinnedFallback.layers: mark("whoever the layers give"),
    PinnedFallback.gap: mark("nobody, on purpose"),
}
_PART = re.compile(r"(?P<who>[^:]+?)\s*:\s*(?P<start>.+?)\s*\.\.\s*(?P<end>.+)")


class Shift(NamedTuple):
    """A line of the form: who, and when; ``None``: all of the time."""

    people: tuple[PersonId, ...]
    span: Span | None


def ask(screen: Chosen, cell: Cell) -> None:
    """From when until when, who when, and who where nobody is named; what it would do is shown before."""
    words, cell = screen.words, _of_line(screen, cell)
    piece = cell.piece(screen.now)
    start = max(screen.now, piece.span.start if piece is not None else cell.day.start)
    end = piece.span.end if piece is not None else cell.day.end
    rests = tuple(Known(words.t(text), rest.value) for rest, text in _RESTS.items())

    def save(values: Mapping[str, object]) -> None:
        try:
            wish = Pin(RotaId(cell.rota.id), _period(cell.level, values))
        except BadInput as fault:
            form.complain(fault)
        else:
            _preview(screen, form, wish)

    form = Form(
        words.t("Plan by hand: {rota}, {row}", rota=fields.safe(cell.rota.name), row=screen.look.level(cell.level)),
        save,
        fields=[
            *fields.span(screen, start, end),
            Field("shifts", words.t("shifts"), "\n".join(_lines(screen, cell, Span(start, end))), long=True, empty=(),
                  read=partial(shifts_of, people_known(screen), fields.moment(screen)),
                  hint=words.t("One a line: Ana + Ben is all of the time, Ana: fri 8:00 .. sat 8:00 a part of it.")),
            Field("rest", words.t("otherwise"), rests[0].label, known=rests, required=True, read=PinnedFallback,
                  hint=words.t("Who is on duty where no shift is.")),
            Field("reason", words.t("reason"), hint=words.t("Others see it.")),
        ],
    )  # fmt: skip
    screen.app.push_screen(form)


def _of_line(screen: Chosen, cell: Cell) -> Cell:
    """The same day of the line of support, of which a layer is only a part: a plan by hand is one of the line."""
    row = next((row for row in screen.rows if row.level == cell.level and row.final), cell.row)
    return replace(cell, row=row)


def _lines(screen: Chosen, cell: Cell, whole: Span) -> Iterator[str]:
    """Who is on duty now, as the lines say it: to be changed rather than typed."""
    for piece in cell.row.duties:
        if piece.people and piece.span.touches(whole):
            who = " + ".join(fields.name_of(screen, person) for person in piece.people)
            start, end = max(piece.span.start, whole.start), min(piece.span.end, whole.end)
            shown = " .. ".join(times.stamp(at, screen.zone_name) for at in (start, end))
            yield who if Span(start, end) == whole else f"{who}: {shown}"


def shifts_of(people: Sequence[Person], moment: Callable[[str], Instant], text: str) -> tuple[Shift, ...]:
    """What such lines mean.

    Raises:
        NotFound: ``person.unknown``.
        BadInput: ``form.unclear``, ``form.shift``, ``moment.unreadable``, ``pinned.span``.
    """
    return tuple(_shift(people, moment, line.strip()) for line in text.splitlines() if line.strip())


def _shift(people: Sequence[Person], moment: Callable[[str], Instant], line: str) -> Shift:
    part = _PART.fullmatch(line)
    if part is None and ":" in line:
        raise BadInput("form.shift", found=line[:60])
    turns = turns_of(people, line if part is None else part["who"])
    if len(turns) != 1 or not turns[0]:
        raise BadInput("form.shift", found=line[:60])
    if part is None:
        return Shift(turns[0], None)
    start, end = moment(part["start"]), moment(part["end"])
    if start >= end:
        raise BadInput("pinned.span")
    return Shift(turns[0], Span(start, end))


def _period(level: int, values: Mapping[str, object]) -> PinnedPeriod:
    """Raises BadInput ``pinned.span``."""
    start, end = (cast("Instant", values[name]) for name in ("start", "end"))
    shifts = tuple(
        PinnedShift(*((start, end) if one.span is None else (one.span.start, one.span.end)), one.people, level)
        for one in cast("Sequence[Shift]", values["shifts"])
    )
    rest = cast("PinnedFallback", values["rest"])
    return PinnedPeriod(uuid4().hex, start, end, shifts, rest, reason=str(values["reason"]))


def _preview(screen: Chosen, form: Form, wish: Pin) -> None:
    words = screen.words
    said = words.t("Planned by hand: {span}.", span=_span(screen, wish.period))

    def go() -> None:
        change = Reversible(
            screen, lambda call, tx: _put(call, tx, wish), lambda call, tx, one: rota.unpin(call, tx, wish.rota, one)
        )
        change.do(said, refused=form.complain, then=form.close)

    preview(screen, said, lambda tx: rota.whatif(tx, wish, screen.now), lambda found: rota_labels.effect(words, found),
            go, refused=form.complain)  # fmt: skip


def end(screen: Chosen, cell: Cell) -> None:
    """Let a plan set by hand end that holds in the cell."""
    words, board = screen.words, screen.board
    coming = [one for one in pinned_in(board, cell) if one.end > screen.now] if board is not None else []
    if not coming:
        screen.frame.say(words.t("No plan set by hand in this cell that is not over."))
    elif len(coming) == 1:
        _ask_end(screen, cell, coming[0])
    else:
        options = [Option(str(number), _told(screen, one), one.id) for number, one in enumerate(coming[:9], start=1)]
        by_id = {one.id: one for one in coming}
        choose(screen, words.t("Let which plan end?"), options, lambda key: _ask_end(screen, cell, by_id[key]),
               enter=False)  # fmt: skip


def _ask_end(screen: Chosen, cell: Cell, period: PinnedPeriod) -> None:
    words, key = screen.words, RotaId(cell.rota.id)
    said = words.t("The plan set by hand ends: {span}.", span=_span(screen, period))

    def go() -> None:
        change = Reversible(
            screen, lambda call, tx: _put(call, tx, Pin(key, period)),
            lambda call, tx, one: rota.unpin(call, tx, key, one), period.id,
        )  # fmt: skip
        change.do(said, ending=True)

    preview(screen, said, lambda tx: rota.whatif(tx, Unpin(key, period.id), screen.now),
            lambda found: rota_labels.effect(words, found), go)  # fmt: skip


def _put(call: Call, tx: Transaction, wish: Pin) -> str:
    """Each time under an id of its own: what was ended stays what it was."""
    rota.change(call, tx, replace(wish, period=replace(wish.period, id=call.operation)))
    return call.operation


def _told(screen: Chosen, period: PinnedPeriod) -> str:
    return " ".join(filter(None, (_span(screen, period), fields.safe(period.reason))))


def _span(screen: Chosen, period: PinnedPeriod) -> str:
    return formats.span_month(screen.words, period.start, period.end, zone=screen.zone_name)
