"""The outbox: claim what is due, look once more whom it should reach, record what became of it."""

from collections.abc import Sequence

from supporttui.domain.access import Permission
from supporttui.domain.escalation.policy import StepTarget, TargetKind
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.notices import NoticeCode
from supporttui.domain.paging.contacts import contact_plan
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases import messages, timer_notices
from supporttui.usecases.access import require
from supporttui.usecases.ack_codes import with_code
from supporttui.usecases.joining import ALSO, WITH_TITLES, joined_to, leave_alone, leave_without, naming, part_notices
from supporttui.usecases.needless import goes_on_at, needless, passes_on_later
from supporttui.usecases.pacing import AT_ONCE, HELD, LOOKED_AT_EACH, Pace, is_too_old, paced, with_the_wanted
from supporttui.usecases.paging import is_reachable, people_behind
from supporttui.usecases.ports import Call, Notice, NoticeState, Transaction
from supporttui.usecases.resuming import STOOD, WAITS
from supporttui.usecases.rules import Rules, rules_of

FIRST_WAIT = 30
LONGEST_WAIT = 1800
ATTEMPTS = 8
"""So many failures, over about an hour, and a notice is given up: dead, and shown so."""
NO_CONTACT = "notice.no_contact"
HANDED_OVER = "notice.handed_over"


def claim(
    call: Call,
    tx: Transaction,
    token: int,
    *,
    limit: int = 20,
    seconds: int = 60,
    look: bool = True,
    pace: Pace = AT_ONCE,
) -> tuple[Notice, ...]:
    """Take due notices for ``seconds``, most pressing first, to be sent outside any transaction.

    Each is looked at again, and each that leaves as part of it: where the ticket no longer calls for it, it is
    suppressed with its cause; where the rota has passed on since, a page is too, and one for those on duty now is
    queued under a new key. A notice without an address is given up at once. What is too old waits for a person, and
    what its contact point may not get now for its time (``pacing.py``). So fewer may come back than were due.
    Without ``look`` all that is due comes back as it was queued: where looking fails, one page too many is
    better than none.

    Raises:
        Refused: ``lease.lost`` when the token is not the current one.
    """
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    rules, now = rules_of(tx), tx.now()
    claimed = tx.outbox.claim(now, token, limit=limit, seconds=seconds)
    if not look:
        return claimed
    looked_at = (_leaving(rules, notice, pace, token, now=now) for notice in claimed)
    return tuple(_answerable(tx, notice, now) for notice in looked_at if notice is not None)


def settle(
    call: Call, tx: Transaction, notice: Notice, *, token: int, error: str = "", retry_after: int = 0
) -> NoticeState | None:
    """Record that a claimed notice left, or (with ``error``, a code) that it did not.

    Failures wait twice as long each time, at least ``retry_after`` seconds, up to ``ATTEMPTS``. ``None``:
    the claim had run out and somebody else has it, so nothing was recorded.
    """
    require(call, tx, Permission.sweep)
    if not error:
        state, again = NoticeState.sent, None
    elif notice.attempts >= ATTEMPTS:
        state, again = NoticeState.dead, None
    else:
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** max(0, notice.attempts - 1))
        state, again = NoticeState.failed, Instant(tx.now() + max(wait, retry_after))
    marked = tx.outbox.mark(notice, state, token=token, not_before=again, error=error)
    if marked and error:
        _try_next_contact(tx, notice)
    return state if marked else None


def _answerable(tx: Transaction, notice: Notice, now: Instant) -> Notice:
    """A page with the code that answers it, and those of what it names beside its own ticket."""
    notice = with_code(tx, notice, now)
    if notice.code != NoticeCode.page.value or ALSO not in notice.params:
        return notice
    parts = joined_to(tx, notice)
    with_titles = [one for one in parts if one.code == notice.code][:WITH_TITLES]
    codes = {one.key: with_code(tx, one, now) for one in with_titles}
    return naming(notice, [codes.get(one.key, one) for one in parts])


def _try_next_contact(tx: Transaction, failed: Notice) -> None:
    """A page did not leave: the next rank of the person's contact points is tried at once."""
    if failed.code != NoticeCode.page.value:
        return
    rank = int(failed.params.get("rank", 1))
    others = [one for one in tx.outbox.of_operation(failed.operation) if _step_of(one) == _step_of(failed)]
    behind = [one for one in others if int(one.params.get("rank", 1)) > rank and one.state is NoticeState.pending]
    following = min((int(one.params["rank"]) for one in behind), default=0)
    tx.outbox.hasten([one.key for one in behind if one.params["rank"] == following], tx.now())


def _step_of(notice: Notice) -> tuple[object, ...]:
    """To whom a page goes, and by which step; the same for all contact points."""
    step = (notice.params.get(name) for name in ("generation", "firing", "passed_on"))
    return (notice.code, notice.ticket, notice.person, *step)


def _leaving(rules: Rules, notice: Notice, pace: Pace, token: int, *, now: Instant) -> Notice | None:
    """The claimed notice as it leaves now; ``None``: it does not, and its row says why."""
    if is_too_old(notice, pace, now):
        rules.tx.outbox.mark(notice, NoticeState.held, token=token, error=HELD)
        return None
    wanted = _wanted(rules, notice, token, now)
    return None if wanted is None else paced(rules, wanted, pace, token, now=now)


def _wanted(rules: Rules, notice: Notice, token: int, now: Instant) -> Notice | None:
    """The claimed notice as it is to leave, without those joined to it that are not so any more."""
    outbox = rules.tx.outbox
    if not notice.channel:
        outbox.mark(notice, NoticeState.dead, token=token, error=NO_CONTACT)
        return None
    if cause := _outdated(rules, notice, now):
        _leave_out(rules, notice, token, cause=cause, now=now)
        if cause == HANDED_OVER:
            notice = leave_alone(rules.tx, notice)
        else:
            part_notices(rules.tx, notice)
        _do_instead(rules, notice, cause, now)
        return None
    joined = joined_to(rules.tx, notice)
    if len(joined) > LOOKED_AT_EACH:
        return with_the_wanted(rules, notice, joined)
    gone = {other.key: cause for other in joined if (cause := _outdated(rules, other, now))}
    if not gone:
        return naming(notice, joined) if joined else notice
    notice = leave_without(rules.tx, notice, gone)
    for other in joined:
        if other.key in gone:
            _do_instead(rules, other, gone[other.key], now)
    return notice


def _leave_out(rules: Rules, notice: Notice, token: int, *, cause: str, now: Instant) -> None:
    """It does not leave; where it is known when its escalation goes on, it waits."""
    again = goes_on_at(rules, notice, now) if cause in STOOD else None
    if again is None:
        rules.tx.outbox.mark(notice, NoticeState.suppressed, token=token, error=cause)
    else:
        rules.tx.outbox.put_back(notice, token=token, not_before=again, error=WAITS)


def _outdated(rules: Rules, notice: Notice, now: Instant) -> str:
    """Why a notice is not so any more, or for somebody else, as a code; empty if it is to leave."""
    if notice.code == NoticeCode.warning.value:
        return "" if timer_notices.is_wanted(rules, notice, now) else timer_notices.NOT_SO
    if notice.code != NoticeCode.page.value or notice.ticket is None:
        return messages.outdated(rules.tx, notice)
    ticket = rules.tx.tickets.get(notice.ticket)
    if cause := needless(rules, notice, ticket, now):
        return cause
    return HANDED_OVER if _successors(rules, notice, ticket, now) else ""


def _do_instead(rules: Rules, notice: Notice, cause: str, now: Instant) -> None:
    """What follows from a notice that does not leave: the watch looks at its timer again, or others are called."""
    if notice.code == NoticeCode.warning.value:
        timer_notices.take_back(rules, notice, now)
    if cause == HANDED_OVER and notice.ticket is not None and not passes_on_later(rules.tx, notice):
        ticket = rules.tx.tickets.get(notice.ticket)
        for person in _successors(rules, notice, ticket, now):
            rules.tx.outbox.add(_passed_on(rules, notice, ticket, person))


def _successors(rules: Rules, notice: Notice, ticket: Ticket, now: Instant) -> Sequence[PersonId]:
    """Those on duty now in the place of the person, if that person is no longer among them."""
    if "target" not in notice.params:
        return ()
    target = StepTarget(
        TargetKind(str(notice.params["target"])),
        rota=RotaId(str(notice.params.get("rota", ""))) or None,
        level=int(notice.params.get("level", 1)),
        language=str(notice.params.get("language", "")),
    )
    people = [p for p in people_behind(rules, ticket, target, now) if is_reachable(rules, p)]
    return () if notice.person in people else people


def _passed_on(rules: Rules, notice: Notice, ticket: Ticket, person: PersonId) -> tuple[Notice, ...]:
    """The same page for another person; the key counts the hand-overs, so that a page may come back."""
    times = int(notice.params.get("passed_on", 0)) + 1
    key = f"page:{ticket.id}:{notice.params['generation']}:{notice.params['firing']}:passed_on:{times}"
    return tuple(
        messages.notice(
            rules, ticket, person, attempt.contact,
            code=NoticeCode.page, key=key, not_before=attempt.at, operation=notice.operation,
            priority=notice.priority, more={**notice.params, "passed_on": times, "rank": attempt.contact.rank},
        )
        for attempt in contact_plan(rules.people.get(person), ticket.priority, notice.not_before)
    )  # fmt: skip
