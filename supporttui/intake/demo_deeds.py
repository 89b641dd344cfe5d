"""What people, and systems that report, did in the demo's night, each deed by the use case behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.events import Event, Kind, Referenced, RequesterWrote, State
from supporttui.domain.ids import PersonId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Level, Priority
from supporttui.domain.spans import Instant
from supporttui.usecases import attention, procedures, tickets
from supporttui.usecases.escalation import escalate
from supporttui.usecases.joining import join_notices
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.record import current, record


class Deed(StrEnum):
    """What somebody did to a ticket."""

    acknowledge = "acknowledge"
    take = "take"
    note = "note"
    reply = "reply"
    write = "write"
    """The requester wrote."""
    assign = "assign"
    wait = "wait"
    resolve = "resolve"
    close = "close"
    reopen = "reopen"
    escalate = "escalate"
    reference = "reference"
    chase = "chase"
    attend = "attend"
    step = "step"
    """Of the procedure that fits; the next one."""
    report = "report"
    """The source that opened it reports it again."""


@dataclass(frozen=True, slots=True)
class Step:
    """One deed; ``ago`` and ``ahead`` are minutes from the demo's beginning."""

    ago: int
    who: str
    do: Deed
    text: str = ""
    state: State = State.waiting_requester
    ahead: int | None = None
    reason: str = ""
    code: str = ""
    owner: PersonId | None = None
    team: TeamId | None = None
    resolver: str | None = None
    system: str = ""
    key: str = ""
    impact: Level | None = None
    asker: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket and what happened to it; ``opened`` is in minutes before the demo's beginning."""

    title: str
    service: ServiceId
    priority: Priority
    opened: int
    requester: str
    steps: tuple[Step, ...] = ()
    impact: Level = Level(2)
    urgency: Level = Level(2)
    kind: Kind = Kind.incident
    language: str = "en"
    category: str = ""
    text: str = ""
    next: str = ""
    """What comes next, as the shift before this one wrote it."""
    source: str = ""
    """Which one opened it, by ``message``."""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What the shift before this one wrote into its handover, beside the next steps."""

    note: str
    risks: str
    promise: str
    ahead: int
    """Minutes from the demo's beginning by when it is promised."""


@dataclass(frozen=True, slots=True)
class Stories:
    """All tickets of the night, and how they were handed over."""

    tickets: tuple[Story, ...]
    handover: Given


def _recorded(call: Call, tx: Transaction, ticket: TicketId, event: Event) -> None:
    record(call, tx, current(tx, ticket, None), [event])


def _escalated(call: Call, tx: Transaction, ticket: TicketId, text: str) -> None:
    """Whoever is paged of several tickets at once gets one message."""
    escalate(call, tx, ticket, None, text=text)
    join_notices(tx, call.operation)


_Done = Callable[[Call, Transaction, TicketId, Step, Instant | None], object]
DEEDS: Mapping[Deed, _Done] = {
    Deed.acknowledge: lambda call, tx, ticket, *_: tickets.acknowledge(call, tx, ticket, None),
    Deed.take: lambda call, tx, ticket, *_: tickets.take(call, tx, ticket, None),
    Deed.note: lambda call, tx, ticket, step, _: tickets.note(call, tx, ticket, None, text=step.text),
    Deed.reply: lambda call, tx, ticket, step, _: tickets.reply(call, tx, ticket, None, text=step.text),
    Deed.write: lambda call, tx, ticket, step, _: _recorded(call, tx, ticket, RequesterWrote(step.text)),
    Deed.assign: lambda call, tx, ticket, step, _: tickets.assign(
        call, tx, ticket, None, owner=step.owner, team=step.team, resolver=step.resolver
    ),
    Deed.wait: lambda call, tx, ticket, step, until: tickets.wait(
        call, tx, ticket, None, state=step.state, reason=step.reason, until=until
    ),
    Deed.resolve: lambda call, tx, ticket, step, _: tickets.resolve(
        call, tx, ticket, None, code=step.code, text=step.text
    ),
    Deed.close: lambda call, tx, ticket, *_: tickets.close(call, tx, ticket, None),
    Deed.reopen: lambda call, tx, ticket, step, _: tickets.reopen(call, tx, ticket, None, reason=step.reason),
    Deed.escalate: lambda call, tx, ticket, step, _: _escalated(call, tx, ticket, step.text),
    Deed.chase: lambda call, tx, ticket, step, _: attention.chase(
        call, tx, ticket, None, text=step.text, asker=step.asker
    ),
    Deed.attend: lambda call, tx, ticket, step, until: attention.attend(
        call, tx, ticket, None, reason=step.reason, impact=step.impact, until=until, asker=step.asker
    ),
    Deed.step: lambda call, tx, ticket, step, _: procedures.step(call, tx, ticket, None, text=step.text),
    Deed.reference: lambda call, tx, ticket, step, _: _recorded(call, tx, ticket, Referenced(step.system, step.key)),
}
"""Each deed on a ticket; ``report`` is none, as the source says which ticket it is."""
