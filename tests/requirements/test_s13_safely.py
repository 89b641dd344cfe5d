"""S13: run safely."""

from pathlib import Path

import pytest

from supporttui import actions
from supporttui.cli.exits import Exit
from supporttui.domain.events import PriorityChanged, StepFired
from supporttui.domain.faults import Conflict
from supporttui.storage import open_store
from supporttui.usecases import tickets
from tests.builders import Desk, opened, site
from tests.tui.driver import at_desk

ARGUMENTS = {
    "note": ("a text",), "priority": ("1", "all down"), "edit": ("title=New",), "merge": ("2",), "relate": ("2",),
    "unrelate": ("2",), "refer": ("jira", "OPS-7"),
}  # fmt: skip
VERBS = sorted(action.verb for action in actions.TICKET_ACTIONS if action.verb)


@pytest.fixture
def ticket(desk):
    """An open ticket of priority 3."""
    return desk.do(tickets.open_ticket, opened()).id


def content(url: str) -> list[bytes]:
    """What the database's files hold."""
    path = url.removeprefix("sqlite:///")
    return [Path(path + end).read_bytes() for end in ("", "-wal") if Path(path + end).exists()]


@pytest.mark.parametrize("verb", VERBS)
def test_read_only_refuses_every_verb_that_writes_to_a_ticket(shell, desk, ticket, verb):
    if verb in ("undo", "withdraw"):
        shell("escalate", str(ticket), "--as", "ana")
    before = desk.ask(lambda tx: (tx.journal.head(), tx.tickets.get(ticket), tx.outbox.counts()))
    found = shell(verb, str(ticket), *ARGUMENTS.get(verb, ()), "--read-only", "--as", "ana", "--json")
    assert (found.code, found.fault["code"]) == (Exit.refused, "store.read_only")
    assert desk.ask(lambda tx: (tx.journal.head(), tx.tickets.get(ticket), tx.outbox.counts())) == before


@pytest.mark.parametrize(
    "args", [("init",), ("import", "LOG"), ("watch", "--once"), ("watch",), ("db", "upgrade")], ids=" ".join
)
def test_read_only_refuses_what_writes_to_the_database(shell, desk, tmp_path, args):
    log = tmp_path / "log.csv"
    log.write_text("number,title,service,state,opened_at,priority\nA1,One,mail,new,2026-03-01T08:00:00Z,2\n")
    before = content(shell.url)
    found = shell(*(str(log) if arg == "LOG" else arg for arg in args), "--read-only", "--as", "zoe")
    assert found.code == (Exit.usage if "watch" in args else Exit.refused)
    assert found.out == ""
    assert content(shell.url) == before


def test_read_only_makes_no_database(shell, tmp_path):
    path = tmp_path / "none.db"
    assert shell("--db", str(path), "init", "--read-only", db=False).code == Exit.refused
    assert not path.exists()


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
def test_of_two_sessions_on_one_ticket_the_second_gets_a_conflict_and_nothing_is_lost(request, clock, database):
    url = request.getfixturevalue(database)
    stores = [open_store(url, clock=clock) for _ in range(2)]
    site(stores[0])
    ana, ben = (Desk(store, clock, prefix=name) for store, name in zip(stores, ("ana", "ben"), strict=True))
    seen = ana.do(tickets.open_ticket, opened())
    ana.do(tickets.take, seen.id, seen.version)
    with pytest.raises(Conflict) as conflict:
        ben.do(tickets.change_priority, seen.id, seen.version, priority=1, reason="all down", by="ben")
    assert (conflict.value.changed_by, conflict.value.at) == ("ana", clock())
    after = ben.ask(lambda tx: tx.tickets.get(seen.id))
    assert (after.owner, after.priority, after.version) == ("ana", 3, seen.version + 1)
    assert (
        ben.do(tickets.change_priority, seen.id, after.version, priority=1, reason="all down", by="ben").priority == 1
    )
    for store in stores:
        store.close()


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
async def test_the_second_sees_who_was_quicker_and_keeps_what_was_typed(request, clock, database):
    """Two desks on one ticket: who, when and what; both texts; mine is saved on top only when I say so."""
    store = open_store(request.getfixturevalue(database), clock=clock)
    site(store)
    number = Desk(store, clock, prefix="first").do(tickets.open_ticket, opened()).id
    async with at_desk(store, clock, size=(120, 30)) as night:
        await night.press("c", *"precious")
        night.other.do(tickets.take, number, None, by="ben")
        clock.forward(seconds=18)
        await night.press("enter")
        night.expect_message(f"Not saved: Ben changed T-{number} 18s ago (state new -> active, owner nobody -> Ben).")
        assert (night.stored(number).owner, night.stored(number).version) == ("ben", 2)
        await night.press("enter")
        night.expect("Two on one ticket").expect("precious").expect("owner nobody -> Ben")
        await night.press("escape", "c")
        night.expect("precious")
        await night.press("escape")
    store.close()


def test_what_touches_others_needs_a_reason_or_can_be_withdrawn_and_is_in_the_journal(shell, desk, ticket):
    assert shell("priority", str(ticket), "1", "--as", "ana").code == Exit.refused
    shell("priority", str(ticket), "1", "all", "down", "--as", "ana")
    page = shell("escalate", str(ticket), "--as", "ana", "--json").json["results"][0]
    assert shell("withdraw", page["operation"], "--as", "ana", "--json").json["results"][0]["withdrawn"] == 1
    facts = desk.ask(lambda tx: tx.journal.of_ticket(ticket))
    (changed,) = [fact for fact in facts if isinstance(fact.event, PriorityChanged)]
    assert (changed.actor, changed.event.reason) == ("ana", "all down")
    assert any(isinstance(fact.event, StepFired) and fact.actor == "ana" for fact in facts)
