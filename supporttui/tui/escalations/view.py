"""Running escalations in cells: where each stands, and who is called next if nobody answers. No Textual."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.marking import mark_in
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import countdown, formats, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.styles import Run
from supporttui.usecases.ports import EscalationState, NoticeState
from supporttui.usecases.views import Reach, Running, Upcoming

Line = tuple[Run, ...]

# Translators: where an escalation stands; at most 9 cells.
_STATES: Mapping[EscalationState, tuple[str, str]] = {
    EscalationState.running: mark_in("escalation", "running"),
    EscalationState.acknowledged: mark_in("escalation", "answered"),
    EscalationState.exhausted: mark_in("escalation", "exhausted"),
    EscalationState.done: mark_in("escalation", "done"),
}
_NOTICES: Mapping[NoticeState, tuple[str, str]] = {
    NoticeState.pending: mark_in("notice", "waits to be sent"),
    NoticeState.sending: mark_in("notice", "is being sent"),
    NoticeState.sent: mark_in("notice", "sent"),
    NoticeState.failed: mark_in("notice", "failed, will be tried again"),
    NoticeState.dead: mark_in("notice", "could not be delivered"),
    NoticeState.suppressed: mark_in("notice", "not sent"),
    NoticeState.withdrawn: mark_in("notice", "withdrawn"),
}
_STATE_WIDTH, _STEP_WIDTH = 9, 12


@dataclass(frozen=True, slots=True)
class Look:
    """How the list looks to one reader at one width."""

    words: Words
    width: int
    prefix: str
    me: str = ""

    def key(self, row: Running) -> Hashable:
        """The cursor follows the ticket."""
        return row.escalation.ticket

    def runs(self, row: Running, *, now: Instant, cursor: bool, marked: bool) -> Sequence[Run]:
        """One escalation on one line."""
        state = row.escalation.state
        style = {"exhausted": "alarm", "acknowledged": "dim"}.get(state.value, "")
        left = f"{'>' if cursor else ' '}{'!' if state is EscalationState.exhausted else ' '}{'*' if marked else ' '}"
        head = f"{left}{fit(f'{self.prefix}{row.escalation.ticket}', 8)}{row.item.row.priority} "
        word = fit(self.words.p(*_STATES[state]), _STATE_WIDTH)
        step = fit(safe_text(row.step_name, one_line=True, limit=40) or "-", _STEP_WIDTH)
        ahead = next_text(self, row, now)
        rest = self.width - cell_width(head) - _STATE_WIDTH - _STEP_WIDTH - 3
        space = max(10, rest // 2)
        title = fit(safe_text(row.item.row.title, one_line=True, limit=200), max(1, rest - space))
        cells = f" {step} {fit(ahead, space)} {title}"
        return (("cursor" if cursor else "", head), (style, word), ("cursor" if cursor else "", cells))

    def heading(self) -> Line:
        """The line above the rows."""
        p = self.words.p
        head = f"   {fit(p('column', 'ID'), 8)}{p('column', 'P')} {fit(p('column', 'State'), _STATE_WIDTH)}"
        return (("dim", f"{head} {fit(p('column', 'Reached'), _STEP_WIDTH)} {p('column', 'Next')}"),)

    def people(self, reached: Sequence[Reach]) -> str:
        """Names, the reader as "you"; nobody is said in words."""
        if not reached:
            return self.words.t("nobody")
        shown = [
            self.words.t("you") if r.person == self.me else safe_text(r.name, one_line=True, limit=40) for r in reached
        ]
        return formats.listing(self.words, shown)


def next_text(look: Look, row: Running, now: Instant) -> str:
    """``Marek in 3m12s``, or why nothing comes."""
    if row.escalation.state is EscalationState.acknowledged:
        return look.words.t("somebody answered")
    if not row.upcoming:
        return look.words.t("no step left")
    step = row.upcoming[0]
    left = countdown.precise(look.words, max(0, step.at - now))
    return look.words.t("{who} in {time}", who=look.people(step.people), time=left)


def detail(look: Look, row: Running, now: Instant) -> tuple[Line, ...]:
    """Below the list: what happens if nobody answers, and what was sent so far."""
    words = look.words
    policy = safe_text(row.policy_name, one_line=True, limit=60)
    title = words.t("{policy}, round {round}: if nobody answers", policy=policy, round=max(1, row.escalation.round))
    return (
        (("title", f" {title}"),),
        *(_step_line(look, step, now) for step in row.upcoming[:4]),
        *_sent(look, row, now),
    )


def _step_line(look: Look, step: Upcoming, now: Instant) -> Line:
    words = look.words
    when = times.near(step.at, now, words.zone)
    left = countdown.precise(words, max(0, step.at - now))
    name = safe_text(step.name, one_line=True, limit=40)
    by = ", ".join(dict.fromkeys(safe_text(r.channel, one_line=True, limit=20) for r in step.people if r.channel))
    text = words.t("{when} (in {left})  {step}: {who}", when=when, left=left, step=name, who=look.people(step.people))
    runs: list[Run] = [("" if step.people else "warning", f"   {text}")]
    if by:
        runs.append(("dim", f"  {by}"))
    return tuple(runs)


def _sent(look: Look, row: Running, now: Instant) -> tuple[Line, ...]:
    if not row.notices:
        return ((("dim", f" {look.words.t('Nobody has been paged yet.')}"),),)
    names = {r.person: r.name for step in row.upcoming for r in step.people}
    shown: list[Line] = []
    for notice in row.notices[:4]:
        who = safe_text(names.get(notice.person, notice.person), one_line=True, limit=40)
        word = look.words.p(*_NOTICES[notice.state])
        text = f"{times.near(notice.not_before, now, look.words.zone)}  {who}  {word}"
        shown.append((("alarm" if notice.state is NoticeState.dead else "dim", f"   {text}"),))
    return tuple(shown)
