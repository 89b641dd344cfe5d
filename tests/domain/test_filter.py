"""The filter language: what it means, where it points when it does not understand, what it proposes."""

from datetime import datetime

import pytest

from supporttui.domain import filter as language
from supporttui.domain.events import Kind, State
from supporttui.domain.faults import BadInput
from supporttui.domain.filter import FIELDS, FLAGS, Names, complete, head_of, matches, parse
from supporttui.domain.filter.watching import followers_form, snoozed_form
from supporttui.domain.queue import EVERYTHING, And, Not, Op, Or, Term, Words
from supporttui.domain.sla.timer import SortBucket, SortKey
from supporttui.domain.tickets import Reference, Reminder
from supporttui.domain.wall import resolve
from tests.builders import NOW, row, ticket

pytestmark = pytest.mark.core

ZONE = "Europe/Berlin"
KNOWN = Names(
    people={"ana": "Ana López", "ben": "Ben Weiß", "bea": "Bea López"},
    teams={"network": "Network", "team14": "Team 14", "desk": "Desk"},
    services={"mail": "Mail", "vpn": "VPN access"},
    on_call=("ben",),
    aliases={"is": {"offen": "open"}, "state": {"neu": "new"}, "field": {"priorität": "priority"}},
)


def tree(text: str):
    return parse(text, KNOWN, NOW, ZONE)


def day(month: int, number: int, hour: int = 0) -> int:
    return resolve(datetime(2026, month, number, hour), ZONE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", EVERYTHING),
        ("   ", EVERYTHING),
        ("gateway", Words("gateway")),
        ('"Payment  Gateway"', Words("payment  gateway", whole=True)),
        ("Zürich STRASSE", And((Words("zurich"), Words("strasse")))),
        ("T-1042", Term("id", Op.eq, (1042,))),
        ("t-1042", Term("id", Op.eq, (1042,))),
        ("1042", Words("1042")),
        ("id:T-7,8", Term("id", Op.eq, (7, 8))),
        ("priority:1,2", Term("priority", Op.eq, (1, 2))),
        ("priority:１", Term("priority", Op.eq, (1,))),
        ("prio:<=P2", Term("priority", Op.le, (2,))),
        ("priority:!4", Term("priority", Op.ne, (4,))),
        ("Priorität:1", Term("priority", Op.eq, (1,))),
        ("status:new", Term("state", Op.eq, ("new",))),
        ("state:neu", Term("state", Op.eq, ("new",))),
        ("state:wait*", Term("state", Op.eq, ("waiting_requester", "waiting_vendor"))),
        ("team:!network", Term("team", Op.ne, ("network",))),
        ('team:"Team 14",desk', Term("team", Op.eq, ("team14", "desk"))),
        ("service:access", Term("service", Op.eq, ("vpn",))),
        ("assignee:@me,@none", Term("owner", Op.eq, ("@me", None))),
        ("owner:@oncall", Term("owner", Op.eq, ("ben",))),
        ("owner:weiss", Term("owner", Op.eq, ("ben",))),
        ("owner:lopez", Term("owner", Op.eq, ("ana", "bea"))),
        ("resolver:@me,network", Term("resolver", Op.eq, ("@me", "network"))),
        ("requester:Shop*", Term("requester", Op.prefix, ("shop",))),
        ("ref:!INC", Not(Term("ref", Op.prefix, ("inc",)))),
        ("lang:DE", Term("lang", Op.eq, ("de",))),
        ("kind:incident", Term("kind", Op.eq, ("incident",))),
        ("text:VPN", Words("vpn")),
        ("is:open", Term("is", Op.eq, ("open",))),
        ("is:at-risk", Term("is", Op.eq, ("atrisk",))),
        ("is:offen", Term("is", Op.eq, ("open",))),
        ("is:!paused", Not(Term("is", Op.eq, ("paused",)))),
        ("is:mine,unassigned", Or((Term("is", Op.eq, ("mine",)), Term("is", Op.eq, ("unassigned",))))),
        ("-is:open", Not(Term("is", Op.eq, ("open",)))),
        ("sla:<1h", Term("sla", Op.lt, (3600,))),
        ("sla:-1h30m", Term("sla", Op.le, (-5400,))),
        ("sla:>=0", Term("sla", Op.ge, (0,))),
        ("sla:1h..4h", And((Term("sla", Op.ge, (3600,)), Term("sla", Op.le, (14_400,))))),
        ("due:<2h", Term("due", Op.lt, (NOW + 7200,))),
        ("created:<2h", Term("created", Op.gt, (NOW - 7200,))),
        ("created:>3d", Term("created", Op.lt, (NOW - 3 * 86_400,))),
        ("updated:2h", Term("updated", Op.ge, (NOW - 7200,))),
        ("created:today", And((Term("created", Op.ge, (day(3, 2),)), Term("created", Op.lt, (day(3, 3),))))),
        ("created:<yesterday", Term("created", Op.lt, (day(3, 1),))),
        ("due:<=tomorrow", Term("due", Op.lt, (day(3, 4),))),
        ("due:>2026-03-28", Term("due", Op.ge, (day(3, 29),))),
        ("due:>=2026-03-29T03:00", Term("due", Op.ge, (day(3, 29, 3),))),
        ("due:>=2026-03-29T01:00+00:00", Term("due", Op.ge, (day(3, 29, 3),))),
        (
            "created:2026-03-28..2026-03-29",
            And((Term("created", Op.ge, (day(3, 28),)), Term("created", Op.lt, (day(3, 30),)))),
        ),
        ("a b OR c", Or((And((Words("a"), Words("b"))), Words("c")))),
        ("a AND b", And((Words("a"), Words("b")))),
        ("a or b", And((Words("a"), Words("or"), Words("b")))),
        ("-(a OR b) c", And((Not(Or((Words("a"), Words("b")))), Words("c")))),
        ("()", EVERYTHING),
        ("eu-west", Words("eu-west")),
        ("- a", And((Words("-"), Words("a")))),
    ],
)  # fmt: skip
def test_a_filter_means(text: str, expected) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "at", "length", "suggestion"),
    [
        ("is:open priorty:1", "filter.unknown_field", 8, 7, "priority"),
        ("xyzzy:1", "filter.unknown_field", 0, 5, ""),
        ("is:open team:desk,netwrk", "filter.unknown_value", 18, 6, "network"),
        ('owner:"Ana Lopes"', "filter.unknown_value", 6, 11, "ana lopez"),
        ("is:brached", "filter.unknown_value", 3, 7, "breached"),
        ("state:opne", "filter.unknown_value", 6, 4, None),
        ("team:", "filter.missing_value", 0, 5, None),
        ("team:desk,", "filter.missing_value", 0, 10, None),
        ("team:<desk", "filter.bad_operator", 5, 1, None),
        ("is:>=open", "filter.bad_operator", 3, 2, None),
        ("priority:high", "filter.bad_number", 9, 4, None),
        ("id:x", "filter.bad_number", 3, 1, None),
        ("sla:soon", "filter.bad_duration", 4, 4, None),
        ("sla:1h..", "filter.bad_duration", 4, 4, None),
        ("due:someday", "filter.bad_date", 4, 7, None),
        ("due:2026-02-30", "filter.bad_date", 4, 10, None),
        ("due:9999-12-31", "filter.bad_date", 4, 10, None),
        ('say "hello', "filter.unclosed_quote", 4, 6, None),
        ("a (b", "filter.unclosed_group", 2, 1, None),
        ("a) b", "filter.unexpected", 1, 1, None),
        ("a OR", "filter.unexpected", 2, 2, None),
        ("OR a", "filter.unexpected", 0, 2, None),
        ("-OR a", "filter.unexpected", 1, 2, None),
        ("x" * 2001, "filter.too_long", 2000, 1, None),
        ("(" * 41 + ")" * 41, "filter.too_deep", 40, 1, None),
    ],
)
def test_a_fault_stands_under_its_word(text: str, code: str, at: int, length: int, suggestion) -> None:
    with pytest.raises(BadInput) as caught:
        tree(text)
    assert (caught.value.code, caught.value.params["at"], caught.value.params["length"]) == (code, at, length)
    if suggestion is not None:
        assert caught.value.params["suggestion"] == suggestion


DUE = {"sort": SortKey(SortBucket.due, NOW + 3000), "due": NOW + 3000, "seconds": 14_400}
LATE = {"sort": SortKey(SortBucket.due, NOW - 1), "due": NOW - 1, "seconds": 14_400}
PAUSED = {"sort": SortKey(SortBucket.paused, 1800), "seconds": 14_400}


@pytest.mark.parametrize(
    ("text", "fits", "fails"),
    [
        ("is:open", {}, {"state": State.resolved}),
        ("is:closed", {"state": State.closed}, {}),
        ("is:breached", LATE, DUE),
        ("is:breached", {"sort": SortKey(SortBucket.paused, -5)}, PAUSED),
        ("is:atrisk", DUE, LATE),
        ("is:atrisk", DUE, PAUSED),
        ("is:critical", {**DUE, "seconds": 40_000}, DUE),
        ("is:paused", PAUSED, DUE),
        ("is:waiting", {"state": State.waiting_vendor}, {}),
        ("is:unassigned", {}, {"owner": "ana"}),
        ("is:mine", {"owner": "ana"}, {"owner": "ben"}),
        ("is:mine", {"resolver": "ana"}, {}),
        ("is:acknowledged", {"acknowledged_by": "ben"}, {}),
        ("is:escalated", {"escalated": True}, {}),
        ("is:stale", {"updated_at": NOW - 3 * 86_400 - 1}, {"updated_at": NOW - 3 * 86_400}),
        ("is:drill", {"drill": True}, {}),
        ("is:followed", {"followers": followers_form(["ben", "ana"])}, {"followers": followers_form(["anabel"])}),
        (
            "is:snoozed",
            {"snoozed": snoozed_form([Reminder("ana", NOW + 1)])},
            {"snoozed": snoozed_form([Reminder("ana", NOW), Reminder("ben", NOW + 9)])},
        ),
        ("is:merged", {"merged": True}, {}),
        ("is:void", {"void": True}, {}),
        ("mail OR is:void", {"void": True}, {}),
        ("is:open", {}, {"void": True}),
        ("sla:<1h", DUE, {"sort": SortKey(SortBucket.due, NOW + 3600)}),
        ("sla:<1h", PAUSED, {}),
        ("-sla:<1h", {"sort": SortKey(SortBucket.never)}, DUE),
        ("due:<1h", DUE, {}),
        ("created:today", {}, {"created_at": NOW - 86_400}),
        ("updated:<5m", {}, {"updated_at": NOW - 300}),
        ("priority:<3", {"priority": 2}, {}),
        ("priority:!3", {"priority": 2}, {}),
        ("id:1042", {}, {"id": 1}),
        ("state:new", {}, {"state": State.active}),
        ("kind:incident", {}, {"kind": Kind.request}),
        ("lang:de", {"language": "DE"}, {}),
        ("service:mail team:desk", {}, {"team": "network"}),
        ("owner:@none", {}, {"owner": "ana"}),
        ("owner:@me", {"resolver": "ana"}, {"owner": "ben"}),
        ("resolver:desk", {}, {"resolver": "vendor"}),
        ("resolver:!desk", {"resolver": "vendor"}, {}),
    ],
)
def test_rows_fit_or_not(text: str, fits: dict, fails: dict) -> None:
    node = tree(text)
    assert matches(node, row(**fits), NOW, "ana")
    assert not matches(node, row(**fails), NOW, "ana")


@pytest.mark.parametrize(
    ("text", "fits", "fails"),
    [
        ("gateway", {"title": "Payment gateway"}, {"title": "Gate", "text": "way"}),
        ("requester:shop", {"requester": "Shop Ltd"}, {"title": "Shop", "requester": "The shop"}),
        ("ref:INC0001", {"references": (Reference("snow", "INC00012"),)}, {"title": "INC0001"}),
        ("a OR is:drill", {"title": "A cat"}, {"title": "Dog"}),
    ],
)
def test_texts_fit_or_not(text: str, fits: dict, fails: dict) -> None:
    node = tree(text)
    assert matches(node, row(), NOW, "ana", texts=head_of(ticket(**fits)))
    assert not matches(node, row(), NOW, "ana", texts=head_of(ticket(**fails)))


@pytest.mark.parametrize("nobody", [None, ""])
def test_nobody_s_own_tickets_are_none(nobody: str | None) -> None:
    assert not matches(tree("is:mine"), row(), NOW, nobody)
    assert not matches(tree("owner:@me"), row(owner="ana"), NOW, nobody)


def test_words_are_found_in_number_title_requester_references_and_text() -> None:
    found = ticket(
        title="VPN Zürich", requester="Straße GmbH", text="Router\nrebooted",
        references=(Reference("snow", "INC0012"), Reference("jira", "NET-7")),
    )  # fmt: skip
    line, texts = row(), head_of(found)
    for text in (
        "1042",
        "zurich",
        "strasse",
        "net-7",
        '"router rebooted"',
        "ref:net",
        "ref:INC00*",
        "requester:straße",
    ):
        assert matches(tree(text), line, NOW, None, texts=texts), text
    assert not matches(tree("zurichstrasse"), line, NOW, None, texts=texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sta", (0, ("state:",))),
        ("is:open pri", (8, ("priority:",))),
        ("-te", (1, ("team:",))),
        ("is:b", (3, ("breached",))),
        ("team:n", (5, ("network",))),
        ("team:desk,te", (10, ("team14",))),
        ("team:!n", (6, ("network",))),
        ("assignee:@", (9, ("@me", "@none", "@oncall"))),
        ("resolver:@", (9, ("@me",))),
        ("service:v", (8, ("vpn",))),
        ("(is:dr", (4, ("drill",))),
        ("lang:d", (5, ())),
        ("ref:d", (4, ())),
        ("nothing:d", (8, ())),
    ],
)
def test_completion_proposes_what_may_stand_there(text: str, expected) -> None:
    found = complete(text, len(text), KNOWN)
    assert (found.start, found.candidates) == expected
    assert found.end == len(text)


def test_every_proposal_can_be_parsed() -> None:
    for field in FIELDS:
        for value in complete(f"{field}:", len(field) + 1, KNOWN).candidates:
            tree(f"{field}:{value}")
    assert set(complete("is:", 3, KNOWN).candidates) == set(FLAGS)


def test_the_grammar_is_loaded_by_name_and_a_name_that_is_not_there_is_told_as_usual():
    assert language.parse is parse
    with pytest.raises(AttributeError, match="parser"):
        language.parser  # noqa: B018
