"""When the plan of an escalation stands still."""

from supporttui.domain.escalation.answers import answered
from supporttui.domain.escalation.history import History
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.spans import FOREVER, Instant, Span, union


def pauses(policy: Policy, past: History) -> tuple[Span, ...]:
    """While enough people have acknowledged, while it is asleep, and while the ticket is resolved; disjoint, sorted."""
    holds = (Span(hold.start, hold.end) for hold in (*past.quiet, *past.resolved))
    return union((*(one.span for one in answered(policy, past)), *holds))


def runs_from(policy: Policy, past: History, now: Instant) -> Instant | None:
    """From when on the plan goes on: now, or the end of the pause in which now lies, if it has one."""
    end = next((pause.end for pause in pauses(policy, past) if now in pause), now)
    return None if end == FOREVER else end


def elapsed(since: Instant, seconds: int, still: tuple[Span, ...]) -> Instant | None:
    """When so many seconds outside the pauses have passed; a pause that begins just then goes first."""
    at, left = since, seconds
    for pause in still:
        if pause.end <= at:
            continue
        if at + left < pause.start:
            break
        left -= max(0, pause.start - at)
        at = pause.end
    return None if at == FOREVER else Instant(at + left)
