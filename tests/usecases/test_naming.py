"""What a filter may call people and things: everybody's names, and what the words with ``@`` stand for just now."""

import pytest

from supporttui.domain.filter import Names, parse
from supporttui.usecases import naming
from tests.builders import Desk, site

pytestmark = pytest.mark.core


def names(desk: Desk, me: str | None = "ana", **options) -> Names:
    return desk.ask(naming.names, desk.clock(), me=me, **options)


def test_everybody_and_everything_has_a_name(desk: Desk) -> None:
    found = names(desk, aliases={"state": {"neu": "new"}})
    assert found.people["ana"] == "Ana"
    assert set(found.teams) == {"desk", "network"}
    assert set(found.services) == {"mail", "vpn"}
    assert (found.prefix, found.aliases) == ("T-", {"state": {"neu": "new"}})


def test_my_teams_are_those_of_who_asks(desk: Desk) -> None:
    assert names(desk, "ana").my_teams == ("desk",)
    assert names(desk, "zoe").my_teams == ("network",)
    assert names(desk, None).my_teams == names(desk, "stranger").my_teams == ()


def test_on_call_are_all_lines_each_person_once(desk: Desk) -> None:
    """Ana and Ben take turns in the first line; Mia is always the second."""
    found = names(desk)
    assert len(found.on_call) == 2
    assert found.on_call[1] == "mia"
    first = found.on_call[0]
    desk.clock.forward(hours=24)
    assert names(desk).on_call[0] == {"ana": "ben", "ben": "ana"}[first]


def test_the_shift_is_one_s_own_and_changes_when_it_ends(desk: Desk) -> None:
    found = names(desk, "ben")
    first = found.on_call[0]
    shift = names(desk, first).shift
    assert shift.end - shift.start == 86_400
    assert shift.start <= desk.clock() < shift.end
    assert found.until == shift.end
    desk.clock.forward(seconds=shift.end - desk.clock())
    assert names(desk, first).shift != shift


def test_off_duty_the_first_line_s_shift_counts(desk: Desk) -> None:
    first = names(desk).on_call[0]
    other = {"ana": "ben", "ben": "ana"}[first]
    assert names(desk, other).shift == names(desk, first).shift == names(desk, None).shift


def test_without_a_rota_there_is_no_shift_and_nobody_on_call(store, clock) -> None:
    desk = Desk(store, clock)
    found = names(desk)
    assert (found.shift, found.until, found.on_call) == (None, None, ())
    assert parse("owner:@oncall", found, desk.clock(), "UTC").values == ()


def test_a_site_of_another_prefix_calls_its_tickets_so(site_store, clock) -> None:
    site(site_store)
    with site_store.write() as tx:
        tx.definitions.put_site({"prefix": "SUP-"})
    assert names(Desk(site_store, clock)).prefix == "SUP-"
