"""S21: a service goes over to another team in stages: of its new tickets that team gets a share, which grows."""

from dataclasses import replace
from datetime import date

import pytest

from supporttui.domain.faults import BadInput
from supporttui.domain.shares import GoingOver, Stage, falls
from supporttui.usecases import tickets
from supporttui.usecases.definitions.defining import Pack, apply_pack
from tests.builders import Desk, refuses, service

pytestmark = pytest.mark.core
STAGES = (Stage(date(2026, 3, 2), 30), Stage(date(2026, 3, 3), 100))


def teams(desk: Desk, count: int) -> list[str]:
    return [desk.do(tickets.create, title="A question", service="mail", by="ana").team for _ in range(count)]


def test_each_stage_gives_its_share_from_its_day_on(desk: Desk) -> None:
    going = replace(service(), going_over=GoingOver("network", STAGES))
    desk.do(apply_pack, Pack("p", services=(going,)), by="zoe")
    assert 3 <= teams(desk, 20).count("network") <= 9
    desk.clock.forward(hours=24)
    assert set(teams(desk, 3)) == {"network"}


@pytest.mark.parametrize("percent", [0, 1, 30, 99, 100])
def test_a_share_is_as_large_as_it_says_and_grows_by_what_is_added_alone(percent: int) -> None:
    """Whoever got a ticket at a smaller share gets it at a larger one too."""
    operations = [f"{number:032x}" for number in range(5_000)]
    given = {one for one in operations if falls(one, percent)}
    assert abs(len(given) - 50 * percent) < 100
    assert given <= {one for one in operations if falls(one, min(100, percent + 1))}


def test_before_its_first_stage_and_without_any_all_is_as_it_was(desk: Desk) -> None:
    assert set(teams(desk, 2)) == {"desk"}
    going = replace(service(), going_over=GoingOver("network", (Stage(date(2026, 3, 3), 100),)))
    desk.do(apply_pack, Pack("p", services=(going,)), by="zoe")
    assert set(teams(desk, 2)) == {"desk"}


def test_a_team_that_is_not_there_and_more_than_all_are_refused(desk: Desk) -> None:
    with refuses("share.percent", BadInput):
        Stage(date(2026, 3, 2), 101)
    going = replace(service(), going_over=GoingOver("nobody", STAGES))
    with refuses("definition.unknown", BadInput):
        desk.do(apply_pack, Pack("p", services=(going,)), by="zoe")
