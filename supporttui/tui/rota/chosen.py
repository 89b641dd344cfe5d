"""What the rota screen shows and what is chosen on it; the keys that move and those that act share it."""

from collections.abc import Callable, Sequence

from supporttui.domain.rota.oncall import Duty
from supporttui.domain.spans import Instant, Span
from supporttui.tui.doing import Doing
from supporttui.tui.rota import cell as cells
from supporttui.tui.rota.board import Board
from supporttui.tui.rota.cell import Cell
from supporttui.tui.rota.look import NOWHERE, Look, Place
from supporttui.tui.rota.periods import Period, days_of, period_of, place_of, steps_to
from supporttui.tui.rota.rows import Row, rows_of
from supporttui.usecases.views import RotaPlan


class Chosen(Doing):
    """The last answer of the database, the days of it that are shown, and the cell under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self._place = 0
        self._steps = 0
        self._period = Period.week
        self._zone: str | None = None
        """``None``: the rota's own."""
        self._row: tuple[int, str | None] | None = None
        """The key of the row under the cursor."""
        self._day: Instant | None = None
        """Where the day under the cursor begins, or any instant in it; ``None``: today."""
        self._wishes: list[Callable[[], None]] = []
        """What was asked for before there was a plan."""

    def show_week_of(self, at: Instant) -> None:
        """The week or month in which an instant lies, with the cursor on its day."""
        self._steps = steps_to(at, self.now, self.zone_name, self._period)
        self._day = at
        self.reload()

    def show_cell(self, key: str, at: Instant, level: int) -> None:
        """A line of support of a rota at an instant."""
        ids: list[str] = [plan.rota.id for plan in self.plans]
        self._place = ids.index(key) if key in ids else self._place
        self._row = next((row.key for row in self.rows if row.level == level and row.final), self._row)
        self.show_week_of(at)

    @property
    def look(self) -> Look:
        """How the rota looks now."""
        return Look(self.words, self.zone_name, self.size.width, self.now, self.frame.parts.me)

    @property
    def board(self) -> Board | None:
        """The last answer."""
        return self._board

    @property
    def plans(self) -> Sequence[RotaPlan]:
        """Every rota."""
        return self._board.plans if self._board is not None else ()

    @property
    def plan(self) -> RotaPlan:
        """The rota that is shown."""
        return self.plans[self._place]

    @property
    def names(self) -> dict[str, str]:
        """Person → what they are called."""
        return cells.names_of(self._board) if self._board is not None else {}

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown."""
        return rows_of(self.look, self.plan) if self.plans else ()

    @property
    def place(self) -> Place:
        """Where the cursor stands."""
        if not self.plans:
            return NOWHERE
        keys = [row.key for row in self.rows]
        days = days_of(self.plan.span, self.zone_name)
        row = keys.index(self._row) if self._row in keys else 0
        return Place(row, place_of(days, self.now if self._day is None else self._day))

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor."""
        rows, place = self.rows, self.place
        if not rows:
            return None
        return Cell(self.plan.rota, rows[place.row], days_of(self.plan.span, self.zone_name)[place.day])

    @property
    def piece(self) -> Duty | None:
        """The piece of duty that a key on the cell is for; ``None``: the day is past, or has none."""
        cell = self.cell
        return cell.piece(self.now, self.frame.parts.me) if cell is not None else None

    def when_known(self, go: Callable[[], None]) -> None:
        """At once, or as soon as there is a plan."""
        if self._board is not None:
            go()
        else:
            self._wishes.append(go)

    @property
    def zone_name(self) -> str:
        """The zone whose days are shown."""
        if self._zone is not None:
            return self._zone
        return self.plans[self._place].rota.zone if self.plans else self.words.zone

    @property
    def _span(self) -> Span:
        return period_of(self.now, self.zone_name, self._period, steps=self._steps)
