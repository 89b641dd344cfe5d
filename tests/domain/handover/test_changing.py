"""What may be done with a handover and when: no top priority leaves without a step, one signs, another one accepts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporttui.domain.faults import BadInput, Conflict, NotFound, Refused
from supporttui.domain.handover import changing
from supporttui.domain.handover.handover import Handover, HandoverState, Promise, ReasonKind, Remark
from tests.builders import refuses
from tests.domain.handover.making import at, handover, item

pytestmark = pytest.mark.core

ITEMS = (item(1), item(2, ReasonKind.owned))


def signed(value: Handover | None = None) -> Handover:
    prepared = changing.with_step(value or handover(), 1, " call the bridge ", by="ana", at=at(0))
    return changing.signed(prepared, ITEMS, by="ana", at=at(1))


def test_a_top_priority_is_not_given_without_its_next_step() -> None:
    with refuses("handover.no_next_step", Refused):
        changing.signed(handover(), ITEMS, by="ana", at=at(1))
    done = signed()
    assert (done.state, done.items, done.step_of(1).text) == (HandoverState.signed, ITEMS, "call the bridge")
    assert done.responsible == ("ana",)


def test_another_step_takes_the_place_of_the_one_before() -> None:
    twice = changing.with_step(changing.with_step(handover(), 1, "a", by="ana", at=at(0)), 1, "b", by="ana", at=at(1))
    assert [step.text for step in twice.steps] == ["b"]
    with refuses("text.empty", BadInput):
        changing.with_step(handover(), 1, "  ", by="ana", at=at(0))


def test_what_needs_a_step_cannot_stay() -> None:
    assert changing.keeping(handover(), ITEMS[1], on=True).kept == ("ticket:2",)
    assert changing.keeping(handover(kept=("ticket:2",)), ITEMS[1], on=False).kept == ()
    with refuses("handover.must_go", Refused):
        changing.keeping(handover(), ITEMS[0], on=True)


def test_nothing_is_changed_once_it_is_signed_and_it_is_said_by_whom() -> None:
    done = signed()
    for change in (
        lambda: changing.with_step(done, 1, "x", by="ana", at=at(1)),
        lambda: changing.written(done, note="x"),
        lambda: changing.with_promise(done, Promise("p", "x", "ana")),
        lambda: changing.keeping(done, ITEMS[1], on=True),
        lambda: changing.signed(done, ITEMS, by="mia", at=at(1)),
    ):
        with refuses("handover.signed", Conflict):
            change()


def test_who_takes_it_has_read_every_item_before_and_answers_from_then_on() -> None:
    done = signed()
    with refuses("handover.unread", Refused):
        changing.accepted(changing.read(done, ["ticket:1"]), (), by="ben", at=at(2))
    taken = changing.accepted(changing.read(done, ["ticket:1", "ticket:2"]), (), by="ben", at=at(2))
    assert (taken.responsible, taken.items) == (("ben",), ITEMS)
    with refuses("handover.accepted", Conflict):
        changing.accepted(taken, (), by="mia", at=at(2))
    assert changing.read(changing.read(done, ["ticket:1"]), ["ticket:1"], on=False).understood == ()
    with refuses("handover.no_item", NotFound):
        changing.read(done, ["ticket:9"])


def test_nobody_accepts_what_they_signed() -> None:
    with refuses("handover.own", Refused):
        changing.accepted(changing.read(signed(), ["ticket:1", "ticket:2"]), (), by="ana", at=at(2))


def test_what_nobody_signed_is_taken_as_it_is_once_the_shift_is_over() -> None:
    with refuses("handover.not_signed", Refused):
        changing.accepted(handover(), ITEMS, by="ben", at=at(1.9))
    taken = changing.accepted(handover(), ITEMS, by="ben", at=at(2))
    assert (taken.state, taken.items, taken.signed_by) == (HandoverState.accepted, ITEMS, None)


def test_questions_and_answers_stand_by_their_item() -> None:
    asked = changing.remarked(signed(), Remark("ticket:2", "ben", at(1), " who? "))
    assert [remark.text for remark in asked.remarks_on("ticket:2")] == ["who?"]
    assert asked.remarks_on("ticket:1") == ()
    with refuses("handover.not_signed", Refused):
        changing.remarked(handover(), Remark("ticket:2", "ben", at(1), "who?"))


def test_what_is_over_cannot_be_taken_and_what_it_promised_goes_along() -> None:
    promises = (Promise("p1", "call", "ana", at(-1)), Promise("p2", "write", "ana", at(9)), Promise("p3", "ask", "ana"))
    draft = handover(promises=promises, note="quiet", kept=("ticket:2",))
    old = changing.lapsed(draft)
    with refuses("handover.lapsed", Refused):
        changing.accepted(old, (), by="ben", at=at(3))
    new = handover(opened_at=at(0))
    assert changing.carried(new, signed(draft)).promises == promises
    accepted = changing.accepted(changing.read(signed(draft), ["ticket:1", "ticket:2"]), (), by="ben", at=at(2))
    assert [one.id for one in changing.carried(new, accepted).promises] == ["p2", "p3"]
    assert (changing.carried(new, draft).note, changing.carried(new, draft).kept) == ("quiet", ("ticket:2",))
    assert changing.carried(new, accepted).note == ""


def test_a_promise_is_noted_and_taken_back() -> None:
    noted = changing.with_promise(handover(), Promise("p1", " call ", "ana"))
    assert [one.text for one in noted.promises] == ["call"]
    assert changing.without_promise(noted, "p1").promises == ()
    with refuses("handover.no_item", NotFound):
        changing.without_promise(noted, "p2")


def test_as_of_an_earlier_instant_later_words_are_not_there() -> None:
    asked = changing.remarked(signed(), Remark("ticket:2", "ben", at(1.5), "who?"))
    done = changing.accepted(changing.read(asked, ["ticket:1", "ticket:2"]), (), by="ben", at=at(2))
    assert changing.as_of(done, at(2)) == done
    assert changing.as_of(done, at(1.9)).state is HandoverState.signed
    assert changing.as_of(done, at(1.2)).remarks == ()
    early = changing.as_of(done, at(0.5))
    assert (early.state, early.items, len(early.steps)) == (HandoverState.draft, (), 1)
    assert changing.as_of(done, at(-1)).steps == ()


ITEM = st.builds(item, st.integers(1, 9), st.sampled_from([ReasonKind.pressing, ReasonKind.owned, ReasonKind.ending]))
SOME = st.lists(ITEM, max_size=6, unique_by=lambda one: one.key)


@settings(max_examples=settings.default.max_examples * 3)
@given(SOME, SOME, st.sets(st.integers(1, 9), max_size=3))
def test_nothing_that_came_since_is_missing_and_nothing_that_was_given_is_lost(before, now, kept: set[int]) -> None:
    value = handover(
        state=HandoverState.signed, items=tuple(before), signed_by="ana", signed_at=at(1),
        kept=tuple(f"ticket:{number}" for number in sorted(kept)),
    )  # fmt: skip
    grown = changing.grown(value, now)
    keys = [one.key for one in grown.items]
    assert len(keys) == len(set(keys))
    assert {one.key for one in before} <= set(keys)
    assert {one.key for one in now if one.needs_step} <= set(keys)
    assert set(grown.added) == set(keys) - {one.key for one in before}
    assert changing.grown(grown, now) == grown


def test_only_in_the_last_half_hour_a_signed_one_is_accepted() -> None:
    done = changing.read(signed(), ["ticket:1", "ticket:2"])
    with refuses("handover.early", Refused):
        changing.accepted(done, (), by="ben", at=at(1.4))
    assert changing.accepted(done, (), by="ben", at=at(1.5)).accepted_by == "ben"
