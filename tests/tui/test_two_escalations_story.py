"""Two escalations of one ticket, to those who know more and to those who decide: every key says which one it means."""

import pytest

from supporttui.domain.escalation.policy import EscalationKind, Policy, Step, StepTarget, TargetKind
from supporttui.storage import SqlStore
from supporttui.usecases import escalation, tickets
from tests.builders import opened, service
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import block, command, message

LEA, ZOE = (StepTarget(TargetKind.person, person=person) for person in ("lea", "zoe"))


@pytest.fixture
def managed(filled: SqlStore) -> None:
    """Lea half an hour after a top priority is opened, an hour later Zoe."""
    boss = Policy(
        "boss", "Management", steps=(Step("Lead", 1800, (LEA,)), Step("Head", 3600, (ZOE,))), priorities=(1,), rounds=1,
        last_resort="zoe", kind=EscalationKind.hierarchical,
    )  # fmt: skip
    with filled.write() as tx:
        tx.definitions.put("boss", boss)
        tx.definitions.put("mail", service(management="boss"))


async def burning(desk: Driven) -> int:
    """A ticket of priority 1 after both escalations began, on the screen of escalations, both rows."""
    ticket = await desk.others(tickets.open_ticket, opened(title="Shop is down", priority=1))
    desk.clock.forward(minutes=30)
    desk.other.watch(escalation.sweep, desk.other.lead(), 10)
    await desk.hear()
    await desk.press("3")
    return int(ticket.id)


def rows(desk: Driven) -> list[str]:
    return [row for row in desk.lines[2:] if "T-" in row[:6]]


@pytest.mark.usefixtures("managed")
async def test_escalating_names_both_ways_with_channel_and_time_before_anybody_is_paged(night: Night) -> None:
    async with night(size=(160, 30)) as desk:
        first = desk.ids[0]
        await desk.press("E")
        desk.expect("[Enter] L1 Ben (mail").expect("2 L2 Mia (mail").expect("if nobody answers")
        desk.expect("h to those who decide: Lea (mail)")
        assert desk.stored(first).version == 1
        await desk.press("h")
        desk.expect(f"T-{first} -> to those who decide:").expect("[Enter] Lead Lea (mail)  2 Head Zoe (mail), 05:")
        desk.expect("f to those who know more: Ben")
        await desk.press("enter")
        assert message(desk) == f"Paging to those who decide: Lead (Lea), T-{first} in 8s - u withdraw"
        (running,) = desk.other.ask(escalation.running, desk.clock())
        assert running.escalation.kind is EscalationKind.hierarchical
        await desk.press("u")
        assert not desk.other.ask(escalation.running, desk.clock())


async def test_without_those_who_decide_it_stays_at_two_keys(night: Night) -> None:
    async with night() as desk:
        await desk.press("E")
        assert "to those who" not in desk.text
        await desk.press("enter")
        assert message(desk).startswith("Paging L1 (Ben), T-1 in 8s")


@pytest.mark.usefixtures("managed")
async def test_on_the_screen_of_escalations_every_key_means_the_row_under_the_cursor(night: Night) -> None:
    async with night(size=(120, 30)) as desk:
        number = await burning(desk)
        assert len(rows(desk)) == 2
        while "1^" not in next(row for row in rows(desk) if row.startswith(">")):
            await desk.press("j")
        await desk.press("dollar_sign")
        desk.expect(f"Escalation of T-{number} (to those who decide) quiet:")
        await desk.press("1")
        assert message(desk).startswith("Quiet until ")
        assert f"T-{number} (to those who decide)." in message(desk)
        quiet = [row for row in rows(desk) if " quiet " in row]
        assert len(quiet) == 1
        assert "1^" in quiet[0]
        await desk.press("E")
        desk.expect("to those who decide:").expect("f to those who know more")
        await desk.press("escape")


@pytest.mark.usefixtures("managed")
async def test_an_answer_says_that_it_goes_on_to_those_who_decide_unless_they_gave_it(night: Night) -> None:
    async with night(size=(120, 30)) as desk:
        number = await burning(desk)
        await desk.press("a")
        assert "To those who decide it goes on; only whom it paged can stop it." in message(desk)
        await desk.others(tickets.acknowledge, number, None, by="lea")
        assert [("answered" in row) for row in rows(desk)] == [True, True]
        assert any("1^" in row and "answered: Lea" in row for row in rows(desk))


@pytest.mark.usefixtures("managed")
async def test_a_ticket_with_both_asks_which_is_to_be_quiet_and_shows_both_next_steps(night: Night) -> None:
    async with night(size=(120, 30)) as desk:
        number = await burning(desk)
        await desk.press("enter")
        assert "Head, Zoe (to those who decide)" in block(desk, "head")
        assert block(desk, "head").count("Next step in") == 2
        await desk.press("dollar_sign")
        desk.expect("[Enter] to those who know more  h to those who decide")
        await desk.press("f", "1")
        assert f"T-{number}." in message(desk)
        await command(desk, f"escalate {number} kind=hierarchical")
        assert "to those who decide: Head (Zoe)" in message(desk)


async def test_what_escalates_nowhere_cannot_be_quiet_and_no_key_is_lost(night: Night) -> None:
    async with night() as desk:
        await desk.press("dollar_sign")
        assert message(desk) == "No escalation runs for this ticket."
        await desk.press("j")
        assert desk.cursor_line == 1
