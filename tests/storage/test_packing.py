"""Definitions as a pack on both databases: seen first, then changed in one transaction."""

from supporttui import packs
from supporttui.domain.sla.hours import Window
from supporttui.packs.writing import to_toml
from supporttui.storage import SqlStore
from supporttui.usecases import packing, tickets
from supporttui.usecases.definitions.defining import Pack
from tests.builders import Desk, calendar, opened, site


def test_what_is_shown_leaves_no_trace_and_is_what_is_done(store: SqlStore, clock):
    site(store)
    desk = Desk(store, clock)
    desk.do(tickets.open_ticket, opened(priority=3))
    whole = desk.ask(packing.whole, clock())
    assert packs.parse(to_toml(whole), zone="UTC") == whole
    pack, head = (
        Pack("x", calendars=(calendar(weekly=(Window("08:00", "18:00"),)),), site={"prefix": "X-"}),
        store.head(),
    )
    seen = desk.do(packing.foretell, pack)
    assert (store.head(), desk.ask(packing.whole, clock())) == (head, whole)
    assert desk.do(packing.apply, pack, seen=seen, by="zoe").timers == seen.timers
    assert desk.ask(packing.whole, clock()).calendars != whole.calendars
    assert desk.do(packing.foretell, pack).changes == 0
