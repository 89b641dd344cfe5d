"""For every filter: the parser answers or points at a word, and the tree obeys logic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import State
from supporttui.domain.faults import BadInput
from supporttui.domain.filter import Names, complete, head_of, in_codes, joined, parse, term_text
from supporttui.domain.filter.completion import filled
from supporttui.domain.filter.fields import ascii_lower
from supporttui.domain.filter.forecasts import Forecast, Unattended
from supporttui.domain.queue import And, Not, Or
from supporttui.domain.sla.timer import SortBucket, SortKey
from supporttui.domain.spans import Span
from supporttui.domain.text import fold
from supporttui.domain.tickets import Reference
from tests.builders import NOW, row, ticket
from tests.filter_oracle import matches

pytestmark = pytest.mark.core

KNOWN = Names(
    people={"ana": "Ana", "ben": "Ben"}, teams={"desk": "Desk", "net": "Net"}, services={"mail": "Mail"},
    my_teams=("desk",), shift=Span(NOW - 3600, NOW + 7200),
    forecast=Forecast(Span(NOW - 3600, NOW + 7200), NOW + 8000, (Unattended(Span(NOW + 7200, NOW + 8000), ("mail",)),)),
    aliases={"field": {"Typ": "kind"}, "state": {"neu": "new"}},
)  # fmt: skip
ALPHABET = st.text(alphabet='ab:"()- ORis<>=!,.*@T0123mhé漢\t', max_size=40)
TERMS = st.sampled_from([
    "is:open", "is:breached", "is:atrisk", "is:paused", "is:mine", "sla:<1h", "sla:>=0", "due:<2h", "created:today",
    "owner:@me", "owner:@none", "owner:ana,ben", "team:!net", "resolver:desk", "priority:<=2", "state:new,active",
    "mail", "updated:>1h", "ref:inc", "is:stale", "priority:1..2", "due:-1h..1h", "created:@shift", "shift:current",
    "team:@me", "category:line*", "category:@none,x", "state:open,closed", "lang:@none,de", "sla:breached",
    "is:due_this_shift", "is:due_before_next_shift", "is:unattended",
])  # fmt: skip
ROWS = st.builds(
    row,
    state=st.sampled_from(State),
    priority=st.integers(1, 4),
    owner=st.none() | st.sampled_from(["ana", "ben"]),
    resolver=st.sampled_from(["", "net", "ana"]),
    team=st.sampled_from(["desk", "net"]),
    category=st.sampled_from(["", "Line A", "x"]),
    language=st.sampled_from(["", "DE", "ja"]),
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


@given(st.lists(TERMS, min_size=1, max_size=4), st.lists(TERMS, min_size=1, max_size=4), ROWS)
def test_filters_put_together_say_all_of_them(left: list[str], right: list[str], found) -> None:
    """Also where one of them is made of alternatives."""

    def fits(text: str) -> bool:
        return matches(parse(text, KNOWN, NOW, "UTC"), found, NOW, "ana")

    one, other = " OR ".join(left), " ".join(right)
    assert fits(joined(one, other)) == fits(joined(other, one)) == (fits(one) and fits(other))


@given(ALPHABET)
def test_a_filter_in_codes_means_the_same_and_stays_as_it_is(text: str) -> None:
    if fault_of(text) is not None:
        return
    codes = in_codes(text, KNOWN)
    assert parse(codes, KNOWN, NOW, "UTC") == parse(text, KNOWN, NOW, "UTC")
    assert in_codes(codes, KNOWN) == codes


@given(st.sampled_from(["category", "requester", "ref"]), st.text(alphabet='ab -(),:*!<>"@é漢', min_size=1, max_size=9))
def test_a_value_is_written_so_that_it_is_read_again(field: str, value: str) -> None:
    """All but quotation marks, which no filter can hold, and what quotation marks would make a sign of its own."""
    value = value.replace('"', "")
    if not value or value.startswith("@"):
        return
    expected = ascii_lower(value) if field == "category" else fold(value.removesuffix("*"))
    assert parse(term_text(field, [value]), KNOWN, NOW, "UTC").values == (expected,)


@given(ALPHABET)
def test_a_completed_filter_begins_with_what_was_typed_or_names_one_thing(text: str) -> None:
    found = complete(text, len(text), KNOWN)
    done = filled(text, found)
    assert done.startswith(text[: found.start])
    assert len(found.candidates) == 1 or fold(done).startswith(fold(text).rstrip())
