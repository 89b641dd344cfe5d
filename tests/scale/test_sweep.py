"""What a turn of the watch costs while nothing is due."""

import pytest

from supporttui.domain.events import Origin
from supporttui.domain.ids import OperationId, PersonId
from supporttui.usecases import escalation, notices
from supporttui.usecases.ports import Call
from tests.scale.conftest import FEW, MANY, counting

pytestmark = pytest.mark.xdist_group("scale")


def cost_of_turn(store, clock):
    call = Call(PersonId("watch"), clock(), OperationId("turn"), Origin.watch)
    with store.write() as tx:
        token = tx.lease.take("here", 60)
    with store.write() as tx, counting() as counted:
        assert escalation.sweep(call, tx, token) == 0
        assert notices.claim(call, tx, token) == ()
    return len(counted.statements), counted.steps


def test_a_turn_without_work_costs_the_same_among_few_and_among_many(at_size, clock):
    (asked, steps), (as_many, as_far) = (cost_of_turn(at_size(size), clock) for size in (FEW, MANY))
    assert asked == as_many <= 12
    assert as_far <= 1.05 * steps
