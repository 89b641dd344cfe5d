"""S29, S30, S31: seasons, period ends and events change service, are announced, and end by themselves."""

from supporttui import packs
from supporttui.i18n import period_changes
from supporttui.i18n.catalogue import load
from supporttui.i18n.period_banner import banner
from supporttui.usecases import periods, tickets
from supporttui.usecases.definitions.defining import apply_pack
from tests.builders import opened
from tests.domain.sla.calendars import at

SEASON = """
name = "season"

[[target_sets]]
id = "peak-promises"
targets = [{ metric = "first_response", priority = 3, seconds = 3600 }]

[[periods]]
id = "peak"
name = "Christmas peak"
kind = "season"
zone = "Europe/Berlin"
services = ["mail"]
dates = [{ first = 2026-11-20, last = 2027-01-02 }]
hours = { windows = [{ start = "08:00", end = "20:00", days = [6] }] }
targets = "peak-promises"
"""
PERIOD_ENDS = """
name = "period ends"

[[periods]]
id = "month-end"
name = "Month end"
kind = "period_end"
zone = "Europe/Berlin"
services = ["mail"]
rule = { unit = "month", last = 3, calendar = "office" }
lifts = [{ categories = ["invoice"] }]
freeze = true

[[periods]]
id = "retail-quarter"
name = "Retail quarter"
kind = "period_end"
zone = "Europe/Berlin"
services = ["vpn"]
rule = { unit = "quarter", last = 1, fiscal = { start_month = 2, weeks = "4-4-5", week_ends = 6 } }

[[periods]]
id = "april-year"
name = "Fiscal year"
kind = "period_end"
zone = "Europe/Berlin"
services = ["vpn"]
rank = 40
rule = { unit = "year", last = 2, fiscal = { start_month = 4 } }
"""
EVENT = """
name = "event"

[[periods]]
id = "takeover"
name = "Takeover of Acme"
kind = "event"
zone = "Europe/Berlin"
services = ["mail"]
dates = [{ first = 2026-03-02, last = 2026-03-03 }]
hours = { windows = [{ start = "00:00", end = "24:00", days = [1, 2, 3, 4, 5, 6, 7] }] }
"""
BERLIN = ("--zone", "Europe/Berlin")


def apply(desk, text: str) -> None:
    desk.do(apply_pack, packs.parse(text, zone="Europe/Berlin"), by="zoe")


def told(desk, clock) -> list[str]:
    words = load("en", "Europe/Berlin", {})
    return [
        line
        for found in desk.ask(periods.coming, clock())
        for line in (banner(words, found, clock()), *period_changes.changes(words, found, {}))
    ]


def test_a_ticket_over_the_border_of_a_season_is_computed_with_both_hours_and_explained_with_both(shell, desk, clock):
    """Thursday 16:00, before the peak begins: 13 hours end on Saturday, which counts only in the peak."""
    apply(desk, SEASON)
    clock.now = at("2026-11-19T16:00+01:00")
    desk.do(apply_pack, packs.parse(HALF_WEEK, zone="Europe/Berlin"), by="zoe")
    number = str(desk.do(tickets.open_ticket, opened()).id)
    (timer,) = [
        one for one in shell("ticket", "show", number, "--json").json["timers"] if one["metric"] == "resolution"
    ]
    assert timer["due"] == "2026-11-21T11:00:00Z"
    why = shell("ticket", "why", number, *BERLIN).out
    assert "service hours (Christmas peak)" in why
    assert "2026-11-19 16:00 – 17:00  1h00m  service hours, still ahead" in why


HALF_WEEK = """
name = "targets"
[[target_sets]]
id = "standard"
targets = [{ metric = "resolution", seconds = 46800 }]
"""


def test_a_season_is_announced_seven_days_ahead_with_what_changes(desk, clock):
    apply(desk, SEASON)
    clock.now = at("2026-11-12T23:59+01:00")
    assert told(desk, clock) == []
    clock.now = at("2026-11-13T00:00+01:00")
    assert told(desk, clock) == [
        "Christmas peak from 11-20 00:00 on",
        "open also Sat 08:00-20:00 (Europe/Berlin)",
        "P3 moderate, first response: 1h00m, not 4h00m",
    ]


def test_an_invoice_on_the_last_working_day_counts_as_more_urgent_and_the_ticket_says_why(shell, desk, clock):
    apply(desk, PERIOD_ENDS)
    priorities = []
    for day in ("2026-05-29", "2026-05-30"):
        clock.now = at(f"{day}T12:00+02:00")
        made = shell(
            "new", "Invoice will not post", "--service", "mail", "--category", "invoice", "--as", "ana", "--json"
        )
        (ticket,) = made.json["results"]
        priorities.append(ticket["priority"])
    assert priorities == [2, 3]
    assert "counts as more urgent: Month end" in shell("ticket", "history", "1").out


def test_companies_have_period_ends_of_their_own(desk):
    """Thirteen weeks from Sunday, 1 February, end on Saturday, 2 May: their last working day is the first."""
    apply(desk, PERIOD_ENDS)
    plan = desk.ask(lambda tx: tx.definitions.plan())
    days = [
        ("2026-05-29", "mail"),
        ("2026-05-29", "vpn"),
        ("2026-05-01", "vpn"),
        ("2026-03-31", "vpn"),
        ("2026-06-30", "vpn"),
    ]
    found = [[one.period.id for one in plan.at(at(f"{day}T12:00"), service)] for day, service in days]
    assert found == [["month-end"], [], ["retail-quarter"], ["april-year"], []]


def test_whoever_opens_a_change_during_a_freeze_is_told_until_when_it_waits(shell, desk, clock):
    apply(desk, PERIOD_ENDS)
    clock.now = at("2026-05-29T12:00+02:00")
    change = ("new", "New posting rule", "--service", "mail", "--kind", "change", "--as", "ana")
    assert "Month end: changes wait until 00:00." in shell(*change, *BERLIN).out
    expected = [{"period": "month-end", "name": "Month end", "until": "2026-05-29T22:00:00Z"}]
    assert shell(*change, "--json").json["results"][0]["frozen"] == expected
    assert "changes wait" in shell("ack", "1", "--as", "ana").out
    clock.now = at("2026-05-30T12:00+02:00")
    assert "changes wait" not in shell(*change).out


def test_an_event_that_ends_tonight_with_open_tickets_lists_them_and_ends_by_itself(shell, desk, clock):
    apply(desk, EVENT)
    numbers = [desk.do(tickets.open_ticket, opened()).id for _ in range(3)]
    clock.now = at("2026-03-03T12:00+01:00")
    (review,) = desk.ask(periods.review, clock())
    assert (review.id, review.ended, sorted(review.tickets)) == ("takeover", False, numbers)
    assert "takeover ends at 2026-03-03 23:00, and nobody has said what becomes of it." in shell("doctor").out
    assert desk.ask(lambda tx: tx.definitions.hours("office@mail").is_open(at("2026-03-03T23:59+01:00")))
    assert not desk.ask(lambda tx: tx.definitions.hours("office@mail").is_open(at("2026-03-04T00:00+01:00")))
