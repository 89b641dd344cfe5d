"""Contact points that could not be used are refused with their path."""

import pytest

from supporttui.domain.faults import BadInput
from supporttui.domain.people import ContactPoint
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.sla.calendars import Window
from supporttui.usecases.definitions import contacts
from supporttui.usecases.definitions.checks import Names
from tests.builders import person

pytestmark = pytest.mark.core

NAMES = Names((), (), (), (), (), (), {}, (), priorities=frozenset(PriorityMatrix().priorities))


def faults(**deviations) -> list[tuple[str, str]]:
    ben = person("Ben", contacts=(ContactPoint("mail", "a"), ContactPoint("sms", "1", **deviations)))
    return [(one.code, one.params["where"]) for one in contacts.contacts([ben], NAMES)]


@pytest.mark.parametrize(
    ("deviations", "place"),
    [
        ({"rank": 0}, "rank"),
        ({"after": -1}, "after"),
        ({"priorities": (1, 9)}, "priorities[1]"),
        ({"quiet": (Window("25:00", "06:00"),)}, "quiet[0].start"),
        ({"quiet": (Window("22:00", "06:00", days=(8,)),)}, "quiet[0].days"),
    ],
)
def test_each_fault_has_its_path(deviations, place) -> None:
    ((code, where),) = faults(**deviations)
    assert where == f"people[0].contacts[1].{place}"
    assert BadInput(code).code == code


def test_what_can_be_used_has_none() -> None:
    assert faults(rank=2, after=0, priorities=(1, 4), quiet=(Window("22:00", "06:00"),)) == []
