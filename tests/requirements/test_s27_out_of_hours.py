"""S27: out-of-hours service is defined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.rota.layers import Cause
from supporttui.domain.rota.oncall import at_instant
from supporttui.domain.rota.schedule import IntendedGap, Override, OverrideKind
from supporttui.domain.spans import Instant
from supporttui.usecases import rota as usecases
from tests.builders import NOW, rota

DAY = 86_400
YEAR = 365 * DAY
PLAN = rota(
    overrides=(Override("gone", OverrideKind.remove, NOW, Instant(NOW + 3600), person="ben", reason="ill"),),
    intended_gaps=(IntendedGap(Instant(NOW + DAY), Instant(NOW + 2 * DAY), "company day"),),
)


@given(st.integers(NOW - YEAR, NOW + YEAR))
def test_at_any_instant_there_is_exactly_one_primary_or_an_explicit_nobody(at):
    found = at_instant(PLAN, Instant(at))
    assert len(found.people) == 1 or (found.people == () and found.cause in (Cause.intended, Cause.removed))


@pytest.mark.parametrize(("hours", "cause"), [(0, "gap.removed"), (30, "gap.intended")])
def test_a_gap_says_whether_it_was_meant(shell, desk, clock, hours, cause):
    with desk.store.write() as tx:
        tx.definitions.put("night", PLAN)
    clock.forward(hours=hours)
    first = shell("oncall", "--json").json["on_call"][0]
    assert (first["people"], first["cause"]) == ([], cause)
    assert "nobody: " in shell("oncall").out


def test_who_is_on_who_is_next_and_how_to_reach_them(shell):
    first, second = shell("oncall", "--json").json["on_call"]
    assert (first["people"], first["next"]) == (
        [{"id": "ben", "name": "Ben", "phone": "ben@example.org"}],
        [{"id": "ana", "name": "Ana", "phone": "ana@example.org"}],
    )
    assert (first["until"], first["next_at"]) == ("2026-03-02T07:00:00Z", "2026-03-02T07:00:00Z")
    assert second["people"][0]["id"] == "mia"
    assert "ben@example.org" in shell("oncall").out


def test_an_override_with_its_reason_changes_who_is_called_and_is_kept(desk):
    swap = Override("swap", OverrideKind.replace, NOW, Instant(NOW + 3600), person="lea", reason="concert")
    with desk.store.write() as tx:
        tx.definitions.put("night", swap)
    assert desk.ask(usecases.who, NOW)[0].people == ("lea",)
    assert [kept.reason for kept in desk.ask(lambda tx: tx.definitions.overrides("night"))] == ["concert"]
