"""For every filter: the parser answers or points at a word, and the tree obeys logic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import State
from supporttui.domain.faults import BadInput
from supporttui.domain.filter import Names, complete, head_of, matches, parse
from supporttui.domain.queue import And, Not, Or
from supporttui.domain.sla.timer import SortBucket, SortKey
from supporttui.domain.tickets import Reference
from tests.builders import NOW, row, ticket

pytestmark = pytest.mark.core

KNOWN = Names(people={"ana": "Ana", "ben": "Ben"}, teams={"desk": "Desk", "net": "Net"}, services={"mail": "Mail"})
ALPHABET = st.text(alphabet='ab:"()- ORis<>=!,.*@T0123mhé漢\t', max_size=40)
TERMS = st.sampled_from([
    "is:open", "is:breached", "is:atrisk", "is:paused", "is:mine", "sla:<1h", "sla:>=0", "due:<2h", "created:today",
    "owner:@me", "owner:@none", "owner:ana,ben", "team:!net", "resolver:desk", "priority:<=2", "state:new,active",
    "mail", "updated:>1h", "ref:inc", "is:stale",
])  # fmt: skip
ROWS = st.builds(
    row,
    state=st.sampled_from(State),
    priority=st.integers(1, 4),
    owner=st.none() | st.sampled_from(["ana", "ben"]),
    resolver=st.sampled_from(["", "net", "ana"]),
    team=st.sampled_from(["desk", "net"]),
    sort=st.builds(SortKey, st.sampled_from(SortBucket), st.integers(NOW - 9000, NOW + 9000)),
    seconds=st.integers(0, 100_000),
    due=st.none() | st.integers(NOW - 9000, NOW + 9000),
    updated_at=st.integers(NOW - 500_000, NOW),
    created_at=st.integers(NOW - 200_000, NOW),
)

TEXTS = st.sampled_from(["", head_of(ticket(title="Mail is slow", references=(Reference("snow", "INC1"),)))])


def fault_of(text: str) -> BadInput | None:
    try:
        parse(text, KNOWN, NOW, "Europe/Berlin")
    except BadInput as fault:
        return fault
    return None


@given(ALPHABET)
def test_any_text_is_understood_or_refused_with_a_place_inside_it(text: str) -> None:
    fault = fault_of(text)
    if fault is not None:
        assert fault.code.startswith("filter.")
        assert 0 <= fault.params["at"] < len(text)
        assert 1 <= fault.params["length"] <= len(text) - fault.params["at"]


@given(ALPHABET, st.integers(0, 40))
def test_completion_replaces_a_part_before_the_cursor(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    found = complete(text, cursor, KNOWN)
    assert 0 <= found.start <= found.end == cursor


@given(TERMS, TERMS, ROWS, TEXTS)
def test_and_or_not_are_what_they_are_called(left: str, right: str, found, texts: str) -> None:
    def fits(text: str) -> bool:
        return matches(parse(text, KNOWN, NOW, "UTC"), found, NOW, "ana", texts=texts)

    assert fits(f"{left} {right}") == (fits(left) and fits(right))
    assert fits(f"{left} OR {right}") == (fits(left) or fits(right))
    assert fits(f"-{left}") == (not fits(left))
    assert fits(f"-({left} {right})") == fits(f"-{left} OR -{right}")


@given(ROWS)
def test_everything_fits_the_empty_filter_and_nothing_its_opposite(found) -> None:
    assert matches(And(), found, NOW, None)
    assert not matches(Or(()), found, NOW, None)
    assert not matches(Not(And()), found, NOW, None)
