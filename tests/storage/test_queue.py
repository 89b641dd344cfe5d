"""The queue: keyset pages in both directions, and a filter that SQL and Python read alike."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supporttui.domain.events import Kind, State
from supporttui.domain.filter import FLAGS, Names, parse, term_text
from supporttui.domain.filter.fields import CRITICAL_SECONDS, RISK_SECONDS, STALE_SECONDS
from supporttui.domain.filter.search import head_of
from supporttui.domain.ids import PersonId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.queue import EVERYTHING, VOID, And, Facet, Node, Not, Op, Or, QueueRow, SortBy, Term, Words
from supporttui.domain.sla.timer import SortKey, TimerState, decisive, sort_key
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Reference, Reminder, Ticket
from supporttui.storage import SqlStore
from supporttui.storage.transaction import SqlTransaction
from tests.filter_oracle import matches
from tests.storage.making import ANA, BEN, NOW, put, timer

OPEN = Term("is", Op.eq, ("open",))
KEYS = {
    SortBy.sla: lambda row: (row.sort.bucket, row.sort.key, row.id),
    SortBy.priority: lambda row: (row.priority, row.sort.bucket, row.sort.key, row.id),
    SortBy.created: lambda row: (-row.created_at, -row.id),
    SortBy.updated: lambda row: (-row.updated_at, -row.id),
    SortBy.number: lambda row: -row.id,
    SortBy.worked: lambda row: (row.worked_at, row.id),
}


def ticket(number: int, **deviations) -> Ticket:
    values = {
        "title": f"Title {number}", "service": ServiceId("s"), "team": TeamId("t"), "priority": Priority(2),
        "created_at": Instant(NOW), "updated_at": Instant(NOW), **deviations,
    }  # fmt: skip
    return Ticket(TicketId(number), **values)


def some(count: int) -> list[tuple[Ticket, tuple]]:
    """Tickets with every place in the order, and ties in every key."""
    timers = (
        (timer(NOW - 50),), (timer(NOW + 50),), (timer(NOW + 50),),
        (timer(None, state=TimerState.paused, remaining=77),), (timer(None),), (),
    )  # fmt: skip
    return [
        (
            ticket(
                number, priority=Priority(1 + number % 3), created_at=Instant(NOW - number % 4),
                updated_at=Instant(NOW + number % 5), state=State.closed if number % 7 == 0 else State.new,
            ),
            timers[number % len(timers)],
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def page(tx: SqlTransaction, query: Node = EVERYTHING, **options) -> tuple[QueueRow, ...]:
    return tx.tickets.page(query, **{"now": NOW, "me": ANA, "sort": SortBy.sla, "limit": 1000, **options})


@pytest.mark.parametrize("sort", SortBy)
@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("query", [EVERYTHING, OPEN])
def test_pages_in_both_directions_give_every_row_once_in_its_order(
    store: SqlStore, sort: SortBy, reverse: bool, query: Node
):
    with store.write() as tx:
        for made, timers in some(41):
            put(tx, made, *timers)
    with store.read() as tx:
        expected = sorted(page(tx, query), key=KEYS[sort], reverse=reverse)
        assert len(expected) == (41 if query is EVERYTHING else 36)
        forth: list[QueueRow] = []
        order = {"sort": sort, "reverse": reverse, "limit": 7}
        while found := page(tx, query, **order, offset_row=forth[-1] if forth else None):
            forth += found
        back: list[QueueRow] = []
        while found := page(tx, query, **order, offset_row=back[0] if back else None, backwards=True):
            back = [*found, *back]
    assert forth == expected
    assert back == expected


def test_a_row_s_place_holds_when_the_row_is_gone(store: SqlStore):
    with store.write() as tx:
        for made, timers in some(12):
            put(tx, made, *timers)
    with store.read() as tx:
        rows = page(tx, OPEN)
    gone = rows[4]
    with store.write() as tx:
        closed = replace(tx.tickets.get(gone.id), state=State.closed)
        tx.tickets.save(closed, (), SortKey(), expected=1)
    with store.read() as tx:
        assert page(tx, OPEN, offset_row=gone, limit=2) == rows[5:7]
        assert page(tx, OPEN, offset_row=gone, limit=2, backwards=True) == rows[2:4]


def test_counting_stops_at_the_most(store: SqlStore):
    with store.write() as tx:
        for made, timers in some(20):
            put(tx, made, *timers)
    with store.read() as tx:
        assert tx.tickets.count(OPEN, now=NOW, me=None, most=1000) == 18
        assert tx.tickets.count(OPEN, now=NOW, me=None, most=5) == 5


def test_rows_of_many_tickets_come_whatever_their_state(store: SqlStore):
    with store.write() as tx:
        for made, timers in some(9):
            put(tx, made, *timers)
    with store.read() as tx:
        assert {row.id for row in tx.tickets.rows([TicketId(n) for n in (7, 2, 99)])} == {2, 7}
        assert tx.tickets.rows([]) == ()
        assert len(tx.tickets.rows(map(TicketId, range(1, 3000)))) == 9


def test_the_timers_of_open_tickets_come_by_ticket_with_what_their_promises_rest_on(store: SqlStore):
    first, second, other = ticket(1), ticket(2, category="Line A"), ticket(3, service=ServiceId("t"))
    with store.write() as tx:
        put(tx, first, timer(NOW + 900), timer(NOW + 60, cycle=2, calendar="office", seconds=120))
        put(tx, second, timer(NOW + 5))
        put(tx, other, timer(NOW + 5))
        put(tx, ticket(4, state=State.closed), timer(NOW + 5))
        put(tx, ticket(5, void=True), timer(NOW + 5))
        put(tx, ticket(6, drill=True), timer(NOW + 5))
    with store.read() as tx:
        found = list(tx.tickets.open_timers(["s"]))
        assert [(one.ticket, one.cycle, one.due) for one in found] == [
            (1, 1, NOW + 900),
            (1, 2, NOW + 60),
            (2, 1, NOW + 5),
        ]
        assert (found[1].calendar, found[1].seconds, found[2].category) == ("office", 120, "Line A")
        assert {one.ticket for one in tx.tickets.open_timers(["s", "t"])} == {1, 2, 3}
        assert list(tx.tickets.open_timers([])) == []


def test_a_row_repeats_the_timer_that_decides(store: SqlStore):
    timers = (timer(NOW + 900), timer(NOW + 60, cycle=2, calendar="office", seconds=120))
    with store.write() as tx:
        put(tx, ticket(1), *timers)
    with store.read() as tx:
        (row,) = page(tx)
    first = decisive(timers)
    assert first is not None
    assert (row.due, row.seconds, row.remaining, row.anchor, row.calendar, row.sort) == (
        first.due, first.seconds, first.remaining, first.anchor, first.calendar, sort_key(timers),
    )  # fmt: skip


# --- the same filter in SQL and in Python -------------------------------------------------------------

WORDS = ["disk", "full", "straße", "東京", "100%", "a_b", "o'neil", "OPS-1", ""]
some_word = st.sampled_from(WORDS)
EDGES = (
    -STALE_SECONDS - 1,
    -STALE_SECONDS,
    -1,
    0,
    1,
    CRITICAL_SECONDS,
    CRITICAL_SECONDS + 1,
    RISK_SECONDS,
    RISK_SECONDS + 1,
)
some_seconds = st.sampled_from(EDGES) | st.integers(-400_000, 400_000)
some_instant = some_seconds.map(lambda seconds: Instant(NOW + seconds))
some_person = st.sampled_from([None, ANA, BEN, PersonId("@me"), PersonId("")])
some_timer = st.none() | st.builds(
    timer,
    st.none() | some_instant,
    state=st.sampled_from(TimerState),
    seconds=st.sampled_from([1, 4 * (RISK_SECONDS + 1), 10 * (CRITICAL_SECONDS + 1), 20_000]),
    remaining=some_seconds,
)
some_ticket = st.builds(
    ticket,
    st.integers(1, 12),
    title=some_word,
    requester=some_word,
    text=some_word,
    state=st.sampled_from(State),
    kind=st.sampled_from(Kind),
    priority=st.integers(1, 4).map(Priority),
    service=st.sampled_from(["s", "t", "S"]),
    team=st.sampled_from(["t", "ana", ""]),
    resolver=st.sampled_from(["", "ana", "t", "vendor"]),
    owner=some_person.filter(lambda person: person != ""),
    acknowledged_by=st.sampled_from([None, ANA]),
    language=st.sampled_from(["", "de", "DE", "pt-BR", "É"]),
    category=st.sampled_from(["", "Line A", "LINE B", "Ärger", "ärger", "a_b", "100%"]),
    created_at=some_instant,
    updated_at=some_instant,
    drill=st.booleans(),
    followers=st.sampled_from([(), (ANA,), (BEN, ANA), (PersonId("an"),), (PersonId("vendor"),)]),
    reminders=st.lists(st.builds(Reminder, st.sampled_from([ANA, BEN]), some_instant.map(abs)), max_size=2).map(tuple),
    merged_into=st.sampled_from([None, TicketId(99)]),
    void=st.booleans(),
    references=st.sampled_from([(), (Reference("jira", "OPS-1"),), (Reference("x", "a_b"), Reference("y", "full"))]),
)
some_code = st.lists(
    st.sampled_from(["s", "t", "ana", "vendor", "new", "closed", "incident", "de", ""]), min_size=1, max_size=3
)
some_category = st.sampled_from(["", "line a", "line", "Ä", "ä", "a_", "%", "a%"])
equal = st.sampled_from([Op.eq, Op.ne])
order = st.sampled_from([Op.lt, Op.le, Op.gt, Op.ge])


def terms(fields: list[str], ops: st.SearchStrategy, values: st.SearchStrategy) -> st.SearchStrategy[Term]:
    return st.builds(Term, st.sampled_from(fields), ops, values.map(tuple))


some_term = st.one_of(
    terms(["is"], st.just(Op.eq), st.sampled_from(FLAGS).map(lambda flag: [flag])),
    terms(["state", "kind", "team", "service", "lang"], equal, some_code),
    terms(["category"], st.sampled_from([Op.eq, Op.ne, Op.prefix]), st.lists(some_category, min_size=1, max_size=2)),
    terms(["owner", "resolver"], equal, st.lists(st.sampled_from([None, "@me", "ana", "t", "vendor"]), min_size=1)),
    terms(["id", "priority"], equal, st.lists(st.integers(0, 12), min_size=1, max_size=3)),
    terms(["id", "priority"], order, st.tuples(st.integers(0, 12))),
    terms(["sla"], order, st.tuples(some_seconds)),
    terms(["due", "created", "updated", "falls"], order, st.tuples(some_instant)),
    terms(["requester", "ref"], st.just(Op.prefix), st.lists(st.sampled_from(["d", "a_", "ops", "%", ""]), min_size=1)),
    st.builds(Words, st.sampled_from(["disk", "strasse", "東", "%", "_", "1", "ops-1", "", "'"])),
)
some_node = st.recursive(
    some_term,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=5,
)


def test_sql_and_python_agree_at_every_edge(store: SqlStore):
    """Each second at which a flag or a comparison turns, for running, paused and absent timers."""
    lengths = (1, 4 * (RISK_SECONDS + 1), 10 * (CRITICAL_SECONDS + 1))
    numbers = map(TicketId, itertools.count(1))
    nodes: list[Node] = [Term("is", Op.eq, (flag,)) for flag in FLAGS]
    with store.write() as tx:
        for edge, seconds in itertools.product(EDGES, lengths):
            at = Instant(NOW + edge)
            reminders = (Reminder(BEN, Instant(NOW + 9)), Reminder(ANA, at))
            made = ticket(next(numbers), created_at=at, updated_at=at, reminders=reminders)
            put(tx, made, timer(at, seconds=seconds))
            paused = timer(None, state=TimerState.paused, remaining=edge, seconds=seconds)
            put(tx, ticket(next(numbers), state=State.closed, updated_at=at), paused)
        for op in (Op.lt, Op.le, Op.gt, Op.ge):
            nodes += [Term("sla", op, (edge,)) for edge in EDGES]
            nodes += [
                Term(field, op, (NOW + edge,)) for field in ("due", "created", "updated", "falls") for edge in EDGES
            ]
    with store.read() as tx:
        rows = page(tx)
        for node in [*nodes, *map(Not, nodes)]:
            assert list(page(tx, node)) == [row for row in rows if matches(node, row, NOW, ANA)], node


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tickets=st.lists(st.tuples(some_ticket, some_timer), max_size=6, unique_by=lambda pair: pair[0].id),
    nodes=st.lists(some_node, min_size=1, max_size=8),
    me=st.sampled_from([None, PersonId(""), ANA, PersonId("vendor")]),
    escalated=st.integers(0, 12),
)
def test_sql_and_python_read_a_filter_alike(store: SqlStore, tickets, nodes, me, escalated):
    class Undone(Exception):
        """So that the next example finds nothing."""

    with pytest.raises(Undone), store.write() as tx:  # noqa: PT012
        for made, running in tickets:
            put(tx, made, *((running,) if running else ()))
        tx._connection.exec_driver_sql(f"UPDATE tickets SET escalated = 1 WHERE id = {escalated}")
        rows = page(tx, Or((EVERYTHING, VOID)))
        assert len(rows) == len(tickets)
        texts = {made.id: head_of(made) for made, _ in tickets}
        for node in nodes:
            fitting = [row for row in rows if matches(node, row, NOW, me, texts=texts[row.id])]
            assert list(page(tx, node, me=me)) == fitting
            assert tx.tickets.count(node, now=NOW, me=me, most=1000) == len(fitting)
        raise Undone


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tickets=st.lists(st.tuples(some_ticket, some_timer), max_size=8, unique_by=lambda pair: pair[0].id),
    query=some_node,
)
def test_a_facet_s_count_is_what_its_value_finds_within_the_filter(store: SqlStore, tickets, query):
    """Every value of every row is there, and no other; parsed as a filter it finds as many as it says."""

    class Undone(Exception):
        """So that the next example finds nothing."""

    known = Names(
        people={"ana": "Ana", "ben": "Ben", "@me": "Me"}, teams={"t": "T", "ana": "A", "": "None"},
        services={"s": "S", "t": "T", "S": "Big"},
    )  # fmt: skip
    with pytest.raises(Undone), store.write() as tx:  # noqa: PT012
        for made, running in tickets:
            put(tx, made, *((running,) if running else ()))
        rows = page(tx, query)
        facets = tx.tickets.facets(query, now=Instant(NOW), me=ANA, most=1000)
        by_field = {field: sum(f.count for f in facets if f.field == field) for field in ("state", "owner", "category")}
        assert set(by_field.values()) == {len(rows)}
        for facet in facets:
            term = _as_typed(facet)
            if term is not None:
                node = And((query, parse(term, known, Instant(NOW), "UTC")))
                assert tx.tickets.count(node, now=NOW, me=ANA, most=1000) == facet.count, term
        raise Undone


def _as_typed(facet: Facet) -> str | None:
    """The filter of one value; none for values that only a test makes (a team without a name)."""
    if facet.value in ("@me", "S", "s") or (facet.field == "team" and not facet.value):
        return None
    return term_text(facet.field, [facet.value or "@none"])
