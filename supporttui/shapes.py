"""Values of the desk as JSON: keys are frozen, instants ISO 8601 in UTC, codes untranslated.

Words (``countdown``, ``sla``) are in the language of the run, for those who only print them.
"""

from collections.abc import Mapping
from typing import Any

from supporttui.domain.hops import Hop
from supporttui.domain.overflow import Proposal
from supporttui.domain.periods.hours import parts_of
from supporttui.domain.sla.timer import Segment, overrun, remaining, shown_of, sign_at, sign_of
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import countdown
from supporttui.usecases.ports import Trouble
from supporttui.usecases.views import (
    Opening,
    QueueItem,
    Reach,
    Running,
    Speaker,
    Speakers,
    TicketDetail,
    TimerView,
    Upcoming,
)


def iso(at: Instant | None) -> str | None:
    """An instant for machines."""
    return None if at is None else times.iso(at)


def countdown_of(words: Words, segment: Segment | None, now: Instant) -> str:
    """``5h20m``, ``-12m``, ``hold``; ``-`` where nothing counts."""
    if segment is None:
        return "-"
    left = remaining(segment, now)
    if segment.paused and left >= 0:
        return countdown(words, None)
    return countdown(words, left, standing=not segment.running)


def row(words: Words, item: QueueItem, now: Instant, *, names: Mapping[str, str], prefix: str) -> dict[str, Any]:
    """A line of the queue."""
    line = item.row
    return {
        "id": line.id,
        "number": f"{prefix}{line.id}",
        "title": line.title,
        "state": line.state.value,
        "priority": line.priority,
        "kind": line.kind.value,
        "service": line.service,
        "service_name": names.get(line.service, line.service),
        "team": line.team,
        "owner": line.owner,
        "resolver": line.resolver or None,
        "acknowledged_by": line.acknowledged_by,
        "requester": line.requester,
        "metric": line.metric.value if line.metric else None,
        "due": iso(line.due),
        "remaining": None if item.segment is None else remaining(item.segment, now),
        "countdown": countdown_of(words, item.segment, now),
        "sign": sign_at(item.segment, line.seconds, now).value,
        "running": item.segment is not None and item.segment.running,
        "escalated": line.escalated,
        "drill": line.drill,
        "promised": iso(line.promised),
        "major": line.major,
        "announced": line.announced,
        "created_at": iso(line.created_at),
        "updated_at": iso(line.updated_at),
        "version": line.version,
    }


def ticket(value: Ticket, *, prefix: str) -> dict[str, Any]:
    """A ticket as it stands."""
    return {
        "id": value.id,
        "number": f"{prefix}{value.id}",
        "title": value.title,
        "text": value.text,
        "state": value.state.value,
        "hold_reason": value.hold_reason or None,
        "hold_until": iso(value.hold_until),
        "priority": value.priority,
        "impact": value.impact,
        "urgency": value.urgency,
        "kind": value.kind.value,
        "category": value.category,
        "service": value.service,
        "team": value.team,
        "owner": value.owner,
        "resolver": value.resolver or None,
        "requester": value.requester,
        "language": value.language,
        "acknowledged_by": value.acknowledged_by,
        "acknowledged_at": iso(value.acknowledged_at),
        "resolved_at": iso(value.resolved_at),
        "resolution": value.resolution or None,
        "reopened": value.reopened,
        "references": [{"system": r.system, "key": r.key, "url": r.url} for r in value.references],
        "followers": list(value.followers),
        "reminders": [{"person": r.person, "until": iso(r.until), "text": r.text} for r in value.reminders],
        "relations": [{"ticket": r.other, "relation": r.relation.value} for r in value.relations],
        "merged_into": value.merged_into,
        "merged": list(value.merged),
        "void": value.void,
        "void_reason": value.void_reason or None,
        "drill": value.drill,
        "promised": None if value.promised is None else iso(value.promised.until),
        "promised_text": None if value.promised is None else value.promised.text or None,
        "major": value.is_major,
        "created_at": iso(value.created_at),
        "updated_at": iso(value.updated_at),
        "operation": value.last_operation,
        "version": value.version,
    }


def whole(words: Words, detail: TicketDetail, *, prefix: str) -> dict[str, Any]:
    """A ticket with everything that is known about it, as ``ticket show`` and the desk's copy give it."""
    return {
        "as_of": iso(detail.now),
        "ticket": ticket(detail.ticket, prefix=prefix),
        "timers": [timer(words, view, detail.now) for view in detail.timers],
        "opening": None if detail.opening is None else opening(detail.opening),
        "speakers": None if detail.speakers is None else speakers(detail.speakers),
        "hops": [hop(one) for one in detail.hops],
        "escalation": None if detail.escalation is None else escalation(detail.escalation),
        "management": None if detail.management is None else escalation(detail.management),
        "overflow": None if detail.overflow is None else overflow(detail.overflow),
    }


def overflow(value: Proposal) -> dict[str, Any]:
    """What an overflow rule proposes; money as decimal texts."""
    return {
        "team": value.team, "partner": value.partner, "open": value.open, "limit": value.limit,
        "period": value.period or None, "over": value.over,
        "price": None if value.price is None else str(value.price),
        "cost": None if value.cost is None else str(value.cost), "currency": value.currency or None,
    }  # fmt: skip


def timer(words: Words, view: TimerView, now: Instant) -> dict[str, Any]:
    """A timer with its countdown; ``remaining`` is business time of its calendar."""
    value = view.timer
    shown = sign_of(value, view.segment, now)
    return {
        "metric": value.metric.value,
        "cycle": value.cycle,
        "state": value.state.value,
        "sign": shown.value,
        "shown": shown_of(value, view.segment, now).value,
        "agreement": value.agreement.value,
        "promise": None if view.target is None else view.target.name or None,
        "authority": value.authority or None,
        "seconds": value.seconds,
        "days": value.days or None,
        "calendar": None if value.calendar is None else parts_of(value.calendar)[0],
        "started": iso(value.started),
        "due": iso(value.due),
        "stopped": iso(value.stopped),
        "late": value.late,
        "breached_at": iso(value.breached_at),
        "warn_at": [iso(at) for at in value.warn_at],
        "derived": value.derived,
        "remaining": value.remaining if view.segment is None else remaining(view.segment, now),
        "late_by": _late_by(view, now),
        "countdown": countdown_of(words, view.segment, now),
    }


def _late_by(view: TimerView, now: Instant) -> dict[str, int] | None:
    late = overrun(view.timer, view.segment, now)
    return None if late is None else {"open": late.open, "real": late.real}


def opening(value: Opening) -> dict[str, Any]:
    """Whether a service is open, and when that changes."""
    return {"open": value.is_open, "changes": iso(value.changes)}


def speakers(value: Speakers) -> dict[str, Any]:
    """Who speaks a language now and next, and what is spoken instead."""
    return {
        "language": value.language,
        "now": [_speaker(one) for one in value.now],
        "next": [_speaker(one) for one in value.next],
        "fallback": value.fallback or None,
        "fallback_now": [_speaker(one) for one in value.fallback_now],
    }


def _speaker(value: Speaker) -> dict[str, Any]:
    return {
        "id": value.person, "name": value.name, "rota": value.rota_name, "level": value.level,
        "start": iso(value.start), "until": iso(value.until), "phone": value.phone or None,
    }  # fmt: skip


def escalation(value: Running) -> dict[str, Any]:
    """Where an escalation stands, and the steps that follow if nobody answers."""
    stored = value.escalation
    return {
        "kind": stored.kind.value,
        "policy": stored.policy,
        "policy_version": stored.policy_version,
        "state": stored.state.value,
        "step": stored.step,
        "step_name": value.step_name or None,
        "round": stored.round,
        "due": iso(stored.due),
        "acks_needed": value.needed,
        "acknowledged_by": list(value.answered),
        "quiet_until": iso(value.quiet_until),
        "upcoming": [upcoming(step) for step in value.upcoming],
    }


def upcoming(value: Upcoming) -> dict[str, Any]:
    """A coming step: whom it reaches, or why nobody."""
    return {
        "at": iso(value.at), "step": value.step, "round": value.round, "name": value.name,
        "people": [reach(person) for person in value.people], "channels": list(value.channels),
        "cause": value.cause or None,
    }  # fmt: skip


def trouble(value: Trouble) -> dict[str, Any]:
    """Something that the watch was to do and has not done."""
    return {"code": value.code, "since": iso(value.since), "ticket": value.ticket, "key": value.key or None}


def hop(value: Hop) -> dict[str, Any]:
    """A span in which one authority had the ticket."""
    span = value.span
    return {"authority": value.authority, "start": iso(span.start), "end": iso(span.end), "seconds": span.seconds}


def reach(value: Reach) -> dict[str, Any]:
    """A person whom a step reaches."""
    return {
        "person": value.person, "name": value.name, "channel": value.channel, "until": iso(value.until),
        "unfit": value.unfit or None,
        "ways": [{"channel": way.channel, "address": way.address, "at": iso(way.at)} for way in value.ways],
    }  # fmt: skip
