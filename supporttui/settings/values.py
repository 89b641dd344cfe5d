"""The settings themselves, with their defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from supporttui.domain.faults import BadInput
from supporttui.domain.wall import zone as zone_of
from supporttui.settings.sources import Origins, Source, fault_at, fill

T = TypeVar("T")
MOST_PAGE_DELAY = 30


class Symbols(StrEnum):
    """Which signs the desk draws with; ``auto`` asks the terminal's encoding."""

    auto = "auto"
    unicode = "unicode"
    ascii = "ascii"


class Mouse(StrEnum):
    """Whether the desk listens to the mouse; ``auto`` is on, and off over SSH."""

    auto = "auto"
    on = "on"
    off = "off"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set, by whichever source; parts with options of their own read their table by ``fill``."""

    database: str = ""
    """A path, ``sqlite:///path`` or ``postgresql://host/name``; empty: ``default_database``."""
    me: str = ""
    """The person's id at the desk; counts on SQLite only, PostgreSQL asks the login."""
    language: str = ""
    """A tag such as ``de``; empty: the locale of the environment."""
    zone: str = ""
    """An IANA zone; empty: the machine's."""
    theme: str = "auto"
    """``auto`` or the name of a theme."""
    symbols: Symbols = Symbols.auto
    mouse: Mouse = Mouse.auto
    read_only: bool = False
    page_delay: int = 8
    """Seconds between an escalation by hand and its pages leaving, in which ``u`` takes them back."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Action id → keys, separated by commas."""
    channels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Name → options of a channel; ``kind`` says which (default ``command``)."""
    helpdesks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Name (the ``system`` of references) → options; ``kind`` says which (default ``link``)."""
    watch: Mapping[str, Any] = field(default_factory=dict)


KEYS = tuple(f.name for f in fields(Settings))
_OPTIONS: Mapping[str, str] = {"database": "--db", "zone": "--zone", "me": "--as", "read_only": "--read-only"}
"""Key → the option that sets it for one run."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and where each came from."""

    settings: Settings
    origins: Origins = field(default_factory=dict)
    """Dotted key → the source that set it last; a key that is missing stands at its default."""

    def part(self, kind: type[T], key: str) -> T:
        """The options of a part, from the table under ``key``. Raises as ``fill`` does."""
        return fill(kind, getattr(self.settings, key), at=key, origins=self.origins)

    def not_allowed(self, key: str, *, found: str, allowed: str) -> BadInput:
        """The fault of a value that a part does not know."""
        return fault_at(key, self.origins, "settings.not_allowed", found=found, allowed=allowed)

    def on_top(
        self,
        *,
        database: str | None = None,
        zone: str | None = None,
        me: str | None = None,
        read_only: bool | None = None,
    ) -> "Loaded":
        """With what the command line says on top; ``None`` says nothing. Raises as ``load`` does."""
        given = {"database": database, "zone": zone, "me": me, "read_only": read_only}
        said: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
        origins = {**self.origins, **{key: Source(_OPTIONS[key]) for key in said}}
        return Loaded(checked(replace(self.settings, **said), origins), origins)


def checked(settings: Settings, origins: Origins) -> Settings:
    """The settings, if they hold what their types cannot say.

    Raises:
        BadInput: ``settings.not_allowed``.
    """
    if not 0 <= settings.page_delay <= MOST_PAGE_DELAY:
        raise fault_at(
            "page_delay",
            origins,
            "settings.not_allowed",
            found=settings.page_delay,
            allowed=f"0–{MOST_PAGE_DELAY}",
        )
    if settings.zone:
        try:
            zone_of(settings.zone)
        except BadInput:
            allowed = "Europe/Berlin, America/Sao_Paulo, Asia/Tokyo, UTC, …"
            raise fault_at("zone", origins, "settings.not_allowed", found=settings.zone, allowed=allowed) from None
    return settings
