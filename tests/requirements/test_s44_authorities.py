"""S44: authorities inside and outside are known with their hours, and a hand-off to a closed one says so in time."""

from datetime import date

import pytest

from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.people import Agreement, AuthorityKind, Entry, Line, Need, Team
from supporttui.domain.sla.hours import Window
from supporttui.usecases import tickets
from tests.builders import calendar, opened, policy

LONDON = ("--zone", "Europe/London", "--as", "ana")


@pytest.fixture
def partner(desk):
    """Saturday, 10:00 in Berlin; the partner works from Monday to Friday."""
    desk.clock.forward(days=5, hours=6, minutes=40)
    acme = Team(
        "acme", "Acme", AuthorityKind.external, zone="Europe/Berlin", calendar="acme", languages=("de",),
        lines=(Line("+49 30 911", "night desk", (1,)), Line("help@acme.example")),
        entry=Entry((Need.category,), checks=("restarted",)), agreement=Agreement("A-1", "E-9", last=date(2026, 3, 8)),
    )  # fmt: skip
    with desk.store.write() as tx:
        tx.definitions.put("acme", calendar(id="acme", weekly=(Window("09:00", "17:00"),)))
        tx.definitions.put("acme", acme)
    return desk


def test_p2_on_saturday_at_ten_to_a_partner_of_weekdays_warns_with_the_opening_in_both_zones(shell, partner):
    ticket = partner.do(tickets.open_ticket, opened(priority=2, category="router"))
    out = shell("transfer", str(ticket.id), "acme", *LONDON).out
    assert "Acme: closed until Mon, Mar 9 09:00 their time (08:00 yours)" in out
    assert "P2 line: help@acme.example" in out


def test_an_agreement_that_ends_before_it_opens_and_what_the_ticket_lacks_are_said_too(shell, partner):
    """L34."""
    ticket = partner.do(tickets.open_ticket, opened(priority=1, language="ja"))
    found = shell("transfer", str(ticket.id), "acme", "--json", "--as", "ana").json["results"][0]["hand_off"]
    assert found["cautions"] == ["caution.closed", "caution.needs", "caution.language", "caution.expires"]
    assert (found["opens"], found["line"], found["lacks"]) == ("2026-03-09T08:00:00Z", "+49 30 911", ["category"])


def test_a_step_of_the_escalation_that_goes_to_it_says_the_same(shell, partner):
    calls = Step("Partner", 0, (StepTarget(TargetKind.authority, team="acme"),))
    with partner.store.write() as tx:
        tx.definitions.put("urgent", policy(steps=(calls,)))
    ticket = partner.do(tickets.open_ticket, opened(priority=1, category="router"))
    assert "Acme: closed until Mon, Mar 9" in shell("escalate", str(ticket.id), *LONDON).out


def test_the_directory_says_who_works_now_how_each_is_reached_and_by_which_agreement(shell, partner):
    assert "Acme" in shell("authority", "list", *LONDON).out
    told = shell("authority", "show", "acme", *LONDON).out
    for text in (
        "closed until Mon, Mar 9 09:00 their time",
        "line for P1",
        "+49 30 911 (night desk)",
        "restarted",
        "E-9",
    ):
        assert text in told
    found = shell("authority", "show", "Acme", "--json").json
    assert (found["open"], found["opens"], found["agreement_ends"]) == (
        False, "2026-03-09T08:00:00Z", "2026-03-08T23:00:00Z",
    )  # fmt: skip
    assert [one["id"] for one in shell("authority", "list", "--json").json["authorities"]] == [
        "desk",
        "network",
        "acme",
    ]
    assert shell("authority", "show", "nobody").code != 0


def test_doctor_names_the_agreement_that_ends(shell, partner):
    assert "The agreement A-1 with acme ends at 2026-03-08" in shell("doctor", *LONDON).out
