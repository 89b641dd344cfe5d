"""Messages that came in long ago are forgotten by the watch, and only those."""

import pytest

from supporttui.domain.faults import Refused
from supporttui.usecases.incoming import pruning
from tests.builders import Desk, refuses

pytestmark = pytest.mark.core


def known(desk: Desk) -> list[bool]:
    return desk.ask(lambda tx: [tx.incoming.knows("prom", name) for name in ("old", "new")])


def test_after_ninety_days_a_message_is_forgotten_and_not_a_second_before(desk: Desk):
    for name in ("old", "new"):
        with desk.store.write() as tx:
            tx.incoming.receive("prom", name, desk.clock(), None)
        desk.clock.forward(hours=24)
    desk.clock.forward(hours=24 * 88)
    assert not desk.ask(pruning.is_due, desk.clock())
    desk.clock.forward(seconds=1)
    assert desk.ask(pruning.is_due, desk.clock())
    assert desk.watch(pruning.prune, desk.lead()) == 1
    assert known(desk) == [False, True]
    assert not desk.ask(pruning.is_due, desk.clock())


def test_only_the_watch_that_leads_forgets_anything(desk: Desk):
    token = desk.lead()
    with refuses("lease.lost", Refused):
        desk.watch(pruning.prune, token + 1)
