"""Handovers on either database: of two people at once the first does it, the second hears who; what the watch does."""

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

from supporttui.domain.faults import Conflict
from supporttui.domain.notices import HandoverCode
from supporttui.domain.spans import Instant
from supporttui.storage import SqlStore
from supporttui.usecases import tickets
from supporttui.usecases.handover import reading, sweeping, taking, writing
from supporttui.usecases.handover.news import news
from supporttui.usecases.ports import Call
from tests.builders import NOW, Desk, MovableClock, site

SOON = Instant(NOW + 16_800 - 600)
ID = "night-1-20260302T070000Z"


def at_once(stores: tuple[SqlStore, SqlStore], act: Callable[..., object], people: tuple[str, str]) -> list[object]:
    """Both are ready before either does anything; what each got, or was refused with."""
    barrier, found = threading.Barrier(2), [object(), object()]

    def run(place: int) -> None:
        person = people[place]
        barrier.wait(30)
        try:
            with stores[place].write() as tx:
                found[place] = act(Call(person, SOON, f"{act.__name__}-{person}"), tx, ID)
        except Conflict as fault:
            found[place] = fault

    threads = [threading.Thread(target=run, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def accept_all(call: Call, tx: object, handover: str) -> object:
    return taking.accept(call, tx, handover, everything=True)  # type: ignore[arg-type]


def outcome(found: list[object]) -> tuple[str, str, str]:
    """Who did it, and what the other heard: its code, and whom it names."""
    (fault,) = [one for one in found if isinstance(one, Conflict)]
    (done,) = [one for one in found if not isinstance(one, Conflict)]
    value = done.value  # type: ignore[attr-defined]
    return value.changed_by, fault.code, fault.changed_by


def test_one_signs_and_one_accepts_and_the_other_hears_who_was_first(store: SqlStore, other: SqlStore) -> None:
    site(store)
    desk = Desk(store, MovableClock())
    desk.do(tickets.create, title="A question", service="mail", by="ben")
    winner, code, named = outcome(at_once((store, other), writing.sign, ("ben", "lea")))
    assert code in ("handover.signed", "handover.changed")
    assert named == winner
    winner, code, named = outcome(at_once((store, other), accept_all, ("ana", "zoe")))
    assert code in ("handover.accepted", "handover.changed")
    assert named == winner
    with store.read() as tx:
        known = tx.handovers.get(ID)
        assert known is not None
        assert known.value.accepted_by == winner


def test_what_the_watch_does_for_a_handover_is_the_same_on_both(store: SqlStore) -> None:
    """Begins it, tells the lead that nobody took it, and what was said is found by its words."""
    site(store)
    clock = MovableClock()
    desk = Desk(store, clock)
    ticket = desk.do(tickets.create, title="Störung im Lager", service="mail", priority=1, by="ben").id
    token = desk.lead(seconds=10**6)
    clock.now = SOON
    assert desk.watch(sweeping.sweep, token) == 1
    waiting = desk.ask(news, clock(), "ben")
    assert waiting is not None
    assert waiting.giving
    desk.do(writing.next_step, ticket=ticket, text="call", by="ben")
    desk.do(writing.sign, by="ben")
    clock.now = Instant(SOON + 1500)
    assert desk.watch(sweeping.sweep, token) == 1
    told = desk.ask(lambda tx: tx.outbox.of_operation(desk.last))
    assert [(one.person, one.code) for one in told] == [("lea", HandoverCode.late)]
    assert [one.handover.id for one in desk.ask(reading.listed, clock(), text="STÖRUNG lager")] == [ID]


def asked_of(desk: Desk) -> int:
    """How many statements the database gets when what Ben gives is listed once more."""
    desk.ask(reading.show, desk.clock(), "ben")
    statements: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        desk.ask(reading.show, desk.clock(), "ben")
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
    return len(statements)


def test_the_list_asks_as_much_for_many_tickets_as_for_one(store: SqlStore) -> None:
    site(store)
    desk = Desk(store, MovableClock())
    desk.do(tickets.create, title="Mail is down", service="mail", priority=1, by="ben")
    few = asked_of(desk)
    for _ in range(9):
        desk.do(tickets.create, title="Mail is down", service="mail", priority=1, by="ben")
    found = desk.ask(reading.show, desk.clock(), "ben").handover
    assert len(found.lacking(found.items)) == 10
    assert asked_of(desk) == few
