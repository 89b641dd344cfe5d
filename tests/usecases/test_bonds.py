"""What ties tickets to people and to each other: both sides in one transaction, and what cannot be undone."""

import pytest

from supporttui.domain.events import Merged, MergedIn, Related, Voided
from supporttui.domain.filter import Names, parse
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import EVERYTHING
from supporttui.domain.states import Relation, State
from supporttui.domain.tickets import Reference, Relationship
from supporttui.usecases import bonds, escalation, notices, queue, replay, tickets
from supporttui.usecases.ports import EscalationState, NoticeState
from supporttui.usecases.views import Ask
from tests.builders import Desk, opened, refuses

pytestmark = pytest.mark.core


def new(desk: Desk, **deviations) -> TicketId:
    return desk.do(tickets.open_ticket, opened(**deviations)).id


def of(desk: Desk, ticket: int):
    return desk.ask(lambda tx: tx.tickets.get(ticket))


def kinds(desk: Desk, ticket: int) -> list[type]:
    return [type(fact.event) for fact in desk.ask(lambda tx: tx.journal.of_ticket(ticket))]


def shown(desk: Desk, text: str, me: str | None = "ana") -> list[int]:
    """The tickets that a filter finds."""
    node = parse(text, Names(), desk.clock(), "UTC") if text else EVERYTHING
    page = desk.ask(queue.page, Ask(node, me=me), desk.clock())
    assert page.total == len(page.items)
    return sorted(item.row.id for item in page.items)


def is_sound(desk: Desk) -> bool:
    """What is stored is what the facts say."""
    return desk.ask(replay.differences) == ()


# --- relate -------------------------------------------------------------------------------------------------


def test_a_relation_stands_on_both_tickets_and_is_undone_on_both(desk: Desk) -> None:
    one, other = new(desk), new(desk)
    desk.do(bonds.relate, one, None, other=other, relation="blocks")
    operation = desk.last
    assert of(desk, one).relations == (Relationship(other, Relation.blocks),)
    assert of(desk, other).relations == (Relationship(one, Relation.blocked_by),)
    assert is_sound(desk)
    desk.do(tickets.undo, operation)
    assert (of(desk, one).relations, of(desk, other).relations) == ((), ())
    assert kinds(desk, other).count(Related) == 1
    assert is_sound(desk)


def test_a_relation_is_taken_away_on_both_tickets_by_either_whatever_it_was(desk: Desk) -> None:
    one, other = new(desk), new(desk)
    desk.do(bonds.relate, one, None, other=other, relation="parent")
    desk.do(bonds.unrelate, other, None, other=one)
    assert (of(desk, one).relations, of(desk, other).relations) == ((), ())
    with refuses("relate.not"):
        desk.do(bonds.unrelate, one, None, other=other)


def test_a_relation_to_nothing_changes_nothing(desk: Desk) -> None:
    one = new(desk)
    with refuses("ticket.unknown"):
        desk.do(bonds.relate, one, None, other=99)
    assert of(desk, one).version == 1


# --- merge --------------------------------------------------------------------------------------------------


def test_a_merge_closes_one_and_brings_its_followers_and_references_to_the_other(desk: Desk) -> None:
    one, other = new(desk, priority=1), new(desk)
    desk.do(bonds.refer, one, None, system="jira", key="OPS-7", url="https://jira.example/OPS-7")
    desk.do(bonds.follow, one, None, by="mia")
    found = desk.do(bonds.merge, one, None, into=other)
    assert (found.state, found.resolution, found.merged_into) == (State.closed, "merged", other)
    target = of(desk, other)
    assert (target.followers, target.merged) == (("mia",), (one,))
    assert target.references == (Reference("jira", "OPS-7", "https://jira.example/OPS-7"),)
    assert (kinds(desk, one)[-2], kinds(desk, other)[1]) == (Merged, MergedIn)
    assert is_sound(desk)


def test_a_foreign_number_leads_to_the_ticket_that_goes_on(desk: Desk) -> None:
    one, other = new(desk), new(desk)
    desk.do(bonds.refer, one, None, system="jira", key="OPS-7")
    desk.do(bonds.merge, one, None, into=other)
    assert desk.ask(lambda tx: tx.tickets.find("jira", "OPS-7")) == other
    desk.do(bonds.void, other, None, reason="test", word="T-2")
    assert desk.ask(lambda tx: tx.tickets.find("jira", "OPS-7")) == one


def test_a_merged_ticket_pages_nobody_any_more(desk: Desk) -> None:
    token = desk.lead()
    one, other = new(desk, priority=1), new(desk)
    desk.watch(escalation.sweep, token)
    desk.do(bonds.merge, one, None, into=other)
    assert desk.ask(lambda tx: tx.escalations.get(one)).state is EscalationState.done
    desk.clock.forward(hours=2)
    assert desk.watch(escalation.sweep, token) == 0
    desk.watch(notices.claim, token)
    pages = [n for n in desk.ask(lambda tx: tx.outbox.of_ticket(one)) if n.code == "page"]
    assert {page.state for page in pages} == {NoticeState.suppressed}


def test_a_merge_is_not_undone_and_the_merged_ticket_not_reopened(desk: Desk) -> None:
    one, other = new(desk), new(desk)
    desk.do(bonds.merge, one, None, into=other)
    with refuses("undo.merged"):
        desk.do(tickets.undo, desk.last)
    with refuses("ticket.merged"):
        desk.do(tickets.reopen, one, None)


def test_no_chain_of_merges_comes_back_to_where_it_began(desk: Desk) -> None:
    one, two, three = new(desk), new(desk), new(desk)
    desk.do(bonds.merge, one, None, into=two)
    desk.do(bonds.merge, two, None, into=three)
    with refuses("merge.loop"):
        desk.do(bonds.merge, three, None, into=one)
    assert of(desk, three).is_open


def test_merged_tickets_are_found_by_their_word(desk: Desk) -> None:
    one, other = new(desk), new(desk)
    desk.do(bonds.merge, one, None, into=other)
    assert (shown(desk, "is:merged"), shown(desk, "-is:merged")) == ([one], [other])


# --- void ---------------------------------------------------------------------------------------------------


def test_a_void_ticket_is_in_no_list_but_its_own_and_the_journal_keeps_it(desk: Desk) -> None:
    one, other = new(desk), new(desk)
    desk.do(bonds.void, one, None, reason="typed twice", word="T-1")
    assert (shown(desk, ""), shown(desk, "is:closed"), shown(desk, "is:void")) == ([other], [], [one])
    assert shown(desk, "is:void OR is:open") == [one, other]
    assert kinds(desk, one)[-1] is Voided
    status = desk.ask(queue.status, desk.clock())
    assert status.open == 1
    assert is_sound(desk)


def test_without_its_own_code_a_ticket_does_not_become_void(desk: Desk) -> None:
    one = new(desk)
    with refuses("void.word"):
        desk.do(bonds.void, one, None, reason="why", word="yes")
    assert not of(desk, one).void


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, one: desk.do(tickets.note, one, None, text="more"),
        lambda desk, one: desk.do(tickets.reopen, one, None),
        lambda desk, one: desk.do(bonds.follow, one, None),
        lambda desk, one: desk.do(bonds.relate, new(desk), None, other=one),
        lambda desk, one: desk.do(bonds.merge, new(desk), None, into=one),
        lambda desk, one: desk.do(bonds.void, one, None, reason="again", word="T-1"),
    ],
)
def test_nothing_can_be_done_to_a_void_ticket(desk: Desk, act) -> None:
    one = new(desk)
    desk.do(bonds.void, one, None, reason="typed twice", word="T-1")
    with refuses("ticket.void"):
        act(desk, one)


def test_void_is_not_undone(desk: Desk) -> None:
    one = new(desk)
    desk.do(bonds.void, one, None, reason="typed twice", word="T-1")
    with refuses("undo.void"):
        desk.do(tickets.undo, desk.last)


# --- references -----------------------------------------------------------------------------------------------


def test_a_reference_is_found_until_it_is_undone(desk: Desk) -> None:
    one = new(desk)
    desk.do(bonds.refer, one, None, system="jira", key="OPS-7")
    assert desk.ask(lambda tx: tx.tickets.find("jira", "OPS-7")) == one
    desk.do(tickets.undo, desk.last)
    assert desk.ask(lambda tx: tx.tickets.find("jira", "OPS-7")) is None
    assert is_sound(desk)
