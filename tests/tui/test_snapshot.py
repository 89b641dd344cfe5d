"""The view on disk: read back as it was, whole or not at all, for nobody else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui import snapshot
from supporttui.snapshot import Frame, Row

ROW = Row(
    1042,
    3,
    head="T-1042 ",
    tail=" 1 new  Printer ",
    remaining=100,
    anchor=5,
    until=900,
    running=True,
    critical=90,
    at_risk=360,
)


def frame(**deviations: object) -> Frame:
    defaults = {
        "saved": 1000, "size": (80, 24), "top": [(("bold", "Berlin"), ("", " | 3 open")), (), (), (("dim", "ID"),)],
        "rows": [ROW, Row(7, 1, head="T-7    ", tail=" x", fixed="paused")], "below": [(), (("", " a Ack"),)],
        "units": ("d", "h", "m", "s", "hold"), "glyphs": dict.fromkeys(("breached", "critical", "at_risk", "running", "paused", "met", "none"), " "),
        "sla_width": 7, "age": "OLD", "prefix": "INC-",
    }  # fmt: skip
    return Frame(**{**defaults, **deviations})


def same(left: Frame, right: Frame) -> bool:
    return all(getattr(left, name) == getattr(right, name) for name in Frame.__slots__)


def test_it_comes_back_as_it_was_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "views" / "one"
    snapshot.write(str(path), frame())
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    found = snapshot.read(str(path))
    assert found is not None
    assert same(found, frame())
    assert [found.name for found in path.parent.iterdir()] == ["one"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_can_break_the_form_or_bring_a_control_character(title: str, site: str) -> None:
    hostile = frame(rows=[Row(1, 1, head="T-1 ", tail=title)], top=[(("", site),), (), (), ()])
    text = "\n".join(snapshot._lines(hostile)) + "\nend\n"
    found = snapshot._frame(text.split("\n"))
    assert len(found.rows) == 1
    for shown in (found.rows[0].tail, *(text for _, text in found.top[0])):
        assert all(letter >= " " and not "\x7f" <= letter < "\xa0" for letter in shown)


@pytest.mark.parametrize(
    "damage",
    [
        lambda t: t[:-20],
        lambda t: "x" + t,
        lambda t: t.replace("size\t80", "size\tmany"),
        lambda t: "",
        lambda t: t.replace("row\t", "row\tq"),
    ],
)
def test_what_is_damaged_is_no_snapshot(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "one"
    snapshot.write(str(path), frame())
    path.write_text(damage(path.read_text()))
    path.chmod(0o600)
    assert snapshot.read(str(path)) is None


def test_a_file_that_others_may_read_or_that_is_a_link_is_no_snapshot(tmp_path: Path) -> None:
    path = tmp_path / "one"
    snapshot.write(str(path), frame())
    link = tmp_path / "link"
    link.symlink_to(path)
    assert snapshot.read(str(link)) is None
    path.chmod(0o644)
    assert snapshot.read(str(path)) is None


def test_a_folder_that_cannot_be_written_keeps_none_and_fails_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    snapshot.write(str(blocked / "views" / "one"), frame())
    assert snapshot.read(str(blocked / "views" / "one")) is None


@pytest.mark.parametrize(
    ("argv", "env"),
    [
        (["supporttui", "--db", "other"], {}),
        (["supporttui"], {"TERM": "linux"}),
        (["supporttui"], {"SUPPORTTUI_LANGUAGE": "de"}),
        (["supporttui"], {"NO_COLOR": "1"}),
        (["supporttui"], {"LC_ALL": "ja_JP"}),
    ],
)
def test_another_start_has_another_snapshot(argv: list[str], env: dict[str, str]) -> None:
    assert snapshot.place(["supporttui"], {"HOME": "/h"}) != snapshot.place(argv, {"HOME": "/h", **env})


def test_an_edited_configuration_has_another_snapshot(tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path)}
    before = snapshot.place(["supporttui"], env)
    config = tmp_path / ".config" / "supporttui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('language = "de"')
    assert snapshot.place(["supporttui"], env) != before
