"""Criteria hold from their limit on and not before; of each kind a ticket just below and one just above."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.escalation.criteria import holds_from, measured, nearly
from supporttui.domain.escalation.criterion import Criterion, CriterionKind
from supporttui.domain.escalation.gauges import Held, Subject
from supporttui.domain.faults import BadInput
from supporttui.domain.sla.hours import ALWAYS, compile_hours
from supporttui.domain.sla.order import Metric, TimerState
from supporttui.domain.sla.timer import Timer
from supporttui.domain.spans import Instant, Span
from supporttui.domain.states import State
from supporttui.domain.tickets import Promised
from tests.builders import NOW, calendar, refuses, ticket

pytestmark = pytest.mark.core

OFFICE = compile_hours([(None, calendar())])
DAY = 86400


def timer(**deviations) -> Timer:
    """A resolution target of 1,000 seconds that began now, round the clock."""
    values = {
        "metric": Metric.resolution, "cycle": 1, "seconds": 1000, "calendar": None, "started": NOW,
        "state": TimerState.running, "due": NOW + 1000, "remaining": 1000, "anchor": NOW, **deviations,
    }  # fmt: skip
    return Timer(**values)


def subject(*timers: Timer, **deviations) -> Subject:
    """A ticket nobody has touched since it was opened now."""
    of_ticket = {"worked_at": NOW, **deviations.pop("ticket", {})}
    values = {
        "timers": timers or (timer(),), "hours": lambda key: ALWAYS if key is None else OFFICE, "calendar": "office",
        "unanswered": NOW, **deviations,
    }  # fmt: skip
    return Subject(ticket(**of_ticket), **values)


def criterion(kind: CriterionKind, value: int = 0, **deviations) -> Criterion:
    return Criterion("c", kind, value, **deviations)


IN_TIME = [
    (criterion(CriterionKind.used, 75), 750),
    (criterion(CriterionKind.used, 100), 1000),
    (criterion(CriterionKind.used, 33), 330),
    (criterion(CriterionKind.breached), 1001),
    (criterion(CriterionKind.breached, 600), 1601),
    (criterion(CriterionKind.unacknowledged, 900), 900),
    (criterion(CriterionKind.no_update, 7200), 7200),
]


@pytest.mark.parametrize(("one", "after"), IN_TIME, ids=lambda value: getattr(value, "kind", value))
def test_what_passes_with_time_holds_at_its_second_and_not_one_before(one, after):
    found = subject()
    assert holds_from(one, found, NOW) == NOW + after
    assert not measured(one, found, Instant(NOW + after - 1)).holds
    assert measured(one, found, Instant(NOW + after)).holds


@pytest.mark.parametrize(
    ("kind", "field"),
    [(CriterionKind.hops, "hops"), (CriterionKind.reopened, "reopened"), (CriterionKind.chased, "chases")],
)
def test_a_count_holds_at_its_limit_and_nearly_before_it(kind, field):
    one = criterion(kind, 5)
    below, above = subject(ticket={field: 4}), subject(ticket={field: 5})
    assert holds_from(one, below, NOW) is None
    assert [found.value for found in nearly([one], below, NOW)] == [4]
    assert holds_from(one, above, NOW) == NOW
    assert nearly([one], above, NOW) == ()


def test_an_impact_holds_if_it_is_as_wide_or_wider():
    one = criterion(CriterionKind.impact, 2)
    assert [holds_from(one, subject(ticket={"impact": level}), NOW) for level in (1, 2, 3)] == [NOW, NOW, None]


def test_a_special_period_holds_while_it_lasts_and_from_its_beginning_on():
    span = Span(Instant(NOW + 100), Instant(NOW + 200))
    one = criterion(CriterionKind.period, period="closing")
    found = subject(periods=[("closing", span), ("other", Span(NOW, Instant(NOW + DAY)))])
    assert holds_from(one, found, NOW) == span.start
    assert holds_from(one, found, span.end) is None
    assert holds_from(criterion(CriterionKind.period, 100, period="closing"), found, NOW) is None


def test_a_paused_target_is_used_no_further_and_silence_counts_on():
    """A parked ticket is never late, and still comes up."""
    paused = timer(state=TimerState.paused, due=None, remaining=400)
    found = subject(paused, ticket={"state": State.waiting_vendor})
    assert holds_from(criterion(CriterionKind.used, 61), found, NOW) is None
    assert holds_from(criterion(CriterionKind.used, 60), found, NOW) == NOW
    assert holds_from(criterion(CriterionKind.no_update, 10 * DAY), found, NOW) == NOW + 10 * DAY


def test_only_the_target_that_is_named_counts():
    late = timer(metric=Metric.update, due=NOW - 10, remaining=-10, anchor=NOW)
    found = subject(timer(), late)
    assert holds_from(criterion(CriterionKind.breached, metric=Metric.resolution), found, NOW) == NOW + 1001
    assert holds_from(criterion(CriterionKind.breached), found, NOW) == NOW


def test_a_promised_update_is_missed_from_its_second_on_and_not_once_a_reply_has_kept_it() -> None:
    promised = subject(ticket={"promised": Promised(Instant(NOW + 60), "ana")})
    assert holds_from(criterion(CriterionKind.promise), promised, NOW) == NOW + 61
    assert holds_from(criterion(CriterionKind.promise, 600), promised, NOW) == NOW + 661
    assert measured(criterion(CriterionKind.promise), promised, Instant(NOW + 90)).value == 29
    assert holds_from(criterion(CriterionKind.promise), subject(), NOW) is None


def test_silence_within_hours_counts_only_those():
    one = criterion(CriterionKind.no_update, 3600, in_hours=True)
    found = subject()
    at = holds_from(one, found, NOW)
    assert OFFICE.between(NOW, at) == 3600
    assert measured(one, found, Instant(at - 1)).value == 3599


def test_nobody_has_to_answer_what_somebody_has_acknowledged():
    assert holds_from(criterion(CriterionKind.unacknowledged, 60), subject(unanswered=None), NOW) is None


def test_a_criterion_is_only_for_tickets_as_pressing_as_it_says():
    one = criterion(CriterionKind.used, 50, min_priority=2)
    found = [holds_from(one, subject(ticket={"priority": priority}), NOW) for priority in (1, 2, 3)]
    assert found == [NOW + 500, NOW + 500, None]


@pytest.mark.parametrize("deviation", [{"state": State.resolved}, {"void": True}, {"merged_into": 9}], ids=str)
def test_what_is_over_is_never_escalated(deviation):
    assert holds_from(criterion(CriterionKind.used, 1), subject(ticket=deviation), NOW) is None


def test_without_a_cool_down_it_holds_once_until_the_ticket_is_reopened():
    one = criterion(CriterionKind.no_update, 60)
    assert holds_from(one, subject(held={"c": [Held(NOW, 60)]}), NOW) is None
    assert holds_from(one, subject(held={"other": [Held(NOW, 60)]}), NOW) == NOW + 60


def test_after_its_cool_down_it_holds_again_and_only_so_often():
    one = criterion(CriterionKind.no_update, 60, cooldown=600, most=2)
    once, twice = [Held(Instant(NOW + 60), 60)], [Held(NOW, 60), Held(Instant(NOW + 60), 60)]
    assert holds_from(one, subject(held={"c": once}), Instant(NOW + 61)) == NOW + 660
    assert holds_from(one, subject(held={"c": twice}), Instant(NOW + 61)) is None


def test_a_count_that_has_not_grown_does_not_hold_again():
    one = criterion(CriterionKind.chased, 3, cooldown=60)
    same, grown = ({"ticket": {"chases": n}, "held": {"c": [Held(NOW, 3)]}} for n in (3, 4))
    assert holds_from(one, subject(**same), Instant(NOW + DAY)) is None
    assert holds_from(one, subject(**grown), Instant(NOW + DAY)) == NOW + DAY


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("criterion.value", {"kind": CriterionKind.used, "value": 0}),
        ("criterion.value", {"kind": CriterionKind.breached, "value": -1}),
        ("criterion.positive", {"kind": CriterionKind.hops, "value": 2, "cooldown": -1}),
        ("criterion.positive", {"kind": CriterionKind.hops, "value": 2, "most": 0}),
    ],
)
def test_what_could_never_hold_or_always_would_is_refused(code, wrong):
    with refuses(code, BadInput):
        Criterion("c", **wrong)


LOOKED_AT = st.sampled_from([
    criterion(CriterionKind.used, 10), criterion(CriterionKind.used, 90), criterion(CriterionKind.breached, 30),
    criterion(CriterionKind.unacknowledged, 50), criterion(CriterionKind.no_update, 70),
    criterion(CriterionKind.no_update, 3, in_hours=True), criterion(CriterionKind.no_update, 20, cooldown=15),
    criterion(CriterionKind.period, 5),
])  # fmt: skip


@given(LOOKED_AT, st.integers(0, 200), st.integers(0, 40), st.integers(1, 300))
def test_when_it_will_hold_is_the_first_second_at_which_it_does(one, start, idle, seconds):
    """Against a walk, second by second."""
    found = subject(
        timer(seconds=seconds, remaining=seconds, due=NOW + seconds),
        ticket={"worked_at": NOW - idle}, held={"c": [Held(Instant(NOW - 5), 1)]} if one.cooldown else {},
        periods=[("any", Span(Instant(NOW + 20), Instant(NOW + 60)))],
    )  # fmt: skip
    free = NOW + 10 if one.cooldown else NOW
    now = Instant(NOW + start)
    walked = next((at for at in range(max(now, free), now + 400) if measured(one, found, Instant(at)).holds), None)
    at = holds_from(one, found, now)
    assert at == walked or (walked is None and at is not None and at >= now + 400)
