"""A drill is marked, calls nobody unless asked, and never carries or delays a real message."""

import pytest

from supporttui.domain.notices import DRILL
from supporttui.domain.people import AuthorityKind, Team
from supporttui.i18n import catalogue
from supporttui.i18n.notices import subject_and_body
from supporttui.usecases import escalation, notices, replay, tickets
from supporttui.usecases.ports import Notice, NoticeState
from supporttui.watch.courier import hand_over
from tests.builders import Desk, opened, person

pytestmark = pytest.mark.core


def paged(desk: Desk, **deviations: object) -> tuple[int, tuple[Notice, ...]]:
    """A ticket of priority 1 whose first step was taken, and its messages."""
    ticket = desk.do(tickets.open_ticket, opened(priority=1, **deviations)).id
    token = desk.token or desk.lead()
    desk.watch(escalation.advance, token, ticket)
    return ticket, desk.ask(lambda tx: tx.outbox.of_ticket(ticket))


def test_a_silent_drill_keeps_whom_it_would_have_called_and_reaches_no_channel(desk: Desk) -> None:
    _, (page,) = paged(desk, drill=True)
    assert (page.person, page.channel, page.address) == ("ben", DRILL, "ben@example.org")
    assert page.params["instead"] == "mail"
    hand_over(page, channels={}, people=(), words_for=lambda _: catalogue.load("en", "UTC", {}))


def test_a_drill_that_calls_leaves_by_the_real_channel_and_says_what_it_is(desk: Desk) -> None:
    ticket, (page,) = paged(desk, drill=True, drill_calls=True)
    assert (page.channel, page.params["drill"]) == ("mail", 1)
    subject, body = subject_and_body(catalogue.load("en", "UTC", {}), page)
    assert subject.startswith("DRILL")
    assert "drill" in body.splitlines()[0]
    assert desk.ask(lambda tx: tx.tickets.get(ticket)).drill_calls
    assert desk.ask(lambda tx: tuple(replay.differences(tx))) == ()


def test_a_real_page_never_leaves_as_part_of_a_drill(desk: Desk) -> None:
    """A storm to one contact point is bundled; what is real and what is not stay apart."""
    for number in range(12):
        paged(desk, drill=bool(number % 2), drill_calls=bool(number % 2), title=f"No {number}")
    while claimed := desk.watch(notices.claim, desk.token, limit=1):
        desk.watch(notices.settle, claimed[0], token=desk.token)
    sent = desk.ask(lambda tx: tx.outbox.in_states([NoticeState.sent, NoticeState.bundled], limit=100))
    drills = {one.key: one.params.get("drill") for one in sent}
    parts = [one for one in sent if one.bundle]
    assert parts
    assert all(drills[one.bundle] == one.params.get("drill") for one in parts)


def test_a_silent_drill_goes_outside_and_nobody_there_hears_of_it(desk: Desk) -> None:
    """The hand-off is a fact with its hop; the partner's people are told by no channel."""
    with desk.store.write() as tx:
        tx.definitions.put("partner", Team("partner", "Partner", AuthorityKind.external))
        tx.definitions.put("pia", person("Pia", teams=("partner",)))
    ticket, _ = paged(desk, drill=True)
    desk.do(tickets.transfer, ticket, None, team="partner")
    told = desk.ask(lambda tx: tx.outbox.of_ticket(ticket))
    assert "pia" in {one.person for one in told}
    assert {one.channel for one in told} == {DRILL}
    assert desk.ask(lambda tx: tx.tickets.get(ticket)).resolver == "partner"
