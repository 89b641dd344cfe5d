"""The chosen cell in words: who has that day of that row, what was asked and changed in it, who is away."""

from collections.abc import Iterator
from dataclasses import dataclass

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.absences import Absence
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.rota.pinned import PinnedPeriod
from supporttui.domain.rota.schedule import Override, Rota
from supporttui.domain.rota.swaps import SwapRequest
from supporttui.domain.spans import Instant, Span
from supporttui.domain.text import safe_text
from supporttui.i18n import formats, rota_labels
from supporttui.i18n.cells import fit
from supporttui.i18n.labels import cause
from supporttui.tui.rota.board import Board
from supporttui.tui.rota.look import Line, Look
from supporttui.tui.rota.rows import Row, is_alarming, pieces_in

MOST = 5
"""Lines that a cell is told in, where the window is not tall."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a row of a rota."""

    rota: Rota
    row: Row
    day: Span

    @property
    def level(self) -> int:
        """Its line of support."""
        return self.row.level

    @property
    def pieces(self) -> tuple[Duty, ...]:
        """Everything of the day, uncut."""
        return pieces_in(self.row.duties, self.day)

    def piece(self, now: Instant, me: str = "") -> Duty | None:
        """What a key on the cell is for: my own duty in it, else what runs now, else what is longest in the day.

        Where a layer rests is no gap of it.
        """
        ahead = [piece for piece in self.pieces if piece.span.end > now]
        here = ahead if self.row.final else [piece for piece in ahead if piece.people] or ahead
        mine = (one for one in here if me in one.people)
        running = (one for one in here if now in one.span and now in self.day)
        found = next(mine, None) or next(running, None)
        if found is not None:
            return found
        return max(here, key=self._length, default=None)

    def _length(self, piece: Duty) -> int:
        return min(piece.span.end, self.day.end) - max(piece.span.start, self.day.start)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody in it, each once."""
        return tuple(dict.fromkeys(person for piece in self.pieces for person in piece.people))


def requests_in(board: Board, cell: Cell) -> tuple[SwapRequest, ...]:
    """Who asks to be covered in a cell."""
    return tuple(
        view.swap
        for view in board.requests
        if view.swap.rota == cell.rota.id
        and any(piece.level == cell.level and cell.day.touches(piece.span) for piece in view.swap.pieces)
    )


def overrides_in(board: Board, cell: Cell) -> tuple[Override, ...]:
    """What was changed by hand in a cell, the newest first; a swap's are not among them."""
    layers = {layer.name for layer in cell.rota.layers if layer.level == cell.level}
    found = (
        one
        for one in board.overrides.get(cell.rota.id, ())
        if not one.swap_id and cell.day.touches(one)
        if one.level == cell.level or one.layer in layers or _is_in(one, cell)
    )
    return tuple(sorted(found, key=lambda one: (one.created_at, one.id), reverse=True))


def _is_in(one: Override, cell: Cell) -> bool:
    """Whether an override of every line of support is seen in this one."""
    return one.level is None and one.layer is None and (one.person is None or one.person in cell.people)


def pinned_in(board: Board, cell: Cell) -> tuple[PinnedPeriod, ...]:
    """The plans set by hand that hold in a cell, by their beginning."""
    found = (one for one in board.pinned.get(cell.rota.id, ()) if cell.day.touches(one) and one.concerns(cell.level))
    return tuple(sorted(found, key=lambda one: (one.start, one.id)))


def absences_in(board: Board, cell: Cell) -> tuple[Absence, ...]:
    """Who of the cell is away that day."""
    return tuple(one for one in board.absences if one.person in cell.people and cell.day.touches(one.span))


def lines(look: Look, board: Board, cell: Cell, names: dict[str, str], *, most: int = MOST) -> tuple[Line, ...]:
    """The answer, a line each; what does not fit is counted."""
    told = [
        *_requests(look, board, cell, names), *_absences(look, board, cell, names), *_duties(look, cell, names),
        *_pinned(look, board, cell), *_overrides(look, board, cell, names),
    ]  # fmt: skip
    if len(told) > most:
        more = look.words.n("and {n} more", "and {n} more", len(told) - most + 1)
        told = [*told[: most - 1], ("dim", more)]
    room = max(10, look.width - 2)
    return tuple(((style, f" {fit(text, room).rstrip()}"),) for style, text in told)


def _duties(look: Look, cell: Cell, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    words = look.words
    told = [piece for piece in cell.pieces if piece.people or cell.row.final]
    if not told:
        day = formats.day_short(words, cell.day.start, zone=look.zone)
        yield "", f"{day}  {cell.row.label}: {words.t('nobody here')}"
    for piece in told:
        who = formats.listing(words, [look.name(person, names) for person in piece.people]) or words.t("NOBODY")
        when = formats.span_short(words, piece.span.start, piece.span.end, zone=look.zone)
        style = "warning" if cell.row.final and is_alarming(piece) else "bold"
        yield style, f"{cell.row.label}  {when}: {who} ({cause(words, piece.cause.value)})"


def _requests(look: Look, board: Board, cell: Cell, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for swap in requests_in(board, cell):
        text = look.words.t(
            "? {person} asks to be covered: {pieces}",
            person=look.called(swap.asked_by, names), pieces=rota_labels.pieces(look.words, swap.pieces),
        )  # fmt: skip
        yield "", text + _reason(swap.reason)


def _overrides(look: Look, board: Board, cell: Cell, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for one in overrides_in(board, cell):
        when = formats.span_short(look.words, one.start, one.end, zone=look.zone)
        yield "", f"* {when}: {rota_labels.override(look.words, one, names)}{_reason(one.reason)}"


def _pinned(look: Look, board: Board, cell: Cell) -> Iterator[tuple[str, str]]:
    for one in pinned_in(board, cell) if cell.row.final else ():
        when = formats.span_short(look.words, one.start, one.end, zone=look.zone)
        yield "", look.words.t("* {span}: planned by hand", span=when) + _reason(one.reason)


def _absences(look: Look, board: Board, cell: Cell, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for one in absences_in(board, cell):
        when = formats.span_short(look.words, one.start, one.end, zone=look.zone)
        kind = rota_labels.absence(look.words, one.kind)
        yield "warning", look.words.t("{person} is {absence}: {span}", person=look.called(one.person, names),
                                      absence=kind, span=when)  # fmt: skip


def _reason(text: str) -> str:
    reason = safe_text(text, one_line=True, limit=80)
    return f" ({reason})" if reason else ""


def names_of(board: Board) -> dict[str, str]:
    """Person → what they are called, of everybody who is known."""
    return {person.id: person.name for person in board.people.values()}
