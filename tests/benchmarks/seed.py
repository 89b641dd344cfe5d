"""A database with any number of open tickets, the same each time, at the pace of plain inserts."""

import random
from pathlib import Path

from supporttui.clock import system_clock
from supporttui.domain.events import Fact, Opened
from supporttui.domain.ids import CalendarId, OperationId, PersonId, ServiceId, TeamId, TicketId
from supporttui.domain.people import Person, Team
from supporttui.domain.priorities import Priority
from supporttui.domain.services import Service
from supporttui.domain.sla.hours import Calendar, Window
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import SortBucket, SortKey, Timer, TimerState
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import open_ticket
from supporttui.storage import open_store
from supporttui.usecases.ports import Clock, Transaction

WORDS = [
    "disk",
    "latency",
    "login",
    "printer",
    "queue",
    "backup",
    "invoice",
    "timeout",
    "webhook",
    "certificate",
    "cluster",
    "node",
    "mail",
    "vpn",
    "proxy",
    "cache",
    "index",
    "replica",
    "deploy",
    "rollback",
    "alert",
    "pager",
    "password",
    "upload",
    "export",
]
BATCH = 2_000
ALWAYS = CalendarId("always")


def fill(database: Path, size: int, *, ticking: bool = True, clock: Clock | None = None) -> None:
    """``size`` open tickets whose promises end over the coming days; every countdown runs, or there is none."""
    now = (clock or system_clock())()
    shuffle = random.Random(7)
    store = open_store(str(database), clock=lambda: now, create=True)
    with store.write() as tx:
        everyday = Window("00:00", "24:00", days=(1, 2, 3, 4, 5, 6, 7))
        for key, value in (
            ("ops", Team(TeamId("ops"), "Operations")),
            ("ana", Person(PersonId("ana"), "Ana Sommer", teams=(TeamId("ops"),))),
            ("always", Calendar(ALWAYS, "Always", "UTC", weekly=(everyday,))),
            ("web", Service(ServiceId("web"), "Web shop", TeamId("ops"), ALWAYS)),
        ):
            tx.definitions.put(key, value)
    for first in range(0, size, BATCH):
        with store.write() as tx:
            for number in range(first, min(first + BATCH, size)):
                _ticket(tx, now, number, shuffle, ticking=ticking)
    store.close()


def _ticket(tx: Transaction, now: Instant, number: int, shuffle: random.Random, *, ticking: bool) -> None:
    title = " ".join(shuffle.choices(WORDS, k=shuffle.randint(4, 9)))
    opened = Opened(
        title,
        ServiceId("web"),
        TeamId("ops"),
        Priority(shuffle.randint(1, 4)),
        text=" ".join(shuffle.choices(WORDS, k=30)),
    )
    at = Instant(now - shuffle.randint(60, 86_400))
    fact = Fact(TicketId(tx.tickets.new_id()), at, "ana", opened, OperationId(f"seed-{number}"))
    due = Instant(now + shuffle.randint(-1_800, 5 * 86_400))
    timer = Timer(
        Metric.resolution, 1, seconds=due - at, calendar=ALWAYS, started=at, state=TimerState.running, due=due,
        remaining=due - at, anchor=at,
    )  # fmt: skip
    key = SortKey(SortBucket.due, due) if ticking else SortKey()
    tx.tickets.insert(open_ticket(fact), (timer,) if ticking else (), key)
    tx.journal.append([fact])
