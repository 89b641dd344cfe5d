"""What a person and a site may set: TOML files and environment → frozen ``Settings``.

Later wins: built-in default, the site's file, the person's file (or the one of ``--config``), the
environment (``SUPPORTTUI_LANGUAGE``, ``SUPPORTTUI_WATCH__LEASE``: two underscores for each dot), the
command line. Every fault names the file or variable, the key, what is allowed and, in a file, the line.
"""

from supporttui.settings.loading import environment_strangers, load
from supporttui.settings.places import (
    config_path,
    default_database,
    site_config_path,
    state_folder,
    system_zone,
)
from supporttui.settings.sources import Source, fill
from supporttui.settings.values import KEYS, Loaded, Mouse, Settings, Symbols
from supporttui.settings.writing import remember
from supporttui.settings.zone_data import release

__all__ = [
    "KEYS",
    "Loaded",
    "Mouse",
    "Settings",
    "Source",
    "Symbols",
    "config_path",
    "default_database",
    "environment_strangers",
    "fill",
    "load",
    "release",
    "remember",
    "site_config_path",
    "state_folder",
    "system_zone",
]
