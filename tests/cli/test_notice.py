"""``notice``: what waits, why, and what becomes of it."""

import pytest

from supporttui.usecases import escalation, notices


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
