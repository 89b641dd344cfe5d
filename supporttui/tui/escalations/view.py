"""Running escalations in cells: where each stands, and who is called next if nobody answers. No Textual."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.marking import mark_in
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.text import safe_text
from supporttui.i18n import countdown, formats, terms, times, titles
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cause_labels import cause
from supporttui.i18n.cells import cell_width, fit
from supporttui.i18n.notice_states import notice_state
from supporttui.tui.styles import Run
from supporttui.usecases.ports import EscalationState, NoticeState
from supporttui.usecases.views import Reach, Running, Upcoming

Line = tuple[Run, ...]

# Translators: where an escalation stands; at most 9 cells.
_STATES: Mapping[EscalationState, tuple[str, str]] = {
    EscalationState.running: mark_in("escalation", "running"),
    EscalationState.acknowledged: mark_in("escalation", "answered"),
    EscalationState.snoozed: mark_in("escalation", "quiet"),
    EscalationState.exhausted: mark_in("escalation", "exhausted"),
    EscalationState.done: mark_in("escalation", "done"),
}
UP = "^"
"""Behind the priority: it goes to those who decide."""
_STATE_WIDTH, _STEP_WIDTH = 9, 12
_WIDE, _WIDE_STEP = 120, 24
"""From so many cells on, a step's name has so much room."""
_MOST = 4


@dataclass(frozen=True, slots=True)
class Look:
    """How the list looks to one reader at one width."""

    words: Words
    width: int
    prefix: str
    me: str = ""

    def key(self, row: Running) -> Hashable:
        """The cursor follows the escalation: a ticket may have two."""
        return (row.escalation.ticket, row.escalation.kind)

    def runs(self, row: Running, *, now: Instant, cursor: bool, marked: bool) -> Sequence[Run]:
        """One escalation on one line."""
        state = row.escalation.state
        style = {"exhausted": "alarm", "acknowledged": "dim", "snoozed": "dim"}.get(state.value, "")
        mark = f"{'>' if cursor else ' '}{'!' if state is EscalationState.exhausted else ' '}{'*' if marked else ' '}"
        up = UP if row.escalation.kind is EscalationKind.hierarchical else " "
        head = f"{mark}{fit(f'{self.prefix}{row.escalation.ticket}', 8)}{row.item.row.priority}{up}"
        word = fit(self.words.p(*_STATES[state]), _STATE_WIDTH)
        step = fit(safe_text(row.step_name, one_line=True, limit=40) or "-", self.step)
        left = fit(next_in(self, row, now), self.countdown, right=True)
        rest = self.width - cell_width(head) - _STATE_WIDTH - self.step - self.countdown - 5
        space = max(10, rest // 2)
        who = fit(next_who(self, row, now), space)
        title = fit(safe_text(titles.title(self.words, row.item.row), one_line=True, limit=200), max(1, rest - space))
        plain = "cursor" if cursor else ""
        return ((plain, head), (style, word), (plain, f" {step} {left}  {who} {title}"))

    @property
    def step(self) -> int:
        """Cells of the name of the step that was reached."""
        return _WIDE_STEP if self.width >= _WIDE else _STEP_WIDTH

    @property
    def countdown(self) -> int:
        """Cells of the time that is left."""
        return max(6, countdown.width(countdown.units(self.words)) - 1)

    def heading(self) -> Line:
        """The line above the rows."""
        words = self.words
        first = f"   {fit(words.p('column', 'ID'), 8)}{words.p('column', 'P')} "
        state = fit(words.p("column", "State"), _STATE_WIDTH)
        reached = fit(words.p("column", "Reached"), self.step)
        left = fit(words.p("column", "In"), self.countdown, right=True)
        return (("dim", fit(f"{first}{state} {reached} {left}  {words.p('column', 'Next')}", self.width)),)

    def name(self, person: str, names: Mapping[str, str]) -> str:
        """The whole name; the reader is "you"."""
        if person == self.me:
            return self.words.t("you")
        return safe_text(names.get(person, person), one_line=True, limit=40)

    def people(self, reached: Sequence[Reach]) -> str:
        """Names, the reader as "you"; nobody is said in words."""
        if not reached:
            return self.words.t("nobody")
        names: dict[str, str] = {reach.person: reach.name for reach in reached}
        return formats.listing(self.words, [self.name(reach.person, names) for reach in reached])


def next_in(look: Look, row: Running, now: Instant) -> str:
    """In how long the next step comes, if one does."""
    if not row.upcoming:
        return "-"
    return _in(look, row.upcoming[0], now)


def _in(look: Look, step: Upcoming, now: Instant) -> str:
    """What is left until a step; one that the watch should have taken already is due."""
    # Translators: in the place of a countdown that has ended; at most 6 cells.
    return look.words.p("escalation", "due") if step.at <= now else countdown.precise(look.words, step.at - now)


def next_who(look: Look, row: Running, now: Instant) -> str:
    """Whom the next step calls, or why nobody is called."""
    if row.quiet_until is not None:
        time = times.near(row.quiet_until, now, look.words.zone)
        return look.words.t("quiet until {time}", time=time)
    if row.upcoming:
        return look.people(row.upcoming[0].people)
    if row.escalation.state is EscalationState.acknowledged:
        return look.words.t("answered: {who}", who=_answered_by(look, row))
    return look.words.t("no step left")


def _answered_by(look: Look, row: Running) -> str:
    """Of those who decide only who was paged can have; the ticket's own acknowledgement is somebody else's."""
    if row.escalation.kind is EscalationKind.hierarchical and row.answered:
        return formats.listing(look.words, [look.name(person, row.names) for person in row.answered])
    return look.name(row.item.row.acknowledged_by or "", row.names) or "-"


def detail(look: Look, row: Running, now: Instant) -> tuple[Line, ...]:
    """Below the list: what happens if nobody answers, and what was sent so far."""
    ahead = row.upcoming[:_MOST]
    return (
        (("title", f" {fit(_heading(look, row, now), max(1, look.width - 2))}"),),
        *_told(look, row),
        *(_step_line(look, step, now) for step in ahead),
        *_sent(look, row, now),
    )


def _told(look: Look, row: Running) -> tuple[Line, ...]:
    """Whom it goes to, if that is management; and how many have acknowledged, where one is not enough."""
    words, told = look.words, []
    if row.escalation.kind is EscalationKind.hierarchical:
        told.append(words.t("To those who decide; only whom it paged can stop it."))
    if row.needed > 1 and row.escalation.state is not EscalationState.acknowledged:
        names = formats.listing(words, [look.name(person, row.names) for person in row.answered]) or words.t("nobody")
        told.append(words.t("{n} must acknowledge; so far: {who}.", n=row.needed, who=names))
    return tuple((("", f"   {fit(text, max(1, look.width - 4))}"),) for text in told)


def _heading(look: Look, row: Running, now: Instant) -> str:
    words, state = look.words, row.escalation.state
    policy = safe_text(row.policy_name, one_line=True, limit=40)
    if state is EscalationState.acknowledged and row.acknowledged_at is not None:
        who = _answered_by(look, row)
        at = times.near(row.acknowledged_at, now, words.zone)
        if not row.upcoming:
            return words.t("Answered at {time}: {who}. Nobody else is called.", who=who, time=at)
        return words.t("Answered at {time}: {who}. When that runs out ({policy}):", who=who, time=at, policy=policy)
    if row.quiet_until is not None:
        at = times.near(row.quiet_until, now, words.zone)
        return words.t("Quiet until {time}. If nobody answers after that ({policy}):", time=at, policy=policy)
    if not row.upcoming:
        return words.t("Every step was taken and nobody answered ({policy}).", policy=policy)
    number = max(1, row.escalation.round)
    return words.t("If nobody answers ({policy}, round {round}):", policy=policy, round=number)


def _step_line(look: Look, step: Upcoming, now: Instant) -> Line:
    words = look.words
    when = times.near(step.at, now, words.zone)
    name = safe_text(step.name, one_line=True, limit=40)
    ways = (terms.channel(words, reach.channel) for reach in step.people if reach.channel)
    by = ", ".join(dict.fromkeys(safe_text(way, one_line=True, limit=20) for way in ways))
    who = _who(look, step)
    text = words.t("{when} ({left})  {step}: {who}", when=when, left=_in(look, step, now), step=name, who=who)
    shown = f"   {text}  {by}".rstrip()
    return (("" if step.people else "warning", shown if cell_width(shown) <= look.width else fit(shown, look.width)),)


def _who(look: Look, step: Upcoming) -> str:
    """People and channels, or why nobody is."""
    channels = [terms.channel(look.words, channel) for channel in step.channels]
    if not step.people and channels:
        return formats.listing(look.words, channels)
    if not step.people and step.cause:
        return look.words.t("nobody ({cause})", cause=cause(look.words, step.cause))
    people = look.people(step.people)
    return formats.listing(look.words, [people, *channels]) if channels else people


def _sent(look: Look, row: Running, now: Instant) -> tuple[Line, ...]:
    if not row.notices:
        return ((("dim", f" {look.words.t('Nobody has been paged yet.')}"),),)
    shown: list[Line] = [(("title", f" {look.words.t('Paged so far:')}"),)]
    for notice in row.notices[:_MOST]:
        word = notice_state(look.words, notice.state)
        text = (
            f"   {times.near(notice.not_before, now, look.words.zone)}  {look.name(notice.person, row.names)}: {word}"
        )
        line = text if cell_width(text) <= look.width else fit(text, look.width)
        shown.append((("alarm" if notice.state is NoticeState.dead else "dim", line),))
    return tuple(shown)
