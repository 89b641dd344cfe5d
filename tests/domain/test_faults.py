"""Faults carry a code and parameters, and no sentence."""

import pytest

from supporttui.domain.faults import (
    BadInput,
    ChannelFailed,
    Conflict,
    Forbidden,
    NotFound,
    Refused,
    StoreUnavailable,
    StoreUnfit,
    SupportError,
    Unavailable,
)
from supporttui.domain.spans import Instant

pytestmark = pytest.mark.core


def test_a_fault_shows_its_code_and_parameters_in_logs():
    fault = Refused("ticket.not_open", ticket=7)
    assert (fault.code, fault.params) == ("ticket.not_open", {"ticket": 7})
    assert str(fault) == "ticket.not_open {'ticket': 7}"


def test_the_drawing_of_the_hierarchy_is_true():
    assert issubclass(BadInput, Refused)
    for kind in (Refused, Forbidden, NotFound, Conflict, Unavailable):
        assert kind.__bases__ == (SupportError,)
    for kind in (StoreUnavailable, StoreUnfit, ChannelFailed):
        assert kind.__bases__ == (Unavailable,)


def test_a_conflict_says_who_and_when():
    fault = Conflict("ticket.changed", changed_by="ana", at=Instant(5), ticket=7)
    assert (fault.changed_by, fault.at) == ("ana", 5)
    assert fault.params == {"changed_by": "ana", "at": 5, "ticket": 7}


def test_a_failed_channel_says_when_to_try_again():
    assert ChannelFailed("channel.refused").retry_after == 60
    assert ChannelFailed("channel.refused", retry_after=5).params == {"retry_after": 5}
