"""Settings: which source wins, and how a fault points at its place."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.faults import BadInput
from supporttui.settings import (
    KEYS,
    Settings,
    Symbols,
    config_path,
    default_database,
    environment_strangers,
    load,
    reference,
    remember,
    system_zone,
)
from supporttui.watch import WatchOptions


@dataclass(frozen=True, slots=True)
class Oven:
    """Options of some part."""

    heat: int
    name: str = "small"


@pytest.fixture
def env(tmp_path):
    """An environment whose every folder is this test's own."""
    return {"XDG_CONFIG_HOME": str(tmp_path / "me"), "XDG_CONFIG_DIRS": str(tmp_path / "site")}


def write(folder: Path, text: str) -> Path:
    path = folder / "supporttui" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def fault_of(env, **kwargs) -> BadInput:
    with pytest.raises(BadInput) as caught:
        load(env, **kwargs)
    return caught.value


def test_without_any_source_everything_stands_at_its_default(env):
    assert load(env).settings == Settings()
    assert load(env).origins == {}


def test_the_person_wins_over_the_site_and_the_environment_over_both(env, tmp_path):
    write(tmp_path / "site", 'language = "de"\nzone = "Europe/Berlin"\ntheme = "dark"')
    mine = write(tmp_path / "me", 'zone = "Asia/Tokyo"\ntheme = "light"')
    loaded = load({**env, "SUPPORTTUI_THEME": "mono"})
    assert (loaded.settings.language, loaded.settings.zone, loaded.settings.theme) == (
        "de",
        "Asia/Tokyo",
        "mono",
    )
    assert loaded.origins["zone"].name == str(mine)
    assert loaded.origins["theme"].name == "SUPPORTTUI_THEME"


def test_the_command_line_wins_over_all(env):
    loaded = load({**env, "SUPPORTTUI_DATABASE": "y.db"}).on_top(database="x.db", zone=None)
    assert (loaded.settings.database, loaded.settings.zone) == ("x.db", "")


@pytest.mark.parametrize("key", KEYS)
def test_every_key_can_be_set_by_the_environment(env, key):
    samples = {"page_delay": "3", "zone": "UTC"}
    lists = {"commands": '[{ name = "Logs", argv = ["x"] }]', "password_command": '["pass", "show", "desk"]'}
    tables = {"keys": '{ "ticket.note" = "n" }', "channels": '{ pager = { argv = ["x"] } }'}
    (entry,) = [entry for entry in reference.entries(Settings) if entry.key == key]
    chosen = {"text": "some text = 3", "table": "{}"}.get(entry.allowed, entry.allowed.split(", ", maxsplit=1)[0])
    value = {**samples, **lists, **tables}.get(key, chosen)
    loaded = load({**env, f"SUPPORTTUI_{key.upper()}": value})
    assert key in loaded.origins


def test_two_underscores_reach_into_a_table_and_leave_its_other_keys(env, tmp_path):
    write(tmp_path / "me", '[channels.pager]\nargv = ["page"]\ntimeout = 5')
    loaded = load({**env, "SUPPORTTUI_CHANNELS__PAGER__TIMEOUT": "9"})
    assert loaded.settings.channels == {"pager": {"argv": ["page"], "timeout": 9}}


def test_an_empty_variable_sets_nothing(env):
    assert load({**env, "SUPPORTTUI_SYMBOLS": ""}).settings.symbols is Symbols.auto


def test_a_value_outside_the_choice_names_file_key_line_and_what_is_allowed(env, tmp_path):
    path = write(tmp_path / "me", '# mine\nlanguage = "de"\nsymbols = "emoji"\n')
    fault = fault_of(env)
    assert fault.code == "settings.not_allowed"
    assert fault.params == {
        "place": f"{path}:3", "file": str(path), "key": "symbols", "line": 3, "found": "emoji", "allowed": "auto, unicode, ascii",
    }  # fmt: skip


def test_an_unknown_key_names_the_known_ones(env, tmp_path):
    write(tmp_path / "me", 'langauge = "de"')
    fault = fault_of(env)
    assert (fault.code, fault.params["key"], fault.params["line"]) == ("settings.unknown_key", "langauge", 1)
    assert "language" in str(fault.params["allowed"])


def test_a_fault_of_the_environment_names_the_variable(env):
    fault = fault_of({**env, "SUPPORTTUI_PAGE_DELAY": "soon"})
    assert (fault.code, fault.params["file"], fault.params["line"]) == (
        "settings.wrong_type",
        "SUPPORTTUI_PAGE_DELAY",
        0,
    )


@pytest.mark.parametrize(
    ("line", "key"),
    [("page_delay = 31", "page_delay"), ("page_delay = -1", "page_delay"), ('zone = "Mars/Base"', "zone")],
)
def test_a_value_of_the_right_type_must_also_make_sense(env, tmp_path, line, key):
    write(tmp_path / "me", line)
    fault = fault_of(env)
    assert (fault.code, fault.params["key"], fault.params["line"]) == ("settings.not_allowed", key, 1)


def test_broken_toml_names_line_and_column(env, tmp_path):
    write(tmp_path / "me", 'language = "de"\nzone = = 3\n')
    fault = fault_of(env)
    assert (fault.code, fault.params["line"], fault.params["column"]) == ("settings.not_toml", 2, 8)


def test_toml_that_stops_too_early_points_at_its_end(env, tmp_path):
    write(tmp_path / "me", 'language = "de"\nkeys = {')
    assert fault_of(env).params["line"] == 2


@pytest.mark.parametrize("content", [b"\xff\xfe", b"name = '\xe9'"])
def test_a_file_that_is_not_utf8_is_unreadable(env, tmp_path, content):
    path = write(tmp_path / "me", "")
    path.write_bytes(content)
    assert fault_of(env).code == "settings.unreadable"


def test_a_folder_in_place_of_the_file_is_unreadable(env, tmp_path):
    (tmp_path / "me" / "supporttui" / "config.toml").mkdir(parents=True)
    assert fault_of(env).code == "settings.unreadable"


def test_a_named_file_must_exist(env, tmp_path):
    assert fault_of(env, config=tmp_path / "no.toml").code == "settings.missing_file"
    assert fault_of({**env, "SUPPORTTUI_CONFIG": str(tmp_path / "no.toml")}).code == "settings.missing_file"


def test_a_part_reads_its_own_table_and_faults_name_the_whole_path(env, tmp_path):
    path = write(tmp_path / "me", "[watch]\nheat = 3\n")
    assert load(env).part(Oven, "watch") == Oven(3)
    path.write_text('[watch]\n\nheat = "hot"\n')
    with pytest.raises(BadInput) as caught:
        load(env).part(Oven, "watch")
    assert (caught.value.code, caught.value.params["key"], caught.value.params["line"]) == (
        "settings.wrong_type", "watch.heat", 3,
    )  # fmt: skip
    path.write_text("[watch]\n")
    with pytest.raises(BadInput) as caught:
        load(env).part(Oven, "watch")
    assert (caught.value.code, caught.value.params["line"]) == ("settings.missing_key", 1)


def test_names_that_look_like_settings_and_are_none_are_told_but_not_refused(env):
    strange = {**env, "SUPPORTTUI_LANGAUGE": "de", "SUPPORTTUI_ZONE": "UTC", "SUPPORTTUI_CONFIG": ""}
    assert load(strange).settings.zone == "UTC"
    assert environment_strangers(strange) == ("SUPPORTTUI_LANGAUGE",)


def test_folders_follow_xdg_and_a_relative_one_is_ignored(tmp_path):
    assert default_database({"XDG_DATA_HOME": str(tmp_path)}) == tmp_path / "supporttui" / "desk.db"
    assert default_database({"XDG_DATA_HOME": "here"}).is_absolute()
    assert config_path({"SUPPORTTUI_CONFIG": "/x/y.toml"}) == Path("/x/y.toml")


@pytest.mark.parametrize(
    ("tz", "zone"), [("Asia/Tokyo", "Asia/Tokyo"), (":Europe/Berlin", "Europe/Berlin"), ("Etc/UTC", "UTC")]
)
def test_the_zone_of_the_machine_follows_tz(tz, zone):
    assert system_zone({"TZ": tz}) == zone


def test_a_tz_that_is_no_zone_name_is_passed_over():
    assert system_zone({"TZ": "EST5EDT,M3.2.0,M11.1.0"}) == system_zone({})


@given(st.text())
def test_no_text_in_the_environment_does_more_than_set_or_be_refused(text):
    for name in ("SUPPORTTUI_SYMBOLS", "SUPPORTTUI_CHANNELS", "SUPPORTTUI_ME", "SUPPORTTUI_WATCH__A"):
        faults = []
        try:
            load({"XDG_CONFIG_HOME": "/nowhere", "XDG_CONFIG_DIRS": "/nowhere", name: text})
        except BadInput as fault:
            faults.append((fault.code.split(".")[0], fault.params["file"]))
        assert set(faults) <= {("settings", name)}


# --- writing one ----------------------------------------------------------------------------------------


def test_what_is_remembered_is_read_again_and_the_persons_comments_stay(env, tmp_path):
    mine = write(tmp_path / "me", '# my own\nzone = "Asia/Tokyo"  # at home\n')
    assert remember(env, "me", "ana") == mine
    assert load(env).settings.me == "ana"
    assert mine.read_text("utf-8") == '# my own\nzone = "Asia/Tokyo"  # at home\nme = "ana"\n'


def test_a_first_setting_makes_a_file_that_only_its_owner_reads(env, tmp_path):
    made = remember(env, "me", "ana")
    assert (made.stat().st_mode & 0o777, made.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [path.name for path in made.parent.iterdir()] == [made.name]


def test_settings_that_cannot_be_written_say_which_file(env, tmp_path):
    (tmp_path / "me").write_text("a file, where a folder should be")
    with pytest.raises(BadInput, match=r"settings\.unwritable.*config\.toml"):
        remember(env, "me", "ana")


@pytest.mark.parametrize(("key", "value"), [("SUPPORTTUI_WATCH__CLAIM", "0"), ("SUPPORTTUI_WATCH__PER_MINUTE", "-1")])
def test_a_number_of_a_part_keeps_to_its_bounds_too(tmp_path, key, value):
    loaded = load({key: value, "HOME": str(tmp_path)})
    with pytest.raises(BadInput) as caught:
        loaded.part(WatchOptions, "watch")
    assert (caught.value.code, caught.value.params["place"]) == ("settings.not_allowed", key)
