"""S36: priority rests on genuine business criticality; S35: some SLA exists per request type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.cli.exits import Exit
from supporttui.domain.events import Kind, PriorityChanged
from supporttui.domain.people import Role
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.sla.targets import Asked, Metric, Target
from supporttui.usecases import tickets
from tests.builders import opened, person, service
from tests.domain.sla.facts import target_for


@pytest.fixture
def ticket(desk):
    """An open ticket of priority 3."""
    return str(desk.do(tickets.open_ticket, opened()).id)


def changes(desk, ticket):
    facts = desk.ask(lambda tx: tx.journal.of_ticket(int(ticket)))
    return [fact.event for fact in facts if isinstance(fact.event, PriorityChanged)]


@pytest.mark.parametrize("impact", [1, 2, 3])
@pytest.mark.parametrize("urgency", [1, 2, 3])
def test_impact_and_urgency_give_the_priority_of_the_matrix(shell, ticket, impact, urgency):
    found = shell("priority", ticket, "--impact", str(impact), "--urgency", str(urgency), "--as", "ana", "--json")
    given = shell("ticket", "show", ticket, "--json").json["ticket"]
    if (impact, urgency) == (2, 2):  # as it was
        assert found.fault["code"] == "priority.same"
    else:
        assert found.code == 0
    assert (given["priority"], given["impact"], given["urgency"]) == (
        PriorityMatrix().priority(impact, urgency), impact, urgency,
    )  # fmt: skip


def test_the_history_says_from_what_a_priority_follows_and_who_set_one_by_hand_and_why(shell, ticket):
    shell("priority", ticket, "--impact", "1", "--urgency", "2", "--as", "ana")
    shell("priority", ticket, "1", "board", "meeting", "--as", "ben")
    told = shell("ticket", "history", ticket).out
    assert "priority now: P2 high (impact high, urgency medium)" in told
    assert "Ben" in told
    assert "priority now: P1 critical (board meeting)" in told


@pytest.mark.parametrize("levels", [(), ("--impact", "1"), ("--impact", "1", "--urgency", "1")])
def test_a_priority_by_hand_needs_a_reason_also_beside_levels(shell, desk, ticket, levels):
    found = shell("priority", ticket, "1", *levels, "--as", "ana", "--json")
    assert (found.code, found.fault["code"]) == (Exit.refused, "priority.reason_missing")
    assert changes(desk, ticket) == []


@pytest.mark.parametrize(
    ("args", "code", "fault"),
    [
        ((), Exit.refused, "priority.nothing"),
        (("--impact", "0"), Exit.usage, "priority.level"),
        (("--impact", "4"), Exit.usage, "priority.level"),
        (("--urgency", "high"), Exit.usage, "cli.not_a_number"),
        (("9", "why not"), Exit.usage, "priority.unknown"),
        (("0", "why not"), Exit.usage, "priority.unknown"),
    ],
)
def test_what_the_matrix_does_not_know_is_refused(shell, desk, ticket, args, code, fault):
    found = shell("priority", ticket, *args, "--as", "ana", "--json")
    assert (found.code, found.fault["code"]) == (code, fault)
    assert changes(desk, ticket) == []


def test_the_same_answers_give_the_same_priority_for_a_director_and_a_clerk(desk):
    for role, name in ((Role.lead, "Dora"), (Role.agent, "Carl")):
        with desk.store.write() as tx:
            tx.definitions.put(name.lower(), person(name, role=role))
    numbers = [desk.do(tickets.open_ticket, opened(requester=who)).id for who in ("Director", "Clerk")]
    given = {
        desk.do(tickets.change_priority, number, None, impact=1, urgency=1, by=who).priority
        for number, who in zip(numbers, ("dora", "carl"), strict=True)
    }
    assert given == {1}


def test_a_more_critical_service_has_a_matrix_of_its_own(desk):
    with desk.store.write() as tx:
        tx.definitions.put("vital", PriorityMatrix(rows=((1, 1, 1), (1, 1, 2), (1, 2, 3))))
        tx.definitions.put("vpn", service("vpn", policy=None, matrix="vital"))
    usual, vital = (desk.do(tickets.open_ticket, opened(service=key)).id for key in ("mail", "vpn"))
    given = [
        desk.do(tickets.change_priority, number, None, impact=2, urgency=1).priority for number in (usual, vital)
    ]  # fmt: skip
    assert given == [2, 1]


TARGETS = st.lists(
    st.builds(
        Target,
        metric=st.sampled_from(Metric),
        seconds=st.integers(0, 100_000),
        priority=st.none() | st.integers(1, 4),
        kind=st.none() | st.sampled_from(Kind),
        service=st.none() | st.sampled_from(["mail", "vpn"]),
    ),
    max_size=12,
)


@given(TARGETS)
def test_s35_every_combination_has_exactly_one_target_or_explicitly_none(promises):
    """No line that fits, or one of zero seconds, is an explicit "no target"."""
    for metric in Metric:
        for key in ("mail", "vpn", "other"):
            for kind in Kind:
                for priority in (1, 2, 3, 4):
                    found = target_for(promises, metric, Asked(key, kind, priority))
                    fitting = [
                        one
                        for one in promises
                        if one.metric is metric
                        and one.service in (None, key)
                        and one.kind in (None, kind)
                        and one.priority in (None, priority)
                    ]
                    assert found is None or (found in fitting and found.seconds > 0)
                    assert found is not None or not fitting or any(one.seconds == 0 for one in fitting)


def test_s35_without_a_target_the_ticket_says_so(shell, desk):
    with desk.store.write() as tx:
        tx.definitions.put("vpn", service("vpn", policy=None, targets="none"))
    number = str(desk.do(tickets.open_ticket, opened(service="vpn")).id)
    assert shell("ticket", "why", number).out.strip() == "No promise was made for this ticket."
    assert shell("queue", "--json").json["tickets"][0]["sign"] == "none"
