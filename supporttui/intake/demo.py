"""A believable night at a small multinational, made by the same use cases that people work with.

Everything is placed relative to one instant, so it is the same night for everybody. The stories stand in
``packs/demo/tickets.toml``; here they are played in the order of time, with the watch running beside them.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from supporttui import packs
from supporttui.domain.events import Event, Kind, Opened, Origin, Referenced, RequesterWrote, State
from supporttui.domain.ids import OperationId, PersonId, RotaId, ServiceId, TeamId, TicketId
from supporttui.domain.periods.period import Dates, Period, PeriodHours, PeriodKind
from supporttui.domain.plain import from_plain
from supporttui.domain.priorities import Level, Priority
from supporttui.domain.rota.oncall import Duty, level_duty
from supporttui.domain.rota.schedule import IntendedGap, Override, OverrideKind, Rota
from supporttui.domain.sla.calendars import Window
from supporttui.domain.spans import FOREVER, Instant
from supporttui.domain.wall import to_wall
from supporttui.usecases import tickets
from supporttui.usecases.definitions import Pack, apply_pack, define
from supporttui.usecases.escalation import escalate, sweep
from supporttui.usecases.ports import Call, NoticeState, Store, Transaction
from supporttui.usecases.record import current, record
from supporttui.usecases.timer_notices import warn

START = Instant(1_795_483_200)
"""2026-11-24T01:20:00Z, a Tuesday: 02:20 in Berlin, 10:20 in Tokyo, Monday evening in Chicago."""
ME = PersonId("ana")
"""Whose desk it is: she covers tonight."""
WATCH = PersonId("watch")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_ROTA = RotaId("sun")
_BERLIN = "Europe/Berlin"


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


@dataclass(frozen=True, slots=True)
class Stories:
    """All tickets of the night."""

    tickets: tuple[Story, ...]


def build(store: Store, now: Instant) -> None:
    """Fill an empty store with the night that leads up to ``now``."""
    site = packs.demo_site()
    stories = from_plain(Stories, tomllib.loads(packs.demo_text("tickets"))).tickets
    with store.write() as tx:
        _define(_call(now, "site"), tx, site, now)
    with store.write() as tx:
        _Night(tx, now, site).play(stories)


# --- the site ----------------------------------------------------------------------------------------


def _define(call: Call, tx: Transaction, site: Pack, now: Instant) -> None:
    rotas = tuple(replace(rota, intended_gaps=(_maintenance(now),)) for rota in site.rotas)
    apply_pack(call, tx, replace(site, rotas=rotas, periods=(_peak(now),)))
    for override in _overrides(rotas[0], now):
        define(call, tx, _ROTA, override)


def _maintenance(now: Instant) -> IntendedGap:
    """Nobody is meant to be on duty for a few hours at the coming weekend."""
    start = now - now % _DAY + 5 * _DAY
    reason = "Data centre maintenance, announced to all sites"
    return IntendedGap(Instant(start), Instant(start + 4 * _HOUR), reason)


def _peak(now: Instant) -> Period:
    """In three days the freight before Christmas begins: Saturdays are worked, and changes wait."""
    begins = to_wall(now, _BERLIN).date() + timedelta(days=3)
    return Period(
        "peak", "Freight peak", PeriodKind.season, _BERLIN, services=(ServiceId("workplace"),),
        dates=(Dates(begins, begins + timedelta(days=28)),),
        hours=PeriodHours((Window("08:00", "18:00", (6,)),)), freeze=True,
    )  # fmt: skip


def _overrides(rota: Rota, now: Instant) -> tuple[Override, ...]:
    """Tonight one person covers for another; next week one is on leave and nobody stands in."""
    tonight, next_week = _on_duty(rota, now), _on_duty(rota, Instant(now + 8 * _DAY))
    made = Instant(now - 8 * _HOUR)
    return (
        Override(
            "tonight", OverrideKind.replace, Instant(now - 80 * _MINUTE), Instant(now + 280 * _MINUTE),
            person=ME, in_place_of=tonight.people[0], reason="Night train, no signal", created_at=made, created_by=ME,
        ),
        Override(
            "leave", OverrideKind.remove, next_week.span.start, next_week.span.end,
            person=next_week.people[0], reason="On leave, nobody found yet", created_at=made, created_by=ME,
        ),
    )  # fmt: skip


def _on_duty(rota: Rota, at: Instant) -> Duty:
    """The duty of the first line that covers an instant; the demo's rota always has one there."""
    plan = level_duty(rota, Instant(at - _DAY), Instant(at + _DAY), level=1)
    return next(duty for duty in plan if at in duty.span and duty.people)


# --- the night ---------------------------------------------------------------------------------------


class _Night:
    """Plays stories in the order of time, and the watch's part between them."""

    def __init__(self, tx: Transaction, now: Instant, site: Pack) -> None:
        self.tx, self.now = tx, now
        self.teams = {service.id: service.team for service in site.services}
        self.numbers: dict[str, TicketId] = {}
        self.token = tx.lease.take("demo", _MINUTE) or 0

    def play(self, stories: Sequence[Story]) -> None:
        """Everything up to now; pages that left count as delivered."""
        for at, deed in sorted(self._deeds(stories), key=lambda entry: entry[0]):
            self._watch(at)
            deed()
        self._watch(self.now)
        self.tx.lease.release(self.token)

    def _deeds(self, stories: Sequence[Story]) -> Iterator[tuple[Instant, Callable[[], None]]]:
        for number, story in enumerate(stories):
            yield self._at(story.opened), self._opening(story, f"{number}")
            for count, step in enumerate(story.steps):
                yield self._at(step.ago), self._doing(story, step, f"{number}.{count}")

    def _at(self, ago: int) -> Instant:
        return Instant(self.now - ago * _MINUTE)

    def _opening(self, story: Story, operation: str) -> Callable[[], None]:
        def act() -> None:
            opened = Opened(
                story.title, story.service, self.teams[story.service], story.priority, story.impact,
                story.urgency, story.kind, story.text, story.requester, story.language, category=story.category,
            )  # fmt: skip
            call = _call(self._at(story.opened), operation, story.requester)
            self.numbers[story.title] = tickets.open_ticket(call, self.tx, opened).id

        return act

    def _doing(self, story: Story, step: Step, operation: str) -> Callable[[], None]:
        def act() -> None:
            call = _call(self._at(step.ago), operation, step.who)
            _DEEDS[step.do](call, self.tx, self.numbers[story.title], step, self._until(step))

        return act

    def _until(self, step: Step) -> Instant | None:
        return None if step.ahead is None else Instant(self.now + step.ahead * _MINUTE)

    def _watch(self, until: Instant) -> None:
        """Take every step that comes due up to an instant, warn of what passes, and deliver what is told."""
        while (due := _next_due(self.tx)) <= until:
            sweep(_call(due, f"sweep.{due}", WATCH), self.tx, self.token)
            warn(_call(due, f"warn.{due}", WATCH), self.tx, self.token)
        for notice in self.tx.outbox.claim(until, self.token, limit=100, seconds=_MINUTE):
            self.tx.outbox.mark(notice, NoticeState.sent, token=self.token)


def _next_due(tx: Transaction) -> Instant:
    return min((at for at in (tx.escalations.next_due(), tx.marks.next_due()) if at is not None), default=FOREVER)


def _call(at: Instant, operation: str, who: str = ME) -> Call:
    return Call(PersonId(who), at, OperationId(f"demo.{operation}"), Origin.demo)


def _recorded(call: Call, tx: Transaction, ticket: TicketId, event: Event) -> None:
    record(call, tx, current(tx, ticket, None), [event])


_Done = Callable[[Call, Transaction, TicketId, Step, Instant | None], object]
_DEEDS: Mapping[Deed, _Done] = {
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
    Deed.escalate: lambda call, tx, ticket, step, _: escalate(call, tx, ticket, None, text=step.text),
    Deed.reference: lambda call, tx, ticket, step, _: _recorded(call, tx, ticket, Referenced(step.system, step.key)),
}
"""Each deed by the use case behind it."""
