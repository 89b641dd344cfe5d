"""What would hurt tonight is asked of the definitions that hold tonight."""

import pytest

from supporttui.domain.lint import Finding
from supporttui.domain.rota.coverage import gaps
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.usecases.lint import findings, site_of
from tests.builders import NOW, Desk, calendar, person, rota

pytestmark = pytest.mark.core


def codes(found: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in found}


def test_whoever_is_on_duty_without_a_contact_point_is_found(desk: Desk) -> None:
    before = codes(desk.ask(findings, NOW))
    with desk.store.write() as tx:
        tx.definitions.put("ben", person("Ben", contacts=()))
    assert codes(desk.ask(findings, NOW)) - before == {"lint.on_call_without_contact"}


def test_what_begins_later_does_not_hold_yet(desk: Desk) -> None:
    with desk.store.write() as tx:
        tx.definitions.put("office", calendar(name="Later"), valid_from=NOW + 60)
        tx.definitions.put("shop", calendar(id="shop"), valid_from=NOW + 60)
    assert [desk.ask(site_of, at).calendars["office"].name for at in (NOW, NOW + 60)] == ["Office", "Later"]
    assert "shop" not in desk.ask(site_of, NOW).calendars


def test_it_looks_at_the_plan_by_which_people_are_paged(desk: Desk) -> None:
    """With overrides of both sources, and whatever else decides who is on duty."""
    own, later = (
        Override(key, OverrideKind.remove, start, start + 60) for key, start in (("own", NOW), ("later", NOW + 90))
    )
    with desk.store.write() as tx:
        tx.definitions.put("night", rota(overrides=(own,)))
        tx.definitions.put("night", later)
    plan = desk.ask(site_of, NOW).plans["night"]
    assert [(gap.span.start, gap.span.end) for gap in gaps(plan, NOW, NOW + 200) if gap.level == 1] == [
        (NOW, NOW + 60), (NOW + 90, NOW + 150),
    ]  # fmt: skip
