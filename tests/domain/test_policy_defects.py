"""A policy that may end at nobody is found before the night in which it does."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from supporttui.domain.escalation.policy import Policy
from supporttui.domain.ids import PersonId, PolicyId
from supporttui.domain.lint import Site
from supporttui.domain.people import Person, Role
from supporttui.domain.periods.period import Period
from supporttui.domain.policy_defects import without_last_resort
from tests.builders import PEOPLE, policy, service
from tests.domain.periods.making import period

pytestmark = pytest.mark.core


def found(
    *policies: Policy, people: Sequence[Person] = PEOPLE, periods: Sequence[Period] = (), **of_service: object
) -> list[tuple[str, object]]:
    site = Site(
        people=people, services=(service(**of_service),), policies={PolicyId(one.id): one for one in policies},
        periods={one.id: one for one in periods},
    )  # fmt: skip
    defects = without_last_resort(site)
    return [(one.code, one.params.get("person")) for one in defects]


def test_a_last_resort_who_can_be_reached_is_no_defect():
    assert found(policy()) == []


def test_none_or_one_without_a_contact_point_hurts_tonight():
    assert found(policy(last_resort=None)) == [("lint.policy_no_last_resort", None)]
    assert found(policy(last_resort=PersonId("aud"))) == [("lint.policy_last_resort", "aud")]


def test_who_is_there_to_learn_only_is_no_last_resort():
    learning = [replace(one, role=Role.shadow) if one.id == "zoe" else one for one in PEOPLE]
    assert found(policy(), people=learning) == [("lint.policy_last_resort", "zoe")]


def test_where_nobody_can_be_reached_yet_each_is_told():
    bare = [replace(one, contacts=()) for one in PEOPLE]
    assert found(policy(), policy(id="other"), people=bare) == [("lint.policy_last_resort", "zoe")]


def test_the_policy_of_a_special_period_is_looked_at_too():
    stress = replace(policy(id="stress"), last_resort=None)
    assert found(policy(), stress, periods=[period(policy=PolicyId("stress"))]) == [
        ("lint.policy_no_last_resort", None)
    ]


def test_the_policy_to_management_is_looked_at_too_and_one_that_nobody_uses_is_not():
    boss = replace(policy(id="boss"), last_resort=None)
    assert found(policy(), boss, management="boss") == [("lint.policy_no_last_resort", None)]
    assert found(policy(), boss) == []
