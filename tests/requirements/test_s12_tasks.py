"""S12: each task has a role and a standard; who holds the role is the rota's answer, or nobody."""

from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.spans import Instant
from supporttui.domain.tasks import Task
from tests.builders import NOW

FORTNIGHT = Instant(NOW + 14 * 86_400)


def test_a_role_on_a_date_two_weeks_ahead_is_who_the_rota_says_and_else_nobody(shell, desk):
    with desk.store.write() as tx:
        tx.definitions.put("release", Task("release", "Release", "first", time="within 1h", quality="no rollback"))
    at = ("--at", "2026-03-16T02:20", "--json")
    (line,) = shell("oncall", "--role", "first", *at).json["on_call"]
    found = shell("task", "show", "release", *at).json
    assert [one["person"] for one in found["held_by"]] == [one["id"] for one in line["people"]] == ["ben"]
    with desk.store.write() as tx:
        tx.definitions.put("night", Override("off", OverrideKind.remove, FORTNIGHT, FORTNIGHT + 60))
    assert shell("task", "show", "release", *at).json["cause"] == "gap.removed"
    assert "nobody: taken out by an override" in shell("task", "show", "release", *at[:2]).out
