"""What a process asks of whoever works on it, and until when somebody may."""

from datetime import date

import pytest

from supporttui.domain.people import Certification
from supporttui.domain.processes import LeftOut, Process, Unfit, about, behind, ends, left_out, unfit
from supporttui.domain.spans import FOREVER, Instant, Span
from tests.builders import NOW, person

pytestmark = pytest.mark.core
CLOSING = Process("closing", "Closing", ("ledger",), ("posting",), certification="FI")
PAYROLL = Process("payroll", "Payroll", ("ledger", "hr"))
HOUR = Span(NOW, Instant(NOW + 3600))
MIDNIGHT_IN_TOKYO = Instant(1_772_463_600)  # 2026-03-02T15:00Z


def test_a_ticket_is_about_the_processes_of_its_service_that_mean_its_category():
    both = (CLOSING, PAYROLL)
    assert about(both, "ledger", "posting") == both
    assert about(both, "ledger", "") == (PAYROLL,)
    assert about(both, "mail", "posting") == ()
    assert behind(both, {"hr"}) == (PAYROLL,)


def test_who_holds_nothing_is_not_certified_and_needs_not_be_where_nothing_is_asked():
    ana = person("Ana", certifications=(Certification("MM"),))
    assert unfit(ana, CLOSING, HOUR) is Unfit.uncertified
    assert unfit(ana, PAYROLL, HOUR) is None
    assert left_out(ana, (PAYROLL, CLOSING), HOUR) == LeftOut("ana", Unfit.uncertified, CLOSING)
    assert left_out(ana, (PAYROLL,), HOUR) is None


def test_the_last_day_is_one_on_the_clocks_of_the_person():
    yuki = person("Yuki", zone="Asia/Tokyo", certifications=(Certification("FI", date(2026, 3, 2)),))
    assert ends(yuki, "FI") == MIDNIGHT_IN_TOKYO
    assert unfit(yuki, CLOSING, Span(NOW, MIDNIGHT_IN_TOKYO)) is None
    longer = Span(NOW, Instant(MIDNIGHT_IN_TOKYO + 1))
    assert unfit(yuki, CLOSING, longer) is Unfit.expired
    assert left_out(yuki, (CLOSING,), longer) == LeftOut("yuki", Unfit.expired, CLOSING, date(2026, 3, 2))


def test_of_several_the_one_that_lasts_longest_counts():
    old, new, always = (Certification("FI", day) for day in (date(2020, 1, 1), date(2026, 3, 2), None))
    assert ends(person("Ana", zone="Asia/Tokyo", certifications=(old, new)), "FI") == MIDNIGHT_IN_TOKYO
    assert ends(person("Ana", certifications=(always, old)), "FI") == FOREVER
    assert ends(person("Ana"), "FI") is None
