"""``notice``: what waits, why, and what becomes of it."""

import pytest

from supporttui.usecases import escalation, notices, tickets
from tests.builders import opened


@pytest.fixture
def key(desk, clock, ticket):
    """Of a page that is held."""
    token = desk.lead(seconds=10**6)
    desk.watch(escalation.sweep, token)
    clock.forward(hours=5)
    desk.watch(notices.claim, token)
    return f"page:{ticket}:1:1:ben:mail:ben@example.org"


def test_what_is_held_is_listed_with_its_cause(shell, key):
    found = shell("notice", "list")
    assert key in found.out
    assert "somebody must release it" in found.out
    assert " Ben " in found.out
    (one,) = shell("notice", "list", "--json").json["notices"]
    assert (one["key"], one["state"], one["cause"]) == (key, "held", "notice.held")
    assert shell("notice", "list", "--state", "sent").out == "No message waits.\n"


def test_why_says_policy_step_target_and_duty(shell, key):
    found = shell("notice", "why", key).out
    for part in ("To Ben by mail", "Policy Urgent, version 1", "Step 1 L1, round 1", "Target: L1"):
        assert part in found, found
    assert shell("notice", "why", key, "--json").json["called"]["duty"]


def test_it_is_released_or_dropped_once(shell, key):
    assert shell("notice", "release", key, "--as", "ana").out == f"{key}: waits to be sent\n"
    found = shell("notice", "drop", key, "--as", "ana", "--json")
    assert (found.code, found.fault["code"]) == (1, "notice.not_held")


def test_an_unknown_key_is_not_found(shell):
    assert shell("notice", "why", "nothing").code == 6


def test_a_bundle_lists_its_tickets_and_each_of_them_names_the_bundle(shell, desk):
    known = [desk.do(tickets.open_ticket, opened(priority=1)).id for _ in range(8)]
    token = desk.lead(seconds=10**6)
    desk.watch(escalation.sweep, token)
    while found := desk.watch(notices.claim, token, limit=1):
        desk.watch(notices.settle, found[0], token=token)
    whole = next(one for one in shell("notice", "list", "--state", "sent", "--json").json["notices"] if one["bundle"])
    key = whole["bundle"]
    assert f"As part of {key}" in shell("notice", "list", "--state", "sent").out
    assert f"As part of {key}" in shell("notice", "why", str(whole["ticket"])).out
    told = shell("notice", "why", key).out
    assert sum(f"- PAGE P1 T-{ticket}: " in told for ticket in known) == 6
