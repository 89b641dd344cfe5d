"""The outbox: claim what is due, look once more whom it should reach, record what became of it."""

from collections.abc import Sequence

from supporttui.domain.access import Permission
from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import history
from supporttui.domain.escalation.plan import EscalationState
from supporttui.domain.escalation.policy import StepTarget, TargetKind
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.notices import NoticeCode
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases import messages, timer_notices
from supporttui.usecases.access import require
from supporttui.usecases.joining import leave_alone, part_notices
from supporttui.usecases.paging import is_reachable, people_behind
from supporttui.usecases.ports import Call, Notice, NoticeState, Transaction
from supporttui.usecases.rules import Rules, rules_of

FIRST_WAIT = 30
LONGEST_WAIT = 1800
ATTEMPTS = 8
"""So many failures, over about an hour, and a notice is given up: dead, and shown so."""
NO_CONTACT = "notice.no_contact"
HANDED_OVER = "notice.handed_over"


def claim(
    call: Call, tx: Transaction, token: int, *, limit: int = 20, seconds: int = 60, look: bool = True
) -> tuple[Notice, ...]:
    """Take due notices for ``seconds``, most pressing first, to be sent outside any transaction.

    A page is looked at again: where the ticket no longer calls for it, it is suppressed with its cause;
    where the rota has passed on since, it is too, and one for those on duty now is queued under a new
    key. A notice without an address is given up at once. So fewer may come back than were due.
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
    return tuple(notice for notice in claimed if _is_wanted(rules, notice, token, now))


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
    return state if marked else None


def _is_wanted(rules: Rules, notice: Notice, token: int, now: Instant) -> bool:
    outbox = rules.tx.outbox
    if not notice.channel:
        outbox.mark(notice, NoticeState.dead, token=token, error=NO_CONTACT)
        return False
    if notice.code == NoticeCode.warning.value:
        return _is_due_still(rules, notice, token, now)
    if notice.code != NoticeCode.page.value or notice.ticket is None:
        return _is_so(rules, notice, token)
    ticket = rules.tx.tickets.get(notice.ticket)
    cause = _needless(rules, notice, ticket, now)
    instead = () if cause else _successors(rules, notice, ticket, now)
    if not cause and not instead:
        return True
    outbox.mark(notice, NoticeState.suppressed, token=token, error=cause or HANDED_OVER)
    if cause:
        part_notices(rules.tx, notice)
    alone = leave_alone(rules.tx, notice) if instead else notice
    for person in instead:
        outbox.add(_passed_on(rules, alone, ticket, person))
    return False


def _is_so(rules: Rules, notice: Notice, token: int) -> bool:
    """Whether what somebody can read in peace is still so."""
    if cause := messages.outdated(rules.tx, notice):
        rules.tx.outbox.mark(notice, NoticeState.suppressed, token=token, error=cause)
        part_notices(rules.tx, notice)
    return not cause


def _is_due_still(rules: Rules, notice: Notice, token: int, now: Instant) -> bool:
    """Whether the time still runs out, and this is the one to hear it; if not, the watch looks at the timer again."""
    if timer_notices.is_wanted(rules, notice, now):
        return True
    rules.tx.outbox.mark(notice, NoticeState.suppressed, token=token, error=timer_notices.NOT_SO)
    part_notices(rules.tx, notice)
    timer_notices.take_back(rules, notice, now)
    return False


def _needless(rules: Rules, notice: Notice, ticket: Ticket, now: Instant) -> str:
    """Why nobody need be called any more, as a code; empty if somebody must."""
    if not ticket.is_open:
        return "notice.not_open"
    past = history(rules.tx.journal.of_ticket(ticket.id))
    if past.policy is None or past.generation != notice.params.get("generation"):
        return "notice.reopened"
    if all(fired.number != notice.params.get("firing") for fired in past.fired):
        return "notice.withdrawn"
    try:
        policy = rules.policy(past.policy, past.policy_version)
    except NotFound:  # a policy that cannot be read silences nobody
        return ""
    standing = plan.state_of(policy, past, max(now, ticket.updated_at)).state
    return "notice.acknowledged" if standing is EscalationState.acknowledged else ""


def _successors(rules: Rules, notice: Notice, ticket: Ticket, now: Instant) -> Sequence[PersonId]:
    """Those on duty now in the place of the person, if that person is no longer among them."""
    if "target" not in notice.params:
        return ()
    target = StepTarget(
        TargetKind(str(notice.params["target"])),
        rota=RotaId(str(notice.params.get("rota", ""))) or None,
        level=int(notice.params.get("level", 1)),
    )
    people = [p for p in people_behind(rules, ticket, target, now) if is_reachable(rules, p)]
    return () if notice.person in people else people


def _passed_on(rules: Rules, notice: Notice, ticket: Ticket, person: PersonId) -> tuple[Notice, ...]:
    """The same page for another person; the key counts the hand-overs, so that a page may come back."""
    times = int(notice.params.get("passed_on", 0)) + 1
    key = f"page:{ticket.id}:{notice.params['generation']}:{notice.params['firing']}:passed_on:{times}"
    return tuple(
        messages.notice(
            rules, ticket, person, contact,
            code=NoticeCode.page, key=key, not_before=notice.not_before, operation=notice.operation,
            priority=notice.priority, more={**notice.params, "passed_on": times},
        )
        for contact in messages.first_contacts(rules.people.get(person))
    )  # fmt: skip
