"""Attention at the desk: raised in a form that says what it displaces, taken back with a verdict; chases are counted."""

from supporttui.domain.escalation.criterion import Criterion, CriterionKind
from supporttui.domain.ids import ServiceId, TicketId
from supporttui.domain.lessons import Lesson
from supporttui.domain.priorities import Level
from supporttui.domain.procedures import Procedure, ProcedureStep
from supporttui.domain.tickets import Ticket
from supporttui.usecases import attention, procedures, tickets
from supporttui.usecases.definitions.defining import Pack, apply_pack
from tests.builders import opened, policy
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import block, command, message


def of(desk: Driven, ticket: TicketId) -> Ticket:
    return desk.other.ask(lambda tx: tx.tickets.get(ticket))


async def test_before_it_is_raised_it_says_what_would_wait_and_how_the_asker_was_found(night: Night) -> None:
    async with night() as desk:
        first = desk.queue.targets()[0].id
        pressing = await desk.others(tickets.open_ticket, opened(title="Shop is down", priority=1))
        other = await desk.others(tickets.open_ticket, opened(title="A font"))
        await desk.others(attention.attend, other.id, None, reason="loud", impact=Level(1), asker="Mr Loud")
        await desk.others(attention.deescalate, other.id, None, reason="one desk", verdict="inflated")
        desk.clock.now = pressing.created_at
        assert desk.queue.targets()[0].id == first
        await desk.press("A")
        assert "1 P1 of " in block(desk, "told")
        await desk.type("branches wait")
        await desk.press("tab")
        await desk.type("1")
        await desk.press("tab", "tab", "tab")
        await desk.type("mr loud")
        assert "Mr Loud had attention raised 1 time in a year; for less than was stated: 1." in block(desk, "told")
        await desk.press("enter")
        assert message(desk) == "Attention raised: T-1.  u undo"
        raised = of(desk, first)
        assert (raised.attention, raised.attention_impact, raised.attention_by) == (1, 1, "mr loud")
        await desk.press("u")
        assert of(desk, first).attention == 0


async def test_what_is_raised_is_taken_back_by_the_same_key_with_a_reason_and_a_verdict(night: Night) -> None:
    async with night() as desk:
        first = desk.queue.targets()[0].id
        await desk.others(attention.attend, first, None, reason="loud", impact=Level(1))
        await desk.press("A", "i")
        await desk.type("one desk")
        await desk.press("enter")
        assert "Attention taken back" in message(desk)
        lowered = of(desk, first)
        assert lowered.attention == 0
        (asked,) = desk.other.ask(attention.review, desk.clock()).asked
        assert asked.inflated == 1


async def test_without_a_stated_impact_nothing_is_raised(night: Night) -> None:
    async with night() as desk:
        first = desk.queue.targets()[0].id
        await desk.press("A")
        await desk.type("loud")
        await desk.press("f2")
        assert "1 field needs another look" in block(desk, "hint")
        await desk.press("f8")
        assert of(desk, first).attention == 0


async def test_who_asks_again_is_counted_with_what_was_said(night: Night) -> None:
    async with night() as desk:
        first = desk.queue.targets()[0].id
        await desk.press("ampersand")
        await desk.type("when?")
        await desk.press("enter")
        assert message(desk).startswith("Counted: asked again about T-1.")
        assert of(desk, first).chases == 1


async def test_the_queue_shows_attention_by_a_sign_before_the_subject_and_its_view_says_the_word(night: Night) -> None:
    async with night() as desk:
        first = desk.queue.targets()[0].id
        await desk.others(attention.attend, first, None, reason="loud", impact=Level(1), level="2")
        assert "^^ Ticket number 0" in desk.lines[4]
        await command(desk, "view attention")
        assert "Attn" in desk.lines[3]
        assert "^^ high" in desk.lines[4]
        await desk.tick(days=2)
        await desk.press("f5")
        assert not any("^^" in row for row in desk.lines)


async def test_when_attention_ends_its_sign_goes_and_the_view_of_it_is_empty(night: Night) -> None:
    async with night() as desk:
        first, until = desk.queue.targets()[0].id, desk.clock() + 90
        await desk.others(attention.attend, first, None, reason="loud", impact=Level(1), until=until)
        await desk.tick(seconds=89)
        assert "^ Ticket number 0" in desk.lines[4]
        await desk.tick(seconds=1)
        assert "Ticket number 0" in desk.lines[4]
        assert "^" not in desk.lines[4]
        await desk.others(attention.attend, first, None, reason="loud", impact=Level(1), until=until + 90)
        await command(desk, "view attention")
        assert desk.ids == [first]
        await desk.tick(seconds=90)
        assert desk.ids == [] or desk.queue._part.ghost == first


async def test_the_view_of_what_stands_still_says_how_long_and_how_often_it_was_handed_on(night: Night) -> None:
    async with night() as desk:
        first = desk.queue.targets()[0].id
        await desk.others(attention.chase, first, None)
        await command(desk, "view stagnation")
        assert all(name in desk.lines[3] for name in ("Work", "Hops", "Again"))
        assert desk.lines[4].rstrip().endswith(" 1")


async def test_the_ticket_tells_its_attention_who_asked_again_and_its_procedure(night: Night) -> None:
    async with night(size=(100, 30)) as desk:
        first = desk.queue.targets()[0].id
        mail = Procedure("mail-down", "Mail is down", (ProcedureStep("Look"), ProcedureStep("Restart")))
        lesson = Lesson("one", "ask for the shelf", service=ServiceId("mail"))
        await desk.others(apply_pack, Pack("p", procedures=(mail,), lessons=(lesson,)), by="zoe")
        await desk.others(attention.attend, first, None, reason="loud", impact=Level(1), level="2", asker="Mr Loud")
        await desk.others(attention.chase, first, None)
        await desk.others(procedures.step, first, None)
        await desk.press("enter")
        head = block(desk, "head")
        assert "Attention: high until" in head
        assert "stated impact high: loud (asked by Mr Loud). More than its impact." in " ".join(head.split())
        assert "Procedure 1/2 Mail is down   1 lesson   asked again 1 time" in head
        await desk.press("tab")
        assert "ask for the shelf" in block(desk, "section")


async def test_the_ticket_tells_which_criteria_hold_and_which_nearly_do(night: Night) -> None:
    async with night(size=(120, 30)) as desk:
        criteria = (Criterion("asked", CriterionKind.chased, 2), Criterion("often", CriterionKind.chased, 3))
        with desk.other.store.write() as tx:
            tx.definitions.put(policy().id, policy(criteria=criteria))
        ticket = await desk.others(tickets.open_ticket, opened(title="No mail", priority=3))
        for _ in range(2):
            await desk.others(attention.chase, ticket.id, None)
        await command(desk, f"ticket {ticket.id}")
        head = " ".join(block(desk, "head").split())
        assert "asked holds: chased by the requester: 2 (limit: chased by the requester: 2)" in head
        assert "often" not in head
