"""README is true: what it shows is what the program shows, what it tells to type is what is checked."""

import re

from tests import readme

TEXT = readme.README.read_text("utf-8")


def test_the_keys_are_those_of_the_key_map():
    assert readme.key_table() in TEXT


def test_the_settings_are_those_of_the_program():
    assert readme.settings_table() in TEXT


async def test_the_picture_is_the_demos_queue():
    assert await readme.picture() in TEXT


def test_each_of_the_two_commands_is_one_line():
    commands = re.findall(r"^python3 -m venv \.venv && .*$", TEXT, re.MULTILINE)
    assert [command.split("&& ")[-1] for command in commands] == [".venv/bin/supporttui demo", ".venv/bin/pytest"]


def test_every_folder_it_names_is_there():
    tree = re.search(r"```\nsupporttui/\n(.*?)```", TEXT, re.DOTALL)
    assert tree is not None
    package = readme.README.parent / "supporttui"
    for name in re.findall(r"^  ([\w.]+/?)", tree[1], re.MULTILINE):
        assert (package / name).exists(), name
