"""Nobody is served worse than the others without being found, and nobody is found by too small a sample."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.attainment import Served, Verdicts, attainment

pytestmark = pytest.mark.core

OTHERS = Verdicts("de", 941, 39)


@pytest.mark.parametrize(
    ("polish", "served"),
    [
        (Verdicts("pl", 28, 12), Served.worse),
        (Verdicts("pl", 2, 1), Served.too_few),
        (Verdicts("pl", 35, 5), Served.alike),
        (Verdicts("pl", 34, 6), Served.worse),
    ],
    ids=str,
)
def test_a_group_far_below_the_whole_is_found_if_there_is_enough_to_see(polish, served):
    """S34: 95 % overall and 70 % of 40 is worse; the same of 3 is too few."""
    found = attainment([OTHERS, polish])
    assert found.whole.percent in (94, 95)
    assert {one.verdicts.group: one.served for one in found.groups}["pl"] is served


def test_those_served_worse_come_first_and_a_group_without_a_verdict_not_at_all():
    found = attainment([OTHERS, Verdicts("pl", 20, 20), Verdicts("ja", 0, 0), Verdicts("pt", 1, 2)])
    assert [one.verdicts.group for one in found.groups] == ["pl", "pt", "de"]


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=6), st.integers(1, 50), st.integers(1, 50))
def test_a_group_is_found_exactly_where_its_share_lies_the_margin_below(counts, margin, least):
    verdicts = [Verdicts(str(i), kept, late) for i, (kept, late) in enumerate(counts)]
    found = attainment(verdicts, margin=margin, least=least)
    for one in found.groups:
        share = one.verdicts.kept * 100 / one.verdicts.count
        whole = found.whole.kept * 100 / found.whole.count
        if one.verdicts.count < least:
            assert one.served is Served.too_few
        elif abs(whole - share - margin) > 1e-6:
            assert (one.served is Served.worse) == (whole - share > margin)
