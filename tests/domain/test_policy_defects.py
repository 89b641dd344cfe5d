"""A policy that may end at nobody is found before the night in which it does."""

from dataclasses import replace

import pytest

from supporttui.domain.escalation.policy import Policy
from supporttui.domain.ids import PersonId, PolicyId
from supporttui.domain.policy_defects import without_last_resort
from tests.builders import PEOPLE, policy, service

pytestmark = pytest.mark.core


def found(*policies: Policy, **of_service: object) -> list[tuple[str, object]]:
    known = {PolicyId(one.id): one for one in policies}
    defects = without_last_resort(known, (service(**of_service),), PEOPLE)
    return [(one.code, one.params.get("person")) for one in defects]


def test_a_last_resort_who_can_be_reached_is_no_defect():
    assert found(policy()) == []


def test_none_or_one_without_a_contact_point_hurts_tonight():
    assert found(policy(last_resort=None)) == [("lint.policy_no_last_resort", None)]
    assert found(policy(last_resort=PersonId("aud"))) == [("lint.policy_last_resort", "aud")]


def test_the_policy_to_management_is_looked_at_too_and_one_that_nobody_uses_is_not():
    boss = replace(policy(id="boss"), last_resort=None)
    assert found(policy(), boss, management="boss") == [("lint.policy_no_last_resort", None)]
    assert found(policy(), boss) == []
