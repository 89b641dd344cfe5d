"""Search on both databases: the index leaves out nothing that the texts hold, and adds nothing that they do not."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from supporttui.domain.events import Noted, Replied
from supporttui.domain.filter import Names, head_of, notes_of, parse
from supporttui.domain.filter.fields import FIELDS
from supporttui.domain.filter.search import MARKS
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import EVERYTHING, And, Node, Not, Op, Or, Term, Words
from supporttui.domain.sla.timer import SortKey
from supporttui.domain.text import fold
from supporttui.domain.tickets import Reference
from supporttui.storage import SqlStore, migrate, search, upkeep
from supporttui.storage.schema import kept
from tests.filter_oracle import matches
from tests.storage.conftest import Database
from tests.storage.making import ANA, NOW, change, fact, open_one, opened, opened_in, put
from tests.storage.test_queue import OPEN, page, ticket
from tests.texts import some_text

KNOWN = Names()
STORY = st.fixed_dictionaries({
    "title": some_text, "text": some_text, "requester": some_text, "category": some_text,
    "references": st.lists(st.builds(Reference, st.sampled_from(["jira", "snow"]), some_text), max_size=2).map(tuple),
})  # fmt: skip
some_needle: st.SearchStrategy[Node] = st.one_of(
    st.builds(Words, some_text.map(fold), st.booleans()),
    st.builds(
        Term,
        st.sampled_from(["requester", "ref"]),
        st.just(Op.prefix),
        st.lists(some_text.map(fold), min_size=1, max_size=2).map(tuple),
    ),
)
some_search = st.recursive(
    some_needle,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=4,
)


class Undone(Exception):
    """So that the next example finds nothing."""


def found(store: SqlStore, text: str) -> set[int]:
    """Tickets that a typed filter shows."""
    with store.read() as tx:
        return {row.id for row in page(tx, parse(text, KNOWN, NOW, "UTC"))}


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    stories=st.lists(STORY, max_size=4),
    said=st.lists(st.tuples(st.integers(1, 4), some_text), max_size=4),
    nodes=st.lists(some_search, min_size=1, max_size=6),
    data=st.data(),
)
def test_sql_and_python_read_words_alike(store: SqlStore, stories, said, nodes, data):
    with pytest.raises(Undone), store.write() as tx:  # noqa: PT012
        made = {number: put(tx, ticket(number, **story)) for number, story in enumerate(stories, 1)}
        notes = {number: [Noted(text) for of, text in said if of == number] for number in made}
        tx.journal.append([fact(TicketId(number), note) for number, all_of in notes.items() for note in all_of])
        texts = {number: head_of(one) + notes_of(notes[number]) for number, one in made.items()}
        if made:  # what stands there must be found too, and random words seldom are
            story = data.draw(st.sampled_from(stories))
            nodes = [*nodes, Words(fold(story["title"])), Words(fold(story["text"]), whole=True)]
        for node in nodes:
            rows = page(tx, EVERYTHING)
            fitting = [row for row in rows if matches(node, row, NOW, ANA, texts=texts[row.id])]
            assert list(page(tx, node)) == fitting, node
            assert tx.tickets.count(node, now=NOW, me=ANA, most=1000) == len(fitting)
        raise Undone


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(node=some_search)
def test_the_index_names_every_ticket_that_fits(store: SqlStore, node):
    """What it leaves out no condition could bring back; what it names too many the condition takes out."""
    with pytest.raises(Undone), store.write() as tx:  # noqa: PT012
        for number, text in enumerate(
            ("Straße 7", "東京都庁 🔥", "eu-west-1 down", 'o\'neil "a" OR b', "INC0000161 %_"), 1
        ):
            put(tx, ticket(number, title=text, requester=text, references=(Reference("snow", text),)))
        named = tx.tickets._texts.candidates(node)
        texts = {row.id: "".join(tx.tickets.texts(row.id)) for row in page(tx, EVERYTHING)}
        fitting = {row.id for row in page(tx, EVERYTHING) if matches(node, row, NOW, ANA, texts=texts[row.id])}
        assert named is None or fitting <= set(named)
        raise Undone


def test_a_note_is_found_as_soon_as_it_is_written(store: SqlStore):
    ticket = opened_in(store, opened("Printer", text="no paper"))
    assert found(store, "toner") == set()
    with store.write() as tx:
        ticket = change(tx, ticket, Noted("Toner ordered, 月曜日に届く"))
        assert {row.id for row in page(tx, Words("toner"))} == {ticket.id}
    with store.write() as tx:
        change(tx, ticket, Replied("Wir haben Toner bestellt"))
    for text in ("toner", "曜日", '"toner ordered"', "bestellt printer", "text:届く", "-plotter"):
        assert found(store, text) == {ticket.id}, text
    for text in ('"ordered toner"', "plotter", "-toner"):
        assert found(store, text) == set(), text


def test_an_edited_ticket_is_not_found_by_what_it_was(store: SqlStore):
    ticket = opened_in(store, opened("Printer"))
    with store.write() as tx:
        tx.tickets.save(replace(ticket, title="Plotter"), (), SortKey(), expected=ticket.version)
    assert found(store, "plotter") == {ticket.id}
    assert found(store, "printer") == set()
    if store.dialect == "sqlite":
        with store.read() as tx:
            (count,) = tx._connection.execute(
                sql("SELECT count(*) FROM texts_index WHERE texts_index MATCH 'printer'")
            ).one()
        assert count == 0


def test_what_a_transaction_takes_back_is_not_found(store: SqlStore):
    with pytest.raises(Undone), store.write() as tx:  # noqa: PT012
        open_one(tx, opened("Printer"))
        raise Undone
    with store.write() as tx:
        kept_one = open_one(tx, opened("Plotter"))
        with pytest.raises(Undone), tx.attempt():  # noqa: PT012
            open_one(tx, opened("Scanner"))
            assert len(page(tx, Words("scanner"))) == 1
            raise Undone
        assert page(tx, Words("scanner")) == ()
    assert found(store, "printer") == found(store, "scanner") == set()
    assert found(store, "plotter") == {kept_one.id}


def test_references_are_found_whole_by_their_beginning_and_bare(store: SqlStore):
    with store.write() as tx:
        put(tx, ticket(1, title="Disk", references=(Reference("snow", "INC0000161"), Reference("jira", "OPS-7"))))
        put(tx, ticket(2, title="INC0000161 again", references=(Reference("jira", "OPS-77"),)))
    assert found(store, "ref:INC0000161") == found(store, "ref:inc00001*") == found(store, "ref:INC00001") == {1}
    assert found(store, "INC0000161") == {1, 2}
    assert found(store, "ref:ops-7") == {1, 2}
    assert found(store, "ref:ops-77") == {2}
    assert found(store, "ref:77") == set()


@pytest.mark.parametrize("most", [0, 3])
def test_a_common_word_is_met_on_a_walk_through_the_order(store: SqlStore, monkeypatch: pytest.MonkeyPatch, most: int):
    monkeypatch.setattr(search, "MOST", most)
    monkeypatch.setattr("supporttui.storage.narrowing.MOST", most)
    with store.write() as tx:
        for number in range(1, 12):
            put(tx, ticket(number, title="Disk full" if number % 2 else "Disk"))
    with store.read() as tx:
        for text, numbers in (
            ("disk", range(1, 12)),
            ('"disk full"', range(1, 12, 2)),
            ("disk -full", range(2, 12, 2)),
        ):
            node = And((OPEN, parse(text, KNOWN, NOW, "UTC")))
            assert [row.id for row in page(tx, node)] == list(numbers)
            assert tx.tickets.count(node, now=NOW, me=ANA, most=1000) == len(numbers)
            assert tx.tickets.count(node, now=NOW, me=ANA, most=2) == 2


def test_a_library_without_an_index_looks_into_the_texts(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "can_index", lambda _: False)
    store = Database("sqlite", str(tmp_path / "plain.db")).open(create=True)
    opened_in(store, opened("Printer"))
    assert found(store, "print") == {1}
    assert found(store, "plot") == set()
    monkeypatch.undo()
    migrate.repair(store.url)
    assert found(store, "print") == {1}
    opened_in(store, opened("Print server"))
    assert found(store, "print") == {1, 2}
    with store.read() as tx:
        assert tx.tickets._texts.candidates(Words("print")) == [1, 2]
    store.close()


def test_what_is_kept_is_checked_and_made_anew(store: SqlStore, database: Database):
    ticket = opened_in(store, opened("Printer"))
    with store.write() as tx:
        change(tx, ticket, Noted("toner"))
    assert differences(store) == []
    database.run("UPDATE open_counts SET value = 7", "DELETE FROM texts")
    if store.dialect == "sqlite":
        database.run("INSERT INTO texts_index (texts_index) VALUES ('rebuild')")
        assert f"texts_index: {ticket.id}" in differences(store)
    assert f"open_counts: {ticket.team}//: 7, 1" in differences(store)
    assert found(store, "toner") == set()
    with store.write() as tx:
        upkeep.rebuild(tx._connection)
    assert differences(store) == []
    assert found(store, "toner printer") == {ticket.id}
    with store.read() as tx:
        assert tx.tickets.texts(ticket.id) == (head_of(tx.tickets.get(ticket.id)), notes_of([Noted("toner")]))


def differences(store: SqlStore) -> list[str]:
    with store.read() as tx:
        return list(upkeep.differences(tx._connection))


def test_every_field_of_text_has_its_sign():
    assert set(MARKS) == {name for name, kind in FIELDS.items() if kind == "text"}
