"""When a claimed notice may leave: not in quiet hours, no more than a contact point may get, and not long after its
time without a word of a person."""  # noqa: D205, D209

from collections.abc import Sequence
from dataclasses import dataclass, field

from supporttui.domain.notices import NoticeCode
from supporttui.domain.paging.caps import LONGEST, Caps, room
from supporttui.domain.paging.contacts import TOP, quiet_until
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationState
from supporttui.usecases.joining import JOINED, free, joined_to, naming
from supporttui.usecases.ports import Notice
from supporttui.usecases.replies import CODE as REPLY
from supporttui.usecases.rules import Rules

QUIET_HOURS = "notice.quiet"
"""Cause of one that waits for the end of quiet hours."""
THROTTLED = "notice.throttled"
"""Cause of one that waits because its contact point has had enough messages; it may leave with others."""
HELD = "notice.held"
"""Cause of one that was to leave too long ago."""
LOOKED_AT_EACH = 50
"""Up to so many that leave as part of a message are looked at one by one."""
TOGETHER = 10_000
"""So many leave as one message at most."""
_NEVER = TOGETHER + 1
_CALLS = (NoticeCode.page.value, NoticeCode.exhausted.value)


@dataclass(frozen=True, slots=True)
class Pace:
    """What the site allows."""

    caps: Caps = field(default_factory=Caps)
    hold: int = 14_400
    """Seconds after its time from which a page waits for a person. 0: it never does."""


AT_ONCE = Pace()
"""What a site allows that says nothing."""


def is_too_old(notice: Notice, pace: Pace, now: Instant) -> bool:
    """Whether a claimed call was to leave so long ago that no watch can have run, or a backup was restored.

    What is tried again, or waits for its turn, has a new time and is as young as that. What calls nobody can be read
    later as well.
    """
    return notice.code in _CALLS and bool(pace.hold) and now - notice.not_before > pace.hold


def paced(rules: Rules, notice: Notice, pace: Pace, token: int, *, now: Instant) -> Notice | None:
    """The claimed notice as it leaves now, with what leaves as part of it; ``None``: it waits, with its cause."""
    if notice.code == REPLY:
        return notice
    outbox = rules.tx.outbox
    if (awake := _awake(rules, notice, now)) > now:
        outbox.put_back(notice, token=token, not_before=awake, error=QUIET_HOURS)
        return None
    sent = outbox.sent_to(notice, since=Instant(now - LONGEST - 1))
    at, left = room(pace.caps, sent, now)
    if at > now:
        outbox.put_back(notice, token=token, not_before=at, error=THROTTLED)
        outbox.postpone(notice, at, error=THROTTLED)
        return None
    is_first = not _was_put_off(notice) and (not sent or sent[-1] <= now - pace.caps.calm)
    return _with_those_beside(rules, notice, now, alone=_NEVER if is_first else min(left, pace.caps.storm))


def _awake(rules: Rules, notice: Notice, now: Instant) -> Instant:
    """When it may leave by the hours of its contact point; calls of the top priority may at once."""
    person = rules.people.get(notice.person)
    if person is None or (notice.code in _CALLS and notice.priority <= TOP):
        return now
    return quiet_until(person, notice.channel, notice.address, now)


def _with_those_beside(rules: Rules, notice: Notice, now: Instant, *, alone: int) -> Notice:
    """With all that is due to the contact point besides, if that is more than may leave one by one.

    What was put off for it goes along whatever it says, when something else leaves: what is more pressing, or comes
    later, may use up all that the contact point gets, hour after hour, and nothing is to wait for the end of that.
    """
    outbox = rules.tx.outbox
    drill = notice.params.get("drill")  # a real message never leaves as part of a drill
    found = outbox.beside(notice, now, waiting_for=THROTTLED, limit=TOGETHER)
    beside = [one for one in found if one.params.get("drill") == drill]
    waits_too = _kind(notice) if _was_put_off(notice) else None
    passed_over = [one for one in beside if _was_put_off(one) and _kind(one) != waits_too]
    if len(beside) - len(passed_over) < alone:
        beside = passed_over
    if not beside:
        return notice
    wanted = _still_wanted(rules, beside)
    outbox.bundle(notice.key, [one.key for one in wanted], error=JOINED)
    return naming(notice, joined_to(rules.tx, notice))


def _was_put_off(notice: Notice) -> bool:
    return notice.error == THROTTLED


def _kind(notice: Notice) -> tuple[str, int, str]:
    return (notice.code, notice.priority, notice.person)


def with_the_wanted(rules: Rules, notice: Notice, joined: Sequence[Notice]) -> Notice:
    """The claimed notice with those of many that leave as part of it that are still so, as fast as can be told."""
    wanted = _still_wanted(rules, joined)
    known = {one.key for one in wanted}
    free(rules.tx, [one for one in joined if one.key not in known])
    return naming(notice, wanted)


def _still_wanted(rules: Rules, many: Sequence[Notice]) -> Sequence[Notice]:
    """Of thousands of messages without the pages whose escalation calls no more, by its stored reading.

    Those stay, and are looked at one by one when their turn comes.
    """
    calling = {
        (one.ticket, one.generation)
        for one in rules.tx.escalations.running()
        if one.state is not EscalationState.acknowledged
    }
    return [one for one in many if not _is_page(one) or (one.ticket, one.params.get("generation")) in calling]


def _is_page(notice: Notice) -> bool:
    return notice.code == NoticeCode.page.value
