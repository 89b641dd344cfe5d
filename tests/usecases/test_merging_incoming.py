"""What another database took in from outside is known here once its tickets are: no message opens a second one."""

from dataclasses import replace

import pytest

from supporttui.domain.incoming.report import Report
from supporttui.domain.incoming.source import Beat, IntakeSource, SourceKind
from supporttui.domain.states import Origin
from supporttui.usecases import merging, merging_incoming, tickets
from supporttui.usecases.incoming import beats, taking
from supporttui.usecases.incoming.taking import Outcome, Taken
from tests.builders import Desk
from tests.usecases.test_merging import here as here  # noqa: PLC0414  a fixture
from tests.usecases.test_merging import there as there  # noqa: PLC0414  likewise

pytestmark = pytest.mark.core


def report(key: str = "disk", **deviations: object) -> Report:
    return Report(**{"title": "Disk full", "service": "mail", "key": key, **deviations})


def prepared(desk: Desk) -> None:
    with desk.store.write() as tx:
        tx.definitions.put("prom", IntakeSource("prom", SourceKind.json, "mail"))
        tx.definitions.put("backup", Beat("backup", "mail", 3600))


def take(desk: Desk, *reports: Report, message: str = "") -> tuple[Taken, ...]:
    with desk.store.write() as tx:
        return taking.take(desk.call("intake", Origin.intake), tx, "prom", reports, message=message)


def beat(desk: Desk) -> Taken:
    with desk.store.write() as tx:
        return beats.sign(desk.call("intake", Origin.intake), tx, "backup")


def merge(there: Desk, here: Desk) -> None:
    """As an import does it."""
    call = replace(here.call("zoe"), operation=f"merge-{next(here.numbers)}")
    with there.store.read() as source:
        with here.store.write() as target:
            numbers = merging.number(source, target, merging.match(source, target))
            merging.merge(call, source, target, sorted(numbers), numbers)
        for kind, rows in merging_incoming.batches(source):
            with here.store.write() as target:
                merging_incoming.add(call, target, kind, rows, numbers)


@pytest.fixture
def both(there: Desk, here: Desk) -> tuple[Desk, Desk]:
    """There and here, with one ticket here that has the number of the first one there."""
    for desk in (there, here):
        prepared(desk)
    take(here, report("other"))
    return there, here


def test_a_report_and_a_message_that_were_taken_in_there_are_known_here(both):
    there, here = both
    take(there, report(), message="m-1")
    merge(there, here)
    assert [one.outcome for one in take(here, report(), message="m-1")] == [Outcome.known]
    assert take(here, report()) == (Taken(Outcome.folded, 2, "disk", 2),)


def test_a_second_time_nothing_changes_and_the_later_word_holds(both):
    there, here = both
    take(there, report())
    merge(there, here)
    for _ in range(3):
        here.clock.forward(minutes=1)
        take(here, report())
    merge(there, here)
    known = here.ask(lambda tx: tx.incoming.alert("prom", "disk"))
    assert (known.count, known.last_at) == (4, here.clock())
    there.clock.forward(minutes=1)
    take(there, report())
    merge(there, here)
    known = here.ask(lambda tx: tx.incoming.alert("prom", "disk"))
    assert (known.count, known.last_at) == (4, there.clock())


def test_what_both_report_stays_on_our_ticket_while_that_is_worked_on(both):
    there, here = both
    ours = take(here, report())[0].ticket
    take(there, report())
    merge(there, here)
    assert take(here, report())[0].ticket == ours
    here.do(tickets.close, ours, None)
    merge(there, here)
    theirs = take(here, report())[0]
    assert theirs.outcome is Outcome.folded
    assert theirs.ticket != ours


def test_the_later_sign_of_life_is_waited_on(both):
    there, here = both
    beat(here)
    there.clock.forward(minutes=10)
    beat(there)
    merge(there, here)
    sign = here.ask(lambda tx: tx.incoming.sign("backup"))
    assert (sign.last_at, sign.due) == (there.clock(), there.clock() + 3660)
    here.clock.forward(minutes=10)
    beat(here)
    merge(there, here)
    assert here.ask(lambda tx: tx.incoming.sign("backup")).last_at == here.clock()


def test_whose_turn_it_is_comes_where_nobody_s_is_known(both):
    there, here = both
    for desk, name, place in (
        (there, "round_robin:p:1", 2),
        (there, "round_robin:p:2", 2),
        (here, "round_robin:p:2", 1),
    ):
        with desk.store.write() as tx:
            tx.escalations.point(name, place)
    merge(there, here)
    assert here.ask(lambda tx: [tx.escalations.pointer(f"round_robin:p:{n}") for n in (1, 2)]) == [2, 1]
