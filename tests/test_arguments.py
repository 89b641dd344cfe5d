"""What people type for an argument, and what the use case gets of it."""

import pytest

from supporttui import arguments
from supporttui.actions import Arg, ArgKind, by_id
from supporttui.arguments import FIELD_END, Reading, value
from supporttui.domain.faults import BadInput
from supporttui.domain.people import Team
from supporttui.domain.states import State
from supporttui.i18n.catalogue import Words, load
from tests.builders import NOW, PEOPLE, refuses, service

pytestmark = pytest.mark.core

READING = Reading(
    Words("en", "UTC"), NOW, PEOPLE, (Team("desk", "Desk"), Team("network", "Network")), (service("mail"),)
)
UNKNOWING = Reading(Words("en", "UTC"), NOW)


def read(kind: ArgKind, text: str, reading: Reading = READING):
    return value(Arg("it", kind, "help"), text, reading)


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (ArgKind.team, "NETWORK", "network"),
        (ArgKind.service, "Mail", "mail"),
        (ArgKind.person, "zoe", "zoe"),
        (ArgKind.kind, "Question", "question"),
        (ArgKind.ticket, "1044", 1044),
        (ArgKind.ticket, "#1044", 1044),
        (ArgKind.ticket, "T-1044", 1044),
        (ArgKind.fields, "title=Mail is slow language=de", {"title": "Mail is slow", "language": "de"}),
        (ArgKind.fields, 'Title="a = b" language=', {"title": "a = b", "language": ""}),
        (ArgKind.fields, f"title=a b=c{FIELD_END}zone=UTC{FIELD_END}", {"title": "a b=c", "zone": "UTC"}),
    ],
)
def test_ids_names_and_pairs_are_read(kind, text, found) -> None:
    assert read(kind, text) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "waiting_vendor"), ("en", "vendor"), ("de", "Lieferant"), ("de", "wartet auf Lieferant"),
     ("de", "vendor"), ("ja", "ベンダー待ち")],
)  # fmt: skip
def test_a_state_is_read_by_its_code_and_by_the_readers_word(language, text) -> None:
    wait = next(arg for arg in by_id()["ticket.wait"].args if arg.name == "state")
    assert value(wait, text, Reading(load(language, "UTC", {}), NOW)) is State.waiting_vendor


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (ArgKind.team, "nobody", "cli.not_a_choice"),
        (ArgKind.service, "shoes", "cli.not_a_choice"),
        (ArgKind.kind, "wish", "cli.not_a_choice"),
        (ArgKind.person, "nobody", "person.unknown"),
        (ArgKind.ticket, "OPS-", "ticket.unknown_number"),
        (ArgKind.fields, "slow", "cli.not_fields"),
        (ArgKind.fields, "slow title=x", "cli.not_fields"),
        (ArgKind.fields, "", "cli.not_fields"),
        (ArgKind.fields, f"title{FIELD_END}", "cli.not_fields"),
    ],
)
def test_what_cannot_be_read_is_refused(kind, text, code) -> None:
    with refuses(code):
        read(kind, text)


@pytest.mark.parametrize("kind", [ArgKind.team, ArgKind.service, ArgKind.person])
def test_where_nobody_is_known_the_use_case_looks_itself(kind) -> None:
    assert read(kind, "whoever", UNKNOWING) == "whoever"


def test_a_refusal_names_the_argument_the_value_and_what_is_allowed() -> None:
    with pytest.raises(BadInput) as caught:
        read(ArgKind.team, "nobody")
    assert caught.value.params == {"argument": "it", "found": "nobody", "allowed": "desk, network"}


def test_a_database_may_know_tickets_by_other_numbers() -> None:
    reading = Reading(Words("en", "UTC"), NOW, ticket=lambda text: {"OPS-7": 1042}[text])
    assert value(Arg("other", ArgKind.ticket, "help"), "OPS-7", reading) == 1042


def test_every_kind_of_argument_that_is_more_than_its_text_has_a_reader() -> None:
    assert {
        "team",
        "service",
        "kind",
        "ticket",
        "fields",
        "person",
        "choice",
        "instant",
        "priority",
        "level",
        "step",
    } <= {kind.value for kind in arguments._READERS}
