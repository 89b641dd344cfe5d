"""How fast promises and duty are worked out, beside what one would otherwise use for the same work in the same run.

    pip install business-duration businesstimedelta && python -m tests.benchmarks.engine [--rounds 5]

Service hours are held against ``business-duration`` and ``businesstimedelta`` on spans as tickets have them, a year of
duty against ``recurring-ical-events`` over the same plan as a calendar; first it is checked that all say the same.
Ratios are medians over rounds; the rows in milliseconds describe this machine at this moment. Ends with 1 if a goal
that is a ratio is missed.
"""

import argparse
import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from itertools import groupby, product
from operator import itemgetter
from typing import Any, NamedTuple

import icalendar
import recurring_ical_events

from supporttui.domain.events import Fact, Opened, Replied, State, StateChanged
from supporttui.domain.ids import CalendarId, OperationId, PersonId, RotaId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.rota.lookout import gap_list
from supporttui.domain.rota.oncall import duty, on_call
from supporttui.domain.rota.schedule import Layer, Override, OverrideKind, Restriction, Rota, Rotation, Unit
from supporttui.domain.sla.calendars import Break, Calendar, Holiday, Window
from supporttui.domain.sla.hours import Hours, compile_hours
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.sla.timer import Timer, decisive, fold, segment_of
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket

try:
    import businesstimedelta
    import pytz
    from business_duration import businessDuration
except ImportError:  # of no use to a desk, so no dependency of ours
    sys.exit("First: pip install business-duration businesstimedelta")

NEW_YEAR, NEXT_YEAR = (Instant(int(datetime(year, 1, 1, tzinfo=UTC).timestamp())) for year in (2026, 2027))
HOUR, DAY, MONTH = 3600, 86_400, 30 * 86_400
OPENS, CLOSES = clock_time(9), clock_time(17)
HOLIDAYS = {
    date(2026, 1, 1): "New Year", date(2026, 4, 3): "Good Friday", date(2026, 5, 1): "Labour Day",
    date(2026, 12, 25): "Christmas", date(2028, 1, 1): "New Year",
}  # fmt: skip
SPANS, TIMERS, PAGE, ROTAS = 200, 100_000, 50, 20
OFTEN = 50
"""Ours is done so many times more often: once is over before the clock moves."""
TEAM = [PersonId(name) for name in ("ana", "ben", "cem", "dora", "eve", "fox")]


class Compared(NamedTuple):
    """The same work by others and by us, and how many times faster ours shall be."""

    label: str
    least: int
    theirs: Callable[[], Sequence[object]]
    ours: Callable[[], Sequence[object]]


def main() -> int:
    """Measure and say which goals are met."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.engine", description="How fast the engine is.")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    missed = False
    print(f"{'the same answers, theirs / ours':<62}{'ratio':>10}")
    for row in (*hours_rows(), duty_row()):
        assert list(row.theirs()) == list(row.ours()), f"not the same answers: {row.label}"
        ratio = statistics.median(seconds(row.theirs) / seconds(row.ours, often=OFTEN) for _ in range(rounds))
        missed |= ratio < row.least
        print(f"{row.label:<62}{ratio:>10,.0f}  >= {row.least:<5} {'met' if ratio >= row.least else 'MISSED'}")
    print(f"\n{'on this machine, now':<62}{'ms':>10}")
    for label, most, work in alone():
        work()
        took = statistics.median(seconds(work) for _ in range(rounds)) * 1000
        print(f"{label:<62}{took:>10,.2f}  <= {most:<5,} {'met' if took <= most else 'missed'}")
    return int(missed)


def seconds(work: Callable[[], object], *, often: int = 1) -> float:
    """Of the processor for doing it once, so that a busy machine counts for less.

    What is there before is no part of the work: the collector is not to look through it again and again.
    """
    gc.collect()
    gc.freeze()
    began = time.process_time()
    for _ in range(often):
        work()
    return (time.process_time() - began) / often


# --- service hours ----------------------------------------------------------------------------------------


def hours_rows() -> Iterator[Compared]:
    """Open time of a span, and when so much of it is used up."""
    plain, lunch, rules = office(), office(Break("12:00", "13:00")), rules_of_others()
    spans = list(spans_of_tickets())
    targets = [(start, random.Random(start).choice((2, 4, 8, 16, 40))) for start, _ in spans]
    yield Compared(
        "open time of a span: business-duration", 100,
        lambda: [by_business_duration(start, end) for start, end in spans], lambda: [plain.between(start, end) for start, end in spans],
    )  # fmt: skip
    yield Compared(
        "open time of a span, with lunch: businesstimedelta", 100,
        lambda: [by_businesstimedelta(rules, start, end) for start, end in spans],
        lambda: [lunch.between(start, end) for start, end in spans],
    )  # fmt: skip
    yield Compared(
        "due after so many open hours, with lunch: businesstimedelta", 100,
        lambda: [due_by_businesstimedelta(rules, *target) for target in targets],
        lambda: [lunch.after(start, number * HOUR) for start, number in targets],
    )  # fmt: skip


def office(*breaks: Break) -> Hours:
    """Monday to Friday, nine to five, in UTC, as neither of the others has a zone of its own."""
    holidays = tuple(Holiday(name, day) for day, name in HOLIDAYS.items())
    calendar = Calendar(CalendarId("office"), "Office", "UTC", (Window("09:00", "17:00"),), breaks, holidays=holidays)
    return compile_hours([(None, calendar)])


def spans_of_tickets() -> Iterator[tuple[Instant, Instant]]:
    """From being opened to being resolved, at any hour, spread as in a real log of 4,000 tickets (half within 4 days)."""
    chance = random.Random(1)
    for _ in range(SPANS):
        start = NEW_YEAR + chance.randrange(8 * MONTH) // 60 * 60
        yield Instant(start), Instant(start + int(min(4 * MONTH, chance.lognormvariate(12.1, 2.5))) // 60 * 60)


def wall(at: Instant) -> datetime:
    """In UTC."""
    return datetime.fromtimestamp(at, UTC)


def rules_of_others() -> Any:
    """The office with its lunch, as ``businesstimedelta`` writes it."""
    days = {"working_days": [0, 1, 2, 3, 4], "tz": pytz.UTC}
    return businesstimedelta.Rules(
        [
            businesstimedelta.WorkDayRule(start_time=OPENS, end_time=CLOSES, **days),
            businesstimedelta.LunchTimeRule(start_time=clock_time(12), end_time=clock_time(13), **days),
            businesstimedelta.HolidayRule(HOLIDAYS, tz=pytz.UTC),
        ]
    )


def by_business_duration(start: Instant, end: Instant) -> int:
    """Open seconds, without lunch, which it does not know."""
    found = businessDuration(
        wall(start).replace(tzinfo=None), wall(end).replace(tzinfo=None), OPENS, CLOSES, [5, 6],
        holidaylist=HOLIDAYS, unit="sec",
    )  # fmt: skip
    return 0 if found != found else round(found)


def by_businesstimedelta(rules: Any, start: Instant, end: Instant) -> int:
    """Open seconds."""
    found = rules.difference(wall(start), wall(end))
    return round(found.timedelta.total_seconds())


def due_by_businesstimedelta(rules: Any, start: Instant, number: int) -> Instant:
    """When so many open hours are used up."""
    due = wall(start) + businesstimedelta.BusinessTimeDelta(rules, hours=number)
    return Instant(int(due.timestamp()))


# --- duty -------------------------------------------------------------------------------------------------


def duty_row() -> Compared:
    """A year of one rota: six people day by day, twenty overrides."""
    rota, feed = year_of_duty()
    return Compared(
        "a year of duty: recurring-ical-events", 20,
        lambda: by_recurring_ical_events(feed),
        lambda: hands((piece.span.start, piece.people[0]) for piece in duty(rota, NEW_YEAR, NEXT_YEAR)),
    )  # fmt: skip


def year_of_duty() -> tuple[Rota, icalendar.Calendar]:
    """The same plan as a rota and as a calendar: turns as recurring events, each override as an exception to one."""
    anchor, feed, overrides = datetime(2025, 12, 29, 9), icalendar.Calendar(), []
    for place, person in enumerate(TEAM):
        start = (anchor + timedelta(days=place)).replace(tzinfo=UTC)
        event = event_of(person, start)
        event.add("rrule", {"freq": "daily", "interval": len(TEAM)})
        feed.add_component(event)
    for day in range(17, 360, 17):
        start = (anchor + timedelta(days=day)).replace(tzinfo=UTC)
        stand_in, at = TEAM[(day + 1) % len(TEAM)], Instant(int(start.timestamp()))
        overrides.append(Override(f"o{day}", OverrideKind.replace, at, Instant(at + DAY), person=stand_in))
        moved = event_of(stand_in, start, uid=TEAM[day % len(TEAM)])
        moved.add("recurrence-id", start)
        feed.add_component(moved)
    rotation = Rotation(anchor, tuple((person,) for person in TEAM), unit=Unit.day)
    return Rota(RotaId("desk"), "Desk", "UTC", (Layer("first", (rotation,)),), tuple(overrides)), feed


def event_of(person: str, start: datetime, *, uid: str = "") -> icalendar.Event:
    """A turn of a day."""
    event = icalendar.Event()
    event.add("uid", uid or person)
    event.add("summary", person)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(days=1))
    return event


def by_recurring_ical_events(feed: icalendar.Calendar) -> list[tuple[Instant, PersonId]]:
    """Each change of hands of the year, with who has it from there on."""
    found = recurring_ical_events.of(feed).between(wall(NEW_YEAR), wall(NEXT_YEAR))
    return hands(sorted((Instant(max(NEW_YEAR, int(e.start.timestamp()))), PersonId(str(e["summary"]))) for e in found))


def hands(turns: Iterable[tuple[Instant, PersonId]]) -> list[tuple[Instant, PersonId]]:
    """Only those that somebody else had before."""
    return [next(group) for _, group in groupby(turns, key=itemgetter(1))]


# --- alone ------------------------------------------------------------------------------------------------


def alone() -> Iterator[tuple[str, int, Callable[[], object]]]:
    """What has a goal in milliseconds."""
    hours = office(Break("12:00", "13:00"))
    histories = [history(number) for number in range(TIMERS)]
    page = [timer for facts in histories[:PAGE] if (timer := decisive(timers_of(facts, hours))) is not None]
    now = Instant(NEW_YEAR + 3 * MONTH)
    layers, rotas = six_layers(), [six_layers(number) for number in range(ROTAS)]
    yield (
        f"{TIMERS:,} tickets of three facts, one open timer each",
        1000,
        lambda: sum(len(timers_of(facts, hours)) for facts in histories),  # each goes when it has been stored
    )
    yield f"the countdowns of a page of {PAGE}", 10, lambda: [segment_of(timer, hours, now) for timer in page]
    yield "who is on call", 1, lambda: on_call(layers, now)
    yield "a month of six layers", 20, lambda: duty(layers, now, Instant(now + MONTH))
    yield (
        f"the gaps of a year of {ROTAS} rotas",
        300,
        lambda: [gap_list(one, now, Instant(now + 365 * DAY)) for one in rotas],
    )


def history(number: int) -> tuple[Fact, ...]:
    """A ticket that was opened, answered and begun."""
    at = NEW_YEAR + (number * 7919) % (3 * MONTH)
    events = (
        Opened("A ticket", ServiceId("mail"), TeamId("desk"), Priority(1 + number % 4)),
        Replied("We are on it."),
        StateChanged(State.active),
    )
    return tuple(
        Fact(TicketId(number), Instant(at + 600 * seq), "ana", event, OperationId(f"{number}.{seq}"), seq)
        for seq, event in enumerate(events, 1)
    )


PROMISES = {level: {Metric.resolution: Target(Metric.resolution, 4 * level * HOUR)} for level in range(1, 5)}


def timers_of(facts: Sequence[Fact], hours: Hours) -> tuple[Timer, ...]:
    """By a promise for the resolution alone."""
    return fold(facts, promise, lambda _: hours, lambda _: CalendarId("office"))


def promise(metric: Metric, ticket: Ticket) -> Target | None:
    """Found before, as a desk keeps what it has looked up."""
    return PROMISES[ticket.priority].get(metric)


def six_layers(number: int = 0) -> Rota:
    """Six layers in three zones, each by day for half of the day, weekly turns of six people."""
    layers = [
        Layer(
            f"{zone} {start}", (Rotation(datetime(2025, 12, 29, 9), tuple((person,) for person in TEAM)),),
            restrictions=(Restriction(clock_time(start), clock_time((start + 11) % 24)),), zone=zone,
        )
        for zone, start in product(("Europe/Berlin", "America/New_York", "Asia/Tokyo"), (8, 20))
    ]  # fmt: skip
    return Rota(RotaId(f"rota{number}"), "Rota", "Europe/Berlin", tuple(layers))


if __name__ == "__main__":
    sys.exit(main())
