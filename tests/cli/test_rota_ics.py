"""``rota ics``: a rota as a file that others follow, and on a real CalDAV server."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar

from supporttui.cli.exits import Exit
from tests.cli.conftest import Shell
from tests.intake import radicale
from tests.intake.radicale import PASSWORD, USER, Server

ANA, LEA = ("--as", "ana"), ("--as", "lea")
SPAN = ("--from", "2026-03-02 02:00", "--to", "2026-03-06 02:00")
SWAP = (*LEA, "rota", "override", "replace", "2026-03-03 07:00", "2026-03-04 07:00", "--person", "mia")


def events(text: str | bytes) -> dict[str, tuple[str, int, str]]:
    """By id: what is said, how often it changed, whether it holds."""
    found = Calendar.from_ical(text).walk("VEVENT")
    return {str(one["UID"]): (str(one["SUMMARY"]), one["SEQUENCE"], str(one["STATUS"])) for one in found}


# --- a file ---------------------------------------------------------------------------------------------


def test_a_rota_is_shown_as_a_calendar(shell: Shell) -> None:
    told = shell(*ANA, "rota", "ics", *SPAN)
    assert (told.code, told.err) == (0, "")
    first = {text for text, _, _ in events(told.out).values()}
    assert first == {"Night, line 1: Ana", "Night, line 1: Ben", "Night, line 2: Mia"}
    mine = events(shell(*ANA, "rota", "ics", "NIGHT", "--person", "Ben", *SPAN).out)
    assert {text for text, _, _ in mine.values()} == {"Night, line 1: Ben"}


def test_a_file_is_the_same_until_something_changes(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "rota.ics"
    told = shell(*ANA, "rota", "ics", *SPAN, "--output", str(file))
    assert (told.out, told.err) == (
        "",
        f"Written: {file}. 6 duties, 0 cancelled, 6 new or changed since the last time.\n",
    )
    before = file.read_bytes()
    shell.clock.forward(minutes=5)
    shell(*ANA, "rota", "ics", *SPAN, "--output", str(file))
    assert file.read_bytes() == before
    shell(*SWAP)
    told = shell(*ANA, "rota", "ics", *SPAN, "--output", str(file), "--json").json
    assert (told["changed"], told["file"], len(told["events"])) == (1, str(file), 6)
    old, new = events(before), events(file.read_bytes())
    assert old.keys() == new.keys()
    assert [(old[key], new[key]) for key in old if old[key] != new[key]] == [
        (("Night, line 1: Ben", 0, "CONFIRMED"), ("Night, line 1: Mia", 1, "CONFIRMED"))
    ]
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_file_keeps_its_rights_and_only_a_calendar_is_replaced(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "rota.ics"
    shell(*ANA, "rota", "ics", *SPAN, "--output", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    shell(*ANA, "rota", "ics", *SPAN, "--output", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    other = tmp_path / "letter.txt"
    other.write_text("Dear Ana")
    assert shell(*ANA, "rota", "ics", *SPAN, "--output", str(other)).code == Exit.refused
    assert other.read_text() == "Dear Ana"
    assert shell(*ANA, "rota", "ics", *SPAN, "--output", str(other), "--force").code == 0
    assert other.read_bytes()[:15] == b"BEGIN:VCALENDAR"


def test_who_may_not_work_here_publishes_nothing(shell: Shell) -> None:
    assert shell("--as", "aud", "rota", "ics").code == Exit.forbidden
    assert shell(*ANA, "--read-only", "rota", "ics").code == Exit.refused
    assert shell(*ANA, "rota", "ics", "day").code == Exit.not_found
    assert shell(*ANA, "rota", "ics", "--person", "nobody").code == Exit.not_found
    assert shell(*ANA, "rota", "ics", "--from", "2026-03-04", "--to", "2026-03-03").code == Exit.usage


# --- a server -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with radicale.running(tmp_path_factory.mktemp("radicale")) as started:
        yield started


@pytest.fixture
def empty(server: Server) -> Server:
    """The server with nothing in its calendar."""
    server.ask("DELETE", f"/{USER}/rota/")
    assert server.ask("MKCALENDAR", f"/{USER}/rota/")[0] == 201
    return server


def put(shell: Shell, server: Server, *more: str, **env: str):
    given = {"SUPPORTTUI_CALDAV_PASSWORD": PASSWORD, **env}
    return shell(*ANA, "rota", "ics", *SPAN, "--put", server.url, "--user", USER, *more, **given)


def kept(server: Server) -> dict[str, tuple[str, int, str]]:
    status, text = server.ask("GET", f"/{USER}/rota/")
    assert status == 200
    return events(text)


def test_a_server_has_what_was_sent(shell: Shell, empty: Server) -> None:
    told = put(shell, empty, "--json").json
    found = kept(empty)
    assert (told["sent"], told["file"]) == (6, None)
    assert {one["uid"] for one in told["events"]} == found.keys()
    assert found == events(shell(*ANA, "rota", "ics", *SPAN).out)
    uid = told["events"][0]["uid"]
    status, text = empty.ask("GET", f"/{USER}/rota/{uid}.ics")
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert (status, str(event["UID"])) == (200, uid)
    assert event["DTSTART"].dt.strftime("%Y-%m-%dT%H:%M:%SZ") == told["events"][0]["start"]


def test_what_changed_replaces_and_what_is_cancelled_stays(shell: Shell, empty: Server) -> None:
    put(shell, empty)
    before = kept(empty)
    shell(*LEA, "rota", "override", "replace", "2026-03-03 12:00", "2026-03-03 18:00", "--person", "mia")
    put(shell, empty)
    assert len(kept(empty)) == len(before) + 2
    (override,) = {one["id"] for one in shell("rota", "override", "list", "--json").json["overrides"]}
    shell(*LEA, "rota", "override", "end", override)
    told = put(shell, empty)
    after = kept(empty)
    assert told.err.splitlines() == [
        f"Sent to {empty.url}. 6 duties, 2 cancelled, 3 new or changed since the last time."
    ]
    assert sorted(status for _, _, status in after.values()) == ["CANCELLED"] * 2 + ["CONFIRMED"] * 6
    assert sorted(sequence for key, (_, sequence, _) in after.items() if key in before) == [0] * 5 + [2]


def test_a_password_comes_from_a_file_or_a_variable_and_never_from_the_command_line(
    shell: Shell, empty: Server, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\nnot this\n", "utf-8")
    assert put(shell, empty, "--password-file", str(secret), SUPPORTTUI_CALDAV_PASSWORD="").code == 0
    assert len(kept(empty)) == 6
    with_secret = empty.url.replace("http://", f"http://{USER}:geheim@")
    told = shell(*ANA, "rota", "ics", "--put", with_secret)
    assert told.code == Exit.usage
    assert "geheim" not in told.err
    assert put(shell, empty, SUPPORTTUI_CALDAV_PASSWORD="").code == Exit.usage
    assert put(shell, empty, "--password-file", str(tmp_path / "none")).code == Exit.usage
    far = shell(*ANA, "rota", "ics", "--put", "http://calendar.example.org/x/", "--user", USER)
    assert far.err == "supporttui: To calendar.example.org the password would travel unencrypted. Use https://.\n"


def test_a_server_that_does_not_take_it_is_said_in_one_sentence(shell: Shell, empty: Server) -> None:
    denied = put(shell, empty, SUPPORTTUI_CALDAV_PASSWORD="wrong")
    said = f"{empty.url} does not let you write there (status 401). Look at the name and the password."
    assert (denied.code, denied.err) == (Exit.refused, f"supporttui: {said}\n")
    elsewhere = Server(empty.port).url.replace("/rota/", "/nothing/here/")
    told = shell(*ANA, "rota", "ics", *SPAN, "--put", elsewhere, "--user", USER, SUPPORTTUI_CALDAV_PASSWORD=PASSWORD)
    assert (told.code, len(told.err.splitlines())) == (Exit.refused, 1)
    gone = shell(*ANA, "rota", "ics", *SPAN, "--put", "http://127.0.0.1:1/x/")
    assert (gone.code, "http://127.0.0.1:1/x/ does not answer" in gone.err) == (Exit.refused, True)
    assert shell(*ANA, "rota", "ics", "--put", "ftp://x/").code == Exit.usage
