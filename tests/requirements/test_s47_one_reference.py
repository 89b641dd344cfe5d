"""S47: one reference from start to finish."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.cli.exits import Exit
from supporttui.domain.events import Assigned, Noted, Referenced
from supporttui.domain.hops import hops
from supporttui.domain.spans import Instant
from supporttui.usecases import tickets
from supporttui.usecases.record import record
from tests.builders import NOW, fact, opened


@pytest.mark.parametrize("end", [tickets.resolve, tickets.close])
def test_a_ticket_is_found_by_a_foreign_number_also_when_it_has_ended(shell, desk, end):
    number = desk.do(tickets.open_ticket, opened()).id
    with desk.store.write() as tx:
        record(desk.call(), tx, tx.tickets.get(number), (Referenced("acme", "CS-991"), Referenced("sap", "0815/2026")))
    desk.do(end, number, None)
    for foreign in ("CS-991", "cs-991", "acme:CS-991", "0815/2026"):
        found = shell("ticket", "show", foreign, "--json").json["ticket"]
        assert (found["id"], found["number"]) == (number, f"T-{number}")
    for text in ("ref:CS-991", "ref:0815*"):
        assert [row["id"] for row in shell("queue", text, "--json").json["tickets"]] == [number]


def test_our_number_never_changes(shell, desk):
    number = desk.do(tickets.open_ticket, opened()).id
    for done in (tickets.take, tickets.resolve, tickets.reopen, tickets.close):
        desk.do(done, number, None)
    assert shell("ticket", "show", str(number), "--json").json["ticket"]["number"] == f"T-{number}"
    assert desk.do(tickets.open_ticket, opened()).id > number


def test_a_number_of_nobodys_is_not_found(shell):
    assert shell("ticket", "show", "CS-1").code == Exit.not_found


def test_the_time_of_each_authority_adds_up_to_the_time_of_the_ticket(shell, desk, clock):
    number = desk.do(tickets.open_ticket, opened()).id
    clock.forward(minutes=30)
    desk.do(tickets.assign, number, None, resolver="network")
    clock.forward(hours=2)
    desk.do(tickets.assign, number, None, resolver="")
    clock.forward(minutes=10)
    desk.do(tickets.resolve, number, None)
    clock.forward(days=3)
    found = shell("ticket", "show", str(number), "--json").json
    assert [(hop["authority"], hop["seconds"]) for hop in found["hops"]] == [
        ("desk", 1800), ("network", 7200), ("desk", 600),
    ]  # fmt: skip
    assert "Was with: Desk 30m, Network 2h00m, Desk 10m" in shell("ticket", "show", str(number)).out


MOVES = st.lists(
    st.tuples(
        st.integers(-100, 1000),
        st.one_of(
            st.builds(Assigned, team=st.sampled_from(["desk", "network"]), resolver=st.just("")),
            st.builds(Assigned, resolver=st.sampled_from(["", "acme", "network"])),
            st.just(Noted("looked at it")),
        ),
    ),
    max_size=12,
)


@given(MOVES, st.integers(0, 1200))
def test_however_it_was_handed_about_the_pieces_tile_its_time(moves, end):
    known = [fact(opened(), seq=1)]
    known += [fact(event, at=Instant(NOW + at), seq=number) for number, (at, event) in enumerate(moves, 2)]
    found = hops(known, Instant(NOW + end))
    assert sum(hop.span.seconds for hop in found) == end
    edges = [edge for hop in found for edge in (hop.span.start, hop.span.end)]
    assert edges == sorted(edges)
    assert all(one.authority != other.authority for one, other in pairwise(found))
