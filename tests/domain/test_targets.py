"""Which target applies to a ticket."""

import pytest

from supporttui.domain.events import Kind, State
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.targets import Asked, Metric, Target, default_pauses
from tests.domain.sla.facts import target_for

pytestmark = pytest.mark.core

MAIL, REQUEST, P1 = "mail", Kind.request, Priority(1)


def promised(*targets: Target, service: str = MAIL, kind: Kind = REQUEST, priority: int = 1) -> int | None:
    found = target_for(targets, Metric.resolution, Asked(service, kind, Priority(priority)))
    return None if found is None else found.seconds


def solve(seconds: int, **fits) -> Target:
    return Target(Metric.resolution, seconds, **fits)


def test_a_target_without_selectors_fits_everything():
    assert promised(solve(10)) == 10


@pytest.mark.parametrize("other", [{"service": "phone"}, {"kind": Kind.incident}, {"priority": P1 + 1}])
def test_a_target_for_something_else_does_not_apply(other):
    assert promised(solve(10, **other)) is None


def test_another_metric_does_not_apply():
    assert promised(Target(Metric.update, 10)) is None


def test_the_service_outweighs_the_kind_and_the_kind_the_priority():
    ranked = [
        solve(1),
        solve(2, priority=P1),
        solve(3, kind=REQUEST),
        solve(4, kind=REQUEST, priority=P1),
        solve(5, service=MAIL),
        solve(6, service=MAIL, priority=P1),
        solve(7, service=MAIL, kind=REQUEST),
        solve(8, service=MAIL, kind=REQUEST, priority=P1),
    ]
    for most in range(1, len(ranked) + 1):
        assert promised(*ranked[:most]) == most
        assert promised(*reversed(ranked[:most])) == most


def test_among_equals_the_first_listed_applies():
    assert promised(solve(1, priority=P1), solve(2, priority=P1)) == 1


def test_zero_seconds_are_an_explicit_no_promise():
    assert promised(solve(10), solve(0, service=MAIL)) is None
    assert promised(solve(10), solve(0, service="phone")) == 10


def test_first_response_never_pauses_and_the_vendor_pauses_nothing():
    assert default_pauses(Metric.first_response) == frozenset()
    for metric in (Metric.update, Metric.resolution):
        assert default_pauses(metric) == {State.waiting_requester, State.scheduled}
