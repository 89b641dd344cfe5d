"""Signs of life of other systems: taken, waited for, and a ticket when one stays away."""

from dataclasses import replace

from supporttui.domain.access import Permission
from supporttui.domain.events import Event, Reported, Signal, StateChanged
from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.ids import TicketId
from supporttui.domain.incoming.source import Beat, WhenOver
from supporttui.domain.priorities import Priority
from supporttui.domain.spans import Instant
from supporttui.domain.states import Origin, State
from supporttui.domain.tickets import decisions
from supporttui.usecases import opening
from supporttui.usecases.access import require
from supporttui.usecases.incoming.taking import BARE, OVER, Outcome, Taken, Wording, levels, standing
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.record import record
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.stores.incoming import Sign

AGAIN = 60
"""Seconds after which a silence that could not be told of is looked at again."""


def beat_of(tx: Transaction, wanted: str) -> Beat:
    """The beat of this id.

    Raises:
        NotFound: ``beat.unknown``.
    """
    known = {one.id: one for one in tx.definitions.beats() if one.active}
    if wanted not in known:
        raise NotFound("beat.unknown", beat=wanted[:60], allowed=", ".join(known)[:300])
    return known[wanted]


def sign(call: Call, tx: Transaction, beat: str) -> Taken:
    """A sign of life: waited for anew. After a silence it is told on the ticket, which may be resolved with it.

    Raises:
        NotFound: ``beat.unknown``.
        Conflict: ``intake.raced``, ``ticket.changed``: nothing was stored; the same again will do.
    """
    require(call, tx, Permission.work)
    found, known = beat_of(tx, beat), tx.incoming.sign(beat)
    taken = Taken(Outcome.noted, key=beat)
    if known is not None and known.due is None and known.ticket is not None:
        taken = _resumed(_own(call), tx, found, known)
    ticket = known.ticket if known is not None else None
    tx.incoming.put_sign(Sign(beat, call.at, Instant(call.at + found.patience), ticket), known=known)
    return taken


def _resumed(call: Call, tx: Transaction, beat: Beat, known: Sign) -> Taken:
    ticket = standing(tx, known.ticket) if known.ticket is not None else None
    if ticket is None or not ticket.is_open:
        return Taken(Outcome.noted, key=beat.id)
    told: list[Event] = [Reported(beat.id, "", Signal.resumed)]
    if beat.when_over is WhenOver.resolve:
        told.append(StateChanged(State.resolved, reason=OVER))
    record(call, tx, ticket, told)
    outcome = Outcome.resolved if beat.when_over is WhenOver.resolve else Outcome.over
    return Taken(outcome, ticket.id, beat.id)


def is_unawaited(tx: Transaction, now: Instant) -> bool:  # noqa: ARG001  what the watch asks once a minute
    """Whether there is a beat for which nobody waits yet: a system that never gives a sign is silent too."""
    return bool(_unawaited(tx))


def wait_for(call: Call, tx: Transaction, token: int) -> int:
    """As the watch: wait for every beat from now on for which nobody waits yet; how many there were.

    Raises:
        Refused: ``lease.lost``.
        Forbidden: as ``require`` does.
    """
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    found = _unawaited(tx)
    for beat in found:
        tx.incoming.put_sign(Sign(beat.id, call.at, Instant(call.at + beat.patience)), known=None)
    return len(found)


def _unawaited(tx: Transaction) -> tuple[Beat, ...]:
    known = {one.id for one in tx.incoming.signs()}
    return tuple(one for one in tx.definitions.beats() if one.active and one.id not in known)


def is_silent(tx: Transaction, now: Instant) -> bool:
    """Whether a sign of life stayed away."""
    due = tx.incoming.next_silent()
    return due is not None and due <= now


def silence(call: Call, tx: Transaction, token: int, *, limit: int = 50, words: Wording = BARE) -> int:
    """As the watch: a ticket for each that has been silent too long; how many were looked at.

    One for which none can be opened is looked at again in a minute and holds up no other.

    Raises:
        Refused: ``lease.lost``.
        Forbidden: as ``require`` does.
    """
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    found = tx.incoming.silent(call.at, limit)
    for known in found:
        try:
            with tx.attempt():
                _fell_silent(call, tx, known, words)
        except (NotFound, BadInput):
            tx.incoming.put_sign(replace(known, due=Instant(call.at + AGAIN)), known=known)
    return len(found)


def _fell_silent(call: Call, tx: Transaction, known: Sign, words: Wording) -> None:
    beat = next((one for one in tx.definitions.beats() if one.id == known.id and one.active), None)
    ticket = known.ticket if beat is None else _silent(_own(call), tx, beat, known=known, words=words)
    tx.incoming.put_sign(replace(known, due=None, ticket=ticket), known=known)


def _silent(call: Call, tx: Transaction, beat: Beat, *, known: Sign, words: Wording) -> TicketId:
    told = Reported(beat.id, "", Signal.silent)
    ticket = standing(tx, known.ticket) if known.ticket is not None else None
    if ticket is not None:
        again = () if ticket.is_open else decisions.reopen(ticket, "")
        return record(call, tx, ticket, [told, *again]).id
    rules, title = rules_of(tx), words.silence.replace("{name}", beat.name or beat.id)
    impact, urgency = levels(rules, beat.service, call.at, impact=beat.impact, urgency=beat.urgency)
    return opening.create(
        call, tx, title=title, service=beat.service, category=beat.category, priority=_priority(rules, beat, call.at),
        impact=impact, urgency=urgency, and_then=(told,),
    ).id  # fmt: skip


def _priority(rules: Rules, beat: Beat, at: Instant) -> Priority | None:
    """As it was said, unless the matrix has been changed since and gives no such one any more."""
    matrix = rules.matrix(rules.services.get(beat.service), at)
    return beat.priority if matrix is None or beat.priority in matrix.priorities else None


def _own(call: Call) -> Call:
    """What another system says, or does not, is no doing of who hears it."""
    return replace(call, origin=Origin.intake)
