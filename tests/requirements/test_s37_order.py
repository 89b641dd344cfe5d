"""S37: the SLA drives prioritisation."""

import random
import re
from functools import partial

import pytest

from supporttui.domain.events import State
from supporttui.usecases import tickets
from tests.builders import opened


def fill(desk, clock, seed: int, count: int = 50) -> None:
    """Tickets of every priority, some of which wait, are answered or are past their promise."""
    chance = random.Random(seed)
    deeds = [
        partial(tickets.wait, state=State.waiting_requester),
        partial(tickets.wait, state=State.waiting_vendor),
        partial(tickets.reply, text="looking at it"),
        tickets.take,
    ]
    for _ in range(count):
        service = chance.choice(["mail", "vpn"])
        number = desk.do(tickets.open_ticket, opened(priority=chance.randint(1, 4), service=service)).id
        clock.forward(minutes=chance.randint(0, 90))
        for deed in chance.sample(deeds, chance.randint(0, 3)):
            desk.do(deed, number, None)
            clock.forward(minutes=chance.randint(0, 30))


def place(ticket, timers) -> tuple[int, int, int]:
    """The reference: earliest due of what is not met, then paused by what is left, then none; ties by number."""
    running = [timer["due"] for timer in timers if timer["state"] == "running" and timer["due"]]
    paused = [timer["remaining"] for timer in timers if timer["state"] == "paused"]
    if running:
        return (0, min(running), ticket["id"])
    return (1, min(paused), ticket["id"]) if paused else (2, 0, ticket["id"])


@pytest.mark.parametrize("seed", [1, 2])
def test_fifty_random_tickets_stand_in_the_order_of_a_reference_sort(shell, desk, clock, seed):
    fill(desk, clock, seed)
    shown = [row["id"] for row in shell("queue", "--json").json["tickets"]]
    details = [shell("ticket", "show", str(number), "--json").json for number in sorted(shown)]
    expected = sorted(details, key=lambda found: place(found["ticket"], found["timers"]))
    assert len(shown) == 50
    assert shown == [found["ticket"]["id"] for found in expected]
    assert len({place(found["ticket"], found["timers"])[0] for found in details}) == 2


def looks(row: str) -> str:
    """A line of the queue up to the title, without its numbers: the sign and the shape of the countdown."""
    return re.sub(r"\d+", "9", " ".join(row.split()[:-5]))


@pytest.mark.parametrize("symbols", ["unicode", "ascii"])
def test_warning_breached_paused_and_waiting_for_hours_are_told_apart_without_colour(shell, desk, clock, symbols):
    """Late, nearly late, on hold, and not running before the office opens."""
    desk.do(tickets.open_ticket, opened(priority=1, title="late"))
    clock.forward(minutes=20)
    desk.do(tickets.open_ticket, opened(priority=1, title="soon"))
    desk.do(tickets.open_ticket, opened(priority=3, title="morning"))
    held = desk.do(tickets.open_ticket, opened(priority=3, title="held")).id
    desk.do(tickets.reply, held, None, text="which printer?")
    desk.do(tickets.wait, held, None)
    out = shell("queue", NO_COLOR="1", SUPPORTTUI_SYMBOLS=symbols).out
    rows = {line.split()[-1]: looks(line) for line in out.splitlines()[1:5]}
    assert set(rows) == {"late", "soon", "morning", "held"}
    assert len(set(rows.values())) == 4, out
    assert "\x1b" not in out
    assert symbols != "ascii" or out.isascii()
