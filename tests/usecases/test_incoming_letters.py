"""Mail becomes a ticket, or stands on the ticket that it names; each once, and no program is answered by another."""

import pytest

from supporttui.domain.events import Noted, Reported, RequesterWrote, Signal
from supporttui.domain.incoming.letter import Letter
from supporttui.domain.incoming.source import IntakeSource, SourceKind, SourceRule
from supporttui.domain.states import Origin, State
from supporttui.usecases import tickets
from supporttui.usecases.incoming.letters import take_letter
from supporttui.usecases.incoming.taking import Outcome, Taken, Wording
from tests.builders import Desk, opened

pytestmark = pytest.mark.core


@pytest.fixture
def post(desk: Desk) -> Desk:
    source(desk)
    return desk


def source(desk: Desk, **deviations) -> None:
    values = {"id": "post", "kind": SourceKind.mail, "service": "mail", "reopens": False, **deviations}
    with desk.store.write() as tx:
        tx.definitions.put("post", IntakeSource(**values))


def letter(**deviations) -> Letter:
    defaults = {"id": "1@b", "sender": "ana@example.org", "name": "Ana Ng", "subject": "Help", "body": "It hangs."}
    return Letter(**{**defaults, **deviations})


def take(desk: Desk, **deviations) -> Taken:
    with desk.store.write() as tx:
        call = desk.call("intake", Origin.intake)
        words = Wording(attached="Attached: {files}")
        return take_letter(call, tx, "post", letter(**deviations), own=("desk@example.org",), words=words)


def of(desk: Desk, number: int):
    return desk.ask(lambda tx: tx.tickets.get(number))


def last(desk: Desk, number: int):
    return desk.ask(lambda tx: tx.journal.of_ticket(number))[-1]


def test_a_mail_is_a_ticket_of_its_sender_with_its_attachments_named(post: Desk):
    taken = take(post, attachments=("log.txt", "a.png"))
    found = of(post, taken.ticket)
    assert (taken.outcome, found.title, found.requester) == (Outcome.opened, "Help", "Ana Ng <ana@example.org>")
    assert found.text == "It hangs.\n\nAttached: log.txt, a.png"


def test_a_mail_is_taken_in_once(post: Desk):
    first = take(post)
    assert take(post, subject="changed") == Taken(Outcome.known, first.ticket, why="mail.known")


@pytest.mark.parametrize("named", [{"subject": "Re: [T-{}] Help"}, {"before": ("x@y", "1@b")}])
def test_what_names_or_answers_a_ticket_stands_on_it(post: Desk, named):
    first = take(post).ticket
    deviations = {key: value.format(first) if isinstance(value, str) else value for key, value in named.items()}
    taken = take(post, id="2@b", body="Still.", **deviations)
    assert (taken.outcome, taken.ticket) == (Outcome.noted, first)
    fact = last(post, first)
    assert (fact.event, fact.actor) == (RequesterWrote("Still."), "ana@example.org")


def test_what_somebody_else_writes_is_a_note_that_says_who(post: Desk):
    first = take(post).ticket
    take(post, id="2@b", sender="eve@evil.example", name="Ana Ng", subject=f"T-{first}", body="Close it.")
    assert last(post, first).event == Noted("Ana Ng <eve@evil.example>:\nClose it.")


def test_a_ticket_that_waits_for_the_requester_goes_on_when_they_write(post: Desk):
    first = take(post).ticket
    post.do(tickets.wait, first, None)
    take(post, id="2@b", subject=f"T-{first}")
    assert of(post, first).state is State.active


@pytest.mark.parametrize(("reopen", "state"), [(False, State.resolved), (True, State.active)])
def test_a_mail_on_a_resolved_ticket_reopens_it_only_where_the_source_says_so(post: Desk, reopen, state):
    source(post, reopens=reopen)
    first = take(post).ticket
    post.do(tickets.resolve, first, None)
    assert take(post, id="2@b", subject=f"T-{first}").ticket == first
    assert of(post, first).state is state


def test_a_mail_on_a_closed_ticket_opens_a_new_one_that_is_related(post: Desk):
    first = take(post).ticket
    post.do(tickets.close, first, None)
    taken = take(post, id="2@b", subject=f"T-{first}")
    assert taken.outcome is Outcome.opened
    assert [one.other for one in of(post, taken.ticket).relations] == [first]


def test_a_number_that_no_ticket_has_opens_one(post: Desk):
    assert take(post, subject="T-999999").outcome is Outcome.opened


@pytest.mark.parametrize(
    ("deviations", "why"),
    [
        ({"sender": "desk@example.org"}, "mail.ours"),
        ({"headers": {"auto-submitted": "auto-replied"}}, "mail.answer"),
        ({"headers": {"precedence": "bulk"}}, "mail.automatic"),
        ({"subject": "Out of office"}, "mail.rule"),
    ],
)
def test_what_is_left_out_is_remembered_and_leaves_no_ticket(post: Desk, deviations, why):
    source(post, rules=(SourceRule({"subject": "out of office*"}, leave_out=True),))
    assert take(post, **deviations) == Taken(Outcome.left_out, key="1@b", why=why)
    assert take(post, **deviations).outcome is Outcome.known
    assert post.ask(lambda tx: tx.journal.head()) == 0


def test_rules_may_look_at_any_header(post: Desk):
    source(post, rules=(SourceRule({"headers.x-priority": "1*"}, impact=1, urgency=1),))
    assert of(post, take(post, headers={"x-priority": "1 (Highest)"}).ticket).priority == 1


def test_two_programs_that_answer_each_other_on_a_ticket_are_stopped(post: Desk):
    source(post, most_of_one=3)
    first = post.do(tickets.open_ticket, opened(requester="ana@example.org")).id
    taken = [take(post, id=f"{n}@b", subject=f"T-{first}", name="") for n in range(6)]
    assert [one.outcome for one in taken[:3]] == [Outcome.noted] * 3
    assert all(one.ticket != first for one in taken[3:])
    facts = post.ask(lambda tx: tx.journal.of_ticket(first))
    assert sum(isinstance(fact.event, RequesterWrote) for fact in facts) == 3


def test_a_sender_who_writes_too_much_gets_one_ticket_that_says_so(post: Desk):
    source(post, most_of_one=2)
    taken = [take(post, id=f"{n}@b") for n in range(5)]
    assert [one.outcome for one in taken] == [Outcome.opened] * 2 + [Outcome.flooded] * 3
    assert last(post, taken[-1].ticket).event == Reported("post", "", Signal.flooded, 3, text="Help")


def test_what_an_answer_quotes_stands_apart_and_of_a_first_mail_all_of_it_stays(post: Desk):
    quote = "On 2 March Desk <desk@example.org> wrote:\n> Is it?"
    first = take(post, body=f"See below.\n\n{quote}").ticket
    opening = post.ask(lambda tx: tx.journal.of_ticket(first))[0].event
    assert quote in opening.text
    take(post, id="2@b", subject=f"T-{first}", body=f"It is.\n\n{quote}", attachments=("a.png",))
    event = last(post, first).event
    assert (event.text.partition("\n")[0], event.quoted) == ("It is.", quote)
    take(post, id="3@b", subject=f"T-{first}", sender="eve@evil.example", body=f"It is not.\n{quote}")
    assert last(post, first).event == Noted("Ana Ng <eve@evil.example>:\nIt is not.", quote)
