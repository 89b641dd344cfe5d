"""S4: teams without experience need defaults."""

import pytest

from supporttui import packs


@pytest.fixture
def empty(shell, tmp_path):
    """A machine on which nothing was set up: no configuration, no database."""
    return str(tmp_path / "new" / "desk.db")


def test_the_demo_shows_live_countdowns_without_any_file(shell):
    found = shell("demo", db=False)
    assert found.code == 0
    assert len([line for line in found.out.splitlines() if " P1 " in line or " P2 " in line]) > 3
    assert "-" in found.out


def test_from_an_empty_machine_to_a_countdown_without_editing_a_file(shell, tmp_path, empty):
    assert shell("--db", empty, "init", "--as", "me", db=False).code == 0
    log = tmp_path / "log.csv"
    log.write_text("number,title,service,state,opened_at,priority\nA1,One,service-desk,new,2026-03-02T02:10:00Z,1\n")
    assert shell("--db", empty, "import", str(log), "--as", "me", db=False).code == 0
    (row,) = shell("--db", empty, "queue", "--json", db=False).json["tickets"]
    assert (row["countdown"], row["metric"]) == ("5m", "first_response")


def test_the_starter_set_has_priorities_matrix_targets_one_policy_and_one_rota(shell, empty):
    shell("--db", empty, "init", "--as", "me", db=False)
    assert shell("--db", empty, "oncall", "--json", db=False).json["on_call"][0]["people"]
    pack = packs.starter(zone="UTC")
    assert (len(pack.policies), len(pack.rotas), len(pack.matrices)) == (1, 1, 1)
    assert {target.priority for target in pack.target_sets[0].targets} == {1, 2, 3, 4}


def test_each_default_says_what_it_assumes():
    """A comment stands before each table of the pack."""
    blocks = packs.starter_text().split("\n\n")
    tables = [block for block in blocks if "[[" in block.split("=")[0] or block.lstrip().startswith("[matrices")]
    assert len(tables) > 5
    assert packs.starter_text().count("Assumes") + packs.starter_text().count("assumes") >= 8


def test_doctor_lists_what_is_still_a_default_and_what_would_hurt_tonight(shell, empty):
    shell("--db", empty, "init", "--as", "me", db=False)
    report = shell("--db", empty, "doctor", "--json", db=False).json["report"]
    told = [line["text"] for line in report if line["part"] == "tonight"]
    assert "Still as delivered: calendar business." in told
    assert any("On duty" in text or "duty-1 is on duty" in text for text in told)
    assert not any("did not work" in text for text in told)


def test_what_was_changed_is_no_default_any_more(shell, tmp_path, empty):
    mine = tmp_path / "mine.toml"
    mine.write_text(packs.starter_text().replace('start = "09:00"', 'start = "08:30"'), "utf-8")
    shell("--db", empty, "init", "--pack", str(mine), "--as", "me", db=False)
    report = shell("--db", empty, "doctor", "--json", db=False).json["report"]
    told = [line["text"] for line in report if line["part"] == "tonight"]
    assert "Still as delivered: calendar business." not in told
    assert "Still as delivered: calendar extended." in told
