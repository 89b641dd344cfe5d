"""What is asked of the outbox, and done to it, as SQL: made once, filled in by ``outbox.py``."""

from sqlalchemy import Exists, and_, bindparam, case, exists, func, or_, select, update

from supporttui.storage.schema import outbox, tickets
from supporttui.storage.schema.base import Text
from supporttui.usecases.ports import NoticeState

_WAITING = (NoticeState.pending.value, NoticeState.failed.value)
_PENDING = NoticeState.pending.value
_SENDING = NoticeState.sending.value
_SENT = NoticeState.sent.value
_BUNDLED = NoticeState.bundled.value
_HELD = NoticeState.held.value
_COLUMNS = (
    outbox.c.key, outbox.c.ticket, outbox.c.person, outbox.c.channel, outbox.c.address, outbox.c.code,
    outbox.c.params, outbox.c.not_before, outbox.c.priority, outbox.c.state, outbox.c.attempts,
    outbox.c.token, outbox.c.operation, outbox.c.error, outbox.c.bundle, outbox.c.sent_at,
)  # fmt: skip
_ALL = select(*_COLUMNS)
_ORDER = (outbox.c.priority, outbox.c.not_before, outbox.c.key)
_leader = outbox.alias("leader")


def _leader_is(*states: str) -> Exists:
    return exists().where(_leader.c.key == outbox.c.bundle, _leader.c.state.in_(states))


# --- claimed, sent, put back ------------------------------------------------------------------------------

DUE = (
    select(outbox.c.key)
    .where(
        or_(
            and_(outbox.c.state.in_(_WAITING), outbox.c.not_before <= bindparam("now")),
            and_(outbox.c.state == _SENDING, outbox.c.claim_until <= func.app_now()),
        )
    )
    .order_by(*_ORDER)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
CLAIM = (
    update(outbox)
    .where(outbox.c.key.in_(bindparam("keys", expanding=True)))
    .values(
        state=_SENDING,
        attempts=outbox.c.attempts + 1,
        token=bindparam("fence"),
        claim_until=func.app_now() + bindparam("length"),
    )
    .returning(*_COLUMNS)
)
_MINE = (outbox.c.key == bindparam("claimed"), outbox.c.token == bindparam("fence"), outbox.c.state == _SENDING)
_SENT_AT = case((bindparam("outcome", type_=Text) == _SENT, func.app_now()), else_=outbox.c.sent_at)
MARK = (
    update(outbox)
    .where(*_MINE)
    .values(
        state=bindparam("outcome", type_=Text),
        not_before=func.coalesce(bindparam("again"), outbox.c.not_before),
        error=bindparam("reason"),
        claim_until=0,
        sent_at=_SENT_AT,
    )
)
WITH_IT = (
    update(outbox)
    .where(outbox.c.bundle == bindparam("leading"), outbox.c.state == _BUNDLED)
    .values(state=bindparam("outcome", type_=Text), error=bindparam("reason"), sent_at=_SENT_AT)
)
PUT_BACK = (
    update(outbox)
    .where(*_MINE)
    .values(
        state=_PENDING,
        not_before=bindparam("again"),
        error=bindparam("reason"),
        claim_until=0,
        attempts=outbox.c.attempts - 1,
    )
)

# --- taken back, written anew, decided --------------------------------------------------------------------

# What is part of one that leaves just now may leave, too.
_STAYS = and_(outbox.c.state == _BUNDLED, ~_leader_is(_SENDING, _SENT))
WITHDRAW = (
    update(outbox)
    .where(
        outbox.c.operation == bindparam("made_by"),
        or_(outbox.c.state.in_((*_WAITING, _HELD)), _STAYS),
    )
    .values(state=NoticeState.withdrawn.value)
    .returning(outbox.c.key, outbox.c.bundle)
)
FREE = (
    update(outbox)
    .where(outbox.c.bundle.in_(bindparam("keys", expanding=True)), outbox.c.state == _BUNDLED)
    .values(state=_PENDING, error="", bundle="")
)
REWRITE = (
    update(outbox)
    .where(
        outbox.c.key == bindparam("queued"),
        outbox.c.state != _SENT,
        or_(
            outbox.c.state != _SENDING,
            and_(outbox.c.token == bindparam("fence"), bindparam("as_state", type_=Text) == _SENDING),
        ),
    )
    .values(
        params=bindparam("told"),
        state=bindparam("as_state"),
        error=bindparam("reason"),
        bundle=bindparam("part_of"),
    )
)
DECIDE = (
    update(outbox)
    .where(outbox.c.key == bindparam("waiting"), outbox.c.state == _HELD)
    .values(state=bindparam("outcome"), not_before=bindparam("again"), error=bindparam("reason"), attempts=0, bundle="")
)

# --- paced ------------------------------------------------------------------------------------------------

_OF_DRILL = exists().where(tickets.c.id == outbox.c.ticket, tickets.c.drill > 0)
_IS_DRILL = exists().where(tickets.c.id == bindparam("about"), tickets.c.drill > 0)
_SAME_POINT = (outbox.c.channel == bindparam("over"), outbox.c.address == bindparam("to"))
POSTPONE = (
    update(outbox)
    .where(
        *_SAME_POINT,
        outbox.c.state == _PENDING,
        outbox.c.priority >= bindparam("pressing"),
        outbox.c.code.not_in(bindparam("never", expanding=True)),
        outbox.c.not_before <= func.app_now(),
        or_(~_IS_DRILL, _OF_DRILL),  # a drill puts off nothing real
    )
    .values(not_before=bindparam("again"), error=bindparam("reason"))
)
HASTEN = (
    update(outbox)
    .where(
        outbox.c.key == bindparam("queued"),
        outbox.c.state == _PENDING,
        outbox.c.not_before > bindparam("sooner"),
    )
    .values(not_before=bindparam("sooner"))
)
BUNDLE = (
    update(outbox)
    .where(outbox.c.key.in_(bindparam("keys", expanding=True)), outbox.c.state.in_(_WAITING))
    .values(state=_BUNDLED, bundle=bindparam("leading"), error=bindparam("reason"))
)
REBUNDLE = (
    update(outbox)
    .where(outbox.c.bundle.in_(bindparam("keys", expanding=True)), outbox.c.state == _BUNDLED)
    .values(bundle=bindparam("leading"))
)
BESIDE = (
    _ALL.where(
        *_SAME_POINT,
        or_(
            and_(
                outbox.c.code == bindparam("of_code"),
                outbox.c.person == bindparam("for_person"),
                outbox.c.state.in_(_WAITING),
                outbox.c.not_before <= bindparam("now"),
            ),
            and_(
                outbox.c.state == _PENDING,
                outbox.c.error == bindparam("reason"),
                outbox.c.priority >= bindparam("pressing"),
                outbox.c.ticket.is_not(None),
                outbox.c.code.not_in(bindparam("never", expanding=True)),
            ),
        ),
    )
    .order_by(*_ORDER)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
SENT_TO = (
    select(outbox.c.sent_at)
    .where(
        *_SAME_POINT,
        outbox.c.sent_at > bindparam("since"),
        outbox.c.priority <= bindparam("pressing"),
        outbox.c.bundle == "",
        or_(_IS_DRILL, ~_OF_DRILL),  # what a drill sent takes no room from what is real
    )
    .order_by(outbox.c.sent_at)
)

# --- looked at --------------------------------------------------------------------------------------------

ONE = _ALL.where(outbox.c.key == bindparam("asked"))
PARTS_OF = _ALL.where(outbox.c.bundle == bindparam("leading")).order_by(
    outbox.c.priority, outbox.c.ticket, outbox.c.key
)
BUNDLED_TO = PARTS_OF.where(outbox.c.state == _BUNDLED)
OF_TICKET = _ALL.where(outbox.c.ticket == bindparam("ticket")).order_by(outbox.c.not_before.desc(), outbox.c.key)
OF_OPERATION = _ALL.where(outbox.c.operation == bindparam("made_by")).order_by(outbox.c.key)
IN_STATES = (
    _ALL.where(outbox.c.state.in_(bindparam("states", expanding=True))).order_by(*_ORDER).limit(bindparam("most"))
)
STUCK = (
    _ALL.where(
        or_(
            and_(outbox.c.state.in_(_WAITING), outbox.c.not_before < bindparam("before")),
            and_(outbox.c.state == _SENDING, outbox.c.claim_until < bindparam("before")),
            and_(outbox.c.state == _BUNDLED, ~_leader_is(*_WAITING, _SENDING, _HELD)),
        )
    )
    .order_by(*_ORDER)
    .limit(bindparam("most"))
)
NEXT_WAITING = select(func.min(outbox.c.not_before)).where(outbox.c.state.in_(_WAITING))
NEXT_CLAIM_END = select(func.min(outbox.c.claim_until)).where(outbox.c.state == _SENDING)
COUNTS = select(outbox.c.state, func.count()).group_by(outbox.c.state)
