"""``intake``: one message by hand, what came in, and a server that ends when it is told to."""

import hashlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from supporttui.cli.exits import Exit
from supporttui.usecases import tickets
from tests.intake.sending import TOKEN, define, recorded


@pytest.fixture
def agreed(desk):
    define(desk.store)
    return desk


def file(tmp_path: Path, content: bytes | str, mode: int = 0o600) -> str:
    data = content if isinstance(content, bytes) else content.encode()
    path = tmp_path / f"{hashlib.sha256(data).hexdigest()[:8]}.txt"
    path.write_bytes(data)
    path.chmod(mode)
    return str(path)


# --- by hand ----------------------------------------------------------------------------------------------


def test_a_message_of_a_vendor_is_linked_to_its_tickets_and_seen_to_once(shell, agreed, ticket, tmp_path):
    took = shell("intake", "take", file(tmp_path, "Outage tonight\n22:00"), "--about", str(ticket), "--json").json
    number = took["taken"][0]["ticket"]
    assert (took["taken"][0]["outcome"], took["taken"][0]["reference"]) == ("opened", f"T-{number}")
    assert [one.other for one in agreed.ask(lambda tx: tx.tickets.get(number)).relations] == [ticket]

    assert shell("--as", "ana", "intake", "ack", f"T-{number}").out == f"Acknowledged for the team: T-{number}.\n"
    again = shell("--as", "ben", "intake", "ack", str(number))
    assert (again.code, again.err) == (Exit.refused, f"supporttui: Ana sees to T-{number} already.\n")
    lines = shell("intake", "list").out.splitlines()
    assert re.search(rf"T-{number} +vendor +Outage tonight +1 .*new +Ana", lines[1])


def test_each_source_reads_its_own_form(shell, agreed, tmp_path):
    def take(content: bytes, source: str) -> str:
        return shell("intake", "take", file(tmp_path, content), "--source", source).out

    assert take(recorded("firing"), "prometheus") == "T-1 was opened.\n"
    assert take(recorded("grouped"), "prometheus") == "Counted on T-1.\n"
    assert take(recorded("resolved"), "prometheus") == "It is over; T-1 is resolved.\n"
    mail = b"From: ana@example.org\nSubject: T-1 again\nMessage-ID: <1@b>\n\nx"
    assert take(mail, "post") == "Noted on T-1.\n"
    assert take(mail, "post") == "Taken in before; nothing was changed.\n"
    assert take(b"From: a@b\nPrecedence: bulk\n\nx", "post") == "Left out (mail that a program wrote).\n"


def test_what_a_message_would_be_read_as_is_shown_and_nothing_is_changed(shell, agreed, tmp_path):
    path = file(tmp_path, recorded("grouped"))
    told = shell("intake", "take", path, "--source", "prometheus", "--check").out
    assert re.search(r"^Disk of db1 is full", told)
    assert re.search(r"(?m)^impact +high", told)
    assert re.search(r"(?m)^key +\{\}:\{alertname=", told)
    found = shell("intake", "take", path, "--source", "prometheus", "--check", "--json").json["reports"]
    assert [(one["impact"], one["cut"]) for one in found] == [(1, 1)]
    mail = file(tmp_path, b"From: a@b\nSubject: Hi\n\nx")
    assert shell("intake", "take", mail, "--source", "post", "--check").out.startswith("Hi")
    assert agreed.ask(lambda tx: tx.journal.head()) == 0


def test_what_cannot_be_taken_in_is_said(shell, agreed, tmp_path):
    for args, code in (
        ((file(tmp_path, "{"), "--source", "form"), "intake.json"),
        ((str(tmp_path / "nothing"),), "import.file_unreadable"),
        ((file(tmp_path, "x"), "--source", "nowhere"), "source.unknown"),
        ((file(tmp_path, " "),), "intake.empty"),
        ((file(tmp_path, "x"), "--about", "T-77"), "ticket.unknown"),
    ):
        assert shell("intake", "take", *args, "--json").fault["code"] == code
    assert agreed.ask(lambda tx: tx.journal.head()) == 0
    assert shell("--read-only", "intake", "take", file(tmp_path, "x")).code == Exit.refused


def test_without_one_source_for_messages_it_is_asked_which(shell, desk, tmp_path):
    assert "No source is defined yet." in shell("intake", "take", file(tmp_path, "x")).err


def test_signs_of_life_and_what_a_ticket_stands_for(shell, agreed, tmp_path):
    assert shell("intake", "beat", "backup").out == "Sign of life taken.\n"
    assert shell("intake", "beat", "nowhere").code == Exit.not_found
    assert re.search(r"backup +alive +2026-03-02 02:20 +2026-03-02 03:21", shell("intake", "list").out)
    assert shell("intake", "list", "--json").json["beats"][0]["due"] == "2026-03-02T03:21:00Z"
    shell("intake", "take", file(tmp_path, recorded("firing")), "--source", "prometheus")
    (report,) = shell("intake", "show", "1", "--json").json["reports"]
    assert (report["source"], report["key"], report["count"]) == ("prometheus", '{}:{alertname="DiskFull"}', 1)
    other = agreed.do(tickets.create, title="by hand", service="mail").id
    assert shell("intake", "show", str(other)).out == "No other system reported this ticket.\n"


def test_an_empty_list_says_so(shell, desk):
    assert shell("intake", "list").out == "Nothing came in yet.\n"
    assert shell("intake", "list", "--source", "x").code == Exit.not_found


# --- serving -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), "intake.no_token_file"), (("--token-file", "/nowhere/at/all"), "secret.file"),
        (("--token-file", "OPEN"), "secret.open"),
        (("--token-file", "TOKEN", "--host", "192.0.2.1"), "intake.address"),
    ],
)  # fmt: skip
def test_it_does_not_listen_without_a_token_that_is_kept(shell, agreed, tmp_path, args, code):
    path = file(tmp_path, TOKEN, 0o644 if "OPEN" in args else 0o600)
    given = [path if one in ("OPEN", "TOKEN") else one for one in args]
    assert shell("intake", "serve", "--port", "0", *given, "--json").fault["code"] == code


def test_a_mailbox_whose_password_others_may_read_is_refused(shell, agreed, tmp_path):
    password = tmp_path / "password"
    password.write_text("x")
    password.chmod(0o644)
    config = tmp_path / "config.toml"
    config.write_text(f'[intake.mailboxes.post]\nhost = "127.0.0.1"\nuser = "x"\npassword_file = "{password}"\n')
    told = shell(
        "--config", str(config), "intake", "serve", "--port", "0", "--token-file", file(tmp_path, TOKEN), "--json"
    )
    assert told.fault["code"] == "secret.open"


def test_doctor_tells_beforehand_what_keeps_it_from_beginning(shell, agreed, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text(f"""[intake]
token_file = "{file(tmp_path, TOKEN, 0o640)}"
[intake.mailboxes.post]
host = "127.0.0.1"
user = "x"
""")
    found = shell("--config", str(config), "doctor", "--json").json["findings"]
    codes = {one["code"] for one in found}
    assert {"secret.open", "intake.no_password_file"} <= codes
    config.write_text(f'[intake]\ntoken_file = "{file(tmp_path, TOKEN)}"\n')
    codes = {one["code"] for one in shell("--config", str(config), "doctor", "--json").json["findings"]}
    assert not {code for code in codes if code.startswith("intake.")}


@pytest.mark.parametrize("line", ["port = 70000", "connections = 0", 'mailboxes.post = {host="x", user="y", every=1}'])
def test_settings_out_of_bounds_are_refused_with_their_place(shell, agreed, tmp_path, line):
    config = tmp_path / "config.toml"
    config.write_text(f"[intake]\n{line}\n")
    told = shell("--config", str(config), "intake", "serve", "--token-file", file(tmp_path, TOKEN), "--json")
    assert told.fault["code"] == "settings.not_allowed"
    assert "config.toml" in told.fault["message"]


def test_it_serves_until_it_is_told_to_end_and_logs_no_secret(agreed, site_url, tmp_path):
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "en_US.UTF-8", "XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "supporttui", "--db", site_url, "intake", "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, "--token-file", file(tmp_path, TOKEN)], stderr=subprocess.PIPE, text=True, env=env,
        cwd=Path(__file__).parents[2],
    ) as process:  # fmt: skip
        assert process.stderr is not None
        port = re.search(r"http://127\.0\.0\.1:(\d+) ", process.stderr.readline())[1]
        line = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
        line.request("POST", "/tickets/form", json.dumps({"title": "x"}), {"Authorization": f"Bearer {TOKEN}"})
        assert line.getresponse().status == 201
        line.close()
        process.send_signal(signal.SIGTERM)
        told = process.stderr.read()
    assert process.returncode == 128 + signal.SIGTERM
    assert "POST /tickets/form 201" in told
    assert TOKEN not in told


def test_what_a_login_of_its_own_needs_is_printed(shell):
    told = shell("--db", "postgresql://host/night", "intake", "grants", "--role", "taker")
    assert told.out.splitlines()[:2] == ['CREATE ROLE "taker" LOGIN;', 'GRANT CONNECT ON DATABASE "night" TO "taker";']
    assert "as the owner" in told.err
    assert shell("intake", "grants").code == Exit.usage
