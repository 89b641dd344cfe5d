"""What is to be known before a ticket goes to an authority: hours, entry criteria, agreement, languages."""

from datetime import date

import pytest

from supporttui.domain.authorities import Caution, hand_off, line_for
from supporttui.domain.authority_defects import ending, without_hours
from supporttui.domain.lint import Pain
from supporttui.domain.people import Agreement, AuthorityKind, Entry, Line, Need, Team
from supporttui.domain.sla.hours import compile_hours
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Reference
from tests.builders import NOW, calendar, ticket

pytestmark = pytest.mark.core

OFFICE = compile_hours([(None, calendar())])
"""Monday to Friday, 09:00 to 17:00 in Berlin; NOW is Monday, 03:20 there."""
OPEN = Instant(NOW + 6 * 3600)


def acme(**fields: object) -> Team:
    return Team("acme", "Acme", AuthorityKind.external, zone="Europe/Berlin", **fields)  # type: ignore[arg-type]


def cautions(team: Team, at: int = OPEN, **fields: object) -> tuple[Caution, ...]:
    return hand_off(team, ticket(**fields), Instant(at), hours=OFFICE).cautions


def test_an_open_authority_without_criteria_asks_for_nothing():
    assert cautions(acme()) == ()


def test_outside_its_hours_the_next_opening_is_known():
    found = hand_off(acme(), ticket(), NOW, hours=OFFICE)
    assert (found.cautions, found.opens) == ((Caution.closed,), NOW + 5 * 3600 + 40 * 60)


def test_unknown_hours_are_a_caution_outside_and_none_inside():
    assert hand_off(acme(), ticket(), NOW, hours=None).cautions == (Caution.no_hours,)
    assert hand_off(Team("net", "Network"), ticket(), NOW, hours=None).cautions == ()


@pytest.mark.parametrize("need", Need)
def test_what_the_ticket_does_not_say_is_named_and_what_it_says_is_not(need: Need):
    team = acme(entry=Entry((need,)))
    assert hand_off(team, ticket(), OPEN, hours=OFFICE).lacks == (need,)
    said = ticket(text="x", category="x", requester="x", language="de", references=(Reference("x", "1"),))
    assert hand_off(team, said, OPEN, hours=OFFICE).lacks == ()


@pytest.mark.parametrize(
    ("fields", "fits", "other", "caution"),
    [
        ({"entry": Entry(priorities=(1, 2))}, {"priority": 2}, {"priority": 3}, Caution.priority),
        ({"services": ("mail",)}, {"service": "mail"}, {"service": "vpn"}, Caution.elsewhere),
        ({"categories": ("Router",)}, {"category": "router"}, {"category": "mail"}, Caution.elsewhere),
        ({"languages": ("de",)}, {"language": "de-AT"}, {"language": "ja"}, Caution.language),
    ],
)  # fmt: skip
def test_what_it_does_not_take_is_a_caution(fields, fits, other, caution):
    assert cautions(acme(**fields), **fits) == ()
    assert cautions(acme(**fields), **other) == (caution,)


def test_a_language_of_its_people_counts_and_an_unknown_one_is_no_caution():
    spoken = hand_off(acme(languages=("de",)), ticket(language="ja"), OPEN, hours=OFFICE, spoken=("ja",))
    assert spoken.cautions == ()
    assert cautions(acme(), language="ja") == ()


def test_an_agreement_counts_through_its_last_day_by_the_clocks_of_the_authority():
    """L34: seen before the night it is needed."""
    last = acme(agreement=Agreement("A-1", last=date(2026, 3, 2)))
    midnight = Instant(NOW - 3 * 3600 - 20 * 60 + 86_400)
    assert cautions(last, midnight - 1) == (Caution.closed, Caution.expires)
    assert cautions(last, midnight) == (Caution.closed, Caution.expired)
    assert cautions(last, OPEN) == ()
    assert cautions(acme(agreement=Agreement(first=date(2026, 3, 3)))) == (Caution.not_begun,)


def test_the_line_of_the_priority_goes_before_the_one_for_all_and_that_before_the_telephone():
    team = acme(phone="3", lines=(Line("2"), Line("1", priorities=(1,))))
    assert [line_for(team, priority) for priority in (1, 2)] == [Line("1", priorities=(1,)), Line("2")]
    assert line_for(acme(phone="3"), 1) == Line("3")
    assert line_for(acme(), 1) is None


def test_lint_names_authorities_without_hours_and_agreements_that_end_within_30_days():
    teams = (
        acme(agreement=Agreement("A-1", last=date(2026, 3, 31))),
        Team("late", "Late", AuthorityKind.external, calendar="office", agreement=Agreement(last=date(2026, 4, 2))),
        Team("gone", "Gone", AuthorityKind.external, calendar="office", agreement=Agreement(last=date(2026, 3, 1))),
        Team("net", "Network"),
    )
    assert [one.params["authority"] for one in without_hours(teams)] == ["acme"]
    found = [(one.code, one.params["authority"], one.pain) for one in ending(teams, NOW, {"gone"})]
    assert found == [("lint.agreement_ends", "acme", Pain.soon), ("lint.agreement_ended", "gone", Pain.tonight)]
