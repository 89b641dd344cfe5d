"""A believable night at a small multinational, made by the same use cases that people work with.

Everything is placed relative to one instant, so it is the same night for everybody. The stories stand in
``packs/demo/tickets.toml``; here they are played in the order of time, with the watch running beside them.
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from supporttui import packs
from supporttui.domain.events import NextStepNoted, Opened, Origin
from supporttui.domain.handover import changing
from supporttui.domain.handover.handover import Promise
from supporttui.domain.ids import OperationId, PersonId, RotaId, ServiceId, TicketId
from supporttui.domain.periods.period import Dates, Period, PeriodHours, PeriodKind
from supporttui.domain.plain import from_plain
from supporttui.domain.rota.oncall import Duty, level_duty
from supporttui.domain.rota.schedule import IntendedGap, Override, OverrideKind, Rota
from supporttui.domain.sla.calendars import Window
from supporttui.domain.spans import FOREVER, Instant
from supporttui.domain.wall import to_wall
from supporttui.intake.demo_deeds import DEEDS, Deed, Step, Stories, Story
from supporttui.intake.serve.payloads import message
from supporttui.usecases import tickets
from supporttui.usecases.definitions.defining import Pack, apply_pack, define
from supporttui.usecases.escalation import look, sweep
from supporttui.usecases.handover import writing
from supporttui.usecases.incoming import beats, taking
from supporttui.usecases.ports import Call, NoticeState, Store, Transaction
from supporttui.usecases.record import current, record
from supporttui.usecases.timer_notices import warn

START = Instant(1_795_483_200)
"""2026-11-24T01:20:00Z, a Tuesday: 02:20 in Berlin, 10:20 in Tokyo, Monday evening in Chicago."""
ME = PersonId("ana")
"""Whose desk it is: she covers tonight."""
WATCH = PersonId("watch")
_COVERS = 25
"""Minutes for which she has covered; so long does the handover to her wait."""
_SIGNED = 28
_BACKUP, _BACKUP_BEAT = 80, "nightly-backup"
_MANY = 100
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_ROTA = RotaId("sun")
_BERLIN = "Europe/Berlin"


def build(store: Store, now: Instant) -> None:
    """Fill an empty store with the night that leads up to ``now``."""
    site = packs.demo_site()
    stories = from_plain(Stories, tomllib.loads(packs.demo_text("tickets")))
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
            "tonight", OverrideKind.replace, Instant(now - _COVERS * _MINUTE), Instant(now + 280 * _MINUTE),
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
        self.tx, self.now, self.site = tx, now, site
        self.teams = {service.id: service.team for service in site.services}
        self.numbers: dict[str, TicketId] = {}
        self.token = tx.lease.take("demo", _MINUTE) or 0

    def play(self, stories: Stories) -> None:
        """Everything up to now; pages that left count as delivered."""
        deeds = [*self._deeds(stories.tickets), *self._beside(stories)]
        for at, deed in sorted(deeds, key=lambda entry: entry[0]):
            self._watch(at)
            deed()
        self._watch(self.now)
        self._deliver()
        self.tx.lease.release(self.token)

    def _deeds(self, stories: Sequence[Story]) -> Iterator[tuple[Instant, Callable[[], None]]]:
        for number, story in enumerate(stories):
            yield self._at(story.opened), self._opening(story, f"{number}")
            for count, step in enumerate(story.steps):
                yield self._at(step.ago), self._doing(story, step, f"{number}.{count}")

    def _beside(self, stories: Stories) -> Iterator[tuple[Instant, Callable[[], None]]]:
        """What was done to no ticket: a sign of life, and the handover that waits."""
        yield self._at(_BACKUP), self._backup
        yield self._at(_SIGNED), partial(self._hand_over, stories)

    def _at(self, ago: int) -> Instant:
        return Instant(self.now - ago * _MINUTE)

    # --- tickets --------------------------------------------------------------------------------------

    def _opening(self, story: Story, operation: str) -> Callable[[], None]:
        if story.source:
            return partial(self._report, story, story.opened, operation)

        def act() -> None:
            opened = Opened(
                story.title, story.service, self.teams[story.service], story.priority, story.impact,
                story.urgency, story.kind, story.text, story.requester, story.language, category=story.category,
            )  # fmt: skip
            call = _call(self._at(story.opened), operation, story.requester)
            self.numbers[story.title] = tickets.open_ticket(call, self.tx, opened).id

        return act

    def _doing(self, story: Story, step: Step, operation: str) -> Callable[[], None]:
        if step.do is Deed.report:
            return partial(self._report, story, step.ago, operation)

        if step.do is Deed.escalate:  # several at once, as with marks at the desk
            operation = f"escalate.{step.ago}"

        def act() -> None:
            call = _call(self._at(step.ago), operation, step.who)
            DEEDS[step.do](call, self.tx, self.numbers[story.title], step, self._ahead(step.ahead))

        return act

    def _report(self, story: Story, ago: int, operation: str) -> None:
        """Another system says so, as it would to ``intake serve``."""
        source = next(one for one in self.site.sources if one.id == story.source)
        reports = message(source.kind, story.message.encode()).reports(source)
        (taken,) = taking.take(_call(self._at(ago), operation), self.tx, source.id, reports)
        assert taken.ticket is not None
        self.numbers[story.title] = taken.ticket

    def _ahead(self, minutes: int | None) -> Instant | None:
        return None if minutes is None else Instant(self.now + minutes * _MINUTE)

    # --- beside them ----------------------------------------------------------------------------------

    def _backup(self) -> None:
        beats.sign(_call(self._at(_BACKUP), "backup"), self.tx, _BACKUP_BEAT)

    def _hand_over(self, stories: Stories) -> None:
        """Whoever had the shift before hers gives it, with the next step of each ticket that needs one.

        All of it is written at once: the demo is not to open later for it.
        """
        (rota,) = self.site.rotas
        who, given = _on_duty(rota, self.now).people[0], stories.handover
        call = _call(self._at(_SIGNED), "written", who)
        standing, found = writing.to_give(call, self.tx, None)
        promise = Promise("nagoya", given.promise, call.actor, self._ahead(given.ahead))
        value = changing.with_promise(writing.begun(call, standing, found), promise)
        value = changing.written(value, note=given.note, risks=given.risks)
        for ticket, text in ((self.numbers[one.title], one.next) for one in stories.tickets if one.next):
            value = changing.with_step(value, ticket, text, by=call.actor, at=call.at)
            record(call, self.tx, current(self.tx, ticket, None), [NextStepNoted(text, value.id)], rules=standing.rules)
        writing.store(call, standing, found, value)
        writing.sign(replace(call, operation=OperationId("demo.signed")), self.tx)

    # --- the watch ------------------------------------------------------------------------------------

    def _watch(self, until: Instant) -> None:
        """Take every step that comes due up to an instant, and warn of what passes."""
        while (due := _next_due(self.tx)) <= until:
            sweep(_call(due, f"sweep.{due}", WATCH), self.tx, self.token)
            for ticket in self.tx.looks.due(due, _MANY):
                look(_call(due, f"look.{ticket}.{due}", WATCH), self.tx, self.token, ticket)
            warn(_call(due, f"warn.{due}", WATCH), self.tx, self.token)

    def _deliver(self) -> None:
        """What is told by now has left."""
        for notice in self.tx.outbox.claim(self.now, self.token, limit=_MANY, seconds=_MINUTE):
            self.tx.outbox.mark(notice, NoticeState.sent, token=self.token)


def _next_due(tx: Transaction) -> Instant:
    found = (tx.escalations.next_due(), tx.marks.next_due(), tx.looks.next_due())
    return min((at for at in found if at is not None), default=FOREVER)


def _call(at: Instant, operation: str, who: str = ME) -> Call:
    return Call(PersonId(who), at, OperationId(f"demo.{operation}"), Origin.demo)
