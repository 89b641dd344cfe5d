"""A night of one engineer, forty actions: by keys in a real terminal, and by verbs in a shell, the same journal.

What the night costs is counted: key presses, bytes sent to the terminal, statements sent to the database.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from supporttui.clock import system_clock
from supporttui.domain.events import payload
from supporttui.domain.rota.schedule import Layer, Rotation
from supporttui.storage import open_store
from tests.builders import MovableClock, rota
from tests.cli.conftest import Shell
from tests.scale.conftest import counting
from tests.terminal.pty import Terminal
from tests.tui import conftest
from tests.tui.driver import at_desk

TICKETS = 14
SAVE = "\x13"
KEY_PRESSES = 292
"""Words that are typed included."""
BYTES = 200_000
STATEMENTS = 2_500
"""Reading what came of each action, what the first line says then, and the badges that move with it, included."""


@dataclass(frozen=True)
class Act:
    """One action: the keys, the verb that does the same, and what the terminal shows once it is done."""

    keys: str
    verb: str
    seen: str
    before_enter: str = ""
    """What must be seen before the last key is pressed."""

    def pressed(self) -> tuple[tuple[str, str], ...]:
        """Keys, and what is seen after them."""
        if not self.before_enter:
            return ((self.keys, self.seen),)
        return ((self.keys[:-1], self.before_enter), (self.keys[-1], self.seen))


NIGHT = (
    Act("a", "ack 14", "Acknowledged T-14."),
    Act("cOn it\r", "note 14|On it", "Note saved on T-14."),
    Act("E\r", "escalate 14", "Paging L1"),
    Act("u", "withdraw 14", "Withdrawn"),
    Act("w", "follow 14", "You follow T-14."),
    Act("z\r", "snooze 14 1h", "Reminder set"),
    Act(f"xjira\tOPS-7{SAVE}", "refer 14 jira OPS-7", "Reference added to T-14."),
    Act("mr", "wait 14 waiting_requester", "T-14 waits."),
    Act("mg", "resume 14", "Work goes on: T-14."),
    Act("d\rRestarted\r", "resolve 14 Restarted", "Resolved T-14."),
    Act("RNot yet\r", "reopen 14|Not yet", "Reopened T-14."),
    Act("d\rReplaced\r", "resolve 14 Replaced", "Resolved T-14."),
    Act("jt", "take 13", "Taken: T-13."),
    Act("p4Few people\r", "priority 13 4|Few people", "Priority changed: T-13."),
    Act(f"Tnetwork{SAVE}", "transfer 13 network", "Handed over: T-13."),
    Act(f"rWe look into it{SAVE}", "reply 13|We look into it", "T-13 recorded, NOT SENT"),
    Act("Mr12\r", "relate 13 12 --relation related", "Related: T-13.", "T-12  Ticket"),
    Act("u", "undo 13", "Undone"),
    Act("U", "redo 13", "Done again"),
    Act(f"e tonight{SAVE}", "edit 13|title=Ticket number 12 tonight", "tonight"),
    Act("jMM11\r", "merge 12 11", "Merged: T-12.", "T-11  Ticket"),
    Act("ja", "ack 11", "Acknowledged T-11."),
    Act("w", "follow 11", "You follow T-11."),
    Act("w", "unfollow 11", "You no longer follow T-11."),
    Act(f"jDBy mistake\tT-10{SAVE}", "void 10 --word T-10|By mistake", "Void: T-10."),
    Act(f"nPrinter on fire\tmail{SAVE}", "new|Printer on fire|--service mail", "Opened T-15."),
    Act("j   a", "ack 9 8 7", "Acknowledged T-9, T-8, T-7."),
    Act("u", "undo 9", "Undone"),
    Act("U", "redo 9", "Done again"),
    Act("kkk   mv", "wait 9,8,7 waiting_vendor", "T-9, T-8, T-7 waits."),
    Act("kkk   cWe know\r", "note 9,8,7|We know", "Note saved on T-9, T-8, T-7."),
    Act(":wait 6 waiting_vendor\r", "wait 6 waiting_vendor", "T-6 waits."),
    Act(":resume 6\r", "resume 6", "Work goes on: T-6."),
    Act("\rcRead it\r", "note 6|Read it", "Note saved on T-6."),
    Act("qjp2Whole site\r", "priority 5 2|Whole site", "Priority changed: T-5."),
    Act("a", "ack 5", "Acknowledged T-5."),
    Act("jz4", "snooze 4 4h", "Reminder set: T-4."),
    Act("jdwOther door\r", "resolve 3|Other door|--code workaround", "Resolved T-3."),
    Act(":close T-3\r", "close 3", "Closed T-3."),
    Act("jE\r", "escalate 2", "Paging"),
)
BEGIN = Act("s5", "", "by number  1 of 14")
"""So that a key finds its ticket whatever happens to the others."""
WITHOUT_TURNS = rota(layers=(Layer("first", (Rotation(datetime(2026, 3, 2, 8), (("ben",),)),)),))
"""The same person on duty whenever this runs."""
NAMES = {
    "\r": "enter", SAVE: "ctrl+s", "\t": "tab", " ": "space", ":": "colon", "-": "minus", "_": "underscore",
}  # fmt: skip


def words_of(verb: str) -> list[str]:
    """``note 14|On it`` as arguments: between bars stands what is one word, or words without spaces."""
    first, *rest = verb.split("|")
    return [*first.split(), *(word for part in rest for word in (part.split() if part.startswith("--") else [part]))]


def journal(database: str) -> list[Any]:
    """What Ana did, in order: the operation's number, the ticket, the event; moments as ``_moment`` tells them."""
    store = open_store(database, clock=system_clock(), read_only=True)
    with store.read() as tx:
        facts = list(tx.journal.each())
    store.close()
    done = [fact for fact in facts if fact.actor == "ana"]
    numbers: dict[str, int] = {}
    return [
        (
            numbers.setdefault(fact.operation, len(numbers)),
            fact.ticket,
            _without_clock(payload(fact.event), _moment(fact.at, night=done[0].at, begin=facts[0].at), numbers),
        )
        for fact in done
    ]


def _moment(action: int, *, night: int, begin: int) -> Callable[[int], str]:
    """Moments of the night count from the action that names them, and older ones from the begin of the journal."""
    return lambda at: f"{round((at - (action if at >= night else begin)) / 60)} minutes"


def _without_clock(value: Any, moment: Callable[[int], str], numbers: dict[str, int]) -> Any:
    if isinstance(value, dict):
        return {key: _without_clock(inner, moment, numbers) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_clock(inner, moment, numbers) for inner in value]
    if isinstance(value, int) and value > 1_000_000_000:
        return moment(value)
    return f"operation {numbers[value]}" if isinstance(value, str) and value in numbers else value


Started = Callable[[str], tuple[str, MovableClock]]


@pytest.fixture
def made(site_template: bytes, tmp_path: Path) -> Started:
    """A database with the tickets of the night, opened in the last hour; each name gives one of its own."""

    def making(name: str) -> tuple[str, MovableClock]:
        path = tmp_path / f"{name}.db"
        path.touch(mode=0o600)
        path.write_bytes(site_template)
        clock = MovableClock(system_clock()() - 3600)
        store = open_store(str(path), clock=clock)
        with store.write() as tx:
            tx.definitions.put("night", WITHOUT_TURNS)
        conftest.fill(store, clock, TICKETS)
        store.close()
        return str(path), clock

    return making


@pytest.fixture
def by_keys(made: Started, tmp_path: Path) -> Iterator[Terminal]:
    """The desk on such a database, in a terminal of 80x24."""
    database, _ = made("keys")
    home = tmp_path / "keys"
    home.mkdir()
    terminal = Terminal("--db", database, "--as", "ana", home=home)
    yield terminal
    terminal.close()


def test_the_night_by_keys_and_by_verbs_gives_the_same_journal(
    by_keys: Terminal, made: Started, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Forty actions; the terminal is sent no more than a budget of bytes."""
    by_keys.shows("live", " T-14 ")
    before = len(by_keys.sent)
    for act in (BEGIN, *NIGHT):
        for keys, seen in act.pressed():
            by_keys.press(keys).shows(seen)
    sent = len(by_keys.sent) - before
    by_keys.press("\x11")
    database, clock = made("verbs")
    shell = Shell(capsys, database, clock, tmp_path / "verbs")
    for act in NIGHT:
        clock.forward(seconds=2)
        done = shell("--as", "ana", *words_of(act.verb))
        assert done.code == 0, (act.verb, done)
    assert journal(str(tmp_path / "keys.db")) == journal(database)
    assert len(NIGHT) == 40
    assert sent < BYTES, sent


async def test_the_keys_and_the_statements_of_the_night_are_counted(made: Started) -> None:
    """What forty actions ask of a hand and of a database, reading included."""
    database, clock = made("statements")
    store = open_store(database, clock=clock)
    pressed = 0
    async with at_desk(store, clock) as desk:
        with counting() as counted:
            for act in (BEGIN, *NIGHT):
                for keys, _ in act.pressed():
                    await desk.press(*[NAMES.get(key, key) for key in keys])
                pressed += len(act.keys)
                clock.forward(seconds=2)
    store.close()
    assert pressed == KEY_PRESSES
    assert len(counted.statements) < STATEMENTS, len(counted.statements)
