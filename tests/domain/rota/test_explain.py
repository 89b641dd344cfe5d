"""The reasons behind one answer, in their order."""

from dataclasses import replace

import pytest

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.people import Person
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.explain import Why, explain
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.rota.records import DutyRecord
from supporttui.domain.rota.schedule import Advance, IntendedGap, LayerMode, Unit
from supporttui.domain.rota.snapshot import Snapshot, Version
from supporttui.domain.rota.turns import turns_of
from supporttui.domain.spans import Instant, Span
from tests.domain.rota.rotas import at, layer, override, rota

pytestmark = pytest.mark.core
NOON = at("2026-01-13 12:00")
DAY = ("2026-01-13 00:00", "2026-01-14 00:00")


def whys(plan, moment=NOON, **kw):
    return [reason.why for reason in explain(plan, moment, **kw)]


def test_a_slot_is_named_with_its_number_version_and_whole_span():
    (reason,) = explain(rota(), NOON)
    assert (reason.why, reason.people, reason.layer, reason.slot, reason.version) == (
        Why.slot,
        ("ben",),
        "primary",
        1,
        1,
    )
    assert reason.span == Span(at("2026-01-12 09:00"), at("2026-01-19 09:00"))


def test_layers_are_told_from_the_highest_on():
    which = rota(
        layer("ana", hours=("01:00", "02:00")), layer("ben", name="on"), layer("cem", name="under"),
        layer("dia", name="also", mode=LayerMode.adds), layer("", name="free"), layer(name="empty"),
        layer("eva", name="young", valid_from=at("2027-01-01 00:00")), layer("fay", name="old", valid_to=at("2025-01-01 00:00")),
        layer("gus", name="second", level=2),
    )  # fmt: skip
    assert [(reason.why, reason.layer) for reason in explain(which, NOON)] == [
        (Why.closed, "primary"), (Why.slot, "on"), (Why.below, "under"), (Why.beside, "also"), (Why.free_turn, "free"),
        (Why.nobody, "empty"), (Why.not_begun, "young"), (Why.ended, "old"),
    ]  # fmt: skip
    assert whys(which, level=7) == [Why.no_layer]


def test_the_newer_override_hides_the_older_one_and_says_which():
    older = override(
        "replace", *DAY, "cem", instead="ben", id="O2", created_at=Instant(1), created_by="lee", reason="ill"
    )
    newer = override("replace", *DAY, "dia", instead="ben", id="O5", created_at=Instant(2))
    _, hidden, acts = explain(rota(overrides=(newer, older)), NOON)
    assert (hidden.why, hidden.source, hidden.by, hidden.note) == (Why.hidden, "O2", "O5", "ill")
    assert (acts.why, acts.source, acts.people, acts.instead) == (Why.replaced, "O5", ("dia",), "ben")


def test_a_swap_is_named_by_its_request():
    swap = override("replace", *DAY, "cem", instead="ben", id="O1", swap_id="S7")
    assert [(reason.why, reason.source) for reason in explain(rota(overrides=(swap,)), NOON)[1:]] == [
        (Why.swapped, "S7")
    ]


@pytest.mark.parametrize(
    ("kind", "person", "instead", "why"),
    [
        ("add", "cem", None, Why.added),
        ("add", "ben", None, Why.no_effect),
        ("remove", "ben", None, Why.removed),
        ("remove", "ana", None, Why.no_effect),
        ("replace", "cem", "ana", Why.no_effect),
        ("replace", "ben", "ben", Why.no_effect),
    ],
)
def test_each_kind_of_override_says_what_it_does(kind, person, instead, why):
    assert whys(rota(overrides=(override(kind, *DAY, person, instead=instead),)))[1:] == [why]


def test_an_intended_gap_comes_after_the_layers():
    gap = IntendedGap(at(DAY[0]), at(DAY[1]), "moving house")
    *_, reason = explain(rota(intended_gaps=(gap,)), NOON)
    assert (reason.why, reason.note) == (Why.intended, "moving house")


def test_versions_are_counted_in_time():
    versions = (Version(rota()), Version(rota(), at("2026-01-13 00:00")))
    assert [(reason.why, reason.version) for reason in explain(Snapshot(versions), NOON)][:1] == [(Why.version, 2)]
    assert whys(Snapshot((Version(rota(), at("2026-02-01 00:00")),))) == [Why.not_begun]


@pytest.mark.parametrize(
    ("shift", "fallback", "why"),
    [
        (DAY, PinnedFallback.gap, Why.pinned),
        (("2026-01-13 00:00", "2026-01-13 01:00"), PinnedFallback.gap, Why.pinned_free),
        (("2026-01-13 00:00", "2026-01-13 01:00"), PinnedFallback.layers, Why.pinned_open),
    ],
)
def test_a_pinned_period_says_what_it_makes_of_the_moment(shift, fallback, why):
    shifts = (PinnedShift(at(shift[0]), at(shift[1]), (PersonId("cem"),)),)
    period = PinnedPeriod("P1", at(DAY[0]), at(DAY[1]), shifts, fallback)
    (_, reason) = explain(Snapshot((Version(rota()),), pinned=(period,)), NOON)
    assert (reason.why, reason.source) == (why, "P1")


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person(PersonId("ben"), "Ben", may_be_on_call=False), Why.barred),
        (Person(PersonId("ben"), "Ben", valid_to=at("2026-01-13 00:00")), Why.left),
        (Person(PersonId("ben"), "Ben", valid_from=at("2026-01-14 00:00")), Why.to_come),
    ],
)
def test_who_may_not_be_there_is_named_with_why(person, why):
    reasons = explain(Snapshot((Version(rota()),), people=(person, replace(person, id=PersonId("zed")))), NOON)
    assert [(reason.why, reason.people) for reason in reasons[1:]] == [(why, ("ben",))]


def test_a_record_that_differs_from_what_would_be_computed_says_so():
    past = DutyRecord(
        RotaId("desk"), 1, at(DAY[0]), at(DAY[1]), (PersonId("cem"),), "primary", Cause.rotation, "", NOON
    )
    which = Snapshot((Version(rota()),), records=(past,))
    assert [(reason.why, reason.people) for reason in explain(which, NOON)[1:]] == [
        (Why.recorded, ("cem",)), (Why.differs, ("ben",)),
    ]  # fmt: skip
    assert whys(replace(which, records=(replace(past, people=(PersonId("ben"),)),)))[1:] == [Why.recorded]


@pytest.mark.parametrize("day", range(5, 9))
def test_a_turn_by_active_days_is_the_same_whenever_one_asks(day):
    """Two active days each: Monday and Tuesday Ana, Wednesday and Thursday Ben."""
    which = rota(layer("ana", "ben", unit=Unit.day, advance=Advance.active_days, every=2))
    line = which.layers[0]
    turn = turns_of(which, line, line.rotations[0]).turn_at(at(f"2026-01-{day:02} 12:00"))
    first = 5 if day < 7 else 7
    assert turn == Span(at(f"2026-01-{first:02} 09:00"), at(f"2026-01-{first + 2:02} 09:00"))
