"""The ticket that facts make: ``apply`` is the only way by which one changes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, assert_never

from supporttui.domain.events import (
    Acknowledged,
    AnnouncementRetracted,
    Assigned,
    AttentionLowered,
    AttentionRaised,
    BreachKept,
    Chased,
    CriterionHeld,
    EarlyFlagged,
    Edited,
    EscalationEnded,
    EscalationMoved,
    EscalationSnoozed,
    EscalationStarted,
    Event,
    Fact,
    FirstLooked,
    FixRecorded,
    Followed,
    HandedOver,
    Imported,
    LookRated,
    MajorEnded,
    MajorLogged,
    MajorRoleGiven,
    MajorStarted,
    Merged,
    MergedIn,
    NextStepNoted,
    Noted,
    Opened,
    OwnerDeclined,
    OwnerOffered,
    PageWithdrawn,
    PriorityChanged,
    ProcedureStepped,
    Referenced,
    Related,
    Reminded,
    RepeatsSeen,
    Replied,
    Reported,
    RequesterWrote,
    StateChanged,
    StepFired,
    Unacknowledged,
    Undone,
    UpdateAnnounced,
    UpdatePromised,
    UpdateReleased,
    Voided,
)
from supporttui.domain.faults import Refused
from supporttui.domain.ids import PersonId
from supporttui.domain.plain import from_plain
from supporttui.domain.spans import Instant
from supporttui.domain.states import OPEN_STATES, WAITING_STATES, EscalationKind, FixStep, MajorEntry, Origin
from supporttui.domain.tickets.ticket import (
    EDITABLE,
    UNDOABLE,
    Announcement,
    Early,
    Fix,
    Major,
    Offer,
    Promised,
    Reference,
    Relationship,
    Reminder,
    Ticket,
)

_WORK = (StateChanged, Assigned, Noted, Replied, ProcedureStepped, FirstLooked, FixRecorded, MajorLogged)
"""What moves a ticket on, if a person does it; to acknowledge it is a promise to."""
_EDITED = EDITABLE | {"resolution"}
"""An import may say later which code a foreign ticket was resolved with."""


def ordered(facts: Iterable[Fact]) -> list[Fact]:
    """The fold's order: by (``at``, ``seq``); how the facts were stored does not matter."""
    return sorted(facts, key=lambda fact: (fact.at, fact.seq))


def from_opening(facts: Iterable[Fact]) -> tuple[Fact, tuple[Fact, ...]]:
    """The opening of a ticket and its other facts in the fold's order, also those dated before it.

    Raises:
        Refused: ``ticket.no_opening``.
    """
    told = ordered(facts)
    opening = next((fact for fact in told if isinstance(fact.event, Opened)), None)
    if opening is None:
        raise Refused("ticket.no_opening")
    return opening, tuple(fact for fact in told if fact is not opening)


def replay(facts: Iterable[Fact]) -> Ticket:
    """The ticket that these facts describe, in any order; at least ``Opened`` must be among them.

    A fact dated before the opening (mail delay, foreign logs) is taken as part of it.

    Raises:
        Refused: ``ticket.no_opening``.
    """
    opening, rest = from_opening(facts)
    ticket = open_ticket(opening)
    for fact in rest:
        ticket = apply(ticket, fact)
    return ticket


def open_ticket(fact: Fact) -> Ticket:
    """The ticket right after its ``Opened`` fact."""
    event = fact.event
    assert isinstance(event, Opened)
    return Ticket(
        id=fact.ticket, title=event.title, service=event.service, team=event.team, priority=event.priority,
        created_at=fact.at, impact=event.impact, urgency=event.urgency, kind=event.kind, text=event.text,
        requester=event.requester, language=event.language, zone=event.zone, category=event.category,
        drill=event.drill, drill_calls=event.drill_calls, updated_at=fact.at, last_operation=fact.operation,
        worked_at=fact.at,
    )  # fmt: skip


def apply(ticket: Ticket, fact: Fact) -> Ticket:
    """The ticket after one more fact; does not touch ``version``, which counts writes."""
    changed = _applied(ticket, fact.event, fact.at)
    handed_over = isinstance(fact.event, Assigned) and fact.event.handed_over
    worked = isinstance(fact.event, _WORK) and not handed_over and fact.origin not in (Origin.watch, Origin.intake)
    return replace(
        changed,
        updated_at=max(ticket.updated_at, fact.at),
        worked_at=max(ticket.worked_at, fact.at) if worked else ticket.worked_at,
        last_operation=fact.operation,
    )


def _applied(ticket: Ticket, event: Event, at: Instant) -> Ticket:  # noqa: C901, PLR0911, PLR0912  one case an event
    match event:
        case StateChanged():
            return ticket if ticket.void else _with_state(ticket, event, at)
        case Acknowledged(by):
            return replace(ticket, acknowledged_by=by, acknowledged_at=at, owner=ticket.owner or by)
        case Assigned():
            return with_assignment(ticket, event)
        case PriorityChanged(priority, impact, urgency):
            return replace(ticket, priority=priority, impact=impact or ticket.impact, urgency=urgency or ticket.urgency)
        case Edited(fields):
            return _restored(ticket, {k: v for k, v in fields.items() if k in _EDITED})
        case Referenced() | Followed() | Reminded() | Related():
            return _with_bond(ticket, event)
        case Merged(into):
            return replace(ticket, merged_into=into)
        case MergedIn(source):
            return replace(ticket, merged=(*(one for one in ticket.merged if one != source), source))
        case Chased() | AttentionRaised() | AttentionLowered():
            return _with_attention(ticket, event)
        case OwnerOffered() | OwnerDeclined() | EarlyFlagged() | FixRecorded() | RepeatsSeen():
            return _with_standing(ticket, event, at)
        case Voided(reason):
            return replace(ticket, void=True, void_reason=reason)
        case Undone(restores=restores):
            return _restored(ticket, restores)
        case EscalationStarted(kind=kind) | StepFired(kind=kind):
            return ticket if kind is EscalationKind.hierarchical else _unacknowledged(ticket)
        case Unacknowledged():
            return _unacknowledged(ticket)
        case Replied() | UpdatePromised() | UpdateReleased():
            return _with_promise(ticket, event, at)
        case UpdateAnnounced(start, end, text):
            return replace(ticket, announcement=Announcement(start, end, text))
        case AnnouncementRetracted():
            return replace(ticket, announcement=None)
        case MajorStarted() | MajorRoleGiven() | MajorLogged() | MajorEnded():
            return _with_major(ticket, event, at)
        case Opened() | Noted() | RequesterWrote() | Imported() | BreachKept():
            return ticket
        case CriterionHeld() | ProcedureStepped():
            return ticket
        case EscalationEnded() | EscalationSnoozed() | EscalationMoved() | PageWithdrawn():
            return ticket
        case Reported() | NextStepNoted() | HandedOver() | FirstLooked() | LookRated():
            return ticket
        case _:
            assert_never(event)


def _unacknowledged(ticket: Ticket) -> Ticket:
    """What calls somebody who is to work on it has not been answered yet."""
    return replace(ticket, acknowledged_by=None, acknowledged_at=None)


def _with_state(ticket: Ticket, event: StateChanged, at: Instant) -> Ticket:
    was_open = ticket.is_open
    now_open = event.state in OPEN_STATES
    reopening = now_open and not was_open
    waiting = event.state in WAITING_STATES
    return replace(
        ticket,
        state=event.state,
        hold_reason=event.reason if waiting or now_open else "",
        hold_until=event.until if waiting else None,
        resolved_at=None if now_open else (ticket.resolved_at if not was_open else at),
        resolution=event.reason if not now_open and event.reason else ("" if now_open else ticket.resolution),
        reopened=ticket.reopened + reopening,
        reminders=ticket.reminders if now_open else (),
        offer=ticket.offer if now_open else None,
        promised=ticket.promised if now_open else None,
        acknowledged_by=None if reopening else ticket.acknowledged_by,
        acknowledged_at=None if reopening else ticket.acknowledged_at,
    )


def with_assignment(ticket: Ticket, event: Assigned) -> Ticket:
    """The ticket as an assignment leaves it."""
    team = ticket.team if event.team is None else event.team
    resolver = ticket.resolver if event.resolver is None else event.resolver
    before, after = ticket.resolver or ticket.team, resolver or team
    owner = ticket.owner if event.owner is None else (event.owner or None)
    offer = ticket.offer if event.owner is None and event.team is None else None
    hops = ticket.hops + (before != after)
    return replace(ticket, team=team, owner=owner, resolver=resolver, hops=hops, offer=offer)


def _with_standing(
    ticket: Ticket, event: OwnerOffered | OwnerDeclined | EarlyFlagged | FixRecorded | RepeatsSeen, at: Instant
) -> Ticket:
    match event:
        case OwnerOffered(person, until, by, team):
            return replace(ticket, offer=Offer(person, until, by, team))
        case OwnerDeclined():
            return replace(ticket, offer=None)
        case EarlyFlagged(by, on, text):
            return replace(ticket, early=Early(by, text) if on else None)
        case RepeatsSeen(words=words):
            return replace(ticket, early=Early(PersonId(""), ", ".join(words)))
        case FixRecorded(step, by, text):
            order = tuple(FixStep)
            before = tuple(one for one in ticket.fix if order.index(one.step) < order.index(step))
            return replace(ticket, fix=(*before, Fix(step, by, at, text)))
        case _:
            assert_never(event)


def _with_promise(ticket: Ticket, event: Replied | UpdatePromised | UpdateReleased, at: Instant) -> Ticket:
    match event:
        case UpdatePromised(until, by, text):
            return replace(ticket, promised=Promised(until, by, text))
        case Replied():
            return replace(_told_how_it_stands(ticket, at), promised=None)
        case UpdateReleased():
            return replace(ticket, promised=None)
        case _:
            assert_never(event)


def _told_how_it_stands(ticket: Ticket, at: Instant) -> Ticket:
    if ticket.major is None or not ticket.is_major:
        return ticket
    return replace(ticket, major=replace(ticket.major, said_at=at))


def _with_major(
    ticket: Ticket, event: MajorStarted | MajorRoleGiven | MajorLogged | MajorEnded, at: Instant
) -> Ticket:  # fmt: skip
    known = ticket.major
    match event:
        case MajorStarted(commander, every, communication, scribe, exercise):
            return replace(ticket, major=Major(at, commander, every, communication, scribe, exercise))
        case _ if known is None:
            return ticket
        case MajorRoleGiven(role, person):
            return replace(ticket, major=known.given(role, person))
        case MajorLogged(entry=MajorEntry.said):
            return replace(_told_how_it_stands(ticket, at), promised=None)
        case MajorLogged(text=text):
            return replace(ticket, major=replace(known, degraded=(*known.degraded, text)))
        case MajorEnded():
            return replace(ticket, major=replace(known, ended=at), promised=None)
        case _:
            assert_never(event)


def _with_attention(ticket: Ticket, event: Chased | AttentionRaised | AttentionLowered) -> Ticket:
    match event:
        case Chased():
            return replace(ticket, chases=ticket.chases + 1)
        case AttentionRaised(level, impact, reason, until, by):
            return replace(
                ticket, attention=level, attention_until=until, attention_impact=impact, attention_reason=reason,
                attention_by=by,
            )  # fmt: skip
        case AttentionLowered():
            return replace(
                ticket, attention=0, attention_until=None, attention_impact=None, attention_reason="", attention_by=""
            )
        case _:
            assert_never(event)


def _with_bond(ticket: Ticket, event: Referenced | Followed | Reminded | Related) -> Ticket:
    match event:
        case Referenced(system, key, url):
            others = tuple(r for r in ticket.references if (r.system, r.key) != (system, key))
            return replace(ticket, references=(*others, Reference(system, key, url)))
        case Followed(person, on):
            rest = tuple(one for one in ticket.followers if one != person)
            return replace(ticket, followers=(*rest, person) if on else rest)
        case Reminded(person, until, text):
            kept = tuple(one for one in ticket.reminders if one.person != person)
            new = () if until is None else (Reminder(person, until, text),)
            return replace(ticket, reminders=(*kept, *new))
        case Related(other, relation, on):
            away = tuple(one for one in ticket.relations if one.other != other)
            return replace(ticket, relations=(*away, Relationship(other, relation)) if on else away)
        case _:
            assert_never(event)


def _restored(ticket: Ticket, fields: Mapping[str, Any]) -> Ticket:
    hints = {"id": ticket.id, "title": ticket.title, "service": ticket.service, "team": ticket.team,
             "priority": ticket.priority, "created_at": ticket.created_at}  # fmt: skip
    values = from_plain(Ticket, {**hints, **fields}, strict=False)
    return replace(ticket, **{name: getattr(values, name) for name in fields if name in UNDOABLE})
