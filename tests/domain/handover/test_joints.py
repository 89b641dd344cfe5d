"""Where hands change: who gives to whom, over gaps and around the world; nobody is left out and nobody gives twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporttui.domain.handover.joints import joint, last_joint
from tests.builders import NOW
from tests.domain.handover.making import at, line, span

pytestmark = pytest.mark.core


def found(*pieces: tuple[float, str], hour: float = 0, others=None):
    return joint(line(*pieces), at(hour), rota="night", level=1, others=others)


def test_who_is_on_duty_gives_to_who_comes() -> None:
    one = found((-6, "ben"), (2, "ana"), (10, "ben"), (18, "ana"))
    assert (one.giving, one.taking, one.span, one.takes) == (("ana",), ("ben",), span(-6, 2), span(2, 10))
    assert (one.to_rota, one.id) == ("night", "night-1-20260302T042000Z")


def test_the_second_of_the_change_belongs_to_who_comes() -> None:
    pieces = ((2, "ana"), (10, "ben"), (18, "zoe"))
    assert found(*pieces, hour=2).giving == ("ben",)


def test_only_who_leaves_gives_and_where_nobody_new_comes_who_stays_takes() -> None:
    assert found((2, "ana+mia"), (10, "mia+ben")).giving == ("ana",)
    assert found((2, "ana+mia"), (10, "mia+ben")).taking == ("ben",)
    assert found((2, "ana+mia"), (10, "mia")).taking == ("mia",)


def test_who_is_joined_goes_on() -> None:
    one = found((2, "ana"), (4, "ana+ben"), (10, "ben"))
    assert (one.span.end, one.giving, one.taking) == (at(4), ("ana",), ("ben",))


def test_behind_a_gap_who_comes_next_takes_it_then() -> None:
    one = found((2, "ana"), (8, ""), (16, "ben"), (18, "zoe"))
    assert (one.span.end, one.taking, one.takes) == (at(2), ("ben",), span(8, 16))


def test_who_comes_back_after_a_gap_hands_nothing_over() -> None:
    assert found((2, "ana"), (8, ""), (16, "ana")) is None


def test_nobody_gives_in_a_gap_and_who_is_always_on_duty_never_does() -> None:
    assert found((2, ""), (8, "ana"), (9, "ben")) is None
    assert found((200, "ana")) is None


def test_around_the_world_the_shift_of_another_rota_follows() -> None:
    """Berlin ends at two, and Tokyo's shift begins by then, or later; one that began long before has no part."""
    tokyo, network = line((1.5, ""), (10, "kei"), (20, "")), line((30, "zoe"))
    one = found((2, "ana"), (20, ""), (28, "ben"), others={"tokyo": tokyo, "network": network})
    assert (one.to_rota, one.taking, one.takes) == ("tokyo", ("kei",), span(2, 10))
    assert found((2, "ana"), (20, ""), (28, "ben"), others={"network": network}).taking == ("ben",)
    assert found((2, "ana"), (10, "ben"), others={"tokyo": tokyo}).to_rota == "night"
    later = line((5, ""), (10, "kei"))
    assert found((2, "ana"), (20, ""), (28, "ana"), others={"tokyo": later}).takes == span(5, 10)
    assert found((2, "ana"), (5, ""), (28, "ben"), others={"tokyo": later}).to_rota == "night"


def test_who_went_an_hour_ago_still_has_something_to_give() -> None:
    pieces = line((-1, "ana"), (7, "ben"), (15, "ana"))
    one = last_joint(pieces, at(0), "ana", rota="night", level=1)
    assert (one.giving, one.span.end) == (("ana",), at(-1))
    assert last_joint(pieces, at(0), "zoe", rota="night", level=1) is None


PEOPLE = ("ana", "ben", "mia", "")
LINES = st.lists(st.tuples(st.integers(1, 9), st.sets(st.sampled_from(PEOPLE), max_size=2)), min_size=2, max_size=8)


@settings(max_examples=settings.default.max_examples * 3)
@given(LINES, st.integers(0, 30))
def test_who_gives_leaves_at_its_end_and_who_takes_is_there_at_its_beginning(shape, hour: int) -> None:
    end, pieces = 0, []
    for hours, people in shape:
        end += hours
        pieces.append((end, "+".join(sorted(people - {""}))))
    duty = line(*pieces, begins=0)
    one = joint(duty, at(hour), rota="night", level=1)
    now = next((piece for piece in duty if at(hour) in piece.span), None)
    if one is None:
        return
    assert now is not None
    assert now.people
    assert set(one.giving).isdisjoint(one.taking)
    assert one.giving
    assert one.taking
    assert NOW <= one.span.start < one.span.end <= one.takes.start < one.takes.end
    last = next(piece for piece in duty if one.span.end - 1 in piece.span)
    after = next((piece for piece in duty if one.span.end in piece.span), None)
    assert set(one.giving) <= set(last.people)
    assert after is None or set(one.giving).isdisjoint(after.people)
    assert set(one.taking) <= set(next(piece for piece in duty if one.takes.start in piece.span).people)
    for later in (at(hour), one.span.end - 1):
        assert joint(duty, later, rota="night", level=1) == one
