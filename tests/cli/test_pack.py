"""``pack``: the site's definitions out into a file and back, with what changes said before."""

import json
from pathlib import Path

import pytest


@pytest.fixture
def exported(shell, tmp_path: Path) -> Path:
    """The site's definitions in a file."""
    file = tmp_path / "site.toml"
    assert shell("pack", "export", "--output", str(file)).code == 0
    return file


def edited(file: Path, old: str, new: str) -> str:
    """The file with one thing otherwise."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return str(file)


def test_what_was_exported_changes_nothing(shell, exported: Path):
    assert shell("pack", "check", str(exported)).out.splitlines()[-1] == "Nothing would change."
    assert (
        shell("--as", "zoe", "pack", "apply", str(exported), "--yes").out.splitlines()[-1] == "0 changes are applied."
    )


def test_each_change_is_said_before_it_is_made(shell, exported: Path, ticket: int):
    file = edited(exported, '"17:00"', '"18:00"')
    told = shell("pack", "check", file)
    assert '* calendar "Office" changes' in told.out
    assert "    weekly hours 1, end: 17:00 -> 18:00" in told.out
    assert told.err.strip() == "Nothing was changed."
    refused = shell("--as", "zoe", "pack", "apply", file)
    assert (refused.code, "Give --yes" in refused.err) == (1, True)
    assert shell("--as", "zoe", "pack", "apply", file, "--yes").out.endswith("1 change is applied.\n")
    assert shell("pack", "check", file, "--json").json["changes"] == 0


def test_a_later_beginning_is_said_and_kept(shell, exported: Path):
    file = edited(exported, '"17:00"', '"18:00"')
    found = shell("--as", "zoe", "pack", "apply", file, "--yes", "--valid-from", "2026-04-01T00:00Z", "--json").json
    assert (found["begins"], found["changes"], found["preview"]) == ("2026-04-01T00:00:00Z", 1, False)
    assert found["definitions"][0].keys() == {"part", "key", "name", "verdict", "fields"}
    assert '"17:00"' in shell("pack", "export").out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('zone = "Europe/Berlin"', 'zone = "Mars"', "there is no time zone Mars"),
        ('"17:00"', '"5pm"', "5pm is no time"),
        ("weekly =", "wekly =", "wekly is not known here"),
        ('id = "office"', 'id = "office', "The pack is not TOML"),
    ],
)
def test_faults_are_told_with_file_and_line_and_nothing_is_written(
    shell, exported: Path, old: str, new: str, told: str
):
    line = exported.read_text("utf-8").split(old)[0].count("\n") + 1
    file = edited(exported, old, new)
    for verb in ("check", "apply"):
        result = shell("--as", "zoe", "pack", verb, file)
        assert result.code == 1
        assert result.err.startswith(f"{file}:{line}: ")
        assert told in result.err
    found = json.loads(shell("pack", "check", file, "--json").err)
    assert (found["faults"][0]["line"], found["exit"]) == (line, 1)


def test_who_may_not_is_refused_and_a_part_is_exported_alone(shell, exported: Path):
    file = edited(exported, '"17:00"', '"18:00"')
    assert shell("--as", "ana", "pack", "apply", file, "--yes").code == 4
    assert "[[people]]" not in shell("pack", "export", "--only", "calendars").out
    assert shell("pack", "export", "--only", "hours").code == 2
    assert shell("pack", "list", "--json").json["packs"][0]["name"] == "erp"


def test_a_pack_is_checked_without_a_database_too(shell, exported: Path, tmp_path: Path):
    result = shell("--db", str(tmp_path / "none.db"), "pack", "check", str(exported), db=False)
    assert (result.code, result.out.splitlines()[0]) == (0, "New: 19. Changed: 0. Unchanged: 0.")
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_text_is_told_with_its_line_and_a_mark_of_byte_order_is_read_over(shell, exported: Path):
    exported.write_bytes(b"\xef\xbb\xbf" + exported.read_bytes())
    assert "Nothing would change." in shell("pack", "check", str(exported)).out
    exported.write_bytes(b'name = "a"\nabout = "B\xfcro"\n')
    assert f"{exported}, line 2: this is not text in UTF-8." in shell("pack", "check", str(exported)).err


ROTA = """name = "x"
[[people]]
id = "ana"
name = "Ana"
[[rotas]]
id = "r"
name = "R"
zone = "UTC"
[[rotas.layers]]
name = "first"
[[rotas.layers.rotations]]
anchor = 2026-03-02T08:00:00
every = 1
turns = [["ana"]]
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("08:00:00", "08:00:00+01:00", 12, "rotations[0].anchor: 2026-03-02T08:00:00+01:00 is a time with an offset."),
        ("every = 1", "every = 0", 11, "rotas[0].layers[0].rotations[0]: A rotation cannot advance every 0 units"),
        (ROTA[ROTA.index("[[rotas.layers.") :], "rotations = []\n", 11, "the layer first has no rotation."),
        ('[["ana"]]', "[[], []]", 14, "nobody has a turn in the layer first."),
        (
            'zone = "UTC"',
            'zone = "UTC"\nrequired_languages = ["German"]',
            9,
            "required_languages[0]: German is no language.",
        ),
    ],
)
def test_what_is_wrong_with_a_rota_is_told_in_words_with_its_whole_path(
    shell, tmp_path: Path, old: str, new: str, line: int, told: str
):
    file = tmp_path / "rota.toml"
    assert old in ROTA
    file.write_text(ROTA.replace(old, new), "utf-8")
    result = shell("pack", "check", str(file))
    assert (result.code, result.err.startswith(f"{file}:{line}: rotas[0]")) == (1, True)
    assert told in result.err


def test_a_place_that_cannot_be_written_has_failed_and_was_not_called_wrongly(shell, tmp_path: Path):
    assert shell("pack", "export", "--output", str(tmp_path / "none" / "x.toml")).code == 1
