"""What special periods leave wanting is found before it hurts."""

from collections.abc import Iterable
from datetime import date, datetime

import pytest

from supporttui.domain.lint import Finding
from supporttui.domain.period_defects import never, short_staffed, undecided, unknown_categories
from supporttui.domain.periods.period import Dates, Lift, PeriodHours, PeriodKind, Rule
from supporttui.domain.rota.schedule import Layer, Rotation, Unit
from supporttui.domain.sla.calendars import Calendar
from supporttui.domain.spans import Span
from tests.builders import rota, service
from tests.domain.periods.making import MAIL, period, plan_of
from tests.domain.sla.calendars import at

pytestmark = pytest.mark.core

AHEAD = Span(at("2026-11-29"), at("2026-12-06"))
PAIR = rota(layers=(Layer("first", (Rotation(datetime(2026, 3, 2), (("ana", "ben"),), unit=Unit.day),)),), zone="UTC")


def told(findings: Iterable[Finding]) -> list[tuple[str, dict]]:
    return [(one.code, dict(one.params)) for one in findings]


@pytest.mark.parametrize(("count", "found"), [(2, []), (3, ["lint.period_too_few"])])
def test_too_few_people_while_a_period_asks_for_more(count: int, found: list[str]) -> None:
    plan = plan_of(period(required_count=count))
    findings = told(short_staffed(plan, [service()], {PAIR.id: PAIR}, speaks={}, span=AHEAD))
    assert [code for code, _ in findings] == found
    assert not found or (findings[0][1]["period"], findings[0][1]["required"]) == ("peak", 3)


def test_nobody_who_speaks_what_a_period_asks_for() -> None:
    plan = plan_of(period(required_languages=("de", "fr")))
    ((code, params),) = told(short_staffed(plan, [service()], {PAIR.id: PAIR}, speaks={"ana": ("de",)}, span=AHEAD))
    assert (code, params["language"], params["start"]) == ("lint.period_no_speaker", "fr", AHEAD.start)
    spoken = {"ana": ("de",), "ben": ("fr",)}
    assert told(short_staffed(plan, [service()], {PAIR.id: PAIR}, speaks=spoken, span=AHEAD)) == []


def test_a_rota_of_other_services_is_asked_for_nobody() -> None:
    plan = plan_of(period(required_count=9))
    assert told(short_staffed(plan, [service("vpn")], {PAIR.id: PAIR}, speaks={}, span=AHEAD)) == []


def test_a_lift_for_a_category_that_nobody_can_give() -> None:
    lifting = period(lifts=(Lift(("invoice", "invioce")),))
    assert told(unknown_categories([lifting], ["invoice"])) == [
        ("lint.period_category", {"period": "peak", "category": "invioce"})
    ]
    assert told(unknown_categories([lifting], [])) == []


def test_a_rule_that_gives_no_date() -> None:
    closed = Calendar("shut", "Shut", "UTC", ())
    empty = period(dates=(), rule=Rule(last=3, calendar="shut"))
    monthly = period(id="monthly", dates=(), rule=Rule(last=3))
    plan = plan_of(empty, monthly, calendars={"shut": closed})
    assert told(never([empty, monthly], plan, AHEAD.start)) == [("lint.period_never", {"period": "peak"})]


def test_two_periods_of_one_rank_that_decide_the_same() -> None:
    event = period(id="event", rank=20, dates=(Dates(date(2026, 12, 1), date(2026, 12, 2)),))
    silent = period(id="silent", hours=None)
    ranked = period(id="ranked", kind=PeriodKind.period_end)
    elsewhere = period(id="other", services=("erp",), hours=PeriodHours(instead=True))
    findings = told(undecided(plan_of(period(), event, silent, ranked, elsewhere), [MAIL, "erp"], AHEAD))
    assert findings == [
        ("lint.period_rank", {"period": "event", "other": "peak", "start": at("2026-12-01")}),
    ]
    invoices, payroll = (period(id=name, hours=None, lifts=(Lift((name,)),)) for name in ("invoices", "payroll"))
    assert told(undecided(plan_of(invoices, payroll), [MAIL], AHEAD)) == []
