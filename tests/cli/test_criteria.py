"""``criteria`` and ``attention``: what is measured of a ticket, how often each held, and what outgrew its impact."""

import pytest

from supporttui.domain.escalation.criterion import Criterion, CriterionKind
from supporttui.domain.events import CriterionHeld
from supporttui.usecases import attention, tickets
from supporttui.usecases.record import record
from tests.builders import opened, policy

CRITERIA = (
    Criterion("slow", CriterionKind.no_update, 86_400),
    Criterion("chased", CriterionKind.chased, 3),
)


@pytest.fixture
def watched(desk):
    """A ticket whose policy has two criteria."""
    with desk.store.write() as tx:
        tx.definitions.put(policy().id, policy(criteria=CRITERIA))
    return desk.do(tickets.open_ticket, opened(priority=3)).id


def test_what_each_criterion_measures_of_a_ticket_and_when_it_will_hold(shell, desk, watched):
    for _ in range(3):
        desk.do(attention.chase, watched, None)
    found = {one["criterion"]: one for one in shell("criteria", str(watched), "--json").json["criteria"]}
    assert (found["chased"]["value"], found["chased"]["limit"], found["chased"]["holds"]) == (3, 3, True)
    assert (found["slow"]["holds"], found["slow"]["at"] is None) == (False, False)
    assert "chased by the requester: 3" in shell("criteria", str(watched)).out


def test_a_criterion_that_never_holds_and_one_that_always_does_are_told(shell, desk, watched):
    held = CriterionHeld("chased", policy().id, 1, "chased", 3, 3)
    for _ in range(10):
        one = desk.do(tickets.open_ticket, opened(priority=3))
        with desk.store.write() as tx:
            record(desk.call(), tx, tx.tickets.get(one.id), [held])
    found = {one["criterion"]: one for one in shell("criteria", "--json").json["criteria"]}
    assert (found["slow"]["never"], found["slow"]["always"], found["slow"]["tickets"]) == (True, False, 11)
    assert (found["chased"]["never"], found["chased"]["always"], found["chased"]["held"]) == (False, True, 10)
    told = shell("criteria").out
    assert "never holds" in told
    assert "always holds" in told


def test_a_site_without_criteria_says_so(shell, desk):
    assert shell("criteria").out == "No policy has a criterion yet.\n"


def test_raised_attention_is_listed_until_somebody_took_it_back(shell, desk, watched):
    told = shell("--as", "ana", "raise", str(watched), "the board asks", "--impact", "1", "--level", "2")
    assert "its priority stays P3" in told.out
    (found,) = shell("attention", "--json").json["tickets"]
    assert (found["attention"], found["stated_impact"], found["outgrows"]) == (2, 1, True)
    assert "high, more than its impact" in shell("attention").out
    assert "the board asks. More than its impact." in shell("ticket", "show", str(watched)).out
    assert shell("--as", "ana", "deescalate", str(watched), "one laptop", "--verdict", "inflated").code == 0
    assert shell("attention", "--json").json["tickets"] == []
    assert "ana" in shell("attention").out.casefold()
