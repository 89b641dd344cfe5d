"""Which contact points are tried for a page, and when."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from supporttui.domain.paging.contacts import NOWHERE, contact_plan, first_contacts, quiet_until
from supporttui.domain.people import ContactPoint, Person
from supporttui.domain.sla.calendars import Window
from supporttui.domain.wall import resolve

pytestmark = pytest.mark.core

NIGHT = Window("22:00", "06:00", days=(1, 2, 3, 4, 5, 6, 7))
DAILY = (1, 2, 3, 4, 5, 6, 7)


def at(text: str) -> int:
    return resolve(datetime.fromisoformat(text), "Europe/Berlin")


EVENING, LATE, MORNING = at("2026-03-02 21:00"), at("2026-03-02 23:00"), at("2026-03-03 06:00")
SMS, PHONE, MAIL = (ContactPoint(channel, "1", rank=rank) for rank, channel in enumerate(("sms", "phone", "mail"), 1))


def person(*contacts: ContactPoint) -> Person:
    return Person("ana", "Ana", zone="Europe/Berlin", contacts=contacts)


def plan(who: Person | None, now: int, priority: int = 2) -> list[tuple[str, int]]:
    return [(one.contact.channel, one.at - now) for one in contact_plan(who, priority, now)]


def quiet(contact: ContactPoint, *windows: Window) -> ContactPoint:
    return ContactPoint(contact.channel, contact.address, contact.rank, quiet=windows or (NIGHT,))


def test_rank_follows_rank_each_after_its_own_wait() -> None:
    slow = ContactPoint("fax", "1", rank=4, after=60)
    assert plan(person(slow, MAIL, SMS, PHONE), EVENING) == [("sms", 0), ("phone", 300), ("mail", 600), ("fax", 660)]


def test_contact_points_of_one_rank_are_tried_together() -> None:
    assert plan(person(SMS, ContactPoint("mail", "1")), EVENING) == [("sms", 0), ("mail", 0)]


def test_each_is_for_its_priorities_and_all_are_where_none_is_meant() -> None:
    urgent = ContactPoint("phone", "1", rank=1, priorities=(1, 2))
    assert plan(person(urgent, MAIL), EVENING, priority=2) == [("phone", 0), ("mail", 300)]
    assert plan(person(urgent, MAIL), EVENING, priority=3) == [("mail", 0)]
    assert plan(person(urgent), EVENING, priority=3) == [("phone", 0)]


def test_in_quiet_hours_the_next_rank_takes_the_place_and_the_quiet_one_comes_in_the_morning() -> None:
    assert plan(person(quiet(SMS), PHONE, MAIL), LATE) == [("phone", 0), ("mail", 300), ("sms", MORNING - LATE)]


def test_who_is_quiet_everywhere_is_called_when_that_ends() -> None:
    assert plan(person(quiet(SMS), quiet(PHONE)), LATE) == [("sms", MORNING - LATE), ("phone", MORNING - LATE)]


def test_the_top_priority_knows_no_quiet_hours() -> None:
    assert plan(person(quiet(SMS), PHONE), LATE, priority=1) == [("sms", 0), ("phone", 300)]


def test_an_address_that_stands_twice_is_tried_once_as_soon_as_either_is() -> None:
    by_day = quiet(SMS, Window("22:00", "06:00", days=DAILY))
    again = ContactPoint("sms", "1", rank=2)
    assert plan(person(by_day, again), LATE) == [("sms", 0)]
    assert quiet_until(person(by_day, again), "sms", "1", LATE) == LATE
    assert quiet_until(person(by_day), "sms", "1", LATE) == MORNING
    assert quiet_until(person(by_day), "mail", "1", LATE) == LATE


def test_quiet_hours_are_those_of_the_clocks_also_when_they_change() -> None:
    night = at("2026-03-28 23:00")
    assert at("2026-03-29 06:00") - night == 6 * 3600
    assert plan(person(quiet(SMS)), night) == [("sms", 6 * 3600)]


def test_somebody_without_contact_points_is_told_nowhere() -> None:
    assert plan(None, EVENING) == plan(person(), EVENING) == [("", 0)]
    assert first_contacts(person()) == (NOWHERE,)


def test_what_calls_nobody_comes_to_the_best_rank_that_is_for_all() -> None:
    urgent = ContactPoint("phone", "1", rank=1, priorities=(1,))
    assert first_contacts(person(urgent, MAIL, SMS)) == (SMS,)
    assert first_contacts(person(urgent)) == (urgent,)


CONTACTS = some.builds(
    ContactPoint,
    channel=some.sampled_from(["sms", "phone", "mail"]),
    address=some.sampled_from(["1", "2"]),
    rank=some.integers(1, 3),
    after=some.integers(0, 900),
    priorities=some.lists(some.integers(1, 4), max_size=2).map(tuple),
    quiet=some.sampled_from([(), (NIGHT,), (Window("00:00", "24:00", days=DAILY),)]),
)


@given(some.lists(CONTACTS, min_size=1, max_size=5), some.integers(1, 4), some.integers(0, 7 * 86_400))
def test_a_page_always_has_a_way_and_none_before_its_time(contacts, priority, later) -> None:
    now = EVENING + later
    found = contact_plan(person(*contacts), priority, now)
    assert found
    assert all(one.contact in contacts and one.at >= now for one in found)
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert priority > 1 or found[0].at == now
