"""``drill``: in a copy by a frozen clock, as a ticket at the desk, its report and the log."""

import pytest

from tests.builders import PEOPLE, Desk, person, site


@pytest.fixture
def started(shell) -> int:
    told = shell("--as", "ana", "drill", "start", "--service", "mail", "--json")
    assert told.code == 0
    return told.json["ticket"]["id"]


def test_a_drill_at_sunday_night_names_the_real_person_and_writes_nothing(shell, desk: Desk) -> None:
    """S20: seconds to each level and to the answer, by which channel; the database is as it was."""
    before = desk.ask(lambda tx: (tx.journal.head(), tx.outbox.counts()))
    args = ("drill", "run", "--service", "Mail", "--at", "sun 03:00", "--ack-after", "12m")
    found = shell(*args, "--json")
    assert (found.code, found.json["reaches_everybody"], found.json["acknowledged_after"]) == (0, True, 720)
    assert [(one["after"], one["paged"]) for one in found.json["levels"]] == [(0, ["ben"]), (600, ["mia"])]
    assert [(one["person"], one["channel"], one["address"]) for one in found.json["messages"]] == [
        ("ben", "mail", "ben@example.org"), ("mia", "mail", "mia@example.org"),
        ("ben", "mail", "ben@example.org"),
    ]  # fmt: skip
    assert "Mia acknowledged after 12m." in shell(*args).out
    assert desk.ask(lambda tx: (tx.journal.head(), tx.outbox.counts())) == before


def test_who_would_not_be_reached_is_told_and_the_exit_code_says_so(shell, desk: Desk) -> None:
    site(desk.store, people=(PEOPLE[0], person("Ben", contacts=()), *PEOPLE[2:]))
    found = shell("drill", "run", "--service", "mail", "--at", "sun 03:00")
    assert found.code == 1
    assert "Ben has no contact point, and step 1 L1 calls them." in found.out
    codes = {
        one["code"] for one in shell("drill", "run", "--service", "mail", "--at", "sun 03:00", "--json").json["missing"]
    }
    assert {"drill.no_contact", "drill.nobody"} <= codes


def test_what_cannot_be_read_is_told(shell) -> None:
    assert (
        shell("drill", "run", "--service", "mail", "--ack-after", "soon", "--json").fault["code"] == "drill.ack_after"
    )
    assert shell("drill", "run", "--service", "fax", "--json").fault["code"] == "service.unknown"
    assert shell("drill", "run", "--service", "mail", "--policy", "x", "--json").fault["code"] == "policy.unknown"
    assert shell("drill", "run", "--service", "mail", "--hand-off", "x", "--json").fault["code"] == "team.unknown"


def test_a_drill_at_the_desk_is_marked_reported_and_logged_and_ends_by_resolve(shell, started: int) -> None:
    assert "DRILL Drill for Mail" in shell("queue").out
    assert shell("watch", "--once").code == 0
    assert shell("--as", "mia", "ack", str(started)).code == 0
    assert shell("--as", "mia", "resolve", str(started)).code == 0
    found = shell("drill", "report", str(started), "--json").json
    assert (found["ended"], found["pages"], found["acknowledged_after"]) == ("resolved", False, 0)
    assert [(one["person"], one["channel"]) for one in found["messages"]] == [("ben", "mail")]
    (logged,) = shell("drill", "list", "--json").json["drills"]
    assert (logged["ticket"], logged["by"], logged["ended"], logged["missing"]) == (started, "ana", "resolved", 0)
    assert "resolved" in shell("drill", "list").out
    assert shell("queue", "is:drill", "--json").json["tickets"]


def test_there_was_none_yet(shell) -> None:
    assert shell("drill", "list").out == "There was no drill yet.\n"
