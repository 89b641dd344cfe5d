"""Every screen and window in every language, also in two that nobody speaks.

``en_XA`` shows what was never translated and what is cut off, ``en_XW`` where characters were counted for cells.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from textual.widgets import Input

from supporttui.domain.events import Referenced
from supporttui.domain.ids import TicketId
from supporttui.domain.rota.schedule import IntendedGap, Override, OverrideKind
from supporttui.i18n.catalogue import Words, load
from supporttui.i18n.cells import cell_width
from supporttui.storage import SqlStore
from supporttui.tui import commands
from supporttui.tui.base_screen import BaseScreen
from supporttui.usecases import escalation, record, tickets
from supporttui.usecases.handover import writing
from tests.builders import Desk, MovableClock, opened, rota, service, site
from tests.i18n import pseudo
from tests.tui.driver import Driven, at_desk
from tests.tui.screens import command

BERLIN = "Europe/Berlin"
DAY = 86_400

Size = tuple[int, int]
SIZES: tuple[Size, ...] = ((60, 20), (80, 24), (100, 30), (120, 40), (160, 45))
WIDEST = SIZES[-1]


@dataclass(frozen=True)
class Seen:
    """What is on screen, read once for all that is asked of it."""

    desk: Driven
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def words(self) -> Words:
        return self.desk.app.words


Check = Callable[[Seen], object]
"""What is wrong with what is on screen; nothing is false."""
Walk = Callable[[str, Mapping[Size, Check]], Awaitable[Mapping[str, object]]]


def words_of(language: str) -> Words:
    """A language that people speak, or one that shows what a screen does to it."""
    return pseudo.words(language, BERLIN) if language in pseudo.KINDS else load(language, BERLIN, {})


@pytest.fixture
def busy(site_store: SqlStore, clock: MovableClock) -> SqlStore:
    """A night in which everything happens that a screen can show: late, paused, met, paged, overridden, uncovered."""
    night = clock.now
    changes = (
        Override("o", OverrideKind.replace, night, night + 14_400, person="mia", in_place_of="ben", reason="55 %"),
        Override("r", OverrideKind.remove, night + DAY, night + DAY + 3600, layer="first"),
    )
    gap = IntendedGap(night + 3 * DAY, night + 3 * DAY + 3600, "77 %")
    site(site_store, rota=rota(overrides=changes, intended_gaps=(gap,)), mail=service(charter="99 %"))
    other = Desk(site_store, clock, prefix="busy")
    for number in range(30):
        other.do(
            tickets.open_ticket,
            opened(title=f"{number} %", priority=1 + number % 5, requester="44", text="1\n2"),
            by="ben",
        )
        clock.forward(minutes=1)
    other.do(tickets.wait, 2, None, reason="evidence", by="ben")
    other.do(tickets.reply, 1, None, text="33", by="ben")
    other.do(tickets.acknowledge, 6, None, by="ben")
    other.do(writing.promise, text="66", by="ben")
    other.do(writing.write, note="55 %", risks="88 %", by="ben")
    other.watch(escalation.sweep, other.lead(), 50)
    with site_store.write() as tx:
        record.record(other.call("ben"), tx, tx.tickets.get(1), (Referenced("77", "88", "https://9"),))
    return site_store


class Pair:
    """Tickets 1 and 2, of which the second waits for somebody."""

    def step(self, ticket: TicketId, rows: int) -> TicketId:
        return TicketId(max(1, min(2, ticket + rows)))

    def place(self) -> str:
        return "1/2"


async def windows(desk: Driven) -> AsyncIterator[str]:
    """Goes through everything that can be on screen, and stops at each."""
    for keys, name in QUEUE:
        await desk.press(*keys)
        yield name
    for text, name in COMMANDS:
        await command(desk, text)
        yield name
        await desk.press("escape", "escape")
    desk.app.open_ticket(1, Pair())
    await desk.settle()
    for keys, name in TICKET:
        await desk.press(*keys)
        yield name
    for keys, name in OTHERS:
        await desk.press(*keys)
        yield name


QUEUE = (
    ((), "queue"),
    (("space",), "queue with a mark"),
    (("slash",), "filter"),
    (("i", "s", "colon", "x"), "filter that is wrong"),
    (("escape", "escape", "question_mark"), "help of the queue"),
    (("G",), "end of the help of the queue"),
    (("slash", "5", "5", "5"), "help in which nothing fits"),
    (("escape", "escape", "colon"), "command line"),
    (("5", "5"), "command line with a wrong word"),
    (("enter",), "command line, answered"),
    (("escape", "E"), "chooser of steps"),
    (("escape", "m"), "chooser of waiting"),
    (("d",), "prompt for a date"),
    (("escape", "d"), "chooser of codes"),
    (("enter",), "prompt for what solved it"),
    (("escape", "p"), "chooser of priorities"),
    (("1",), "prompt for a reason"),
    (("escape", "c"), "prompt for a note"),
    (("enter",), "note without text"),
    (("a",), "acknowledged"),
    (("u",), "undone"),
    (("u",), "nothing to undo"),
    (("E", "enter"), "page that waits"),
    (("ctrl+q",), "leaving while a page waits"),
    (("escape", "u"), "page withdrawn"),
    (("i",), "preview"),
    (("tab",), "preview of the details"),
    (("tab", "tab"), "preview of the reasons"),
    (("tab", "plus", "plus"), "large preview"),
    (("i", "Y"), "chooser of what to copy"),
    (("m",), "copied"),
    (("o",), "links"),
    (("escape", "ctrl+p"), "palette"),
    (("5", "5"), "palette in which nothing fits"),
    (("escape", "colon", "up"), "command line with what was typed"),
    (("escape", "s"), "another order"),
    (("escape",), "the queue as it was"),
)
COMMANDS = (
    ("messages", "messages"),
    ("copy json", "copied by command"),
    ("oncall", "on call"),
    ("oncall 55", "unknown service"),
    ("t 9999", "unknown ticket"),
    ("wait 55", "unknown choice"),
    ("queue owner:55", "unknown person"),
    ('queue "5555"', "nothing found"),
    ("queue", "everything again"),
)
TICKET = (
    ((), "timeline"),
    (("tab",), "details"),
    (("tab",), "references"),
    (("tab",), "reasons"),
    (("tab", "l"), "ticket that waits"),
    (("m",), "chooser of a ticket that waits"),
    (("escape", "question_mark"), "help of the ticket"),
    (("escape", "q"), "back"),
)
OTHERS = (
    (("2",), "rota"),
    (("pagedown",), "end of the rota"),
    (("z", "l"), "next week in another zone"),
    (("question_mark",), "help of the rota"),
    (("escape", "3"), "escalations"),
    (("G",), "escalation that was answered"),
    (("question_mark",), "help of the escalations"),
    (("escape", "4"), "nothing to hand over"),
    (("o",), "search of handovers"),
    (("enter",), "handovers of the past"),
    (("enter",), "handover"),
    (("G",), "handover with another item"),
    (("question_mark",), "help of the handover"),
    (("escape", "1"), "queue again"),
)


@pytest.fixture
def walk(busy: SqlStore, clock: MovableClock) -> Walk:
    """``await walk("de", {(80, 24): check})`` gives what is wrong, by the name of where it was seen.

    One desk a language: it goes through everything in its widest window, and at each stop through the smaller ones.
    """

    async def walking(language: str, checks: Mapping[Size, Check]) -> Mapping[str, object]:
        found: dict[str, object] = {}
        widest, *smaller = sorted(checks, reverse=True)
        async with at_desk(busy, clock, size=widest) as desk:
            desk.app.parts = replace(desk.app.parts, load_words=words_of)
            desk.app.speak(language)
            await desk.settle()
            async for name in windows(desk):
                for size in (widest, *smaller):
                    await resized(desk, size)
                    seen = Seen(desk, desk.lines)
                    if wrong := checks[size](seen):
                        found[f"{name} at {size[0]}x{size[1]}"] = (wrong, seen.text)
                await resized(desk, widest)
        return found

    return walking


async def resized(desk: Driven, size: Size) -> None:
    """The window has another size, and everything in it follows."""
    if desk.app.size != size:
        await desk.resize(*size)


def told(found: Mapping[str, object]) -> str:
    """The findings, each with what was on screen."""
    return "\n".join(f"--- {name}: {wrong}\n{text}" for name, (wrong, text) in found.items())  # type: ignore[misc]


# --- what holds everywhere ------------------------------------------------------------------------------


def wider(seen: Seen) -> list[str]:
    """Lines that are wider than the window."""
    return [line for line in seen.lines if cell_width(line) > seen.desk.app.size.width]


def cut(seen: Seen) -> list[str]:
    """Lines that end at the edge of the window in the middle of something, without a mark."""
    full = (line for line in seen.lines if cell_width(line.rstrip()) == seen.desk.app.size.width)
    ends = (*ENDS, seen.words.p("footer", "more"))
    return [line for line in full if not line.rstrip().endswith(ends)]


ENDS = ("Esc", "~", "]", "PgDn", "|", "+", "-", ")", "s", "秒", "9", "*", "）", "。", ".", "．")
"""A mark, the end of a text, or of a box."""


def unseen(seen: Seen) -> str:
    """What a person needs on every screen and does not find."""
    screen, lines = seen.desk.app.screen, seen.lines
    if isinstance(screen, BaseScreen):
        more = seen.words.p("footer", "more")
        return "" if lines[-1].rstrip().endswith(f"? {more}") else "footer"
    if screen.query(Input) and screen.focused is screen.query_one(Input):
        region = screen.query_one(Input).region
        return "" if region.width >= 8 and region.bottom <= seen.desk.app.size.height else "prompt"
    return "" if lines[-1].strip() else "way out"


LETTERS = set("aceinouyszdglACEINOUY")
"""What ``en_XA`` writes in another way."""
NAMES = (
    "Ana Ben Mia mia Lea Zoe Berlin Mail mail Desk desk Night Urgent urgent Lead first second Always standard Europe "
    "example org https"
)
FROM_BABEL = "CET UTC Mon Tue Wed Thu Fri Sat Sun Mar Feb"
KEYS = "Enter Esc Tab Shift Space PgUp PgDn Home End Left Right Up Down"
CODES = (
    "requester vendor scheduled waiting until reason state owner team service is breached network new word evidence sla"
)
DATA = {word for words in (NAMES, FROM_BABEL, KEYS, CODES) for word in words.split()} | {
    word for verb in commands.verbs() for word in verb.split()
}
"""Words that stay as they are: of the site, of calendars, of keyboards, and those that are typed."""


def untranslated(seen: Seen) -> set[str]:
    """Words in plain letters that are neither data nor keys, though the language writes all of its own with accents."""
    found = {word for line in seen.lines for word in re.findall(r"[^\W\d_]{2,}", line)}
    plain = {word for word in found if word.isascii() and LETTERS & set(word)}
    return {word for word in plain if not any(known.startswith(word) for known in DATA)}


def misplaced(seen: Seen) -> list[object]:
    """Whatever does not fit, is cut without a mark, or cannot be found."""
    return [wrong for wrong in (wider(seen), cut(seen), unseen(seen)) if wrong]


def lost(seen: Seen) -> object:
    """Where there is room for columns to end at the edge: only what is too wide, or cannot be found."""
    return wider(seen) or unseen(seen)


WALKS: Mapping[str, Mapping[Size, Check]] = {
    "en": {(60, 20): misplaced},
    "de": dict.fromkeys(((60, 20), (80, 24), (100, 30)), misplaced),
    "ja": {**dict.fromkeys(SIZES[:3], misplaced), **dict.fromkeys(SIZES[3:], lost)},
    "en_XA": {(80, 24): misplaced, (120, 40): lost, WIDEST: untranslated},
    "en_XW": {(80, 24): misplaced},
}
"""Language → sizes → what is looked for: each language where its words are long, wide, or have little room."""


@pytest.mark.parametrize("language", WALKS)
async def test_everything_fits_is_marked_where_cut_can_be_left_and_is_translated(walk: Walk, language: str) -> None:
    found = await walk(language, WALKS[language])
    assert not found, told(found)


async def test_a_change_of_language_reaches_every_screen_that_is_open(busy: SqlStore, clock: MovableClock) -> None:
    """There and back: no text of the language before is left over, and nothing is lost."""
    async with at_desk(busy, clock, size=(100, 40)) as desk:
        desk.app.parts = replace(desk.app.parts, load_words=words_of)
        for keys in (("1",), ("2",), ("3",), ("1", "enter"), ("tab",)):
            await desk.press(*keys)
            await desk.tick()
            english = desk.lines[1:]  # the first tells how old the data is
            for before, language in pairwise(("en", "en_XA", "ja", "en")):
                desk.app.speak(language)
                await desk.settle()
                if language == "en_XA":
                    assert untranslated(Seen(desk, desk.lines)) == set(), (before, desk.text)
            assert desk.lines[1:] == english
