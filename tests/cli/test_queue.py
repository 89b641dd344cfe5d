"""``queue`` in both its forms."""

import pytest

from supporttui.domain.queue import SortBy
from supporttui.usecases import tickets
from tests.builders import opened


def test_the_json_is_one_object_with_what_a_script_needs(shell, ticket, clock):
    clock.forward(minutes=5)
    found = shell("queue", "--json").json
    assert (found["version"], found["as_of"], found["total"]) == (1, "2026-03-02T02:25:00Z", 1)
    (row,) = found["tickets"]
    assert {key: row[key] for key in ("id", "number", "title", "state", "priority", "service", "owner")} == {
        "id": ticket, "number": "T-1", "title": "Mail is down", "state": "new", "priority": 1, "service": "mail",
        "owner": None,
    }  # fmt: skip
    assert (row["due"], row["remaining"], row["countdown"], row["sign"], row["running"]) == (
        "2026-03-02T02:35:00Z", 600, "10m", "critical", True,
    )  # fmt: skip


def test_the_text_shows_the_most_pressing_first_with_its_countdown(shell, desk, ticket, clock):
    desk.do(tickets.open_ticket, opened(title="Can wait", service="vpn"))
    clock.forward(minutes=20)
    head, first, second, _, total = shell("queue").out.splitlines()
    assert head.split()[0] == "Ticket"
    assert first.split()[:2] == ["✗E", "T-1"] or first.split()[:2] == ["✗", "T-1"]
    assert "-5m" in first
    assert "T-2" in second
    assert total.startswith("2 tickets, 2026-03-02 02:40 UTC")


def test_signs_are_ascii_where_the_settings_say_so(shell, ticket, clock):
    clock.forward(minutes=20)
    assert shell("queue", SUPPORTTUI_SYMBOLS="ascii").out.splitlines()[1].startswith("X")


@pytest.mark.parametrize("words", [("is:mine",), ("--filter", "is:mine"), ("owner:ana", "kind:incident")])
def test_a_filter_stands_in_its_place_or_in_its_option(shell, desk, ticket, words):
    mine = desk.do(tickets.open_ticket, opened(title="Mine")).id
    desk.do(tickets.take, mine, None)
    found = shell("queue", "--as", "ana", "--json", *words).json
    assert [row["id"] for row in found["tickets"]] == [mine]


def test_closed_tickets_are_shown_only_when_they_are_asked_for(shell, desk, ticket):
    desk.do(tickets.resolve, ticket, None, code="fixed")
    assert shell("queue", "--json").json["tickets"] == []
    assert [row["id"] for row in shell("queue", "--json", "is:closed").json["tickets"]] == [ticket]


def test_the_limit_leaves_out_and_says_how_many(shell, desk):
    for number in range(3):
        desk.do(tickets.open_ticket, opened(title=f"Nr {number}"))
    out = shell("queue", "--limit", "2").out
    assert "2 tickets" in out
    assert "1 more" in out


@pytest.mark.parametrize("sort", list(SortBy))
def test_every_order_is_offered(shell, ticket, sort):
    assert shell("queue", "--sort", sort.value, "--json").json["tickets"][0]["id"] == ticket


def test_an_empty_queue_says_so_and_is_no_fault(shell):
    found = shell("queue")
    assert (found.code, found.err) == (0, "")
    assert "No ticket fits" in found.out


def test_a_wrong_filter_points_at_the_word(shell):
    found = shell("queue", "--json", "prio:x")
    assert (found.code, found.out) == (2, "")
    assert found.fault["code"].startswith("filter.")


def test_foreign_text_cannot_speak_to_the_terminal(shell, desk):
    desk.do(tickets.open_ticket, opened(title="\x1b]0;owned\x07\x1b[31mred\u202eabc\x9b1m"))
    text, data = shell("queue").out, shell("queue", "--json")
    assert not {char for char in text if char < " " and char != "\n"} | {"\u202e", "\x9b"} & set(text)
    assert data.out.isascii()
    assert "\x1b" not in data.out
    assert data.json["tickets"][0]["title"].startswith("\x1b]0;owned")
