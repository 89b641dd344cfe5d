"""What the fields of definitions say, in words."""

import pytest

from supporttui.domain.priorities import Priority
from supporttui.domain.rota.schedule import LayerMode
from supporttui.domain.sla.targets import ChangeRule, Metric, TimeBase
from supporttui.domain.states import Kind, State
from supporttui.i18n import pack_labels
from supporttui.i18n.catalogue import load

WORDS = load("en", "UTC", {})


@pytest.mark.parametrize(
    ("name", "found", "told"),
    [
        ("metric", Metric.first_response, "first response"),
        ("kind", Kind.requirement, "requirement"),
        ("base", TimeBase.real, "round the clock"),
        ("change", ChangeRule.carry_elapsed, "what was used counts"),
        ("mode", LayerMode.adds, "stands beside those below"),
        ("pauses", frozenset({State.waiting_requester}), "waiting for requester"),
        ("days", (1, 2, 3), "Mon-Wed"),
        ("priorities", (Priority(1), Priority(2)), "P1, P2"),
        ("turns", (("ana", "ben"), ()), "ana, ben; none"),
        ("warn_percent", (75, 90), "75 %, 90 %"),
        ("valid_from", 0, "1970-01-01 00:00"),
    ],
)
def test_a_value_is_told_in_words_and_not_in_the_codes_of_files(name, found, told):
    assert pack_labels.value(WORDS, name, found) == told
