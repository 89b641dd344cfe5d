"""What presses for the person at the desk, on both databases."""

import pytest

from supporttui.domain.alerts import Alert
from supporttui.domain.priorities import Priority
from supporttui.storage import SqlStore
from supporttui.usecases.alerts import pressing
from tests.storage.making import ANA, NOW, opened, opened_in, timer


@pytest.mark.parametrize(("left", "alert"), [(-60, Alert.breached), (600, Alert.at_risk), (86_400, None)])
def test_a_top_priority_presses_and_so_does_its_time(store: SqlStore, left, alert):
    top = opened_in(store, opened(priority=Priority(1)), timers=(timer(NOW + left, seconds=7200),)).id
    opened_in(store, opened(priority=Priority(3)), timers=(timer(NOW + left, seconds=7200),))
    with store.read() as tx:
        found = {(one.alert, one.ticket) for one in pressing(tx, NOW, ANA)}
    assert found == {(Alert.p1, top), *([(alert, top)] if alert else [])}
