"""L25: where most issues are; five alike within seven days are proposed once as something to look into."""

import pytest

from supporttui.domain.events import RepeatsSeen
from supporttui.domain.processes import Process
from supporttui.usecases import hotspots, opening, tickets
from tests.builders import Desk, person

DAY = 86_400


def opens(desk: Desk, title: str, **fields: str):
    ticket = desk.do(opening.create, **{"title": title, "service": "mail", **fields})
    desk.clock.forward(minutes=1)
    return ticket


def proposals(desk: Desk) -> list[tuple[int, tuple[int, ...]]]:
    with desk.store.read() as tx:
        facts = tx.journal.of_kinds(("repeats",), since=0)
    return [(fact.ticket, fact.event.tickets) for fact in facts if isinstance(fact.event, RepeatsSeen)]


def test_five_alike_within_seven_days_are_proposed_once_on_the_newest(shell, desk):
    for number in range(4):
        opens(desk, f"Outlook {number} loses attachments")
    assert proposals(desk) == []
    fifth = opens(desk, "OUTLOOK loses attachments again")
    assert proposals(desk) == [(fifth.id, (4, 3, 2, 1))]
    for number in range(6):
        opens(desk, f"Outlook loses attachments {number}")
    assert len(proposals(desk)) == 1
    early = shell("queue", "is:early", "--json", "--as", "lea").json["tickets"]
    assert [one["id"] for one in early] == [fifth.id]
    out = shell("ticket", "history", str(fifth.id), "--as", "ana").out
    assert "5 alike within 7 days (attachments, loses, outlook): T-4, T-3, T-2, T-1. Look for one cause." in out


def test_the_leads_of_the_team_hear_of_it(desk):
    for number in range(5):
        last = opens(desk, f"Outlook {number} loses attachments")
    with desk.store.read() as tx:
        assert [one.person for one in tx.outbox.of_ticket(last.id) if one.code == "repeats"] == ["lea"]


@pytest.mark.parametrize(
    "other",
    [{"service": "vpn"}, {"kind": "question"}, {"category": "phones"}, {"title": "Printer burns"}],
    ids=lambda other: next(iter(other)),
)
def test_of_another_service_kind_category_or_about_something_else_it_is_not_alike(desk, other):
    for number in range(4):
        opens(desk, f"Outlook {number} loses attachments", category="mail")
    opens(desk, **{"title": "Outlook loses attachments", **other})
    assert proposals(desk) == []


def test_over_more_days_they_do_not_repeat_and_a_told_group_is_silent_for_a_month(desk):
    for number in range(5):
        opens(desk, f"Outlook {number} loses attachments")
        desk.clock.forward(days=2)
    assert proposals(desk) == []
    opens(desk, "Outlook loses attachments")
    opens(desk, "Outlook loses attachments")
    assert len(proposals(desk)) == 1
    for days, told in ((10, 1), (31, 2)):
        desk.clock.forward(days=days)
        for _ in range(5):
            opens(desk, "Outlook loses attachments")
        assert len(proposals(desk)) == told


def test_the_report_counts_by_service_process_category_and_resolution_beside_the_days_before(shell, desk):
    with desk.store.write() as tx:
        tx.definitions.put("letters", Process("letters", "Letters", ("mail",), categories=("spam",)))
        tx.definitions.put("aud", person("Aud", contacts=()))
    opens(desk, "Old one")
    desk.clock.forward(days=31)
    opens(desk, "One", category="spam")
    opens(desk, "Other", category="spam")
    opens(desk, "Third", service="vpn")
    solved = opens(desk, "Fourth", service="vpn")
    desk.do(tickets.resolve, solved.id, None, code="fixed")
    void = opens(desk, "Should not be", service="vpn")
    desk.do(tickets.close, void.id, None, reason="fixed")
    found = shell("report", "hotspots", "--days", "30", "--json", "--as", "ana").json
    assert [(one["service"], one["count"], one["percent"], one["before"]) for one in found["service"]] == [
        ("vpn", 3, 60, 0), ("mail", 2, 40, 1),
    ]  # fmt: skip
    assert [(one["process"], one["count"]) for one in found["process"]] == [(None, 3), ("letters", 2)]
    assert [(one["category"], one["count"]) for one in found["category"]] == [(None, 3), ("spam", 2)]
    assert [(one["resolution"], one["count"]) for one in found["resolution"]] == [(None, 3), ("fixed", 2)]
    out = shell("report", "hotspots", "--as", "ana").out
    for text in ("Letters", "spam", "not resolved", "60 %"):
        assert text in out
    assert set(shell("report", "hotspots", "--by", "category", "--json", "--as", "ana").json) >= {"category", "repeats"}


def test_without_tickets_there_is_a_word_about_it(shell, desk):
    assert shell("report", "hotspots", "--as", "ana").out == "No ticket was opened in these days.\n"
    assert desk.ask(hotspots.report, desk.clock()).repeats == ()
