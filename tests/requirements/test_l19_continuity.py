"""L19: while the database does not answer, rota, contacts and the plan are still told, with their age."""

import json

import pytest

from supporttui.bootstrap import places
from supporttui.cli import opening
from supporttui.cli.exits import Exit
from supporttui.domain.faults import StoreUnavailable
from supporttui.domain.site import CONTINUITY_PLAN
from supporttui.shapes import iso
from supporttui.usecases import tickets
from tests.builders import opened


@pytest.fixture
def pull(monkeypatch):
    """Pull the database."""

    def pulled() -> None:
        def none(*_args: object, **_options: object) -> None:
            raise StoreUnavailable("store.unreachable")

        monkeypatch.setattr(places, "open_place", none)

    return pulled


def test_who_is_on_call_and_how_to_reach_them_is_told_with_its_age(shell, clock, pull):
    before = shell("oncall").out
    asked = shell("oncall", "--json").json
    pull()
    clock.forward(minutes=90)
    found = shell("oncall")
    assert (found.code, found.out) == (Exit.unreachable, before)
    assert "90 minutes ago" in found.err
    assert shell("oncall", "--json").json == {**asked, "stale": True}


@pytest.mark.parametrize("args", [("--at", "sun 03:00"), ("mail",), ("--speaks", "pt")])
def test_what_was_not_kept_is_refused_and_not_guessed(shell, pull, args):
    shell("oncall")
    pull()
    found = shell("oncall", *args)
    assert (found.code, found.out) == (Exit.unreachable, "")


def test_what_others_may_read_or_write_is_not_ours(shell, tmp_path, pull):
    shell("oncall")
    pull()
    (path,) = (shell.home / "supporttui" / "oncall").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    assert shell("oncall").out == ""
    path.chmod(0o600)
    path.write_text("[]")
    assert shell("oncall").out == ""


def test_rota_contacts_and_plan_are_kept_and_read_again_as_of_the_moment_they_are_needed(shell, desk, clock, pull):
    with desk.store.write() as tx:
        tx.definitions.put_site({CONTINUITY_PLAN: "Phone the operator.\nThen the second site."})
    fresh = shell("continuity").out
    asked = shell("continuity", "--json").json
    pull()
    clock.forward(hours=9)
    found = shell("continuity")
    assert found.code == Exit.unreachable
    assert "540 minutes ago" in found.err
    assert "Then the second site." in fresh
    assert "Then the second site." in found.out
    assert shell("continuity", "--json").json == {**asked, "stale": True}
    path = next((shell.home / "supporttui" / "continuity").iterdir())
    assert path.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(path.read_text())) == {"at", "until", "lines", "contacts", "plan"}


def test_it_keeps_no_more_of_people_than_name_and_first_ways(shell, desk):
    shell("continuity")
    path = next((shell.home / "supporttui" / "continuity").iterdir())
    contacts = json.loads(path.read_text())["contacts"]
    assert contacts
    assert all(set(one) <= {"name", "ways"} and len(one["ways"]) <= 2 for one in contacts.values())


def test_without_anything_kept_the_fault_is_told(shell, pull):
    pull()
    found = shell("continuity")
    assert (found.code, found.out) == (Exit.unreachable, "")


def test_a_desk_that_cannot_open_shows_what_was_kept_after_why(shell, pull, monkeypatch):
    shell("continuity")
    pull()
    monkeypatch.setattr(opening, "can_open_desk", lambda _: True)
    monkeypatch.setattr(opening, "_run_desk", lambda session: session.place)
    found = shell()
    assert found.code == Exit.unreachable
    assert "Contacts" in found.out
    assert "does not answer" in found.err


def test_who_is_on_call_is_told_by_what_was_kept_of_the_rota_where_nobody_asked_before(shell, pull):
    fresh = shell("continuity").out
    pull()
    found = shell("oncall")
    assert (found.code, found.out) == (Exit.unreachable, fresh)


def test_a_major_incident_has_roles_a_pace_a_log_and_degraded_notes(shell, desk):
    number = str(desk.do(tickets.open_ticket, opened()).id)
    shell("major", "start", number, "--every", "20", "--communication", "ben", "--as", "lea")
    shell("major", "degraded", number, "orders by phone", "--as", "ana")
    shell("major", "role", number, "scribe", "ana", "--as", "lea")
    clock = desk.clock.forward(minutes=15)
    shell("major", "say", number, "told the board", "--as", "ben")
    found = shell("major", "show", number, "--json").json
    assert found["roles"] == {"commander": "lea", "communication": "ben", "scribe": "ana"}
    assert (found["degraded"], found["every"], found["next"]) == (["orders by phone"], 1200, iso(clock + 1200))
    assert [one["text"] for one in found["log"] if one["kind"] == "major_log"] == [
        "degraded: orders by phone",
        "communicated: told the board",
    ]
    shell("major", "end", number, "power is back", "--as", "lea")
    assert shell("major", "list", "--json").json["major"][0]["ended"] == iso(clock)
    assert "major incident over: power is back" in shell("major", "show", number).out
