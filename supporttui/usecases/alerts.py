"""What presses for one person right now, for the terminal in front of them."""

from collections.abc import Iterator

from supporttui.domain.alerts import Alert, Pressing
from supporttui.domain.ids import PersonId
from supporttui.domain.notices import NoticeCode
from supporttui.domain.queue import And, Node, Op, Or, SortBy, Term, counted
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationState
from supporttui.usecases.handover.news import news
from supporttui.usecases.passed import NoticeState
from supporttui.usecases.ports import Transaction

_MOST = 60
"""Of each; who has more than that late looks at the queue, not at a message."""
_TOP = Term("priority", Op.eq, (1,))
_NEAR: Node = Or((Term("is", Op.eq, ("mine",)), _TOP))
_BREACHED = Term("is", Op.eq, ("breached",))
_AT_RISK = Or((Term("is", Op.eq, ("atrisk",)), Term("is", Op.eq, ("critical",))))
_ASKED: tuple[tuple[Alert, Node], ...] = (
    (Alert.p1, _TOP), (Alert.breached, And((_NEAR, _BREACHED))), (Alert.at_risk, And((_NEAR, _AT_RISK))),
)  # fmt: skip
_ANSWERED = (EscalationState.acknowledged, EscalationState.snoozed)
_TAKEN_BACK = (NoticeState.suppressed, NoticeState.withdrawn)


def pressing(tx: Transaction, now: Instant, me: PersonId) -> tuple[Pressing, ...]:
    """Pages to a person that nobody has answered; top priorities; what of theirs or of those is late, or soon will be.

    A handover that waits for them, too. Drills press nobody here.
    """
    return (*_pages(tx, now, me), *_tickets(tx, now, me), *_handover(tx, now, me))


def _pages(tx: Transaction, now: Instant, me: PersonId) -> Iterator[Pressing]:
    for one in tx.escalations.running():
        if one.state in _ANSWERED:
            continue
        for notice in tx.outbox.of_ticket(one.ticket):  # of both kinds, and of generations before this one
            mine = notice.person == me and notice.code == NoticeCode.page and notice.not_before <= now
            its = notice.params.get("generation") == one.generation
            if mine and its and notice.state not in _TAKEN_BACK and not notice.params.get("drill"):
                firing = f"{notice.params.get('generation')}:{notice.params.get('firing')}"
                yield Pressing(Alert.paged, f"{one.ticket}:{firing}", one.ticket)


def _tickets(tx: Transaction, now: Instant, me: PersonId) -> Iterator[Pressing]:
    for alert, asked in _ASKED:
        query = And((counted(Term("is", Op.eq, ("open",))), asked))
        for row in tx.tickets.page(query, now=now, me=me, sort=SortBy.sla, limit=_MOST):
            yield Pressing(alert, str(row.id), row.id)


def _handover(tx: Transaction, now: Instant, me: PersonId) -> Iterator[Pressing]:
    waiting = news(tx, now, me)
    if waiting is not None:
        yield Pressing(Alert.handover, f"{waiting.at}:{waiting.giving}:{waiting.asked}")
