"""The rota screen: a week of one rota, in the zone one chooses."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.domain.spans import Instant
from supporttui.tui.batch import Target
from supporttui.tui.desk import Link, LinkState
from supporttui.tui.doing import Doing
from supporttui.tui.moving import TextMoves
from supporttui.tui.rota import view
from supporttui.tui.widgets.lines import Lines
from supporttui.usecases import rota
from supporttui.usecases.ports import Changed
from supporttui.usecases.views import RotaPlan

SECONDS_BETWEEN_READINGS = 60
"""Who is on now is asked again so often, as hands change without a fact."""
SECONDS_OF_A_WEEK = 7 * 86_400


class RotaScreen(Doing, TextMoves):
    """Who is on duty, this week or another."""

    NAME = "rota"

    def __init__(self) -> None:
        super().__init__()
        self._plans: Sequence[RotaPlan] = ()
        self._place = 0
        self._weeks = 0
        self._zone = 0
        self._read_at = Instant(0)

    def body(self) -> ComposeResult:
        """The week."""
        yield Lines(id="week", pages=True)

    # --- what it is told ------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """First frame, then the plan."""
        super().on_mount()
        self.reload()

    def on_screen_resume(self) -> None:
        """Shown again: hands may have changed meanwhile."""
        super().on_screen_resume()
        self.reload()

    def on_resize(self, event: Resize) -> None:
        """Columns follow the width."""
        super().on_resize(event)
        self._paint()

    def ticked(self, now: Instant) -> None:
        """Ask again each minute."""
        if now - self._read_at >= SECONDS_BETWEEN_READINGS:
            self.reload()

    def changed(self, changed: Changed) -> None:
        """Only definitions move a rota."""
        if changed.definitions:
            self.reload()

    def linked(self, link: Link) -> None:
        """The first answer may come late."""
        if link.state is LinkState.live and not self._plans:
            self.reload()

    def reload(self) -> None:
        """Ask for the week that is shown."""
        self._read_at = self.now
        week = view.week_of(self.now, self._zone_name, weeks=self._weeks)
        self.desk.ask(
            rota.plan, week.start, week.end, now=self.now, then=self._show, refused=self.frame.refuse, group="rota"
        )

    def relabelled(self) -> None:
        """Another language."""
        self._paint()

    def show_week_of(self, at: Instant) -> None:
        """The week in which an instant lies."""
        here, there = view.week_of(self.now, self._zone_name), view.week_of(at, self._zone_name)
        self._weeks = round((there.start - here.start) / SECONDS_OF_A_WEEK)
        self.reload()

    def _show(self, plans: Sequence[RotaPlan]) -> None:
        self._plans = plans
        self._place = min(self._place, max(0, len(plans) - 1))
        if plans and plans[0].span != view.week_of(self.now, self._zone_name, weeks=self._weeks):
            self.reload()  # the rota's zone is known only now, and its Monday begins elsewhere
        else:
            self._paint()

    def _paint(self) -> None:
        if not self.is_mounted:
            return
        block = self.query_one("#week", Lines)
        if not self._plans:
            block.show(((), (("dim", f" {self.words.t('No rota yet. The command init makes a first one.')}"),)))
            return
        look = view.Look(self.words, self._zone_name, self.size.width, self.now, self.frame.parts.me)
        block.show(view.lines(look, self._plans[self._place], place=self._place + 1, count=len(self._plans)))

    def targets(self) -> tuple[Target, ...]:
        """None: on this screen a command names its tickets."""
        return ()

    # --- keys -----------------------------------------------------------------------------------------

    @property
    def _zone_name(self) -> str:
        return self._zones[self._zone % len(self._zones)]

    @property
    def _zones(self) -> Sequence[str]:
        """The rota's own, the reader's, UTC; each once."""
        site = self._plans[self._place].rota.zone if self._plans else self.words.zone
        return tuple(dict.fromkeys((site, self.words.zone, "UTC")))

    def action_calendar_next(self) -> None:
        """The week after."""
        self._weeks += 1
        self.reload()

    def action_calendar_previous(self) -> None:
        """The week before."""
        self._weeks -= 1
        self.reload()

    def action_calendar_today(self) -> None:
        """This week."""
        self._weeks = 0
        self.reload()

    def action_calendar_zone(self) -> None:
        """The next zone: the rota's, mine, UTC."""
        if len(self._zones) == 1:
            self.frame.say(self.words.t("The rota, you and UTC share one zone."))
            return
        self._zone += 1
        self.reload()

    def action_calendar_next_rota(self) -> None:
        """The next rota."""
        self._go_to(1)

    def action_calendar_previous_rota(self) -> None:
        """The rota before."""
        self._go_to(-1)

    @property
    def text_block(self) -> Lines:
        """The week, which scrolls where the window is short."""
        return self.query_one("#week", Lines)

    def _go_to(self, step: int) -> None:
        place = max(0, min(self._place + step, len(self._plans) - 1))
        if place != self._place:
            self._place = place
            self.reload()
