"""``policy``, ``unack``, ``hush`` and ``escalate --dry-run``: before anybody is paged it is said whom and when."""

from supporttui.cli.exits import Exit
from supporttui.domain.escalation.policy import EscalationKind
from supporttui.usecases import escalation
from supporttui.usecases.ports import EscalationState
from tests.builders import policy, service


def state(desk, ticket):
    return desk.ask(lambda tx: tx.escalations.get(ticket)).state


def test_a_dry_run_names_people_channels_and_times_and_pages_nobody(shell, desk, ticket):
    found = shell("escalate", "1", "--dry-run", "--as", "ana")
    assert found.code == 0
    assert "T-1 by Urgent, if nobody answers:" in found.out
    assert "02:20  1 L1: Ben (mail)" in found.out
    assert "02:30  2 L2: Mia (mail)" in found.out
    assert "Nothing was changed." in found.err
    assert desk.ask(lambda tx: tx.escalations.get(ticket)).firing == 0
    (one,) = shell("escalate", "1", "--dry-run", "--as", "ana", "--json").json["results"]
    assert [step["people"][0]["person"] for step in one["steps"][:3]] == ["ben", "mia", "lea"]
    assert one["steps"][0]["people"][0]["ways"][0]["channel"] == "mail"


def test_a_dry_run_of_a_step_that_is_not_there_is_refused_as_the_step_would_be(shell, ticket):
    assert shell("escalate", "1", "9", "--dry-run", "--as", "ana").code == Exit.usage


def test_unack_and_hush_say_what_they_did(shell, desk, ticket):
    assert shell("ack", "1", "--as", "ana").code == 0
    found = shell("unack", "1", "next", "--as", "ana")
    assert (found.code, "T-1 is not acknowledged any more." in found.out) == (0, True)
    assert shell("hush", "1", "2h", "--as", "ana").code == 0
    assert state(desk, ticket) is EscalationState.snoozed
    assert shell("hush", "1", "--as", "ana").code == 0
    assert state(desk, ticket) is EscalationState.running
    assert shell("unack", "1", "--as", "ana").code == Exit.refused


def test_policies_are_listed_and_shown_with_who_is_told_last(shell, ticket):
    assert "Urgent" in shell("policy", "list").out
    shown = shell("policy", "show", "urgent").out
    assert "10m L2: L2" in shown
    assert "Told last" in shown
    assert "Zoe" in shown
    (one,) = shell("policy", "list", "--json").json["policies"]
    assert (one["last_resort"], one["last_resort_reachable"], one["running"]) == ("zoe", True, 1)


def test_a_forecast_is_of_a_policy_or_of_a_ticket(shell, ticket):
    told = shell("policy", "forecast", "urgent", "--service", "mail").out
    assert "1 L1" in told
    assert "02:20-07:00  Ben (mail)" in told
    steps = shell("policy", "forecast", "--ticket", "1", "--json").json["steps"]
    assert [step["name"] for step in steps[:3]] == ["L1", "L2", "Lead"]
    assert shell("policy", "forecast").code == Exit.usage


def test_running_ones_are_moved_by_one_command_that_says_how_to_take_it_back(shell, desk, ticket):
    with desk.store.write() as tx:
        tx.definitions.put("urgent", policy(version=2, rounds=1))
    assert shell("policy", "move", "urgent", "--as", "ana").code == Exit.forbidden
    found = shell("policy", "move", "urgent", "--as", "zoe")
    assert "1 ticket goes on by version 2 of Urgent." in found.out
    assert "supporttui undo" in found.out
    assert desk.ask(lambda tx: escalation.behind(tx, "urgent")) == ()


def test_the_ticket_tells_both_escalations_and_until_when_one_is_quiet(shell, desk, ticket):
    boss = policy(id="boss", kind=EscalationKind.hierarchical, name="Management")
    with desk.store.write() as tx:
        tx.definitions.put("boss", boss)
        tx.definitions.put("mail", service(management="boss"))
    assert shell("escalate", "1", "--kind", "hierarchical", "--as", "ana").code == 0
    assert shell("hush", "1", "2h", "--as", "ana").code == 0
    told = shell("ticket", "show", "1").out
    assert "Escalation: Urgent; quiet until 04:20" in told
    assert "Management: Management; if nobody answers until 02:30: L2, Mia" in told
    assert shell("ticket", "show", "1", "--json").json["management"]["kind"] == "hierarchical"
