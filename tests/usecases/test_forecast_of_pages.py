"""What is said of the hours to come is what the watch then does, if nobody answers: steps, people, ways and times."""

from contextlib import suppress
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supporttui.domain.escalation.policy import Policy, Silence, Step, StepHours, StepTarget, TargetKind
from supporttui.domain.events import EscalationEnded, StepFired
from supporttui.domain.faults import Refused
from supporttui.domain.people import ContactPoint, Person
from supporttui.domain.sla.calendars import Window
from supporttui.domain.spans import Instant
from supporttui.usecases import escalation, policies, tickets
from supporttui.usecases.views import Reach
from tests.builders import NOW, PEOPLE, Desk, MovableClock, opened, policy, rota, site
from tests.quick import memory_store

DAY = 86_400
ALL = (1, 2, 3, 4, 5, 6, 7)
QUIET = ((), (Window("22:00", "24:00", ALL), Window("00:00", "07:00", ALL)), (Window("03:30", "05:00", ALL),))
HOURS = (None, StepHours("Europe/Berlin", (Window("08:00", "18:00", ALL),)))
NAMED = tuple(StepTarget(TargetKind.person, person=key) for key in ("lea", "aud"))
ON_DUTY = tuple(
    StepTarget(kind, level=level)
    for kind in (TargetKind.on_call, TargetKind.on_call_next, TargetKind.on_call_previous)
    for level in (1, 2, 3)
)
FIXED = (*NAMED, *ON_DUTY, StepTarget(TargetKind.team, team="network"), StepTarget(TargetKind.command, channel="room"))
IN_TURN = StepTarget(TargetKind.round_robin, people=("mia", "aud", "lea", "zoe"))

contacts = st.builds(
    ContactPoint, st.sampled_from(["mail", "sms"]), st.sampled_from(["a", "b"]), rank=st.integers(1, 3),
    after=st.sampled_from([0, 300, 5400]), priorities=st.sampled_from([(), (), (1,), (2,)]),
    quiet=st.sampled_from(QUIET),
)  # fmt: skip


def people() -> st.SearchStrategy[tuple[Person, ...]]:
    def given_to(one: Person) -> st.SearchStrategy[Person]:
        if not one.contacts:
            return st.just(one)
        zones = st.sampled_from(["UTC", "Asia/Tokyo"])
        found = st.lists(contacts, min_size=1, max_size=3)
        return st.builds(lambda zone, found: replace(one, zone=zone, contacts=tuple(found)), zones, found)

    return st.tuples(*map(given_to, PEOPLE))


@st.composite
def steps(draw: st.DrawFn, allowed: tuple[StepTarget, ...], *, waits: tuple[int, ...] = (0, 300, 7200)) -> Step:
    return Step(
        "S", draw(st.sampled_from(waits)), tuple(draw(st.lists(st.sampled_from(allowed), min_size=1, max_size=2))),
        acks=draw(st.integers(0, 2)), silence=draw(st.sampled_from(Silence)), repeats=draw(st.integers(1, 2)),
        jump_to=1, priorities=draw(st.sampled_from([(), (), (1,)])), hours=draw(st.sampled_from(HOURS)),
        skip_if_empty=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def ladders(draw: st.DrawFn) -> Policy:
    found = draw(st.lists(steps((*FIXED, IN_TURN)), min_size=1, max_size=3))
    return policy(
        steps=tuple(found), rounds=draw(st.integers(1, 3)), repeat_wait=draw(st.sampled_from([60, 4000])),
        ack_timeout=draw(st.sampled_from([None, 1800])), priorities=(1, 2),
    )  # fmt: skip


def desk_of(ladder: Policy, everybody: tuple[Person, ...], **of_rota: object) -> Desk:
    clock = MovableClock()
    store = memory_store(clock)
    site(store, people=everybody, policy=ladder, rota=rota(**of_rota))
    desk = Desk(store, clock)
    desk.lead(seconds=30 * DAY)
    return desk


# --- of a ticket ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What happens at an instant: a step, or (step 0) the end."""

    at: Instant
    step: int
    round: int
    ways: tuple[tuple[str, str, str, int], ...]
    channels: tuple[str, ...]
    cause: str


def ways_of(people: tuple[Reach, ...]) -> tuple[tuple[str, str, str, int], ...]:
    return tuple(sorted((one.person, way.channel, way.address, way.at) for one in people for way in one.ways))


def said(desk: Desk, ticket: int, until: Instant) -> list[Told]:
    found = desk.ask(escalation.forecast, ticket, desk.clock(), until=until)
    return [Told(one.at, one.step, one.round, ways_of(one.people), one.channels, one.cause) for one in found]


def done(desk: Desk, ticket: int, until: Instant) -> list[Told]:
    """What the watch does, each second at which something is due, seen in facts and in the outbox."""
    known = len(desk.ask(lambda tx: tx.journal.of_ticket(ticket)))
    while (due := desk.ask(lambda tx: tx.escalations.next_due())) is not None and due < until:
        desk.clock.now = max(desk.clock.now, due)
        desk.watch(escalation.sweep, desk.token)
    facts = desk.ask(lambda tx: tx.journal.of_ticket(ticket))[known:]
    pages = desk.ask(lambda tx: tx.outbox.of_ticket(ticket))
    found: list[Told] = []
    for fact in facts:
        if isinstance(fact.event, StepFired):
            one = fact.event
            mine = [page for page in pages if page.params.get("firing") == one.firing and page.person]
            ways = tuple(sorted((page.person, page.channel, page.address, page.not_before) for page in mine))
            assert {page.person for page in mine} == set(one.paged)
            cause = "" if one.cause == "late.skipped" else one.cause  # where no watch ran before
            found.append(Told(fact.at, one.step, one.round, ways, one.called, cause))
        elif isinstance(fact.event, EscalationEnded):
            found.append(Told(fact.at, 0, 0, (), (), ""))
    return found


def bare(one: Told) -> Told:
    """Of who is told last only when: the message waits for its hours as every message does."""
    return one if one.step else Told(one.at, 0, 0, (), (), "")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    ladders(), people(), st.integers(1, 2), st.sampled_from([None, "zoe", "aud"]),
    st.lists(st.tuples(st.sampled_from([60, 900]), st.sampled_from(["ana", "ben", "lea", "hush"])), max_size=2),
    st.booleans(),
)  # fmt: skip
def test_what_is_said_of_a_ticket_is_what_the_watch_then_does(ladder, everybody, priority, fallback, doings, missed):
    desk = desk_of(ladder, everybody, fallback=fallback)
    ticket = desk.do(tickets.open_ticket, opened(priority=priority)).id
    for wait, who in doings:
        then = Instant(desk.clock() + wait)
        if not missed:
            done(desk, ticket, then)
        desk.clock.now = then
        running = desk.ask(lambda tx: tx.escalations.get(ticket)).state not in ("exhausted", "done")
        if who == "hush" and running:
            desk.do(escalation.hush, ticket, None, until=Instant(desk.clock() + 3600))
        elif who != "hush" and running:
            with suppress(Refused):  # who has acknowledged already
                desk.do(tickets.acknowledge, ticket, None, by=who)
    until = Instant(desk.clock() + DAY)
    foreseen = said(desk, ticket, until)
    assert list(map(bare, foreseen)) == done(desk, ticket, until)


# --- of a policy ------------------------------------------------------------------------------------------


def shifted(ways: tuple[tuple[str, str, str, int], ...], seconds: int) -> set[tuple[str, str, str, int]]:
    return {(person, channel, address, at + seconds) for person, channel, address, at in ways}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(steps(FIXED, waits=(0,)), people(), st.integers(0, DAY - 1), st.integers(1, 2))
def test_what_is_said_of_a_step_is_what_the_watch_does_whenever_it_takes_it(step, everybody, after, priority):
    desk = desk_of(policy(steps=(step,), priorities=(1, 2)), everybody)
    ahead = desk.ask(policies.ahead, "urgent", NOW, service="mail", priority=priority)
    ((_, stretches),) = ahead.steps
    assert [one.span.end for one in stretches] == [*(one.span.start for one in stretches[1:]), NOW + DAY]
    desk.clock.forward(seconds=after)
    (stretch,) = (one for one in stretches if desk.clock() in one.span)
    ticket = desk.do(tickets.open_ticket, opened(priority=priority)).id
    taken = done(desk, ticket, Instant(desk.clock() + 1))[0]
    assert (taken.channels, taken.cause) == (stretch.channels, stretch.cause)
    then = ways_of(stretch.people)
    assert {way[:3] for way in then} == {way[:3] for way in taken.ways}
    assert set(taken.ways) <= {*then, *shifted(then, desk.clock() - stretch.span.start)}
