"""What somebody else did to a ticket since I looked at it."""

import pytest

from supporttui.usecases import conflicts, tickets
from tests.builders import Desk, opened

pytestmark = pytest.mark.core


def test_what_happened_since_a_version_is_its_facts_and_the_fields_they_changed(desk: Desk) -> None:
    seen = desk.do(tickets.take, desk.do(tickets.open_ticket, opened()).id, None)
    desk.do(tickets.wait, seen.id, None, by="ben")
    desk.do(tickets.note, seen.id, None, text="asked", by="ben")
    found = desk.ask(conflicts.since, seen.id, seen.version, desk.clock())
    assert [change.field for change in found.changes] == ["state"]
    assert [fact.actor for fact in found.detail.facts] == ["ben", "ben"]
    assert desk.ask(conflicts.since, seen.id, found.detail.ticket.version, desk.clock()).detail.facts == ()
