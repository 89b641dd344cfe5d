"""``ticket``, ``oncall`` and ``rota``: what only reads."""

import itertools

import pytest

from supporttui.cli.exits import Exit
from supporttui.domain.events import Referenced
from supporttui.usecases import notices, tickets, timer_notices
from supporttui.usecases.record import record
from tests.builders import opened

# --- ticket -------------------------------------------------------------------------------------------


def test_show_tells_state_people_and_promises(shell, desk, ticket, clock):
    desk.do(tickets.acknowledge, ticket, None)
    clock.forward(minutes=5)
    out = shell("ticket", "show", "1").out
    for text in ("T-1  Mail is down", "P1 critical", "Owner: Ana", "Acknowledged: Ana, 2026-03-02 02:20 UTC", "10m"):
        assert text in out


def test_show_in_json_has_the_ticket_and_its_timers(shell, ticket):
    found = shell("ticket", "show", "T-1", "--json").json
    assert found["ticket"]["priority"] == 1
    assert {timer["metric"] for timer in found["timers"]} >= {"first_response", "resolution"}
    assert all(timer["due"].endswith("Z") for timer in found["timers"])


def test_history_is_told_from_the_beginning(shell, desk, ticket):
    desk.do(tickets.note, ticket, None, text="looked at it")
    lines = shell("ticket", "history", "1").out.splitlines()
    assert "created: Mail is down" in lines[1]
    assert "looked at it" in lines[-1]
    kinds = [fact["kind"] for fact in shell("ticket", "history", "1", "--json").json["history"]]
    assert (kinds[0], kinds[-1]) == ("opened", "noted")


def test_history_tells_a_warning_that_was_sent_in_its_place(shell, desk, clock, ticket):
    clock.forward(hours=1)
    token = desk.lead()
    desk.watch(timer_notices.warn, token)
    for notice in desk.watch(notices.claim, token):
        desk.watch(notices.settle, notice, token=token)
    clock.forward(hours=1)
    desk.do(tickets.note, ticket, None, text="looked at it")
    *_, told, note = shell("ticket", "history", "1").out.splitlines()
    assert told.split(maxsplit=4)[3:] == ["watch", "told that it is late: first response, due 2026-03-02 02:35: Ben"]
    assert "looked at it" in note
    (warning,) = shell("ticket", "history", "1", "--json").json["warnings"]
    assert warning == {
        "at": "2026-03-02T03:20:00Z", "metric": "first_response", "cycle": 1, "due": "2026-03-02T02:35:00Z",
        "late": True, "people": ["ben"],
    }  # fmt: skip


def test_a_foreign_number_finds_the_ticket_and_its_address(shell, desk, ticket):
    with desk.store.write() as tx:
        record(desk.call(), tx, tx.tickets.get(ticket), (Referenced("acme", "INC-7"),))
    (shell.home / "supporttui").mkdir(parents=True)
    (shell.home / "supporttui" / "config.toml").write_text('[helpdesks.acme]\nurl = "https://acme.example/{key}"\n')
    for number in ("INC-7", "acme:INC-7", "inc-7"):
        assert "acme INC-7 <https://acme.example/INC-7>" in shell("ticket", "show", number).out


@pytest.mark.parametrize("verb", ["show", "why", "history"])
def test_an_unknown_ticket_is_not_found(shell, verb):
    assert shell("ticket", verb, "77").code == Exit.not_found


# --- on call ------------------------------------------------------------------------------------------


def test_oncall_names_the_people_of_each_line_and_until_when(shell):
    found = shell("oncall", "--json").json
    assert [(line["level"], [person["id"] for person in line["people"]]) for line in found["on_call"]] == [
        (1, ["ben"]), (2, ["mia"]),
    ]  # fmt: skip
    assert found["on_call"][0]["until"].endswith("Z")
    assert "Ben" in shell("oncall").out


def test_oncall_at_another_moment_asks_the_viewers_clocks(shell):
    found = shell("oncall", "--at", "2026-03-03T12:00", "--zone", "Europe/Berlin", "--json").json
    assert found["as_of"] == "2026-03-03T11:00:00Z"
    assert found["on_call"][0]["people"][0]["id"] == "ben"


def test_oncall_for_a_service(shell):
    assert shell("oncall", "mail", "--json").json["on_call"]
    assert shell("oncall", "nothing").code == Exit.not_found


# --- rota ---------------------------------------------------------------------------------------------


def test_the_week_of_the_rota_tiles_monday_to_monday(shell):
    found = shell("rota", "show", "--json").json
    assert (found["start"], found["end"]) == ("2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z")
    duties = found["rotas"][0]["levels"]["1"]
    assert (duties[0]["start"], duties[-1]["end"]) == (found["start"], found["end"])
    assert all(left["end"] == right["start"] for left, right in itertools.pairwise(duties))


@pytest.mark.parametrize(
    ("week", "start"), [("11", "2026-03-09"), ("2026-03-20", "2026-03-16"), ("tomorrow", "2026-03-02")]
)
def test_a_week_is_named_by_its_number_or_by_a_moment_in_it(shell, week, start):
    assert shell("rota", "show", "--week", week, "--json").json["start"].startswith(start)


def test_the_week_as_text_says_who_and_whether_there_are_gaps(shell):
    out = shell("rota", "show").out
    assert "Night" in out
    assert "Ben" in out
    assert "No gaps." in out


# --- the past -----------------------------------------------------------------------------------------


def test_as_of_shows_the_world_at_that_instant_with_its_countdowns(shell, desk, clock):
    first = desk.do(tickets.open_ticket, opened(priority=1, title="Earlier")).id
    clock.forward(minutes=10)
    desk.do(tickets.resolve, first, None, code="fixed")
    desk.do(tickets.open_ticket, opened(title="Later"))
    found = shell("--as-of", "2026-03-02T02:25:00Z", "queue", "--json").json
    assert [(row["title"], row["state"], row["countdown"]) for row in found["tickets"]] == [("Earlier", "new", "10m")]
    assert found["as_of"] == "2026-03-02T02:25:00Z"
    assert shell("queue", "--json").json["tickets"][0]["title"] == "Later"


def test_a_moment_without_offset_is_meant_on_the_viewers_clocks_and_echoed_with_it(shell, ticket, clock):
    clock.forward(days=1)
    found = shell("--as-of", "2026-03-02T03:25", "--zone", "Europe/Berlin", "queue")
    assert "2026-03-02T03:25:00+01:00" in found.err
    assert shell("--as-of", "2026-03-02T03:25", "--zone", "Europe/Berlin", "queue", "--json").json["as_of"] == (
        "2026-03-02T02:25:00Z"
    )


def test_every_reading_verb_works_in_the_past(shell, ticket, clock):
    clock.forward(days=1)
    for args in (
        ["ticket", "show", "1"],
        ["ticket", "why", "1"],
        ["ticket", "history", "1"],
        ["oncall"],
        ["rota", "show"],
    ):
        found = shell("--as-of", "2026-03-02T02:25:00Z", *args, "--json")
        assert (found.code, found.err) == (0, ""), args
