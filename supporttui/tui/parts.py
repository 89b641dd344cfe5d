"""What the desk is made of: everything that ``bootstrap`` hands in, and nothing read from the air."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from supporttui.domain.faults import Refused
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import Words
from supporttui.tui.calling import NotifyOptions
from supporttui.tui.memory import Memory

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.tui.custom import CustomCommand
    from supporttui.usecases.ports import Clock, Feed, Store, Transaction
    from supporttui.usecases.views import Ask

OpenStore: TypeAlias = "Callable[[], tuple[Store, Feed | None]]"
"""Opens the database; called in the desk's database thread, so that its library loads after the first frame."""


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """The desk's own settings."""

    theme: str = "auto"
    """``auto`` or the name of a theme; ``auto`` is the terminal's own colours where there are few or none."""
    symbols: str = "ascii"
    """``ascii`` or ``unicode``."""
    tick: int = 1
    """Seconds between two repaints of what passes; 0 never repaints by itself."""
    page_delay: int = 8
    """Seconds in which a page can still be withdrawn before it leaves."""
    mouse: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)
    """Action id → keys, comma-separated, over the defaults of ``keymap.py``."""
    commands: tuple[CustomCommand, ...] = ()
    """The person's own; none where the site forbids them."""
    read_only: bool = False
    as_of: Instant | None = None
    """The instant at which the desk stands still; no feed, nothing can be changed."""
    snapshot: str = ""
    """File of the last good view; empty keeps none."""
    fingerprint: str = ""
    """What the snapshot is good for (``early.fingerprint``)."""
    kept: str = ""
    """File of rota, contacts and plan for when the database is away; empty keeps none."""
    drafts: str = ""
    """Folder for what is typed and not yet sent; empty keeps none."""
    clipboard: str = "auto"
    """By which way texts are copied (``tui/clipboard.py``)."""
    links: str = "auto"
    """``auto`` opens a link where there is a desktop; ``copy`` never opens anything."""
    accessibility: bool = False
    """The terminal's own cursor is shown, and stands on the current row or field."""
    log: str = ""
    """File that a crash is written to."""
    notify: NotifyOptions = field(default_factory=lambda: NotifyOptions(terminal=()))
    """How it calls the person at it; as it stands here never."""
    plain_driver: bool = False
    """Use Textual's own terminal driver instead of the quiet one."""


@dataclass(frozen=True, slots=True)
class Programs:
    """The person's own programs: command lines, as ``$VISUAL`` and ``$PAGER`` hold them (``tui/editing.py``)."""

    editor: str = ""
    pager: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    """What the programs find in their environment."""
    folder: str = ""
    """Where a text lies while it is edited; empty is the system's folder for such."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written into a file."""

    file: str
    tickets: int
    defused: int = 0
    """Cells that a spreadsheet would have run as formulas."""


Export: TypeAlias = "Callable[[Transaction, Ask, str, Words], Exported]"
"""Writes the tickets that are asked for into a new file. Raises Refused ``file.…``."""


def _nowhere(_tx: Transaction, _ask: Ask, file: str, _words: Words) -> Exported:
    raise Refused("file.unwritable", file=file, reason="-")


def _whole_second() -> float:
    return 1.0


def _never_apart(_: Instant) -> int:
    return 0


def _no_address(_: str, __: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class AppParts:
    """The parts of a running desk."""

    open_store: OpenStore
    clock: Clock
    me: PersonId
    words: Words
    load_words: Callable[[str], Words]
    """A language tag → its words; raises ``BadInput`` for one we do not speak."""
    options: DeskOptions = DeskOptions()
    programs: Programs = Programs()
    to_next_second: Callable[[], float] = _whole_second
    """Seconds until the clock shows its next whole second, in (0, 1]."""
    follow: Callable[[Instant], int] = _never_apart
    """Told the database's clock, lets ``clock`` follow it; gives the seconds between it and this machine's."""
    export: Export = _nowhere
    address: Callable[[str, str], str] = _no_address
    """System and key of a reference → its web address by the site's helpdesks; empty if it has none."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """What is set, by its key, as text; for the palette."""
    zone_data: str = ""
    """The release of the zone rules on this machine; empty where it cannot be told."""
    memory: Memory = field(default_factory=Memory)
    """What the desk remembers from one start to the next."""
