"""``rota pin|unpin``: what it does is said first, why tells of it, and it can be let end."""

import pytest

from supporttui.cli.exits import Exit
from tests.cli.conftest import Shell

LEA, BEN = ("--as", "lea"), ("--as", "ben")
TUESDAY = ("2026-03-03 07:00", "2026-03-04 07:00")
"""Ben's day, 08:00 to 08:00 in Berlin."""


def test_a_plan_set_by_hand_is_foretold_listed_explained_and_let_end(shell: Shell) -> None:
    wish = ("rota", "pin", *TUESDAY, "--person", "mia", "--reason", "fair")
    told = shell(*LEA, *wish, "--dry-run", "--json").json
    assert [(one["before"], one["after"]) for one in told["effect"]["changes"]] == [(["ben"], ["mia"])]
    assert shell("rota", "pin", "--json").json["pinned"] == []
    done = shell(*LEA, *wish, "--json").json["pinned"]
    why = shell("rota", "why", "2026-03-03 12:00", "--json").json
    assert (why["people"], why["cause"]) == (["mia"], "duty.pinned")
    assert "(fair)" in shell("rota", "why", "2026-03-03 12:00").out
    (listed,) = shell("rota", "pin", "--json").json["pinned"]
    assert listed == done
    assert shell(*LEA, "rota", "unpin", done["id"][:8], "--json").json["effect"]["changes"][0]["after"] == ["ben"]
    assert shell("rota", "pin").out.strip() == "No plan is set by hand."


def test_part_of_a_plan_may_be_nobody_s_on_purpose(shell: Shell) -> None:
    part = ("2026-03-03 07:00", "2026-03-03 12:00", "mia")
    shell(*LEA, "rota", "pin", *TUESDAY, "--shift", *part, "--rest", "gap")
    assert shell("rota", "why", "2026-03-03 08:00", "--json").json["people"] == ["mia"]
    assert shell("rota", "why", "2026-03-03 13:00", "--json").json["cause"] == "gap.unpinned"


def test_only_a_lead_plans_by_hand(shell: Shell) -> None:
    found = shell(*BEN, "rota", "pin", *TUESDAY, "--person", "ben")
    assert found.code == Exit.forbidden
    assert shell("rota", "pin", "--json").json["pinned"] == []


def test_a_plan_that_names_nobody_and_no_gap_is_refused_and_so_is_one_without_an_end(shell: Shell) -> None:
    for given, code in ((TUESDAY, "pinned.nothing"), (TUESDAY[:1], "pinned.no_end")):
        found = shell(*LEA, "rota", "pin", *given, "--json")
        assert (found.code, found.fault["code"]) == (Exit.usage, code)
    assert shell("rota", "pin", "--json").json["pinned"] == []


def test_an_override_of_a_line_that_no_rota_has_and_turns_of_nobody_are_refused(shell: Shell) -> None:
    override = shell(*LEA, "rota", "override", "add", *TUESDAY, "--line", "9", "--json")
    turns = shell(*LEA, "rota", "turns", "first", "-", "--json")
    assert (override.fault["code"], turns.fault["code"]) == ("rota.line_unknown", "rota.turns_of_nobody")
    assert shell("rota", "override", "list", "--json").json["overrides"] == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--person", "mia", "--line", "77"), "rota.line_unknown"),
        (("--shift", "2026-03-03 07:00", "2026-03-04 08:00", "mia"), "pinned.shift_outside"),
    ],
)
def test_a_line_that_no_rota_has_and_a_shift_outside_the_plan_are_refused(shell: Shell, given, code) -> None:
    assert shell(*LEA, "rota", "pin", *TUESDAY, *given, "--json").fault["code"] == code
    assert shell("rota", "pin", "--json").json["pinned"] == []


@pytest.mark.parametrize(
    "verb", [("unpin",), ("override", "end"), ("swap", "take"), ("swap", "withdraw"), ("absence", "remove")]
)
def test_an_empty_id_is_asked_for(shell: Shell, verb) -> None:
    found = shell(*LEA, "rota", *verb, "", "--json")
    assert (found.code, found.fault["code"]) == (Exit.usage, "rota.no_id")
