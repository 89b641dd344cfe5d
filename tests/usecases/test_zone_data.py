"""A database names the release of the zone rules that its timers were counted by; another one counts them anew."""

import pytest

from supporttui.domain.faults import Forbidden
from supporttui.domain.sla.timer import sort_key
from supporttui.usecases import packing, queue, tickets, zone_data
from tests.builders import opened, refuses

pytestmark = pytest.mark.core


@pytest.fixture
def counted_by_others(desk):
    """A ticket whose dues stand an hour later than the rules of this machine have them."""
    ticket = desk.do(tickets.open_ticket, opened(), by="ben")
    with desk.store.write() as tx:
        known = tx.tickets.timers(ticket.id)
        moved = tuple(one._replace(due=one.due and one.due + 3600) for one in known)
        tx.tickets.save(tx.tickets.get(ticket.id), moved, sort_key(moved), expected=ticket.version)
        zone_data.note(tx, "2025a")
    return ticket.id, known


def test_the_first_release_named_stays_until_somebody_counts_anew(desk):
    with desk.store.write() as tx:
        zone_data.note(tx, "2025a")
        zone_data.note(tx, "2026b")
    assert desk.ask(zone_data.in_force) == "2025a"
    assert desk.ask(queue.status, desk.clock()).zone_data == "2025a"


def test_counting_anew_moves_the_dues_and_names_the_release(desk, counted_by_others):
    ticket, known = counted_by_others
    found = desk.do(zone_data.adopt, "2026b", by="zoe")
    assert (found.before, found.after, found.tickets) == ("2025a", "2026b", 1)
    assert set(desk.ask(lambda tx: tx.tickets.timers(ticket))) == set(known)
    assert desk.ask(zone_data.in_force) == "2026b"
    assert desk.do(zone_data.adopt, "2026b", by="zoe").tickets == 0


def test_older_rules_than_those_in_force_are_refused_unless_they_are_wanted(desk, counted_by_others):
    with refuses("zones.older"):
        desk.do(zone_data.adopt, "2024b", by="zoe")
    assert desk.ask(zone_data.in_force) == "2025a"
    assert desk.do(zone_data.adopt, "2024b", by="zoe", even_older=True).after == "2024b"


def test_what_it_would_do_is_told_and_not_done(desk, counted_by_others):
    ticket, known = counted_by_others
    with desk.store.write() as tx:
        assert zone_data.whatif_adopt(tx, "zoe", desk.clock(), "2026b").tickets == 1
    assert set(desk.ask(lambda tx: tx.tickets.timers(ticket))) != set(known)
    assert desk.ask(zone_data.in_force) == "2025a"


def test_only_who_may_configure_counts_anew(desk):
    with refuses("access.denied", Forbidden):
        desk.do(zone_data.adopt, "2026b", by="ana")


def test_a_pack_of_the_site_does_not_carry_the_release(desk):
    with desk.store.write() as tx:
        zone_data.note(tx, "2025a")
    pack = desk.ask(packing.whole, desk.clock())
    assert pack.site
    assert "tz_version" not in pack.site
