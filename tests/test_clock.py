"""The desk's clock and the database's."""

import pytest

from supporttui.clock import CorrectedClock, standing
from supporttui.domain.spans import Instant


@pytest.mark.parametrize(("database", "offset"), [(1000, 0), (1001, 0), (999, 0), (1002, 2), (995, -5)])
def test_a_second_more_or_less_is_the_cut_off_of_whole_seconds_and_moves_nothing(database: int, offset: int) -> None:
    clock = CorrectedClock(standing(Instant(1000)))
    assert clock.follow(Instant(database)) == offset
    assert clock() == 1000 + offset
    assert clock.follow(Instant(1000 + offset + 1)) == offset
