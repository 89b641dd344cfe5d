"""Copying at the desk: numbers by ``y``, forms by ``Y``, links by ``o``; and what the message says of it."""

import base64
import json

import pytest

from supporttui.cli.main import main
from supporttui.domain.events import Referenced
from supporttui.i18n.catalogue import load
from supporttui.tui.copied import Copier
from supporttui.tui.memory import Memory
from supporttui.tui.windows.copying import MOUSE_OFF, MOUSE_ON, Shown
from supporttui.usecases import queue, record, tickets
from tests.builders import Desk, opened
from tests.tui.conftest import Night
from tests.tui.driver import XTERM, Driven
from tests.tui.screens import command, message

URL = "https://tickets.example/INC45"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went to the clipboard, text by text."""
    found: list[str] = []

    def copy(text, env, write, *, wish):
        del env, write
        found.append(text)
        return wish if wish.value != "auto" else "osc52"

    monkeypatch.setattr("supporttui.tui.windows.copying.copy", lambda *a, **k: _way(copy(*a, **k)))
    return found


def _way(value):
    from supporttui.tui.clipboard import Way

    return Way(value)


def refer(desk: Driven, ticket: int, *references: Referenced) -> None:
    with desk.other.store.write() as tx:
        record.record(desk.other.call("ben"), tx, tx.tickets.get(ticket), references)


# --- texts ----------------------------------------------------------------------------------------------


@pytest.fixture
def desk(site_store, clock) -> Desk:
    return Desk(site_store, clock)


def copied(desk: Desk, form: str, title: str = "Mail is slow", address=lambda *_: "") -> str:
    made = desk.do(tickets.open_ticket, opened(priority=1, title=title))
    with desk.store.write() as tx:
        told = (Referenced("snow", "INC45", URL), Referenced("jira", "OPS-1", ""))
        record.record(desk.call(), tx, tx.tickets.get(made.id), told)
    detail = desk.ask(queue.detail, made.id, desk.clock())
    return Copier(load("en", "Europe/Berlin", {}), "T-", address).text(form, [detail])


def test_a_line_says_what_stands_in_the_queue(desk: Desk) -> None:
    line = copied(desk, "line")
    assert line.startswith("T-1  Mail is slow  (P1, new, ")
    assert "\n" not in line


def test_markdown_cannot_be_broken_by_a_title(desk: Desk) -> None:
    text = copied(desk, "markdown", title="[x](javascript:1) **bold** `code` <b>")
    assert r"\[x\](javascript:1) \*\*bold\*\* \`code\` \<b\>" in text
    assert text.startswith("- **T-1** ")
    assert text.endswith(f" [INC45](<{URL}>)")


def test_links_are_those_of_the_references_and_those_that_the_site_maps(desk: Desk) -> None:
    assert copied(desk, "link") == URL
    mapped = copied(desk, "link", address=lambda system, key: f"https://{system}.example/{key}")
    assert mapped.split("\n") == [URL, "https://jira.example/OPS-1"]


def test_no_other_address_than_one_of_the_web_is_a_link(desk: Desk) -> None:
    assert copied(desk, "link", address=lambda *_: "file:///etc/passwd") == URL


def test_texts_are_cleaned(desk: Desk) -> None:
    for form in ("id", "line", "markdown", "json"):
        assert not {"\x1b", "\x07", "\u202e"} & set(copied(desk, form, title="\x1b]0;owned\x07 \u202e"))


def test_json_is_what_ticket_show_gives(site_url, clock, desk: Desk, capsys, tmp_path) -> None:
    text = copied(desk, "json")
    env = {"HOME": str(tmp_path), "LANG": "en_US.UTF-8", "TZ": "Europe/Berlin", "XDG_CONFIG_HOME": str(tmp_path)}
    assert main(["--db", site_url, "ticket", "show", "1", "--json"], env, clock=clock) == 0
    assert capsys.readouterr().out == f"{text}\n"


# --- keys -----------------------------------------------------------------------------------------------


async def test_y_copies_the_number_of_the_row_or_of_the_marks(night: Night, sent: list[str]) -> None:
    async with night() as desk:
        first, second = desk.ids[:2]
        await desk.press("y")
        assert sent == [f"T-{first}"]
        await desk.press("space", "space", "y")
        assert sent[1] == f"T-{first}, T-{second}"
        await desk.press("enter", "y")
        assert sent[2] == f"T-{desk.current}"


@pytest.mark.parametrize(("key", "part"), [("i", "T-"), ("n", "Ticket number"), ("m", "- **T-"), ("j", '{"version"')])
async def test_big_y_asks_in_which_form(night: Night, sent: list[str], key: str, part: str) -> None:
    async with night() as desk:
        await desk.press("Y", key)
        assert part in sent[0]


async def test_marked_tickets_are_copied_one_a_line(night: Night, sent: list[str]) -> None:
    async with night() as desk:
        await desk.press("space", "space", "Y", "j")
        numbers = [json.loads(line)["ticket"]["id"] for line in sent[0].split("\n")]
        assert numbers == desk.ids[:2]
        assert f"T-{numbers[0]}, T-{numbers[1]} (JSON)" in desk.message


@pytest.mark.parametrize(
    ("text", "part"), [("copy", "T-"), ("copy T-7 line", "T-7  "), ("copy 12 markdown", "- **T-12**")]
)
async def test_the_same_by_command(night: Night, sent: list[str], text: str, part: str) -> None:
    async with night() as desk:
        await command(desk, text)
        assert sent[0].startswith(part)


async def test_the_way_is_said_and_the_first_time_that_a_terminal_may_not_follow(night: Night) -> None:
    memory = Memory()
    async with night(memory=memory) as desk:
        await desk.press("y")
        desk.expect_message("some terminals ignore this")
        await desk.press("y")
        desk.expect_message("(terminal).")


async def test_the_terminal_is_sent_the_text(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    async with night() as desk:
        written: list[str] = []
        monkeypatch.setattr(desk.app._driver, "write", written.append)
        await desk.press("y")
        (sequence,) = [text for text in written if text.startswith("\x1b]52;")]
        assert base64.b64decode(sequence[7:-1]).decode() == f"T-{desk.current}"


async def test_where_nothing_can_be_copied_the_text_is_shown_alone_on_its_lines(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From edge to edge, and without the mouse of the desk, so that a terminal can mark it."""
    async with night(clipboard="show", size=(80, 60)) as desk:
        written: list[str] = []
        monkeypatch.setattr(desk.app._driver, "write", written.append)
        await desk.press("Y", "j")
        assert isinstance(desk.app.screen, Shown)
        text = "".join(line for line in desk.lines[1:] if line.strip())
        assert json.loads(text.strip())["ticket"]["id"] == desk.current
        assert MOUSE_OFF in written
        await desk.press("escape")
        assert MOUSE_ON in written
        assert not isinstance(desk.app.screen, Shown)


# --- links ----------------------------------------------------------------------------------------------


async def test_o_offers_the_links_and_copies_the_chosen_one(night: Night, sent: list[str]) -> None:
    async with night() as desk:
        refer(desk, desk.current, Referenced("snow", "INC45", URL))
        await desk.press("o")
        desk.expect(URL)
        await desk.press("enter")
        assert sent == [URL]
        desk.expect_message(URL)


async def test_a_ticket_without_links_says_so(night: Night) -> None:
    async with night() as desk:
        await desk.press("o")
        desk.expect_message("has no link")


@pytest.mark.parametrize(
    ("env", "links", "opens"),
    [
        ({"DISPLAY": ":0"}, "auto", True),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1 2 3 4"}, "auto", False),
        ({"DISPLAY": ":0"}, "copy", False),
        ({}, "auto", False),
    ],
)
async def test_a_link_is_opened_only_on_ones_own_desktop_and_if_wanted(
    night: Night, sent: list[str], monkeypatch: pytest.MonkeyPatch, env, links: str, opens: bool
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    opened_urls: list[str] = []
    async with night(env={**XTERM, **env}, links=links) as desk:
        monkeypatch.setattr(desk.app, "open_url", opened_urls.append)
        refer(desk, desk.current, Referenced("snow", "INC45", URL))
        await command(desk, "links")
        await desk.press("1")
        assert (opened_urls, sent) == (([URL], []) if opens else ([], [URL]))
        assert URL in message(desk)


async def test_a_mapped_number_has_a_link_too(night: Night, sent: list[str]) -> None:
    async with night(address=lambda system, key: f"https://{system}.example/{key}") as desk:
        refer(desk, desk.current, Referenced("jira", "OPS-1", ""))
        await desk.press("o", "enter")
        assert sent == ["https://jira.example/OPS-1"]
