"""``--preview``: what an action would do to each promise, and that nothing is changed."""

import pytest

from supporttui.cli.several import MOVES_TIMERS
from supporttui.usecases import tickets
from tests.builders import opened

AS_ANA = ("--preview", "--as", "ana", "--zone", "Europe/Berlin")


def test_a_priority_tells_old_and_new_due_and_the_breach_that_it_makes(shell, desk, clock):
    made = desk.do(tickets.open_ticket, opened())
    clock.forward(hours=1)
    out = shell("priority", str(made.id), "1", "shop is down", *AS_ANA).out
    assert "  first response: due 13:00 -> was due 03:35, late at once\n" in out
    assert "  resolution: due 2026-03-06 17:00 -> due 07:20\n" in out
    (promise,) = shell("priority", str(made.id), "1", "shop is down", "--json", *AS_ANA).json["promises"]
    assert [(one["metric"], one["made"], one["saved"]) for one in promise["timers"]] == [
        ("first_response", True, False), ("resolution", False, False),
    ]  # fmt: skip
    assert promise["timers"][1]["after"]["due"] == "2026-03-02T06:20:00Z"
    assert desk.ask(lambda tx: tx.tickets.get(made.id)).priority == 3


ARGS = {
    "ticket.wait": ("wait", "1", "requester"), "ticket.resume": ("resume", "2"), "ticket.resolve": ("resolve", "1"),
    "ticket.close": ("close", "1"), "ticket.reopen": ("reopen", "3"), "ticket.priority": ("priority", "1", "2", "x"),
    "ticket.take": ("take", "1"), "ticket.transfer": ("transfer", "1", "network"),
    "ticket.edit": ("edit", "1", "service=vpn"),
}  # fmt: skip


@pytest.mark.parametrize("action", sorted(MOVES_TIMERS))
def test_whatever_moves_timers_is_foretold_without_a_trace(shell, desk, action):
    for _ in range(3):
        desk.do(tickets.open_ticket, opened())
    desk.do(tickets.wait, 2, None)
    desk.do(tickets.resolve, 3, None)
    head = desk.store.head()
    found = shell(*ARGS[action], "--json", *AS_ANA)
    assert (found.code, found.err) == (0, "")
    assert found.json["promises"][0]["id"] == int(ARGS[action][1])
    assert shell(*ARGS[action], *AS_ANA).out.count("\n") >= 2
    assert desk.store.head() == head
