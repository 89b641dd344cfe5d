"""The keys of the rota screen that only move: the cursor, the week or month, the zone, the rota."""

from collections.abc import Sequence
from functools import partial

from supporttui.domain.faults import BadInput
from supporttui.domain.people import Person
from supporttui.domain.spans import Instant
from supporttui.domain.text import fold
from supporttui.domain.wall import zone
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.rota.periods import Period, days_of, steps_to
from supporttui.tui.windows.prompt import LinePrompt
from supporttui.usecases.views import RotaPlan


class RotaMoves(Chosen):
    """Mixed into the rota screen, whose cursor and period it moves."""

    def _paint(self, *, reveal: bool = False) -> None:
        raise NotImplementedError

    # --- the cursor -----------------------------------------------------------------------------------

    def action_calendar_right(self) -> None:
        """The day after; after the last one comes the next week or month."""
        self._go_by_days(1)

    def action_calendar_left(self) -> None:
        """The day before."""
        self._go_by_days(-1)

    def action_calendar_down(self) -> None:
        """The row below."""
        self._go_by_rows(1)

    def action_calendar_up(self) -> None:
        """The row above."""
        self._go_by_rows(-1)

    def _go_by_days(self, step: int) -> None:
        if not self.plans:
            return
        days = days_of(self.plan.span, self.zone_name)
        wanted = self.place.day + step
        if 0 <= wanted < len(days):
            self._day = days[wanted].start
            self._paint(reveal=True)
        else:
            self._day = days[-1].end if step > 0 else Instant(days[0].start - 1)
            self._steps += step
            self.reload()

    def _go_by_rows(self, step: int) -> None:
        rows = self.rows
        if rows:
            self._row = rows[max(0, min(self.place.row + step, len(rows) - 1))].key
            self._paint(reveal=True)

    # --- what is shown --------------------------------------------------------------------------------

    def action_calendar_next(self) -> None:
        """The week or month after."""
        self._turn(1)

    def action_calendar_previous(self) -> None:
        """The week or month before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        """The cursor stays on its weekday, or on its day of the month."""
        if not self.plans:
            return
        self._steps += step
        days, place = days_of(self.plan.span, self.zone_name), self.place.day
        beyond = days[-1].end if step > 0 else Instant(days[0].start - 1)
        self._day = beyond
        self._keep_day = place
        self.reload()

    _keep_day: int | None = None
    """Which day of what is read next the cursor goes to."""

    def settle_day(self) -> None:
        """What was to be read is there."""
        if self._keep_day is not None and self.plans:
            days = days_of(self.plan.span, self.zone_name)
            self._day = days[min(self._keep_day, len(days) - 1)].start
            self._keep_day = None

    def action_calendar_today(self) -> None:
        """Now, and the cursor on today."""
        self._steps, self._day = 0, None
        self.reload()

    def action_calendar_zoom(self) -> None:
        """A month instead of a week, or back, with the cursor on the same day."""
        cell = self.cell
        self._period = Period.week if self._period is Period.month else Period.month
        if cell is not None:
            self._day = cell.day.start
            self._steps = steps_to(cell.day.start, self.now, self.zone_name, self._period)
        self.reload()

    def action_calendar_next_rota(self) -> None:
        """The next rota; after the last one comes the first."""
        self._go_to_rota(1)

    def action_calendar_previous_rota(self) -> None:
        """The rota before."""
        self._go_to_rota(-1)

    def _go_to_rota(self, step: int) -> None:
        if len(self.plans) > 1:
            self._place = (self._place + step) % len(self.plans)
            self._row = None
            self.reload()

    # --- zones ----------------------------------------------------------------------------------------

    def _zones(self) -> Sequence[str]:
        """The rota's own, the reader's, UTC, of those in the cell; each once."""
        people = self.board.people if self.board is not None else {}
        cell = self.cell
        here = [people[person].zone for person in (cell.people if cell is not None else ()) if person in people]
        site = self.plan.rota.zone if self.plans else self.words.zone
        return tuple(dict.fromkeys(name for name in (site, self.words.zone, "UTC", *here) if name))

    def action_calendar_zone(self) -> None:
        """The next zone: the rota's, mine, UTC, that of the people in the cell."""
        zones = self._zones()
        if len(zones) == 1:
            self.frame.say(self.words.t("The rota, you and UTC share one zone."))
            return
        here = self.zone_name
        self._wear(zones[(zones.index(here) + 1) % len(zones) if here in zones else 0])

    def action_calendar_any_zone(self) -> None:
        """A zone by its name, or a person's."""
        prompt = _ZonePrompt(self)

        def answered(text: str | None) -> None:
            if text:
                self._wear(text)

        self.app.push_screen(prompt, answered)

    def _wear(self, name: str) -> None:
        cell = self.cell
        self._zone = name
        if cell is not None and self._day is not None:
            self._day = Instant((cell.day.start + cell.day.end) // 2)  # noon is on the same date nearly everywhere
        self.reload()

    def zone_called(self, text: str) -> str:
        """The zone of this name, or of the person with this name or id. Raises BadInput ``zone.unknown``."""
        people: Sequence[Person] = tuple(self.board.people.values()) if self.board is not None else ()
        wanted = fold(text.strip())
        by_name = partial(_is_called, wanted)
        person = next(filter(by_name, people), None)
        if person is not None and person.zone:
            return person.zone
        name = next((one for one in _known_zones(people, self.plans) if fold(one) == wanted), text.strip())
        zone(name)
        return name


def _is_called(wanted: str, person: Person) -> bool:
    return wanted in (fold(person.id), fold(person.name), fold(person.name.split(" ")[0]))


def _known_zones(people: Sequence[Person], plans: Sequence[RotaPlan]) -> Sequence[str]:
    return tuple(dict.fromkeys(("UTC", *(one.zone for one in people), *(plan.rota.zone for plan in plans))))


class _ZonePrompt(LinePrompt):
    """Asks for a zone; what it cannot read is said under it."""

    def __init__(self, below: RotaMoves) -> None:
        words = below.words
        super().__init__(words.t("Times in the zone of:"), hint=words.t("A person, or a zone such as Asia/Tokyo."))
        self._below = below

    def submitted(self, text: str) -> None:
        """Close, or say what is wrong."""
        try:
            self.answer(self._below.zone_called(text) if text.strip() else None)
        except BadInput as fault:
            self.refuse(fault)
