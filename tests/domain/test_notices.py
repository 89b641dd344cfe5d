"""Who hears of a fact, and who does not."""

import pytest

from supporttui.domain.events import Assigned, EscalationEnded, Noted, State, StateChanged, StepFired
from supporttui.domain.notices import Hearing, NoticeCode, of_team, who_hears
from supporttui.domain.people import Role
from tests.builders import person, ticket

pytestmark = pytest.mark.core


@pytest.mark.parametrize(
    ("event", "heard"),
    [
        (Assigned(owner="ben"), (Hearing(NoticeCode.assigned, person="ben"),)),
        (Assigned(owner="ana"), ()),
        (Assigned(owner=""), ()),
        (Assigned(team="desk"), (Hearing(NoticeCode.transferred, team="desk"),)),
        (Assigned(team="desk", owner=""), (Hearing(NoticeCode.transferred, team="desk"),)),
        (Assigned(team="desk", owner="ben"), (Hearing(NoticeCode.assigned, person="ben"),)),
        (Assigned(resolver="vendor"), (Hearing(NoticeCode.transferred, team="vendor"),)),
        (EscalationEnded(1, exhausted=True), (Hearing(NoticeCode.exhausted, person="zoe", more={"generation": 1}),)),
        (EscalationEnded(1), ()),
        (StepFired(1, 1, 1, 1, paged=("ben",)), ()),
        (StateChanged(State.resolved), ()),
        (Noted("n"), ()),
    ],
)
def test_those_hear_of_it_who_must_act_and_did_not_do_it_themselves(event, heard) -> None:
    assert who_hears(ticket(), event, actor="ana", last_resort="zoe") == heard


def test_without_a_last_resort_nobody_hears_that_the_rounds_are_used_up() -> None:
    assert who_hears(ticket(), EscalationEnded(1, exhausted=True), actor="watch") == ()


def test_a_team_hears_through_its_leads_or_all_of_it_without_one() -> None:
    lead = person("Lea", role=Role.lead)
    assert of_team((person("Ana"), lead, person("Zoe", teams=("network",))), "desk", but="x") == ("lea",)
    assert of_team((person("Ana"), person("Ben")), "desk", but="x") == ("ana", "ben")
    assert of_team((person("Ana"), lead), "desk", but="lea") == ("ana",)
