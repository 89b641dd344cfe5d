"""What ties a ticket to people and to other tickets: decisions, what they make of the ticket, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import Followed, Kind, Related, Relation, Reminded, State, StateChanged, Voided
from supporttui.domain.faults import BadInput
from supporttui.domain.tickets import EDITABLE, Reference, Relationship, Reminder, apply, bonds, decisions, fields
from tests.builders import NOW, fact, refuses, ticket

pytestmark = pytest.mark.core

SERVICES = {"mail": "Mail", "shop": "Web Shop"}


def after(before, events):
    """The ticket once these events happened to it."""
    for event in events:
        before = apply(before, fact(event, ticket=before.id, at=before.updated_at))
    return before


# --- following and being reminded -------------------------------------------------------------------------


def test_who_follows_is_among_the_followers_until_they_do_not() -> None:
    followed = after(ticket(), bonds.follow(ticket(), "ana", on=True))
    assert followed.followers == ("ana",)
    assert after(followed, bonds.follow(followed, "ana", on=False)).followers == ()


@pytest.mark.parametrize(("followers", "on", "code"), [(("ana",), True, "follow.already"), ((), False, "follow.not")])
def test_following_twice_is_refused(followers, on, code) -> None:
    with refuses(code):
        bonds.follow(ticket(followers=followers), "ana", on=on)


def test_a_person_has_one_reminder_and_others_keep_theirs() -> None:
    before = ticket(reminders=(Reminder("ana", NOW + 60), Reminder("ben", NOW + 90, "call")))
    found = after(before, bonds.snooze(before, "ana", NOW + 600, text="look", at=NOW))
    assert found.reminder_of("ana") == Reminder("ana", NOW + 600, "look")
    assert found.reminder_of("ben") == Reminder("ben", NOW + 90, "call")
    assert after(found, bonds.snooze(found, "ana", None, text="", at=NOW)).reminder_of("ana") is None


def test_a_reminder_changes_no_state_and_hides_nothing() -> None:
    found = after(ticket(), bonds.snooze(ticket(), "ana", NOW + 600, text="", at=NOW))
    assert (found.state, found.hold_until) == (State.new, None)


@pytest.mark.parametrize("state", [State.resolved, State.closed])
def test_a_ticket_that_is_done_reminds_nobody(state) -> None:
    assert after(ticket(reminders=(Reminder("ana", NOW + 60),)), [StateChanged(state)]).reminders == ()


@pytest.mark.parametrize(
    ("before", "until", "code"),
    [
        (ticket(), NOW, "ticket.until_past"),
        (ticket(), None, "snooze.until_missing"),
        (ticket(reminders=(Reminder("ana", NOW + 60),)), NOW + 60, "snooze.same"),
        (ticket(state=State.resolved), NOW + 60, "ticket.not_open"),
    ],
)
def test_a_reminder_needs_an_open_ticket_and_a_coming_moment(before, until, code) -> None:
    with refuses(code):
        bonds.snooze(before, "ana", until, text="", at=NOW)


# --- other tickets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "other_side"),
    [
        (Relation.related, Relation.related),
        (Relation.duplicate, Relation.duplicate),
        (Relation.parent, Relation.child),
        (Relation.child, Relation.parent),
        (Relation.blocks, Relation.blocked_by),
        (Relation.blocked_by, Relation.blocks),
    ],
)
def test_each_side_of_a_relation_says_what_it_is_to_the_other(relation, other_side) -> None:
    here, there = bonds.relate(ticket(), ticket(id=1044), relation, on=True)
    assert (here, there) == (Related(1044, relation), Related(1042, other_side))


def test_two_tickets_have_one_relation_the_newest() -> None:
    before = ticket(relations=(Relationship(1044, Relation.related), Relationship(1045, Relation.blocks)))
    here, _ = bonds.relate(before, ticket(id=1044), Relation.parent, on=True)
    assert after(before, [here]).relations == (
        Relationship(1045, Relation.blocks),
        Relationship(1044, Relation.parent),
    )


@pytest.mark.parametrize(
    ("other", "relation", "on", "code"),
    [
        (1042, Relation.related, True, "relate.itself"),
        (1044, Relation.related, True, "relate.already"),
        (1044, Relation.parent, False, "relate.not"),
        (1045, Relation.related, False, "relate.not"),
    ],
)
def test_a_relation_that_changes_nothing_is_refused(other, relation, on, code) -> None:
    before = ticket(relations=(Relationship(1044, Relation.related),))
    with refuses(code):
        bonds.relate(before, ticket(id=other), relation, on=on)


def test_a_merged_ticket_is_closed_and_the_other_gets_what_it_does_not_have() -> None:
    jira, vendor = Reference("jira", "OPS-7", "https://jira/OPS-7"), Reference("vendor", "9")
    source = ticket(references=(jira, vendor), followers=("ana", "ben"))
    target = ticket(id=1044, references=(vendor,), followers=("ben", "mia"))
    ending, brought = bonds.merge(source, target)
    ended, grown = after(source, ending), after(target, brought)
    assert (ended.state, ended.resolution, ended.merged_into) == (State.closed, "merged", 1044)
    assert (grown.merged, grown.state) == ((1042,), target.state)
    assert (grown.references, grown.followers) == ((vendor, jira), ("ben", "mia", "ana"))


@pytest.mark.parametrize(
    ("source", "target", "chain", "code"),
    [
        ({}, {"id": 1042}, (), "merge.itself"),
        ({}, {"state": State.closed, "merged_into": 1042}, (1042,), "merge.loop"),
        ({}, {"state": State.closed, "merged_into": 1050}, (1050, 1042), "merge.loop"),
        ({}, {"state": State.closed}, (), "merge.closed"),
        ({}, {"state": State.resolved}, (), "merge.closed"),
        ({"state": State.closed}, {}, (), "ticket.not_open"),
    ],
)
def test_no_ticket_goes_on_as_itself_or_as_one_that_is_done(source, target, chain, code) -> None:
    with refuses(code):
        bonds.merge(ticket(**source), ticket(**{"id": 1044, **target}), chain=chain)


def test_what_goes_on_elsewhere_is_not_reopened() -> None:
    with refuses("ticket.merged"):
        decisions.reopen(ticket(state=State.closed, merged_into=1044), "again")


# --- void, references ---------------------------------------------------------------------------------------


def test_a_void_ticket_is_closed_and_says_why() -> None:
    found = after(ticket(), bonds.void(ticket(), reason=" typed twice ", word="t-1042", code="T-1042"))
    assert (found.void, found.void_reason, found.state, found.resolution) == (True, "typed twice", "closed", "void")


def test_a_closed_ticket_becomes_void_without_being_closed_twice() -> None:
    assert bonds.void(ticket(state=State.closed), reason="test", word="T-1042", code="T-1042") == (Voided("test"),)


@given(st.lists(st.sampled_from(State), max_size=5))
def test_whatever_an_import_brings_later_a_void_ticket_stays_closed(states) -> None:
    found = after(ticket(), bonds.void(ticket(), reason="test", word="T-1042", code="T-1042"))
    assert after(found, [StateChanged(state) for state in states]).state is State.closed


@pytest.mark.parametrize(
    ("word", "reason", "code"),
    [("", "why", "void.word"), ("T-1043", "why", "void.word"), ("1042", "why", "void.word"),
     ("T-1042", " ", "void.reason_missing")],
)  # fmt: skip
def test_only_the_tickets_own_code_and_a_reason_void_it(word, reason, code) -> None:
    with refuses(code):
        bonds.void(ticket(), reason=reason, word=word, code="T-1042")


@pytest.mark.parametrize(
    ("system", "key", "url", "code"),
    [
        (" ", "7", "", "refer.empty"),
        ("jira", "", "", "refer.empty"),
        ("jira", "7", "javascript:alert(1)", "refer.url"),
        ("jira", "OPS-1", "", "refer.already"),
    ],
)
def test_a_reference_has_a_system_a_number_and_at_most_a_web_address(system, key, url, code) -> None:
    with refuses(code):
        bonds.refer(ticket(references=(Reference("jira", "OPS-1"),)), system, key, url)


def test_a_reference_may_get_another_address() -> None:
    before = ticket(references=(Reference("jira", "OPS-1"),))
    found = after(before, bonds.refer(before, "jira", "OPS-1", "https://jira.example/OPS-1"))
    assert found.references == (Reference("jira", "OPS-1", "https://jira.example/OPS-1"),)


# --- fields -------------------------------------------------------------------------------------------------


def test_an_edit_holds_only_what_changes() -> None:
    (event,) = decisions.edit(ticket(language="de"), {"title": "Mail is down", "language": "de"})
    assert event.fields == {"title": "Mail is down"}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"priority": "1"}, "edit.field"),
        ({"title": "Mail is slow"}, "edit.nothing"),
        ({"title": " "}, "edit.empty"),
        ({}, "edit.nothing"),
    ],
)
def test_an_edit_of_nothing_or_of_something_else_is_refused(asked, code) -> None:
    with refuses(code):
        decisions.edit(ticket(), asked)


@pytest.mark.parametrize("field", sorted(EDITABLE))
def test_an_ended_ticket_keeps_what_its_promises_rest_on(field) -> None:
    value = {"kind": "question"}.get(field, "other")
    closed = ticket(state=State.closed)
    if field in ("service", "kind", "category"):
        with refuses("ticket.not_open"):
            decisions.edit(closed, {field: value})
    else:
        assert decisions.edit(closed, {field: value})[0].fields == {field: value}


def test_values_are_read_as_people_type_them() -> None:
    typed = {"title": "  Mail\n is  slow ", "service": "web shop", "kind": "Question", "language": "pt_BR",
             "zone": "Asia/Tokyo", "text": " one\ntwo "}  # fmt: skip
    assert fields.read(typed, SERVICES) == {
        "title": "Mail is slow", "service": "shop", "kind": "question", "language": "pt-BR",
        "zone": "Asia/Tokyo", "text": "one\ntwo",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("service", "shoes", "mail, shop"),
        ("kind", "wish", ", ".join(Kind)),
        ("language", "klingon, please", "de, ja, pt-BR"),
    ],
)
def test_a_value_that_a_field_cannot_hold_is_refused_with_what_it_can(field, value, allowed) -> None:
    with pytest.raises(BadInput) as caught:
        fields.read({field: value}, SERVICES)
    assert (caught.value.code, caught.value.params) == (
        "edit.value", {"field": field, "found": value, "allowed": allowed},
    )  # fmt: skip


def test_a_zone_must_exist() -> None:
    with refuses("zone.unknown"):
        fields.read({"zone": "Mars/Olympus"}, SERVICES)


@given(st.text(max_size=40), st.sampled_from(sorted(EDITABLE - {"service", "kind", "language", "zone"})))
def test_reading_a_value_again_changes_nothing(text, field) -> None:
    once = fields.read({field: text}, SERVICES)
    assert fields.read(once, SERVICES) == once


@given(st.lists(st.tuples(st.sampled_from(["ana", "ben", "mia"]), st.booleans()), max_size=12))
def test_the_followers_are_those_whose_last_word_was_yes(words) -> None:
    found = after(ticket(), [Followed(person, on) for person, on in words])
    assert set(found.followers) == {person for person, on in dict(words).items() if on}
    assert len(set(found.followers)) == len(found.followers)


@given(st.lists(st.tuples(st.sampled_from(["ana", "ben"]), st.none() | st.integers(NOW, NOW + 99)), max_size=12))
def test_the_reminders_are_the_last_wishes(wishes) -> None:
    found = after(ticket(), [Reminded(person, until) for person, until in wishes])
    assert {one.person: one.until for one in found.reminders} == {p: at for p, at in dict(wishes).items() if at}
