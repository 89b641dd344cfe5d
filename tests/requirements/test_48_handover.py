"""S25, S27 and what is easily overlooked (no. 48): a handover is a transfer of responsibility, and is acknowledged."""

import pytest

from supporttui.domain.spans import Instant
from supporttui.usecases import tickets
from tests.builders import NOW, opened

HANDOFF = Instant(NOW + 16_800)
BEN, ANA = ("--as", "ben"), ("--as", "ana")


@pytest.fixture
def ticket(desk):
    """A top priority."""
    return desk.do(tickets.open_ticket, opened(priority=1)).id


def test_until_the_incoming_person_accepts_the_outgoing_one_stays_responsible(shell, desk, clock, ticket):
    """One owner for each open item: Ben, beyond the end of his shift, until Ana has accepted; then Ana."""
    shell("take", str(ticket), *BEN)
    shell("handover", "next-step", str(ticket), "call", *BEN)
    shell("handover", "sign", *BEN)
    clock.now = Instant(HANDOFF + 600)
    assert shell("handover", "show", "--json", *ANA).json["responsible"] == ["ben"]
    assert shell("ticket", "show", str(ticket), "--json").json["ticket"]["owner"] == "ben"
    shell("handover", "accept", "--all", *ANA)
    assert shell("handover", "show", "night-1-20260302T070000Z", "--json").json["responsible"] == ["ana"]
    assert shell("ticket", "show", str(ticket), "--json").json["ticket"]["owner"] == "ana"


def test_the_note_lists_what_falls_due_in_the_next_shift_in_the_readers_zone(shell, ticket):
    here = shell("handover", "show", "--zone", "Europe/London", *BEN).out
    there = shell("handover", "show", "--zone", "Asia/Tokyo", *BEN).out
    assert "resolution due 06:20" in here
    assert "resolution due 15:20" in there
    assert "2026-03-02 07:00 GMT" in here
    assert "2026-03-02 16:00 JST" in there
