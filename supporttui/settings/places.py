"""Where files are kept (the XDG folders, or what the system has instead), and the machine's zone."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import platformdirs

from supporttui.domain.faults import BadInput
from supporttui.domain.wall import zone as zone_of

CONFIG_VARIABLE = "SUPPORTTUI_CONFIG"


def config_path(env: Mapping[str, str]) -> Path:
    """The person's file: ``SUPPORTTUI_CONFIG``, or ``supporttui/config.toml`` in the XDG config folder."""
    if named := env.get(CONFIG_VARIABLE):
        return Path(named).expanduser()
    return _folder(env, "XDG_CONFIG_HOME", platformdirs.user_config_dir()) / "supporttui" / "config.toml"


def site_config_path(env: Mapping[str, str]) -> Path:
    """The site's file, below the person's."""
    first = env.get("XDG_CONFIG_DIRS", "").split(os.pathsep)[0]
    return Path(first or platformdirs.site_config_dir()) / "supporttui" / "config.toml"


def default_database(env: Mapping[str, str]) -> Path:
    """The SQLite file used when nothing else is set; it and its folder need not exist."""
    return _folder(env, "XDG_DATA_HOME", platformdirs.user_data_dir()) / "supporttui" / "desk.db"


def state_folder(env: Mapping[str, str]) -> Path:
    """Where the log, drafts and the last good view are kept."""
    return _folder(env, "XDG_STATE_HOME", platformdirs.user_state_dir()) / "supporttui"


def system_zone(env: Mapping[str, str]) -> str:
    """The machine's IANA zone by ``TZ`` or /etc/localtime, ``UTC`` if it cannot be told."""
    for name in _zone_names(env):
        try:
            zone_of(name)
        except BadInput:
            continue
        return name.removeprefix("Etc/")
    return "UTC"


def _folder(env: Mapping[str, str], variable: str, otherwise: str) -> Path:
    """The folder a variable names; a relative one is ignored, as XDG says."""
    named = Path(env.get(variable, ""))
    return named if named.is_absolute() else Path(otherwise)


def _zone_names(env: Mapping[str, str]) -> Iterator[str]:
    if named := env.get("TZ", "").lstrip(":"):
        yield named
    target = str(Path("/etc/localtime").resolve())
    if "zoneinfo/" in target:
        yield target.rsplit("zoneinfo/", 1)[1]
