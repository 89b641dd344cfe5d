"""Which key does what: action ids and their default keys, presets, and the checks that keep them apart.

What an action means, its label and its help stand in ``actions/``; only what exists nowhere but on a screen
(moving, marking, leaving) is worded here. A screen lists its scopes; a key has one meaning within them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.binding import Binding

from supporttui.actions import by_id
from supporttui.domain.marking import mark
from supporttui.i18n.catalogue import Words
from supporttui.tui import key_names


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that keys do in a scope."""

    id: str
    keys: str
    """Textual's names, comma-separated; the first is the one that is shown."""
    label: str = ""
    """What it is called; a marked text. Empty: the label of the action of that id."""
    rank: int = 0
    """Place in the footer, 1 first; 0 is never shown there."""
    short: str = ""
    """What the footer has room for, where that is less; a marked text."""


EVERYWHERE = (
    Key("app.help", "question_mark,f1"),
    Key("app.command", "colon", rank=90),
    Key("app.palette", "ctrl+p"),
    Key("screen.queue", "1"),
    Key("screen.rota", "2"),
    Key("screen.escalations", "3"),
    Key("screen.handover", "4"),
    Key("app.definitions", "C", rank=60),
    Key("app.previous", "minus", mark("Previous screen")),
    Key("app.back", "q", rank=80),
    Key("app.escape", "escape", mark("Close or clear")),
    Key("app.quit", "ctrl+q"),
    Key("app.interrupt", "ctrl+c", mark("Twice: quit")),
    Key("app.suspend_process", "ctrl+z", mark("Suspend")),
    Key("app.redraw", "ctrl+l", mark("Redraw")),
    Key("app.refresh", "ctrl+r,f5"),
    Key("app.undo", "u", rank=70),
    Key("app.redo", "U"),
)
MOVES = (
    Key("list.down", "j,down", mark("Down")),
    Key("list.up", "k,up", mark("Up")),
    Key("list.top", "g,home", mark("Top")),
    Key("list.bottom", "G,end", mark("Bottom")),
    Key("list.page_down", "pagedown", mark("Page down")),
    Key("list.page_up", "pageup", mark("Page up")),
    Key("list.half_down", "ctrl+d", mark("Half a page down")),
    Key("list.half_up", "ctrl+u", mark("Half a page up")),
)
LIST = (Key("list.open", "enter", rank=15),)
NEW = (Key("ticket.new", "n", rank=43), Key("ticket.log", "N", rank=49))
QUEUE = (
    Key("list.next_view", "l,right,ctrl+pagedown", mark("Next view")),
    Key("list.previous_view", "h,left,ctrl+pageup", mark("Previous view")),
    Key("list.mark", "space", mark("Mark"), 7),
    Key("list.range", "v", mark("Mark from the last mark to here")),
    Key("list.mark_all", "V", mark("Mark all or none")),
    Key("list.filter", "slash", rank=6),
    Key("list.facets", "f", rank=44),
    Key("list.sort", "s", rank=45),
    Key("view.save", "W", rank=46),
    Key("list.export", "X", rank=48),
    Key("list.scroll_left", "H", mark("Columns to the left")),
    Key("list.scroll_right", "L", mark("Columns to the right")),
)
COPY = (
    Key("ticket.copy", "y"),
    Key("ticket.copy_as", "Y", mark("Copy as"), 46),
    Key("ticket.links", "o", rank=47),
)
PREVIEW = (
    Key("list.preview", "i", rank=40),
    Key("list.larger", "plus", mark("Larger preview")),
    Key("list.smaller", "underscore", mark("Smaller preview")),
    Key("preview.down", "J", mark("Scroll the preview")),
    Key("preview.up", "K", mark("Scroll the preview back")),
    Key("preview.next_section", "tab", mark("Section of the preview")),
    Key("preview.previous_section", "shift+tab", mark("Section before")),
)
TICKET = (
    Key("ticket.acknowledge", "a", rank=1, short=mark("Ack")),
    Key("ticket.take", "t", rank=2),
    Key("ticket.note", "c", rank=3),
    Key("ticket.escalate", "E", rank=4),
    Key("ticket.wait", "m", mark("Wait/resume"), 5),
    Key("ticket.resolve", "d", rank=10),
    Key("ticket.priority", "p", rank=11),
    Key("ticket.reply", "r", rank=8),
    Key("ticket.transfer", "T", rank=9),
    Key("ticket.edit", "e", rank=12),
    Key("ticket.snooze", "z", rank=13),
    Key("ticket.follow", "w", mark("Follow or not"), 14),
    Key("ticket.refer", "x", rank=50),
    Key("ticket.merge", "M", mark("Merge, relate"), 51),
    Key("ticket.reopen", "R", rank=52),
    Key("ticket.void", "D", rank=53),
    Key("ticket.why", "equals_sign", mark("Why?"), 16),
    Key("ticket.procedure", "b", rank=17),
    Key("ticket.attend", "A", mark("Attention"), 18),
    Key("ticket.chase", "ampersand", rank=54),
    Key("ticket.hush", "dollar_sign", rank=55),
    Key("ticket.unacknowledge", "percent_sign", rank=56),
)
PAGES = (
    Key("text.page_down", "pagedown", mark("Page down")),
    Key("text.page_up", "pageup", mark("Page up")),
    Key("text.half_down", "ctrl+d", mark("Half a page down")),
    Key("text.half_up", "ctrl+u", mark("Half a page up")),
)
LINES = (
    Key("text.down", "j,down", mark("Down")),
    Key("text.up", "k,up", mark("Up")),
    Key("text.top", "g,home", mark("Top")),
    Key("text.bottom", "G,end", mark("Bottom")),
)
TEXT = (*LINES, Key("text.pager", "f3", mark("Pager")))
ONE_TICKET = (
    Key("ticket.previous", "h,left"),
    Key("ticket.next", "l,right"),
    Key("ticket.next_section", "tab", mark("Section"), 6),
    Key("ticket.previous_section", "shift+tab", mark("Previous section")),
)
CALENDAR = (
    Key("calendar.left", "h,left", mark("Day before")),
    Key("calendar.right", "l,right", mark("Day after")),
    Key("calendar.up", "k,up", mark("Row above")),
    Key("calendar.down", "j,down", mark("Row below")),
    Key("calendar.previous", "H,ctrl+pageup,less_than_sign", mark("Earlier"), 20),
    Key("calendar.next", "L,ctrl+pagedown,greater_than_sign", mark("Later"), 21),
    Key("calendar.today", "full_stop", mark("Today"), 22),
    Key("calendar.zoom", "m,plus,underscore", mark("Week/month"), 9),
    Key("calendar.zone", "z", mark("Zone"), 23),
    Key("calendar.any_zone", "Z", mark("Zone of somebody")),
    Key("calendar.next_rota", "tab", mark("Next rota"), 24),
    Key("calendar.previous_rota", "shift+tab", mark("Previous rota")),
)
ROTA = (
    Key("rota.why", "equals_sign,enter", rank=1),
    Key("rota.take", "t", rank=2),
    Key("rota.ask", "T", rank=3, short=mark("Swap")),
    Key("rota.override", "n", rank=4),
    Key("rota.absence", "a", rank=5),
    Key("rota.turns", "e", rank=6, short=mark("Turns")),
    Key("rota.gaps", "g", rank=7),
    Key("rota.requests", "o", rank=8),
    Key("rota.withdraw", "w", rank=12),
    Key("rota.restore", "D", rank=13),
    Key("rota.pin", "p", rank=16),
    Key("rota.unpin", "P", rank=17),
    Key("rota.conflicts", "c", rank=10),
    Key("rota.ledger", "b", rank=11),
    Key("rota.languages", "s", rank=14),
    Key("rota.absences", "A", rank=15),
)

HANDOVER = (
    Key("handover.toggle", "space", rank=1),
    Key("handover.step", "e", rank=2),
    Key("handover.promise", "n", rank=5),
    Key("handover.text", "f4,ctrl+o", rank=6),
    Key("handover.sign", "S", rank=3),
    Key("handover.accept", "a", rank=4),
    Key("handover.unsign", "B", rank=9),
    Key("handover.question", "c", rank=7),
    Key("handover.preview", "i", rank=8),
    Key("handover.list", "o", rank=20),
    Key("handover.export", "X", rank=21),
)

PROCEDURE = (
    Key("procedure.done", "space,enter", mark("Done"), 1),
    Key("procedure.text", "c", mark("Done, with a text"), 2, short=mark("With text")),
    Key("procedure.skip", "s", mark("Skip"), 3),
    Key("procedure.fail", "f", mark("Did not work"), 4, short=mark("Failed")),
    Key("procedure.next", "n", mark("Next procedure"), 5),
    Key("procedure.language", "l", mark("As written or translated"), 6, short=mark("Language")),
    Key("procedure.close", "b", mark("Close")),
)

CLOSING = (
    Key("window.leave", "escape", mark("Close or clear")),
    Key("window.close", "q", mark("Close")),
)
SEARCHING = (Key("window.search", "slash", mark("Search")),)
TURNING = (
    Key("window.page_down", "space", mark("Page down")),
    Key("window.page_up", "b,backspace", mark("Page up")),
)
COPYING = (Key("window.copy", "y", mark("Copy")),)
CHOOSING = (
    Key("window.take", "enter", mark("Take it")),
    Key("window.pick", "space,x", mark("Pick")),
)
PARTS = (
    Key("window.next", "tab,l,right", mark("Next part")),
    Key("window.previous", "shift+tab,h,left", mark("Previous part")),
)
VIEWS = (
    Key("views.share", "s", mark("Share")),
    Key("views.rename", "r", mark("Rename")),
    Key("views.delete", "d", mark("Delete")),
)
ARRANGING = (
    Key("columns.later", "J,plus", mark("Later")),
    Key("columns.earlier", "K,minus", mark("Earlier")),
    Key("columns.reverse", "r", mark("Reverse")),
    Key("columns.reset", "d", mark("Default")),
)
DECIDING = (
    Key("conflict.again", "a", mark("Save mine on top")),
    Key("conflict.edit", "e", mark("Edit mine")),
    Key("conflict.drop", "d", mark("Drop mine")),
)
DEFINING = (
    Key("definitions.edit", "e", mark("Edit")),
    Key("definitions.file", "f4,ctrl+o", mark("As a file")),
    Key("definitions.begin", "f", mark("Begins later")),
)
REASONS = (
    Key("why.finer", "plus", mark("Finer")),
    Key("why.coarser", "minus,underscore", mark("Coarser")),
)

SCOPES: Mapping[str, tuple[Key, ...]] = {
    "everywhere": EVERYWHERE,
    "moves": MOVES,
    "list": LIST,
    "new": NEW,
    "queue": QUEUE,
    "preview": PREVIEW,
    "copy": COPY,
    "ticket": TICKET,
    "text": TEXT,
    "pages": PAGES,
    "one_ticket": ONE_TICKET,
    "calendar": CALENDAR,
    "rota": ROTA,
    "handover": HANDOVER,
    "procedure": PROCEDURE,
    "window": (
        *CLOSING, *SEARCHING, *TURNING, *COPYING, *CHOOSING, *PARTS, *VIEWS, *ARRANGING, *DECIDING, *REASONS,
        *DEFINING,
    ),
}  # fmt: skip
SCREENS: Mapping[str, tuple[str, ...]] = {
    "queue": ("everywhere", "moves", "list", "new", "queue", "preview", "ticket", "copy"),
    "ticket": ("everywhere", "text", "pages", "one_ticket", "ticket", "copy"),
    "rota": ("everywhere", "pages", "calendar", "rota"),
    "escalations": ("everywhere", "moves", "list", "new", "ticket", "copy"),
    "handover": ("everywhere", "moves", "list", "handover"),
    "procedure": ("everywhere", "moves", "procedure"),
}
"""Screen → the scopes that are alive on it, all at once."""


def _by_id(*wanted: str) -> tuple[Key, ...]:
    return tuple(key for scope in SCOPES.values() for key in scope if key.id in wanted)


READING = (*CLOSING, *LINES, *PAGES, *TURNING)
WINDOWS: Mapping[str, tuple[Key, ...]] = {
    "reader": (*READING, *SEARCHING, *_by_id("app.help")),
    "copying reader": (*READING, *SEARCHING, *_by_id("app.help"), *COPYING),
    "shown": (*READING, *_by_id("window.take")),
    "preview": (*READING, *_by_id("window.take")),
    "list": (*CLOSING, *MOVES, *_by_id("window.take")),
    "conflict": (*READING, *DECIDING),
    "definitions": (
        *CLOSING,
        *MOVES,
        *SEARCHING,
        *_by_id("window.take", "definitions.edit", "definitions.file", "app.definitions"),
    ),
    "definition preview": (*READING, *_by_id("window.take", "definitions.edit", "definitions.begin")),
    "definition faults": (*READING, *_by_id("definitions.edit", "conflict.drop")),
    "why": (*READING, *PARTS, *REASONS, *_by_id("ticket.why")),
    "views": (*CLOSING, *MOVES, *_by_id("window.take"), *VIEWS),
    "facets": (*CLOSING, *MOVES, *SEARCHING, *CHOOSING, *PARTS, *_by_id("list.facets")),
    "arranger": (*CLOSING, *_by_id("list.down", "list.up", "list.top", "list.bottom"), *CHOOSING, *PARTS, *ARRANGING),
}
"""Window from edge to edge → its keys; none of the screen below is alive. The key that opened one may close it too."""


def keys_of(screen: str) -> Iterator[Key]:
    """Every key of a screen, scope by scope, or of a window."""
    yield from WINDOWS.get(screen, ())
    for scope in SCREENS.get(screen, ()):
        yield from SCOPES[scope]


def label(key: Key) -> str:
    """The English label of a key, to be put through ``words.t``."""
    return key.label or by_id()[key.id].label


def meaning(key: Key) -> str:
    """In an English sentence what it does, to be put through ``words.t``; empty where its label says all."""
    action = by_id().get(key.id)
    return action.help if action is not None else ""


def bindings(screen: str) -> list[Binding]:
    """What Textual needs of a screen's keys; the action of ``list.down`` is ``action_list_down``."""
    return [
        Binding(key.keys, key.id.replace(".", "_"), key.short or label(key), show=key.rank > 0, id=key.id)
        for key in keys_of(screen)
    ]


def keys_for(action: str, changed: Mapping[str, str] = {}) -> Sequence[str]:
    """The keys of an action, the person's own before the default ones; none where no screen has it."""
    default = next((key.keys for scope in SCOPES.values() for key in scope if key.id == action), "")
    return key_names.split(changed.get(action, default))


def ranks(screen: str) -> dict[str, int]:
    """Action id → its place in the footer."""
    return {key.id: key.rank for key in keys_of(screen) if key.rank}


@dataclass(frozen=True, slots=True)
class Clash:
    """One key, two meanings on one screen; or a key that must not be used (then one id)."""

    screen: str
    key: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key that a person's own command has, on every screen that has its scope."""

    id: str
    keys: str
    scope: str


def clashes(changed: Mapping[str, str] = {}, *, own: Sequence[OwnKey] = ()) -> tuple[Clash, ...]:
    """What is wrong with the default keys under these changes (id → keys), own commands among them."""
    found: list[Clash] = []
    for screen in (*SCREENS, *WINDOWS):
        users: dict[str, list[str]] = {}
        mine = [key for key in own if key.scope in SCREENS.get(screen, ())]
        for action, keys in (*((key.id, changed.get(key.id, key.keys)) for key in keys_of(screen)),
                             *((key.id, key.keys) for key in mine)):  # fmt: skip
            for name in key_names.split(keys):
                users.setdefault(name, []).append(action)
        for name, ids in users.items():
            if len(ids) > 1 or key_names.is_rejected(name):
                found.append(Clash(screen, name, tuple(ids)))
    return tuple(found)


def unknown(changed: Mapping[str, str]) -> tuple[str, ...]:
    """Ids among the changes that no screen has."""
    return tuple(sorted(set(changed) - set(ids())))


def clash_text(words: Words, clash: Clash) -> str:
    """A clash in words."""
    key, meant = key_names.shown(clash.key), ", ".join(clash.ids)
    if len(clash.ids) == 1:
        return words.t("Key {key} does not reach every desk; choose another for {ids}.", key=key, ids=meant)
    return words.t("Key {key} is used twice: {ids}.", key=key, ids=meant)


def ids() -> tuple[str, ...]:
    """Every id that a key may be given to."""
    return tuple(sorted({key.id for scope in SCOPES.values() for key in scope}))
