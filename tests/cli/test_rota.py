"""``rota``: what is missing, why somebody is on duty, and changes with what they do said first."""

import pytest

from supporttui.cli.exits import Exit
from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.people import AuthorityKind, Team
from supporttui.domain.rota.schedule import OverrideKind
from supporttui.usecases import rota
from tests.builders import NOW, Desk, person, policy
from tests.builders import rota as a_rota
from tests.cli.conftest import Shell
from tests.domain.rota.rotas import layer

ANA, BEN, MIA, LEA, AUD = (("--as", name) for name in ("ana", "ben", "mia", "lea", "aud"))
TUESDAY = ("2026-03-03 07:00", "2026-03-04 07:00")
"""Ben's day, 08:00 to 08:00 in Berlin."""


def on_duty(shell: Shell, moment: str, line: int = 1) -> list[str]:
    found = shell("oncall", "--at", moment, "--json").json["on_call"]
    return [one["id"] for each in found if each["level"] == line for one in each["people"]]


# --- reading ------------------------------------------------------------------------------------------


def test_why_tells_the_reasons_in_their_order(shell: Shell) -> None:
    shell(*LEA, "rota", "override", "replace", *TUESDAY, "--person", "mia", "--reason", "dentist")
    found = shell("rota", "why", "2026-03-03 12:00", "--json").json
    assert (found["people"], found["level"], found["cause"]) == (["mia"], 1, "duty.override")
    assert [(one["code"], one["people"], one["instead"]) for one in found["reasons"]] == [
        ("why.slot", ["ben"], None), ("why.replaced", ["mia"], "ben"),
    ]  # fmt: skip
    text = shell("--zone", "Europe/Berlin", "rota", "why", "2026-03-03 12:00").out
    assert text.splitlines()[0] == "Night, line 1, Tue, Mar 3, 2026 12:00 CET: Mia"
    assert "first: slot 1 of version 1 gives Ben, from Tue, Mar 3 08:00 CET to Wed, Mar 4 08:00 CET." in text
    assert "puts Mia in the place of Ben" in text
    assert "(dentist)" in text


def test_two_layers_at_once_by_a_change_of_clocks_are_listed_with_the_gaps(shell: Shell, desk: Desk) -> None:
    """Europe changes its clocks three weeks after America, so that one's morning meets the other's afternoon."""
    layers = (
        layer("ana", name="europe", zone="Europe/Berlin", hours=("09:00", "17:00")),
        layer("ben", name="america", zone="America/New_York", hours=("11:00", "19:00")),
    )
    with desk.store.write() as tx:
        tx.definitions.put("night", a_rota(layers=layers))
    (only,) = shell("rota", "gaps", "--json").json["rotas"]
    assert {(one["level"], *one["layers"]) for one in only["overlaps"]} == {(1, "europe", "america")}
    first = only["overlaps"][0]
    assert (first["start"], first["end"]) == ("2026-03-08T15:00:00Z", "2026-03-08T16:00:00Z")
    text = shell("rota", "gaps", "--until", "2026-03-20").out
    assert "two layers at once" in text
    assert "europe" in text
    assert "america" in text


@pytest.mark.parametrize(
    "verb", [("oncall", "--at"), ("rota", "why"), ("rota", "ledger", "--from"), ("rota", "gaps", "--until")]
)
def test_an_empty_moment_is_a_slip_of_a_script_and_not_now(shell: Shell, desk: Desk, verb: tuple[str, ...]) -> None:
    found = shell(*verb, "")
    assert (found.code, found.out) == (Exit.usage, "")
    assert "is no time I can read" in found.err


def test_gaps_of_a_year_are_listed_with_their_cause(shell: Shell, desk: Desk) -> None:
    assert shell("rota", "gaps").out.splitlines()[-1] == "No gaps."
    with desk.store.write() as tx:
        tx.definitions.put("night", a_rota(required_languages=("ja",)))
        tx.definitions.put("mia", person("Mia", valid_to=NOW + 9 * 86_400))
    found = shell("rota", "gaps", "--json").json
    assert (found["start"], found["end"][:10]) == ("2026-03-02T02:20:00Z", "2027-03-03")
    (only,) = found["rotas"]
    assert [(gap["level"], gap["cause"], gap["would_be"], gap["intended"]) for gap in only["gaps"]] == [
        (2, "gap.left", ["mia"], False)
    ]
    assert {(one["level"], one["lack"], one["language"]) for one in only["shortfalls"]} == {
        (1, "lack.no_speaker", "ja"), (2, "lack.no_speaker", "ja"),
    }  # fmt: skip
    text = shell("rota", "gaps", "--until", "2w").out
    assert "nobody speaks Japanese" in text
    assert "NOBODY" in text
    assert ": Mia\n" in text


def test_one_rota_is_shown_by_its_name(shell: Shell, desk: Desk) -> None:
    with desk.store.write() as tx:
        tx.definitions.put("day", a_rota(id="day", name="Day"))
    assert [one["rota"] for one in shell("rota", "show", "--rota", "DAY", "--json").json["rotas"]] == ["day"]
    assert len(shell("rota", "show", "--json").json["rotas"]) == 2
    which = shell("rota", "why")
    assert (which.code, which.err) == (Exit.usage, "supporttui: Which rota? There are several: day, night.\n")
    assert shell("rota", "show", "--rota", "week").code == Exit.not_found


# --- roles ----------------------------------------------------------------------------------------------


def test_a_role_is_a_rota_or_a_layer_and_is_resolved_at_a_moment(shell: Shell, desk: Desk) -> None:
    """Who is release manager in two weeks: what the rota says, and nobody is said as nobody."""
    later = ("--at", "2026-03-16 12:00", "--json")
    assert [one["layers"] for one in shell("oncall", "--role", "Second", *later).json["on_call"]] == [["second"]]
    assert len(shell("oncall", "--role", "night", *later).json["on_call"]) == 2
    with desk.store.write() as tx:
        tx.definitions.put("mia", person("Mia", valid_to=NOW + 9 * 86_400))
    (line,) = shell("oncall", "--role", "second", *later).json["on_call"]
    assert (line["people"], line["cause"]) == ([], "gap.not_valid")
    assert "nobody: " in shell("oncall", "--role", "second", "--at", "2026-03-16 12:00").out
    unknown = shell("oncall", "--role", "release manager")
    assert unknown.code == Exit.not_found
    assert unknown.err == (
        "supporttui: No rota and no layer is called release manager. There are: Night, first, second.\n"
    )


# --- overrides ----------------------------------------------------------------------------------------


def test_an_override_says_first_what_it_does_and_can_be_taken_back(shell: Shell) -> None:
    done = shell(*LEA, "rota", "override", "replace", *TUESDAY, "--person", "Mia", "--instead-of", "ben")
    first, *_, last = done.out.splitlines()
    assert first == "Tue, Mar 3 07:00 - Wed, Mar 4 07:00 UTC, line 1: Mia instead of Ben"
    assert last.startswith("Override ")
    assert "Mia is on duty in line 2 at the same time" in done.out
    assert on_duty(shell, "2026-03-03 12:00") == ["mia"]
    key = last.split()[1]
    assert key in shell("rota", "override", "list").out
    ended = shell(*LEA, "rota", "override", "end", key, "--json").json
    assert [one["after"] for one in ended["effect"]["changes"]] == [["ben"]]
    assert shell("rota", "override", "list", "--json").json["overrides"] == []
    assert on_duty(shell, "2026-03-03 12:00") == ["ben"]


def test_a_dry_run_says_all_and_changes_nothing(shell: Shell, desk: Desk) -> None:
    head = desk.store.head()
    done = shell(*LEA, "rota", "override", "remove", *TUESDAY, "--person", "ben", "--dry-run")
    assert done.code == Exit.done
    assert "NEW GAP: Tue, Mar 3 07:00 - Wed, Mar 4 07:00 UTC, line 1: taken out by an override" in done.out
    assert "Ben: " in done.out
    assert done.err == "Nothing was changed.\n"
    found = shell(*LEA, "rota", "override", "remove", *TUESDAY, "--person", "ben", "--dry-run", "--json").json
    assert (found["dry_run"], [gap["level"] for gap in found["effect"]["gaps"]]) == (True, [1])
    assert desk.store.head() == head


def test_an_override_without_effect_says_so(shell: Shell) -> None:
    done = shell(*MIA, "rota", "override", "replace", *TUESDAY, "--instead-of", "ana")
    assert done.out.splitlines()[0] == "No effect: the same people are on duty."


def test_one_person_more_stands_beside_whoever_is_there(shell: Shell) -> None:
    found = shell(*MIA, "rota", "override", "add", *TUESDAY, "--json").json
    assert found["override"]["kind"] == "add"
    assert on_duty(shell, "2026-03-03 12:00") == ["ben", "mia"]
    assert "Mia as well" in shell("rota", "override", "list").out


@pytest.mark.parametrize(
    ("who", "args", "code", "said"),
    [
        (ANA, ("replace", *TUESDAY, "--person", "ben"), Exit.forbidden, "That is the duty of ben"),
        (AUD, ("replace", *TUESDAY), Exit.forbidden, "lacks the right"),
        (LEA, ("replace", *TUESDAY, "--person", "nobody"), Exit.not_found, "There is no person nobody."),
        (LEA, ("replace", *TUESDAY, "--layer", "third"), Exit.not_found, "There are: first, second."),
        (LEA, ("replace", *reversed(TUESDAY)), Exit.usage, "ends before it begins"),
        (LEA, ("replace", "2026-03-01", "2026-03-02"), Exit.refused, "That is over."),
        (LEA, ("replace", "soon", "later"), Exit.usage, "no time I can read"),
        (LEA, ("end", "abc"), Exit.not_found, "There is no override abc."),
    ],
)
def test_what_cannot_be_is_told(shell: Shell, desk: Desk, who, args, code, said) -> None:
    head = desk.store.head()
    done = shell(*who, "rota", "override", *args)
    assert (done.code, said in done.err) == (code, True), done.err
    assert desk.store.head() == head


# --- swaps ----------------------------------------------------------------------------------------------


def test_a_duty_is_asked_for_taken_and_seen(shell: Shell) -> None:
    asked = shell(*BEN, "rota", "swap", "ask", "2026-03-03 12:00", "--reason", "concert", "--json").json["swap"]
    assert [(one["start"], one["end"]) for one in asked["pieces"]] == [("2026-03-03T07:00:00Z", "2026-03-04T07:00:00Z")]
    listed = shell("rota", "swap", "list").out
    assert "concert" in listed
    assert "Ben" in listed
    preview = shell(*ANA, "rota", "swap", "take", asked["id"][:6], "--dry-run")
    assert preview.out.splitlines()[0] == "Tue, Mar 3 07:00 - Wed, Mar 4 07:00 UTC, line 1: Ana instead of Ben"
    assert on_duty(shell, "2026-03-03 12:00") == ["ben"]
    done = shell(*ANA, "rota", "swap", "take", asked["id"][:6])
    assert done.out.splitlines()[-1] == "Ana has taken it: Tue, Mar 3 07:00 - Wed, Mar 4 07:00 UTC, line 1."
    assert on_duty(shell, "2026-03-03 12:00") == ["ana"]
    late = shell(*MIA, "rota", "swap", "take", asked["id"])
    assert (late.code, late.err) == (Exit.refused, "supporttui: ana has taken this already.\n")
    (view,) = shell("rota", "swap", "list", "--json").json["swaps"]
    assert (view["state"], view["taken_by"], view["fits"]) == ("taken", "ana", True)


def test_without_a_time_it_is_one_s_next_duty(shell: Shell) -> None:
    asked = shell(*ANA, "rota", "swap", "ask", "--json").json["swap"]
    assert asked["pieces"][0]["start"] == "2026-03-02T07:00:00Z"
    running = shell(*BEN, "rota", "swap", "ask", "now", "--json").json["swap"]
    assert running["pieces"][0] == {
        "start": "2026-03-02T02:20:00Z", "end": "2026-03-02T07:00:00Z", "level": 1, "layer": None,
    }  # fmt: skip
    nothing = shell("--as", "zoe", "rota", "swap", "ask")
    assert (nothing.code, "zoe has no duty then" in nothing.err) == (Exit.not_found, True)


def test_an_exchange_with_somebody_who_a_lead_agrees_to(shell: Shell) -> None:
    back = ("--give-back", "2026-03-04 07:00", "2026-03-05 07:00")
    asked = shell(*BEN, "rota", "swap", "ask", *TUESDAY, *back, "--to", "Ana", "--approval", "--json").json["swap"]
    waits = shell(*ANA, "rota", "swap", "take", asked["id"])
    assert waits.out.splitlines()[-1] == "Ana takes it as soon as a lead agrees."
    assert "as soon as a lead agrees" in shell("rota", "swap", "list").out
    assert shell(*ANA, "rota", "swap", "approve", asked["id"]).code == Exit.forbidden
    done = shell(*LEA, "rota", "swap", "approve", asked["id"], "--json").json
    assert (done["swap"]["state"], len(done["effect"]["changes"])) == ("taken", 2)
    assert [on_duty(shell, f"2026-03-0{day} 12:00") for day in (3, 4)] == [["ana"], ["ben"]]
    undone = shell(*LEA, "rota", "swap", "withdraw", asked["id"])
    assert undone.out.splitlines()[-1] == "The request is withdrawn; Ben is on duty then."
    assert [on_duty(shell, f"2026-03-0{day} 12:00") for day in (3, 4)] == [["ben"], ["ana"]]


def test_who_asked_takes_it_back_and_nobody_else(shell: Shell) -> None:
    asked = shell(*BEN, "rota", "swap", "ask", "--json").json["swap"]
    assert shell(*ANA, "rota", "swap", "withdraw", asked["id"]).code == Exit.forbidden
    assert shell(*BEN, "rota", "swap", "withdraw", asked["id"]).code == Exit.done
    assert shell("rota", "swap", "list").out == "Nobody asks to be covered.\n"
    assert shell(*ANA, "rota", "swap", "take", "abc").code == Exit.not_found


# --- absences -------------------------------------------------------------------------------------------


def test_an_absence_is_kept_and_seen_where_somebody_would_be_on_duty(shell: Shell, desk: Desk) -> None:
    kept = shell(*ANA, "rota", "absence", "add", *TUESDAY, "--kind", "reserved", "--note", "update", "--json").json
    assert (kept["absence"]["person"], kept["absence"]["kind"]) == ("ana", "reserved")
    assert "reserved for a project" in shell("rota", "absence", "list").out
    told = shell(*ANA, "rota", "override", "replace", *TUESDAY, "--dry-run").out
    assert "Ana is reserved for a project then: Tue, Mar 3 07:00 - Wed, Mar 4 07:00 UTC" in told
    assert shell(*BEN, "rota", "absence", "remove", kept["absence"]["id"]).code == Exit.forbidden
    assert shell(*ANA, "rota", "absence", "remove", kept["absence"]["id"][:8]).code == Exit.done
    assert shell("rota", "absence", "list", "--json").json["absences"] == []


def test_who_is_on_duty_while_away_and_who_could_be_there_instead(shell: Shell) -> None:
    assert shell("rota", "conflicts").out == "Nobody is on duty while away.\n"
    shell(*BEN, "rota", "absence", "add", *TUESDAY, "--kind", "sick")
    (found,) = shell("rota", "conflicts", "--json").json["conflicts"]
    assert (found["person"], found["start"], found["level"]) == ("ben", "2026-03-03T07:00:00Z", 1)
    assert {one["person"] for one in found["proposals"]} >= {"ana", "lea", "zoe"}
    text = shell("rota", "conflicts").out.splitlines()
    assert text[0] == "Ben is sick and on duty: Night, Tue, Mar 3 07:00 - Wed, Mar 4 07:00 UTC, line 1"
    assert "has rested before and after" in text[1]


def test_reserving_somebody_who_is_on_duty_reports_the_conflict_before_saving(shell: Shell, desk: Desk) -> None:
    """S16: reserve Ben for testing on Tuesday, on which he is on call."""
    args = (*BEN, "rota", "absence", "add", *TUESDAY, "--kind", "reserved")
    head = desk.store.head()
    asked = shell(*args, "--dry-run")
    assert asked.out.startswith(
        "Ben is reserved for a project and on duty: Night, Tue, Mar 3 07:00 - Wed, Mar 4 07:00 UTC"
    )
    assert (asked.err, desk.store.head()) == ("Nothing was changed.\n", head)
    (found,) = shell(*args, "--dry-run", "--json").json["conflicts"]
    assert found["proposals"][0]["person"] in ("lea", "zoe")
    kept = shell(*args).out
    assert kept.startswith("Ben is reserved for a project and on duty:")
    assert "Take it back: supporttui rota absence remove " in kept


# --- turns ----------------------------------------------------------------------------------------------


def test_turns_are_told_and_changed_from_the_next_handoff_on(shell: Shell) -> None:
    told = shell("rota", "turns", "first", "--json").json["turns"]
    assert [turn["people"] for turn in told[:3]] == [["ben"], ["ana"], ["ben"]]
    args = ("rota", "turns", "first", "ben", "zoe+ana", "-", "--reason", "Zoe joins")
    told = shell(*LEA, *args, "--dry-run").out
    assert "line 1: Zoe, Ana instead of Ana" in told
    assert shell(*ANA, *args).code == Exit.forbidden
    done = shell(*LEA, *args)
    assert done.out.splitlines()[-1] == "The turns are changed."
    assert [on_duty(shell, f"2026-03-0{day} 12:00") for day in (2, 3, 4)] == [["zoe", "ana"], [], ["ben"]]
    assert "nobody, on purpose" in shell("rota", "turns", "first").out
    assert shell(*LEA, "rota", "turns", "third", "ben").code == Exit.usage
    assert shell(*LEA, "rota", "turns", "first", "nobody").code == Exit.not_found


# --- the ledger -----------------------------------------------------------------------------------------


def test_the_ledger_of_a_month_is_told_by_person(shell: Shell) -> None:
    found = shell("rota", "ledger", "--json").json
    assert (found["start"], found["end"]) == ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")
    people = {one["person"]: one for one in found["people"]}
    month = 31 * 86_400
    assert people["mia"]["seconds"] == month
    assert people["ana"]["seconds"] + people["ben"]["seconds"] == month
    assert people["mia"]["nights"] == 31 * 8 * 3600
    assert (found["limit_percent"], people["mia"]["share_percent"], people["ana"]["over_limit"]) == (25, 100, True)
    text = shell("rota", "ledger", "--limit", "60").out
    assert "Mia is on duty for 100 % of the time, which is more than 60 %." in text
    assert "Ana is on duty" not in text


def test_the_limit_is_the_sites(shell: Shell, desk: Desk) -> None:
    with desk.store.write() as tx:
        tx.definitions.put_site({"on_call_limit": "70"})
    people = shell("rota", "ledger", "--from", "2026-02-01", "--until", "2026-03-01", "--json").json["people"]
    assert [one["person"] for one in people if one["over_limit"]] == ["mia"]


# --- languages ------------------------------------------------------------------------------------------


def test_languages_are_told_by_hour_and_priority_with_authorities_outside(shell: Shell, desk: Desk) -> None:
    step = Step("Vendor", 600, (StepTarget(TargetKind.authority, team="acme"),))
    with desk.store.write() as tx:
        tx.definitions.put("acme", Team("acme", "Acme", AuthorityKind.external, languages=("pt",)))
        tx.definitions.put("ben", person("Ben", speaks=("nl",)))
        tx.definitions.put("urgent", policy(steps=(*policy().steps, step)))
    asked = ("rota", "languages", "mail", "--language", "pt", "--language", "nl", "--language", "ja")
    found = shell(*asked, "--json").json["cells"]
    assert len(found) == 3 * 2 * 24
    by = {(cell["language"], cell["priority"], cell["hour"]): cell for cell in found}
    assert (by["pt", 1, 3]["percent"], by["pt", 1, 3]["by"]) == (100, ["acme"])
    assert 0 < by["nl", 2, 3]["percent"] < 100
    assert by["nl", 2, 3]["by"] == ["ben"]
    assert {by["ja", 1, hour]["percent"] for hour in range(24)} == {0}
    text = shell(*asked).out
    assert "Portuguese  P1  ####" in text
    assert "Japanese    P2  ...." in text
    assert shell("rota", "languages", "nothing").code == Exit.not_found


def test_without_a_language_it_is_those_that_are_required_or_fallen_back_to(shell: Shell, desk: Desk) -> None:
    with desk.store.write() as tx:
        tx.definitions.put("night", a_rota(required_languages=("de-AT", "EN")))
    found = shell("rota", "languages", "--json").json["cells"]
    assert {cell["language"] for cell in found} == {"de-AT", "EN"}


# --- everywhere -----------------------------------------------------------------------------------------


def test_the_same_answer_from_every_question(shell: Shell, desk: Desk) -> None:
    """Override, page, status line and filter all know who is on duty now."""
    desk.do(rota.override, "night", start=NOW, end=NOW + 3600, person="zoe", kind=OverrideKind.replace, by="lea")
    assert on_duty(shell, "2026-03-02 02:30") == ["zoe"]
    assert shell("rota", "why", "--json").json["people"] == ["zoe"]
    shown = shell("rota", "show", "--week", "2026-03-02", "--json").json["rotas"][0]["levels"]["1"]
    assert ["zoe"] in [one["people"] for one in shown]


@pytest.mark.parametrize(
    "args",
    [("override", "replace", *TUESDAY), ("swap", "ask"), ("absence", "add", *TUESDAY)],
    ids=" ".join,
)
def test_a_desk_that_only_reads_changes_nothing(shell: Shell, desk: Desk, args) -> None:
    head = desk.store.head()
    assert shell(*MIA, "--read-only", "rota", *args).code != Exit.done
    assert desk.store.head() == head
