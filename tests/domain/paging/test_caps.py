"""What a contact point may get: no cap is ever passed, and what waits leaves one day."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as some

from supporttui.domain.paging.caps import LONGEST, Caps, room
from supporttui.domain.spans import Instant

pytestmark = pytest.mark.core

CAPS = some.builds(Caps, per_minute=some.integers(0, 4), per_quarter=some.integers(0, 8), per_hour=some.integers(0, 12))


def passed(caps: Caps, sent: list[int]) -> bool:
    """Whether any minute, quarter or hour has more than it may."""
    windows = ((caps.per_minute, 60), (caps.per_quarter, 900), (caps.per_hour, 3600))
    return any(
        most and sum(start <= at < start + seconds for at in sent) > most for start in sent for most, seconds in windows
    )


def send(caps: Caps, asked: list[int]) -> list[int]:
    """Messages that want to leave at these instants, each when it may."""
    sent: list[int] = []
    for at in asked:
        now = max(at, sent[-1] if sent else 0)
        known = [Instant(one) for one in sent if one >= now - LONGEST]
        sent.append(room(caps, known, Instant(now)).at)
    return sent


@given(CAPS, some.lists(some.integers(10_000, 14_000), max_size=25).map(sorted))
def test_no_cap_is_ever_passed(caps: Caps, asked: list[int]) -> None:
    assert not passed(caps, send(caps, asked))


@given(CAPS, some.lists(some.integers(10_000, 14_000), max_size=25).map(sorted))
def test_what_waits_leaves_within_the_longest_time_that_a_cap_looks_back(caps: Caps, asked: list[int]) -> None:
    sent, now = [Instant(at) for at in send(caps, asked)], Instant(14_000)
    sent = [at for at in sent if at <= now]
    while (at := room(caps, [one for one in sent if one >= now - LONGEST], now).at) > now:
        now = at
    assert now - 14_000 <= LONGEST + 1


def test_a_checker_that_lets_one_too_many_pass_is_found() -> None:
    assert passed(Caps(per_minute=1), [100, 159])
    assert not passed(Caps(per_minute=1), [100, 160])


def test_the_first_messages_leave_at_once_and_the_rest_is_spread() -> None:
    caps = Caps(per_minute=0, per_quarter=0, per_hour=6)
    sent = send(caps, [10_000] * 6)
    assert sent[:3] == [10_000] * 3
    gaps = [later - sooner for sooner, later in itertools.pairwise(sent[2:])]
    assert all(gap >= 600 for gap in gaps)
    assert sent[-1] <= 13_600


def test_how_many_may_leave_now_is_what_no_cap_forbids() -> None:
    assert room(Caps(per_minute=3), [], Instant(100)).left == 3
    assert room(Caps(per_minute=3), [Instant(90)], Instant(100)).left == 2
    assert room(Caps(per_minute=0, per_quarter=0, per_hour=0), [], Instant(100)).left > 5
