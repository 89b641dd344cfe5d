"""Impact and urgency make a priority."""

import pytest

from supporttui.domain.faults import BadInput
from supporttui.domain.priorities import Level, Priority, PriorityMatrix

pytestmark = pytest.mark.core


def test_the_shipped_matrix_is_symmetric_and_never_milder_for_more_impact():
    matrix = PriorityMatrix()
    for impact in (1, 2, 3):
        for urgency in (1, 2, 3):
            here = matrix.priority(Level(impact), Level(urgency))
            assert here == matrix.priority(Level(urgency), Level(impact))
            assert impact == 3 or here <= matrix.priority(Level(impact + 1), Level(urgency))


def test_highest_impact_and_urgency_are_priority_one():
    assert PriorityMatrix().priority(Level(1), Level(1)) == Priority(1)


def test_a_matrix_may_have_any_shape():
    wide = PriorityMatrix(rows=((Priority(1), Priority(5)), (Priority(2), Priority(3))))
    assert wide.priority(Level(1), Level(2)) == 5
    assert wide.priorities == (1, 2, 3, 5)


@pytest.mark.parametrize(("impact", "urgency"), [(0, 1), (1, 0), (4, 1), (1, 4), (-1, -1)])
def test_a_level_outside_the_matrix_is_refused(impact, urgency):
    with pytest.raises(BadInput) as refused:
        PriorityMatrix().priority(Level(impact), Level(urgency))
    assert (refused.value.code, refused.value.params) == ("priority.level", {"impact": impact, "urgency": urgency})
