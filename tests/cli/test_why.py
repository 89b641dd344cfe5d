"""``ticket why``: what counted, what did not, by which agreement, and the sum; for people and for scripts."""

import pytest

from supporttui.cli.exits import Exit
from supporttui.usecases import tickets
from tests.builders import opened


def test_the_parts_add_up_to_the_target_for_scripts_too(shell, desk, ticket, clock):
    clock.forward(minutes=5)
    for timer in shell("ticket", "why", "1", "--json").json["timers"]:
        counted = sum(part["counted"] for part in timer["parts"] if not part["late"])
        assert counted == timer["seconds"] == timer["sum"]["target"]
        assert timer["sum"]["counted"] == timer["seconds"] - timer["remaining"] == 300
        assert timer["grounds"]["agreement_version"] == 1
        assert timer["grounds"]["calendar_versions"] == [1]


def test_people_read_grounds_spans_and_sum(shell, desk, ticket, clock):
    clock.forward(minutes=5)
    out = shell("ticket", "why", "1").out
    assert (
        "Service Mail (closed, opens in 5h35m) | P1 critical | agreement standard, version 1 | hours Always, version 1"
        in out
    )
    assert "  + 2026-03-02 02:20 – 02:25  5m  service hours\n" in out
    assert "  = 5m counted + 10m ahead = 15m, the target" in out


def test_one_promise_and_a_coarser_telling(shell, desk):
    desk.do(tickets.open_ticket, opened())
    out = shell("ticket", "why", "1", "--metric", "resolution", "--by", "week", "--zone", "Europe/Berlin").out
    assert "first response" not in out
    assert "night" in out
    assert "= 40h00m ahead" in out or "0m counted + 40h00m ahead = 40h00m" in out


def test_closed_time_has_its_code_and_what_people_call_it(shell, desk):
    desk.do(tickets.open_ticket, opened())
    (timer,) = shell("ticket", "why", "1", "--metric", "resolution", "--json").json["timers"]
    assert {(part["reason"], part["called"]) for part in timer["parts"] if not part["counts"]} == {
        ("closed", "night"),
    } | {("closed", "weekend")} & {(part["reason"], part["called"]) for part in timer["parts"]}


@pytest.mark.parametrize(("args", "code"), [(("--metric", "sleep"), Exit.usage), (("--by", "year"), Exit.usage)])
def test_what_is_no_promise_or_no_grain_is_refused(shell, ticket, args, code):
    assert shell("ticket", "why", "1", *args).code == code
