"""The person's own editor and pager: real programs, never a shell, and no text lost when they fail."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.app import SuspendNotSupported

from supporttui.domain.faults import BadInput, Unavailable
from supporttui.tui import editing
from supporttui.tui.parts import Programs

ENV = {"PATH": "/usr/bin:/bin"}


class Terminal:
    """Gives itself to programs."""

    @contextmanager
    def suspend(self):
        yield


@pytest.fixture
def program(tmp_path):
    """Makes a program from shell lines; it is given the file as its last argument."""

    def made(*lines: str, name: str = "my editor") -> str:
        path = tmp_path / name
        path.write_text("\n".join(("#!/bin/sh", *lines)))
        path.chmod(0o755)
        return f"'{path}'"

    return made


@pytest.fixture
def edit(tmp_path):
    def edited(editor: str, text: str = "before", **options) -> str:
        return editing.edit(Terminal(), Programs(editor, "", ENV, folder=str(tmp_path / "state")), text, **options)

    return edited


def left(tmp_path) -> list[Path]:
    folder = tmp_path / "state"
    return list(folder.iterdir()) if folder.exists() else []


def test_the_text_comes_back_as_the_editor_left_it_and_its_file_is_gone(edit, program, tmp_path):
    assert edit(program('printf "zweite Zeile: 日本\\n\\n" >> "$1"')) == "before\nzweite Zeile: 日本"
    assert left(tmp_path) == []


def test_while_it_is_edited_the_file_is_private_and_known(edit, program, tmp_path):
    seen = []
    told = tmp_path / "told"
    edit(program(f'stat -c %a "$1" > {told}'), lent=seen.append)
    assert told.read_text().strip() == "600"
    assert seen[0].parent == tmp_path / "state"
    assert seen[1] is None


def test_arguments_are_split_and_no_shell_reads_them(edit, program, tmp_path):
    editor = program(f'printf "%s|" "$@" > {tmp_path}/args')
    edit(f"{editor} --wait 'two words' ; touch {tmp_path}/shell $HOME")
    *args, _ = (tmp_path / "args").read_text().split("|")[:-1]
    assert args == ["--wait", "two words", ";", "touch", f"{tmp_path}/shell", "$HOME"]
    assert not (tmp_path / "shell").exists()


def test_without_an_editor_it_says_how_to_set_one(edit):
    with pytest.raises(BadInput, match=r"editor\.none"):
        edit(" ")


@pytest.mark.parametrize("line", ["'unclosed", "''"])
def test_a_command_line_that_cannot_be_split_or_run_is_said(edit, line, tmp_path):
    with pytest.raises((BadInput, Unavailable)):
        edit(line)
    assert left(tmp_path) == []


def test_an_editor_that_is_not_there_is_said_by_name(edit, tmp_path):
    with pytest.raises(Unavailable) as fault:
        edit("/no/such/editor --wait")
    assert (fault.value.code, fault.value.params["program"]) == ("program.missing", "editor")
    assert left(tmp_path) == []


def test_an_editor_that_fails_changes_nothing(edit, program, tmp_path):
    with pytest.raises(Unavailable, match=r"program\.failed"):
        edit(program("exit 1"))
    assert left(tmp_path) == []


def test_what_a_failing_editor_had_written_is_kept_and_said_where(edit, program):
    with pytest.raises(Unavailable) as fault:
        edit(program('echo precious > "$1"', "kill -9 $$"))
    assert (fault.value.code, fault.value.params["status"]) == ("editor.failed", 137)
    assert Path(fault.value.params["path"]).read_text() == "precious\n"


def test_an_editor_that_removes_the_file_is_said(edit, program):
    with pytest.raises(Unavailable, match=r"editor\.file"):
        edit(program('rm "$1"'))


def test_a_terminal_that_cannot_be_given_away_is_said(tmp_path):
    class Kept:
        def suspend(self):
            raise SuspendNotSupported

    with pytest.raises(Unavailable, match=r"terminal\.taken"):
        editing.edit(Kept(), Programs("vi", "", ENV, folder=str(tmp_path)), "text")
    assert list(tmp_path.iterdir()) == []


def test_the_pager_is_given_the_text_and_stays_for_a_short_one(program, tmp_path):
    pager = program(f"cat > {tmp_path}/shown", f'echo "$LESS" > {tmp_path}/less', name="pager")
    editing.read(Terminal(), Programs("", pager, {**ENV, "LESS": "FRX"}), "one\nzwei")
    assert (tmp_path / "shown").read_text() == "one\nzwei\n"
    assert (tmp_path / "less").read_text().strip() == "FRX -+F"


def test_a_pager_that_is_left_early_is_no_fault(program):
    pager = program("exit 0", name="pager")
    editing.read(Terminal(), Programs("", pager, ENV), "line\n" * 100_000)
