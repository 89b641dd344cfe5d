"""The settings themselves, with their defaults."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from supporttui.domain.faults import BadInput, Param
from supporttui.domain.wall import zone as zone_of
from supporttui.settings.bounds import outside
from supporttui.settings.sources import Origins, Source, fault_at, fill, not_allowed, place_of

T = TypeVar("T")


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


class Clipboard(StrEnum):
    """By which way the desk copies texts; ``auto`` is the first that works, ``show`` shows them to be marked."""

    auto = "auto"
    tmux = "tmux"
    osc52 = "osc52"
    native = "native"
    show = "show"


class Links(StrEnum):
    """What becomes of a link; ``auto`` opens it where there is a desktop, and copies it over SSH."""

    auto = "auto"
    copy = "copy"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set, by whichever source; parts with options of their own read their table by ``fill``."""

    database: str = ""
    """A path, ``sqlite:///path`` or ``postgresql://host/name``; empty: the file that ``config path`` names."""
    password_command: Sequence[str] = ()
    """A program with its arguments that prints the password of the database; it is asked at each connection."""
    me: str = ""
    """The person's id at the desk; counts on SQLite only, PostgreSQL asks the login."""
    language: str = ""
    """A tag such as ``de``; empty: the locale of the environment."""
    zone: str = ""
    """An IANA zone; empty: the machine's."""
    theme: str = "auto"
    """Colours: ``auto``, ``mono`` or the name of a theme; ``:theme`` tries one."""
    symbols: Symbols = Symbols.auto
    mouse: Mouse = Mouse.auto
    clipboard: Clipboard = Clipboard.auto
    """By which way the desk copies texts."""
    links: Links = Links.auto
    """Whether a link may be opened on this machine, or is only copied."""
    accessibility: bool = False
    """Whether the terminal's own cursor is shown on the current row or field, for Braille and magnifiers."""
    read_only: bool = False
    """Whether this desk only looks; nothing can be changed."""
    page_delay: int = field(default=8, metadata={"least": 0, "most": 30})
    """Seconds between an escalation by hand and its pages leaving, in which ``u`` takes them back."""
    editor: str = ""
    """The program that edits texts, with its options; empty: ``VISUAL``, ``EDITOR``."""
    pager: str = ""
    """The program that shows long texts; empty: ``PAGER``, else ``less``."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """``preset`` and ``layout``; and action id → keys, separated by commas."""
    channels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Name → options of a channel; ``kind`` says which (default ``command``)."""
    helpdesks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Name (the ``system`` of references) → options; ``kind`` says which (default ``link``)."""
    watch: Mapping[str, Any] = field(default_factory=dict)
    """How ``supporttui watch`` paces itself."""
    intake: Mapping[str, Any] = field(default_factory=dict)
    """Where ``supporttui intake serve`` listens, and which mailboxes it reads."""
    notify: Mapping[str, Any] = field(default_factory=dict)
    """How the desk calls the person at it."""
    commands: Sequence[Mapping[str, Any]] = ()
    """Programs of your own on a key: ``[[commands]]`` with ``name``, ``argv``, ``key``, ``scope``, ``confirm``."""
    allow_commands: bool = True
    """Whether ``commands`` may run at all; ``false`` in the site's file is final."""


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

    def place_of(self, key: str) -> str | None:
        """Which file and line, variable or option set a value; ``None``: nobody did."""
        return place_of(key, self.origins)

    def fault(self, key: str, code: str, **params: Param) -> BadInput:
        """A fault of the value at a key, told of the place where it was set."""
        return fault_at(key, self.origins, code, **params)

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
    for fault in problems(settings, origins):
        raise fault
    return settings


def problems(settings: Settings, origins: Origins) -> Iterator[BadInput]:
    """Every value that its type allows and we do not."""
    for beyond in outside(settings):
        yield not_allowed(beyond, origins)
    if settings.zone and not _is_zone(settings.zone):
        allowed = "Europe/Berlin, America/Sao_Paulo, Asia/Tokyo, UTC, …"
        yield fault_at("zone", origins, "settings.not_allowed", found=settings.zone[:40], allowed=allowed)


def _is_zone(name: str) -> bool:
    try:
        zone_of(name)
    except BadInput:
        return False
    return True
