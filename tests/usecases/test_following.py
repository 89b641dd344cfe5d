"""Who follows a ticket, who wants to be reminded, who got it: what each of them is told, once, and what not."""

import pytest

from supporttui.domain.filter import Names, parse
from supporttui.domain.people import AuthorityKind, Team
from supporttui.usecases import bonds, escalation, notices, queue, replay, tickets
from supporttui.usecases.ports import NoticeState
from supporttui.usecases.views import Ask
from tests.builders import Desk, calendar, opened, refuses, site

pytestmark = pytest.mark.core


@pytest.fixture
def ticket(desk: Desk) -> int:
    """A ticket of priority 3 that Mia and Ana follow."""
    found = desk.do(tickets.open_ticket, opened()).id
    for person in ("mia", "ana"):
        desk.do(bonds.follow, found, None, by=person)
    return found


def told(desk: Desk, ticket: int, *, but: str = "breached") -> list[tuple[str, str]]:
    """Who is to hear what, oldest first."""
    found = desk.ask(lambda tx: tx.outbox.of_ticket(ticket))
    return [(notice.person, notice.code) for notice in reversed(found) if notice.code != but]


def sent(desk: Desk) -> list[tuple[str, str]]:
    """What leaves now: claimed by the watch and handed over."""
    token = desk.token or desk.lead()
    claimed = desk.watch(notices.claim, token, limit=50)
    for notice in claimed:
        desk.watch(notices.settle, notice, token=token)
    return sorted((notice.person, notice.code) for notice in claimed)


def shown(desk: Desk, text: str, me: str | None) -> list[int]:
    page = desk.ask(queue.page, Ask(parse(text, Names(), desk.clock(), "UTC"), me=me), desk.clock())
    return [item.row.id for item in page.items]


# --- followers ------------------------------------------------------------------------------------------------


def test_followers_hear_of_states_priorities_and_escalations_but_not_of_their_own_doing(desk: Desk, ticket) -> None:
    desk.do(tickets.change_priority, ticket, None, priority=2, reason="two floors", by="ana")
    assert told(desk, ticket) == [("mia", "priority")]
    desk.do(tickets.wait, ticket, None, by="ben")
    assert sorted(told(desk, ticket)) == [("ana", "state"), ("mia", "priority"), ("mia", "state")]


def test_what_does_not_matter_is_not_told(desk: Desk, ticket) -> None:
    desk.do(tickets.note, ticket, None, text="looked", by="ben")
    desk.do(tickets.edit, ticket, None, fields={"category": "disk"}, by="ben")
    assert told(desk, ticket) == []


def test_a_follower_who_is_paged_is_not_told_of_the_page_as_well(desk: Desk, ticket) -> None:
    desk.do(escalation.escalate, ticket, None, step=2, by="ben")
    assert sorted(told(desk, ticket)) == [("ana", "escalated"), ("mia", "page")]


def test_an_operation_tells_a_follower_once(desk: Desk, ticket) -> None:
    desk.do(tickets.take, ticket, None, by="ben")
    assert sorted(told(desk, ticket)) == [("ana", "state"), ("mia", "state")]


def test_who_follows_no_longer_hears_nothing(desk: Desk, ticket) -> None:
    desk.do(bonds.unfollow, ticket, None, by="mia")
    desk.do(tickets.wait, ticket, None, by="ben")
    assert told(desk, ticket) == [("ana", "state")]


def test_an_undo_tells_the_state_that_it_put_back(desk: Desk, ticket) -> None:
    desk.do(tickets.wait, ticket, None, by="ben")
    desk.do(tickets.undo, desk.last, by="ben")
    assert told(desk, ticket).count(("mia", "state")) == 2


def test_a_breach_is_told_to_followers_once_when_it_is_there(desk: Desk, ticket) -> None:
    (first,) = {n.not_before for n in desk.ask(lambda tx: tx.outbox.of_ticket(ticket)) if n.params["cycle"] == 1
                and n.params["metric"] == "first_response"}  # fmt: skip
    desk.clock.now = first - 1
    assert sent(desk) == []
    desk.clock.now = first
    assert sent(desk) == [("ana", "breached"), ("mia", "breached")]
    desk.do(tickets.note, ticket, None, text="looked", by="ben")
    assert sent(desk) == []


def test_a_target_that_was_met_in_time_is_no_breach(desk: Desk, ticket) -> None:
    desk.do(tickets.reply, ticket, None, text="on it", by="ben")
    desk.do(tickets.resolve, ticket, None, by="ben")
    sent(desk)
    desk.clock.forward(days=30)
    assert sent(desk) == []


def test_who_follows_no_longer_hears_of_no_breach(desk: Desk, ticket) -> None:
    desk.do(bonds.unfollow, ticket, None, by="mia")
    desk.clock.forward(days=30)
    assert {person for person, _ in sent(desk)} == {"ana"}


def test_a_breach_is_told_also_when_it_was_ended_before_the_watch_came_to_it(desk: Desk, ticket) -> None:
    desk.clock.forward(days=30)
    desk.do(tickets.reply, ticket, None, text="on it", by="ben")
    assert ("mia", "breached") in sent(desk)


def test_a_breach_moves_with_its_target(desk: Desk) -> None:
    """Waiting pauses the resolution, so its breach comes later; so does one by other service hours."""
    ticket = desk.do(tickets.open_ticket, opened(priority=2)).id
    desk.do(bonds.follow, ticket, None, by="mia")
    desk.do(tickets.reply, ticket, None, text="on it", by="mia")
    desk.do(tickets.wait, ticket, None, by="mia")
    desk.clock.forward(hours=1)
    desk.do(tickets.resume, ticket, None, by="mia")
    desk.clock.forward(hours=7, seconds=1)
    assert sent(desk) == []
    desk.clock.forward(hours=1)
    assert sent(desk) == [("mia", "breached")]


def test_is_followed_finds_what_i_follow_and_nothing_for_nobody(desk: Desk, ticket) -> None:
    desk.do(tickets.open_ticket, opened())
    assert (shown(desk, "is:followed", "mia"), shown(desk, "is:followed", "ben")) == ([ticket], [])
    assert shown(desk, "is:followed", None) == []


# --- reminders ------------------------------------------------------------------------------------------------


def remind(desk: Desk, ticket: int, *, hours: float = 2, text: str = "call back") -> int:
    until = desk.clock() + int(hours * 3600)
    desk.do(bonds.snooze, ticket, None, until=until, text=text)
    return until


@pytest.fixture
def plain(desk: Desk) -> int:
    """A ticket that nobody follows."""
    return desk.do(tickets.open_ticket, opened()).id


def test_a_reminder_leaves_at_its_moment_and_not_before(desk: Desk, plain) -> None:
    until = remind(desk, plain)
    desk.clock.now = until - 1
    assert sent(desk) == []
    desk.clock.now = until
    assert sent(desk) == [("ana", "reminder")]
    assert sent(desk) == []


@pytest.mark.parametrize(
    "then",
    [
        lambda desk, ticket: desk.do(tickets.undo, desk.last),
        lambda desk, ticket: desk.do(bonds.snooze, ticket, None),
        lambda desk, ticket: desk.do(tickets.resolve, ticket, None, by="ben"),
        lambda desk, ticket: desk.do(tickets.close, ticket, None, by="ben"),
    ],
    ids=["undone", "taken back", "resolved", "closed"],
)
def test_a_reminder_that_is_not_wanted_any_more_is_not_sent(desk: Desk, plain, then) -> None:
    remind(desk, plain)
    then(desk, plain)
    desk.clock.forward(hours=3)
    assert sent(desk) == []
    (row,) = desk.ask(lambda tx: tx.outbox.of_ticket(plain))
    assert (row.state, row.error) == (NoticeState.suppressed, "notice.no_reminder")


def test_another_reminder_takes_the_place_of_the_first(desk: Desk, plain) -> None:
    remind(desk, plain, hours=1)
    until = remind(desk, plain, hours=3)
    desk.clock.forward(hours=2)
    assert sent(desk) == []
    desk.clock.now = until
    assert sent(desk) == [("ana", "reminder")]


def test_a_reminder_that_came_back_by_an_undo_is_sent_once(desk: Desk, plain) -> None:
    until = remind(desk, plain)
    desk.do(tickets.resolve, plain, None)
    desk.do(tickets.undo, desk.last)
    desk.clock.now = until
    assert sent(desk) == [("ana", "reminder")]


def test_is_snoozed_finds_what_i_put_off_until_the_moment_comes_and_the_queue_keeps_it(desk: Desk, plain) -> None:
    before = desk.ask(queue.page, Ask(), desk.clock()).items[0].row.sort
    remind(desk, plain)
    assert (shown(desk, "is:snoozed", "ana"), shown(desk, "is:snoozed", "ben")) == ([plain], [])
    item = desk.ask(queue.page, Ask(), desk.clock()).items[0]
    assert (item.row.id, item.row.sort) == (plain, before)
    desk.clock.forward(hours=2)
    assert shown(desk, "is:snoozed", "ana") == []


# --- who got it -----------------------------------------------------------------------------------------------


def test_a_transfer_inside_gives_owner_and_team_and_tells_the_owner(desk: Desk, plain) -> None:
    desk.do(tickets.assign, plain, None, resolver="network")
    found = desk.do(tickets.transfer, plain, None, team="network", owner="zoe")
    assert (found.team, found.owner, found.resolver) == ("network", "zoe", "")
    assert ("zoe", "assigned") in told(desk, plain)


def test_a_transfer_to_a_person_brings_that_persons_team(desk: Desk, plain) -> None:
    found = desk.do(tickets.transfer, plain, None, owner="zoe", text="router")
    assert (found.team, found.owner) == ("network", "zoe")


def test_a_transfer_to_a_team_leaves_it_to_that_team(desk: Desk, plain) -> None:
    desk.do(tickets.take, plain, None)
    found = desk.do(tickets.transfer, plain, None, team="network")
    assert (found.team, found.owner) == ("network", None)
    assert ("zoe", "transferred") in told(desk, plain)


def test_a_transfer_outside_changes_only_who_works_on_it(desk: Desk, plain) -> None:
    with desk.store.write() as tx:
        tx.definitions.put("acme", Team("acme", "Acme", kind=AuthorityKind.external))
    desk.do(tickets.take, plain, None)
    found = desk.do(tickets.transfer, plain, None, team="acme")
    assert (found.team, found.owner, found.resolver, found.hops) == ("desk", "ana", "acme", 1)
    with refuses("transfer.owner_outside"):
        desk.do(tickets.transfer, plain, None, team="acme", owner="ben")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "transfer.nobody"),
        ({"team": "nobody"}, "team.unknown"),
        ({"owner": "nobody"}, "person.unknown"),
        ({"team": "desk"}, "assign.nothing"),
    ],
)
def test_a_transfer_needs_somebody_who_is_known_and_does_not_have_it(desk: Desk, plain, asked, code) -> None:
    with refuses(code):
        desk.do(tickets.transfer, plain, None, **asked)


@pytest.mark.parametrize("whom", [{"owner": "ben"}, {"team": "network"}])
def test_a_transfer_that_is_undone_in_time_is_never_told(desk: Desk, plain, whom) -> None:
    desk.do(tickets.transfer, plain, None, **whom)
    desk.do(tickets.undo, desk.last)
    assert sent(desk) == []


def test_a_transfer_that_was_told_is_taken_back_by_another_message(desk: Desk, plain) -> None:
    desk.do(tickets.transfer, plain, None, owner="ben")
    done = desk.last
    assert sent(desk) == [("ben", "assigned")]
    desk.do(tickets.undo, done)
    undone = desk.last
    assert sent(desk) == [("ben", "handed_back")]
    desk.do(tickets.redo, undone)
    assert sent(desk) == [("ben", "assigned")]


def test_other_service_hours_move_the_breach_that_is_told(desk: Desk, ticket) -> None:
    """The old moment tells nobody."""
    due = {n.not_before for n in desk.ask(lambda tx: tx.outbox.of_ticket(ticket))}
    site(desk.store, calendar=calendar(weekly=()))
    desk.do(replay.refold, by="zoe")
    desk.clock.now = max(due)
    assert sent(desk) == []


def test_a_breach_that_stays_on_record_is_told_although_its_target_moved_and_only_once(desk: Desk) -> None:
    """No watch ran when the time was over; then the hours changed, so that it would not have been."""
    ticket = desk.do(tickets.open_ticket, opened(priority=2)).id
    desk.do(bonds.follow, ticket, None, by="mia")
    desk.do(tickets.reply, ticket, None, text="on it", by="mia")
    desk.clock.forward(hours=9)
    with desk.store.write() as tx:
        tx.definitions.put("always", calendar(id="always", zone="UTC"))  # office hours: its eight hours end at 17:00
    desk.do(replay.refold, by="zoe")
    unmet = [timer for timer in desk.ask(lambda tx: tx.tickets.timers(ticket)) if timer.unmet]
    assert [timer.breached_at is not None for timer in unmet] == [True]
    assert sent(desk) == [("mia", "breached")]
    desk.clock.forward(days=30)
    assert sent(desk) == []
