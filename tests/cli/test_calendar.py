"""``calendar``: feeds and public holidays come onto a list, and count once somebody says so."""

import subprocess
import sys
from pathlib import Path

import pytest

from supporttui.cli.exits import Exit
from tests.architecture.test_imports_headless import loaded
from tests.builders import Desk, person
from tests.cli.conftest import Shell

LEA, ANA = ("--as", "lea"), ("--as", "ana")
LIBRARIES = {"icalendar", "recurring_ical_events", "holidays"}
FEED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:test
BEGIN:VEVENT
UID:eve
DTSTART;TZID=Europe/Berlin:20261224T130000
DTEND;TZID=Europe/Berlin:20261225T000000
SUMMARY:Christmas Eve
END:VEVENT
BEGIN:VEVENT
UID:founding
DTSTART;VALUE=DATE:20200504
RRULE:FREQ=YEARLY
SUMMARY:Founding day
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def feed(tmp_path: Path) -> str:
    file = tmp_path / "company.ics"
    file.write_text(FEED, "utf-8")
    return str(file)


def test_a_feed_is_taken_in_looked_through_and_accepted(shell: Shell, desk: Desk, feed: str) -> None:
    taken = shell(*LEA, "calendar", "import", feed, "--for", "Office")
    assert (taken.code, taken.out.splitlines()) == (0, [
        "company.ics, until Fri, Mar 3, 2028: 3 new entries, 0 changed, 0 known already.",
        "Nothing counts yet. Look through it: supporttui calendar review",
    ])  # fmt: skip
    listed = shell(*LEA, "calendar", "review")
    assert [line.split()[1] for line in listed.out.splitlines()] == ["For", "office", "office", "office"]
    assert "Thu, Dec 24, 2026 13:00" in listed.out
    assert listed.out.count("company.ics") == 3
    entries = shell("calendar", "review", "list", "--json").json["entries"]
    assert [(one["name"], one["first"], one["last"]) for one in entries] == [
        ("Founding day", "2026-05-04", "2026-05-04"), ("Christmas Eve", None, None),
        ("Founding day", "2027-05-04", "2027-05-04"),
    ]  # fmt: skip
    rejected = shell(*LEA, "calendar", "review", "reject", entries[2]["id"][:8])
    assert rejected.out == "1 entry rejected.\n"
    done = shell(*LEA, "calendar", "review", "accept", "--all")
    assert done.out == "2 entries accepted.\noffice: version 2 holds from now on.\n"
    held = desk.ask(lambda tx: tx.definitions.calendars()["office"][-1].value.holidays)
    assert [(one.name, str(one.first), len(one.windows)) for one in held] == [
        ("Christmas Eve", "2026-12-24", 1), ("Founding day", "2026-05-04", 0),
    ]  # fmt: skip
    again = shell(*LEA, "calendar", "import", feed, "--for", "office", "--json").json
    assert (again["new"], again["changed"], again["known"]) == ([], [], 3)
    assert shell("calendar", "review").out == "Nothing waits for a decision.\n"


def test_a_feed_without_a_coming_event_says_why_it_brings_nothing(shell: Shell, desk: Desk, feed: str) -> None:
    Path(feed).write_text(FEED.replace("RRULE:FREQ=YEARLY\n", "").replace(":2026", ":2019"), "utf-8")
    taken = shell(*LEA, "calendar", "import", feed, "--for", "office")
    assert taken.code == 0
    assert "0 new entries" in taken.out
    assert "no event from today on" in taken.out


def test_public_holidays_come_in_the_language_of_the_run(shell: Shell) -> None:
    told = shell(*LEA, "--lang", "de", "calendar", "holidays", "DE", "--region", "BY", "--years", "2026", "--for",
                 "office", "--json").json  # fmt: skip
    assert (told["source"], told["language"]) == ("holidays DE-BY", "de")
    assert told["new"][-1]["name"] == "Zweiter Weihnachtstag"
    assert told["new"][0]["first"] == "2026-04-03"
    shell(*LEA, "calendar", "review", "accept", "--all")
    english = shell(*LEA, "calendar", "holidays", "DE", "--years", "2026", "--for", "office", "--json").json
    assert english["new"] == []


def test_absences_come_from_a_person_s_own_calendar(shell: Shell, feed: str) -> None:
    shell(*ANA, "calendar", "import", feed, "--for", "ana", "--kind", "training", "--until", "2026-12-31")
    done = shell(*ANA, "calendar", "review", "accept", "--all", "--json").json
    assert (done["absences"], done["calendars"]) == (2, {})
    absences = shell("rota", "absence", "list", "--person", "ana", "--json").json["absences"]
    assert [(one["kind"], one["source"], one["note"]) for one in absences] == [
        ("training", "company.ics", "Founding day"), ("training", "company.ics", "Christmas Eve"),
    ]  # fmt: skip


def test_what_accepting_does_is_said_before(shell: Shell, desk: Desk, feed: str) -> None:
    shell(*LEA, "calendar", "import", feed, "--for", "office", "--until", "2026-12-31")
    shell(*LEA, "calendar", "import", feed, "--for", "ana", "--until", "2026-12-31")
    told = shell(*LEA, "calendar", "review", "accept", "--all", "--dry-run")
    assert told.code == 0
    assert '* calendar "Office" changes' in told.out
    assert "Founding day" in told.out
    assert told.err == "Nothing was changed.\n"
    as_json = shell(*LEA, "calendar", "review", "accept", "--all", "--dry-run", "--json").json
    assert (as_json["calendars"], len(as_json["absences"])) == (["office"], 2)
    assert {one["person"] for one in as_json["conflicts"]} == {"ana"}
    assert as_json["timers"] == {"moved": 0, "made_late": 0, "saved": 0}
    assert len(shell("calendar", "review", "--json").json["entries"]) == 4
    assert len(desk.ask(lambda tx: tx.definitions.calendars()["office"])) == 1


def test_a_check_writes_nothing(shell: Shell, feed: str) -> None:
    told = shell(*LEA, "calendar", "import", feed, "--for", "office", "--check")
    assert told.out.splitlines()[0] == "Nothing was written: this was a check."
    assert shell("calendar", "review", "--json").json["entries"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html>", "{file} is no iCalendar file: line 1 is not BEGIN:VCALENDAR."),
        (FEED.replace("Europe/Berlin:20261224", "Moon/Base:20261224"),
         "{file}, line 6: nobody knows the time zone Moon/Base, and the file does not define it. Nothing was taken in."),
        (FEED.replace("SUMMARY:Christmas Eve", "Christmas Eve"),
         "{file}, line 8: this is no line of iCalendar (NAME:value). Nothing was taken in."),
        (FEED.replace("YEARLY", "SECONDLY"),
         "{file}, line 13: this repeats more than once a day, which no holiday or absence does. Nothing was taken in."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence_with_its_place(shell: Shell, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "bad.ics"
    file.write_text(text, "utf-8")
    told = shell(*LEA, "calendar", "import", str(file), "--for", "office")
    assert (told.code, told.err) == (Exit.refused, f"supporttui: {said.format(file=file)}\n")
    assert shell("calendar", "review", "--json").json["entries"] == []


def test_who_or_what_is_meant_must_be_clear(shell: Shell, desk: Desk, feed: str) -> None:
    with desk.store.write() as tx:
        tx.definitions.put("office", person("office"))
    for arguments, code in (
        (("import", feed, "--for", "nobody"), Exit.not_found),
        (("import", feed, "--for", "office"), Exit.usage),
        (("holidays", "DE", "--for", "ana"), Exit.not_found),
        (("holidays", "ZZ", "--for", "always"), Exit.usage),
        (("holidays", "DE", "--years", "soon", "--for", "always"), Exit.usage),
        (("import", feed, "--for", "always", "--until", "soon"), Exit.usage),
        (("import", feed, "--for", "always", "--until", "1999-01-01"), Exit.usage),
        (("review", "accept"), Exit.usage),
        (("review", "accept", "abc", "--all"), Exit.usage),
        (("review", "accept", "abc"), Exit.not_found),
    ):
        told = shell(*LEA, "calendar", *arguments)
        assert (told.code, len(told.err.splitlines())) == (code, 1), arguments
    assert shell(*ANA, "calendar", "import", feed, "--for", "always").code == Exit.forbidden


def test_other_verbs_load_none_of_the_libraries(site_url: str, tmp_path: Path) -> None:
    for args in (("queue", "--json"), ("oncall",), ("rota", "show"), ("calendar", "review")):
        _, modules = loaded(site_url, tmp_path, *args)
        assert not LIBRARIES & modules, args


def test_the_desk_loads_none_of_the_libraries() -> None:
    code = "import sys, supporttui.bootstrap.desk, supporttui.tui.app, supporttui.tui.rota.screen; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert not LIBRARIES & set(done.stdout.split())


def test_the_list_can_be_seen_as_it_was(shell: Shell, feed: str) -> None:
    shell(*LEA, "calendar", "import", feed, "--for", "office", "--until", "2026-12-31")
    shell.clock.forward(hours=2)
    shell(*LEA, "calendar", "review", "accept", "--all")
    then = shell("--as-of", "1h ago", "calendar", "review", "--json").json["entries"]
    assert [one["verdict"] for one in then] == ["pending", "pending"]
    assert shell("--as-of", "3h ago", "calendar", "review", "--json").json["entries"] == []


def test_two_events_of_one_id_and_one_that_ends_before_it_begins_are_told_with_their_lines(shell, tmp_path):
    feed = tmp_path / "odd.ics"
    feed.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n"
        "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20261214\nSUMMARY:One\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20261215\nSUMMARY:Two\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:b\nDTSTART:20261230T100000Z\nDTEND:20261230T080000Z\nSUMMARY:Back\nEND:VEVENT\n"
        "END:VCALENDAR\n",
        "utf-8",
    )
    result = shell("--as", "zoe", "calendar", "import", str(feed), "--for", "office")
    assert result.code == 0
    told = [line for line in result.err.splitlines() if str(feed) in line]
    assert [line.removeprefix(f"{feed}, line ").partition(":")[0] for line in told] == ["9", "17"]
    assert "the event in line 4 has the id a too" in told[0]


def test_an_agent_puts_no_holidays_on_the_list(shell):
    refused = shell("--as", "ana", "calendar", "holidays", "DE", "--for", "office")
    assert (refused.code, "lacks the right configure" in refused.err) == (4, True)
