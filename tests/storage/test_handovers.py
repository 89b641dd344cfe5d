"""Handovers on both databases: as they went, over what was read, found by their end and by when they are looked at."""

from dataclasses import replace

from supporttui.domain.handover.handover import (
    Handover,
    HandoverState,
    Item,
    Joint,
    Promise,
    Reason,
    ReasonKind,
    Remark,
    Step,
)
from supporttui.domain.spans import Instant, Span
from supporttui.domain.states import State
from supporttui.storage import SqlStore
from supporttui.storage.handovers import PAGE
from tests.storage.making import ANA, BEN, NOW


def at(hours: int) -> Instant:
    return Instant(NOW + hours * 3600)


def handover(end: int = 2, rota: str = "night", **deviations) -> Handover:
    joint = Joint(rota, 1, Span(at(end - 8), at(end)), (ANA,), (BEN,), "tokyo", Span(at(end), at(end + 8)))
    return Handover(joint.id, joint, **deviations)


def full() -> Handover:
    reasons = (Reason(ReasonKind.pressing), Reason(ReasonKind.late, at(1), detail="resolution"))
    return handover(
        state=HandoverState.signed,
        items=(Item("ticket:7", reasons, 7, "Störung 東京", 1, State.active, ANA), Item("changed", reasons, also=(8, 9))),
        steps=(Step(7, "call 東京", ANA, at(1)),),
        promises=(Promise("p1", "write", ANA, at(3)),),
        kept=("ticket:9",), note="quiet", risks="rain", understood=("changed",),
        remarks=(Remark("ticket:7", BEN, at(2), "who?"),), signed_by=ANA, signed_at=at(1),
    )  # fmt: skip


def test_a_handover_comes_back_as_it_went(store: SqlStore, other: SqlStore) -> None:
    with store.write() as tx:
        assert tx.handovers.put(full(), due=at(2), over=None)
        assert not tx.handovers.put(full(), due=at(2), over=None)
    with other.read() as tx:
        known = tx.handovers.get(full().id)
        assert known is not None
        assert (known.value, known.version) == (full(), 1)
        assert tx.handovers.get("night-2") is None


def test_it_is_written_only_over_what_was_read(store: SqlStore) -> None:
    accepted = replace(full(), state=HandoverState.accepted, accepted_by=BEN, accepted_at=at(2))
    with store.write() as tx:
        tx.handovers.put(full(), due=at(2), over=None)
        assert tx.handovers.put(accepted, due=None, over=1)
        assert not tx.handovers.put(full(), due=at(2), over=1)
    with store.read() as tx:
        known = tx.handovers.get(full().id)
        assert known is not None
        assert (known.value, known.version) == (accepted, 2)
        assert tx.handovers.open() == ()


def test_open_ones_are_found_and_when_to_look_at_them(store: SqlStore) -> None:
    with store.write() as tx:
        assert tx.handovers.next_due() is None
        tx.handovers.put(handover(4), due=at(5), over=None)
        tx.handovers.put(handover(2), due=at(3), over=None)
        tx.handovers.put(handover(3, "day", state=HandoverState.lapsed), due=None, over=None)
    with store.read() as tx:
        assert [one.value.joint.span.end for one in tx.handovers.open()] == [at(2), at(4)]
        assert tx.handovers.open(rota="day") == ()
        assert tx.handovers.next_due() == at(3)
        assert [one.value.joint.span.end for one in tx.handovers.due(at(5), 10)] == [at(2), at(4)]
        assert [one.value.joint.span.end for one in tx.handovers.due(at(5), 1)] == [at(2)]
        assert tx.handovers.due(at(2), 10) == ()


def test_however_many_there_are_each_comes_once(store: SqlStore) -> None:
    count = 2 * PAGE + 1
    with store.write() as tx:
        for number in range(count):
            tx.handovers.put(handover(number // 3, f"r{number % 3}"), due=None, over=None)
    with store.read() as tx:
        found = [one.value.id for one in tx.handovers.newest()]
    assert len(found) == len(set(found)) == count


def test_past_ones_come_the_newest_first(store: SqlStore) -> None:
    with store.write() as tx:
        for end, rota in ((2, "night"), (3, "day"), (4, "night")):
            tx.handovers.put(handover(end, rota), due=at(end), over=None)
    with store.read() as tx:
        assert [one.value.joint.span.end for one in tx.handovers.newest()] == [at(4), at(3), at(2)]
        assert [one.value.joint.span.end for one in tx.handovers.newest(rota="night")] == [at(4), at(2)]
        assert [one.value.joint.span.end for one in tx.handovers.newest(before=at(4))] == [at(3), at(2)]
