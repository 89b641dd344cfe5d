"""Whom a step reaches, and why; nobody is a recorded answer."""

import pytest

from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.escalation.targets import Empty, Reach, Unreached, resolve_targets
from supporttui.domain.ids import PersonId, RotaId, TeamId

pytestmark = pytest.mark.core
ANA, BEN = PersonId("ana"), PersonId("ben")
ON_CALL = StepTarget(TargetKind.on_call, rota=RotaId("desk"))
BOSS = StepTarget(TargetKind.person, person=BEN)
NEXT = StepTarget(TargetKind.on_call_next, rota=RotaId("desk"))
VENDOR = StepTarget(TargetKind.authority, team=TeamId("vendor"))


def resolved(found: dict[StepTarget, list[PersonId]]):
    return resolve_targets(Step("L1", 0, tuple(found)), lambda target: found[target])


def test_each_person_is_paged_once_for_the_first_reason():
    found = resolved({ON_CALL: [ANA, BEN], BOSS: [BEN]})
    assert found.reaches == (Reach(ANA, ON_CALL), Reach(BEN, ON_CALL))
    assert (found.people, found.cause) == ((ANA, BEN), "")


def test_a_target_that_reaches_nobody_is_named_beside_those_that_do():
    found = resolved({ON_CALL: [], BOSS: [BEN]})
    assert found.unreached == (Unreached(ON_CALL, Empty.nobody_on_call),)
    assert (found.people, found.cause) == ((BEN,), "")


@pytest.mark.parametrize(
    ("target", "cause"),
    [
        (ON_CALL, Empty.nobody_on_call), (NEXT, Empty.nobody_next), (BOSS, Empty.no_person),
        (VENDOR, Empty.no_member), (StepTarget(TargetKind.team, team=TeamId("t")), Empty.no_member),
    ],
)  # fmt: skip
def test_a_step_that_reaches_nobody_says_why(target, cause):
    assert resolved({target: []}).cause == cause


def test_a_step_without_targets_says_so():
    assert resolved({}).cause == Empty.no_target
