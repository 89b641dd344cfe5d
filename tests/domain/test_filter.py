"""The filter language: what it means, where it points when it does not understand, what it proposes."""

from datetime import datetime

import pytest

from supporttui.domain import filter as language
from supporttui.domain.events import Kind, State
from supporttui.domain.faults import BadInput
from supporttui.domain.filter import FIELDS, FLAGS, Names, complete, head_of, in_codes, parse, under
from supporttui.domain.filter.completion import filled
from supporttui.domain.filter.watching import followers_form, snoozed_form
from supporttui.domain.queue import EVERYTHING, And, Not, Op, Or, Term, Words
from supporttui.domain.sla.timer import SortBucket, SortKey
from supporttui.domain.spans import Span
from supporttui.domain.tickets import Reference, Reminder
from supporttui.domain.views import built_in, narrowed
from supporttui.domain.wall import resolve
from tests.builders import NOW, row, ticket
from tests.filter_oracle import matches

pytestmark = pytest.mark.core

ZONE = "Europe/Berlin"
KNOWN = Names(
    people={"ana": "Ana López", "ben": "Ben Weiß", "bea": "Bea López"},
    teams={"network": "Network", "team14": "Team 14", "desk": "Desk"},
    services={"mail": "Mail", "vpn": "VPN access"},
    on_call=("ben",),
    my_teams=("desk", "network"),
    shift=Span(NOW - 3600, NOW + 7200),
    aliases={
        "is": {"offen": "open", "in Gefahr": "atrisk"},
        "state": {"neu": "new", "offen": "open", "wartet auf Melder": "waiting_requester"},
        "field": {"priorität": "priority", "Zustand": "state"},
        "priority": {"hoch": "2"},
    },
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
        ("lang:de,@none", Term("lang", Op.eq, ("de", ""))),
        ("team:@me", Term("team", Op.eq, ("desk", "network"))),
        ("team:!@me", Term("team", Op.ne, ("desk", "network"))),
        ("priority:1..2", And((Term("priority", Op.ge, (1,)), Term("priority", Op.le, (2,))))),
        (
            "priority:!1..2,4",
            Not(Or((And((Term("priority", Op.ge, (1,)), Term("priority", Op.le, (2,)))), Term("priority", Op.eq, (4,))))),
        ),
        ("id:T-7..T-9", And((Term("id", Op.ge, (7,)), Term("id", Op.le, (9,))))),
        ("priority:hoch", Term("priority", Op.eq, (2,))),
        ("state:open", Term("is", Op.eq, ("open",))),
        ("status:offen", Term("is", Op.eq, ("open",))),
        ("state:!open,closed", Not(Or((Term("is", Op.eq, ("open",)), Term("state", Op.eq, ("closed",)))))),
        ("Zustand:wartet-auf-Melder", Term("state", Op.eq, ("waiting_requester",))),
        ('state:"Wartet auf Melder"', Term("state", Op.eq, ("waiting_requester",))),
        ("is:in-gefahr", Term("is", Op.eq, ("atrisk",))),
        ("category:Line-A", Term("category", Op.eq, ("line-a",))),
        ("tag:!Ä", Term("category", Op.ne, ("Ä",))),
        ("category:@none", Term("category", Op.eq, ("",))),
        ("category:net*", Term("category", Op.prefix, ("net",))),
        ('category:"net*",x*', Or((Term("category", Op.prefix, ("x",)), Term("category", Op.eq, ("net*",))))),
        ("sla:breached,1h", Or((Term("is", Op.eq, ("breached",)), Term("sla", Op.le, (3600,))))),
        ("sla:!paused", Not(Term("is", Op.eq, ("paused",)))),
        ("due:1h..4h", And((Term("due", Op.ge, (NOW + 3600,)), Term("due", Op.lt, (NOW + 14_401,))))),
        ("created:1h..2h", And((Term("created", Op.ge, (NOW - 7200,)), Term("created", Op.lt, (NOW - 3599,))))),
        ("created:@shift", And((Term("created", Op.ge, (NOW - 3600,)), Term("created", Op.lt, (NOW + 7200,))))),
        ("updated:>=@shift", Term("updated", Op.ge, (NOW - 3600,))),
        ("shift:current", And((Term("updated", Op.ge, (NOW - 3600,)), Term("created", Op.lt, (NOW + 7200,))))),
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
        ("priority:1..", "filter.bad_number", 12, 1, None),
        ("id:7..x", "filter.bad_number", 6, 1, None),
        ("category:<x", "filter.bad_operator", 9, 1, None),
        ("shift:last", "filter.unknown_value", 6, 4, "current"),
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
        ("lang:@none", {}, {"language": "de"}),
        ("category:line-a", {"category": "Line-A"}, {}),
        ("category:line*", {"category": "LINE-A"}, {"category": "on-line"}),
        ("category:@none", {}, {"category": "x"}),
        ("team:@me", {"team": "network"}, {"team": "team14"}),
        ("shift:current", {"created_at": NOW - 90_000, "updated_at": NOW}, {"updated_at": NOW - 3601}),
        ("priority:1..2", {"priority": 2}, {"priority": 3}),
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
        ("is:open pri", (8, ("priorität:",))),
        ("-te", (1, ("team:", "text:"))),
        ("priority", (0, ("priority:",))),
        ("prioritä", (0, ("priorität:",))),
        ("sla:paused,", (11, ("in_Gefahr", "breached", "critical", "paused"))),
        ("is:in-ge", (3, ("in_Gefahr",))),
        ("zus", (0, ("Zustand:",))),
        ("Zustand:ne", (8, ("neu",))),
        ("Zustand:new", (8, ("new",))),
        ("Zustand:wa", (8, ("wartet_auf_Melder", "waiting_vendor"))),
        ("priority:", (9, ("hoch", "1", "3", "4", "1..2"))),
        ("owner:lo", (6, ("ana", "bea"))),
        ("owner:weiß", (6, ("ben",))),
        ("service:acc", (8, ("vpn",))),
        ("team:", (5, ("@me", "network", "team14", "desk"))),
        ("shift:", (6, ("current",))),
        ("sla:br", (4, ("breached",))),
        ("is:b", (3, ("breached",))),
        ("team:n", (5, ("network",))),
        ("team:desk,te", (10, ("team14",))),
        ("team:!n", (6, ("network",))),
        ("assignee:@", (9, ("@me", "@none", "@oncall"))),
        ("resolver:@", (9, ("@me",))),
        ("service:v", (8, ("vpn",))),
        ("(is:dr", (4, ("drill",))),
        ("lang:d", (5, ())),
        ("lang:@", (5, ("@none",))),
        ("ref:d", (4, ())),
        ("nothing:d", (8, ())),
    ],
)
def test_completion_proposes_what_may_stand_there(text: str, expected) -> None:
    found = complete(text, len(text), KNOWN)
    assert (found.start, found.candidates) == expected
    assert found.end == len(text)


def test_every_proposal_can_be_parsed() -> None:
    for known in (KNOWN, Names(shift=KNOWN.shift)):
        for field in FIELDS:
            for value in complete(f"{field}:", len(field) + 1, known).candidates:
                parse(f"{field}:{value}", known, NOW, ZONE)
    assert set(complete("is:", 3, Names()).candidates) == set(FLAGS)


def test_the_grammar_is_loaded_by_name_and_a_name_that_is_not_there_is_told_as_usual():
    assert language.parse is parse
    with pytest.raises(AttributeError, match="parser"):
        language.parser  # noqa: B018


def test_without_a_rota_nobody_knows_whose_shift_it_is() -> None:
    for text in ("created:@shift", "shift:current"):
        with pytest.raises(BadInput) as caught:
            parse(text, Names(), NOW, ZONE)
        assert caught.value.code == "filter.no_shift"


def test_whoever_has_no_team_has_no_tickets_of_it() -> None:
    assert not matches(parse("team:@me", Names(), NOW, ZONE), row(team="desk"), NOW, "ana")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("own", "owner:"),
        ("owner:lop", "owner:lop"),
        ("owner:weiss", "owner:ben "),
        ("-team:ne", "-team:network "),
        ("team:desk,team", "team:desk,team14 "),
        ("xyzzy", "xyzzy"),
        ("is:pau", "is:paused "),
        ("state:wai", "state:waiting_"),
    ],
)
def test_tab_puts_in_what_all_candidates_agree_on_and_takes_nothing_away(text: str, expected: str) -> None:
    assert filled(text, complete(text, len(text), KNOWN)) == expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Status:Neu -x", "state:new -x"),
        ("Zustand:!neu,resolved", "state:!new,resolved"),
        ("is:in-Gefahr OR Priorität:hoch", "is:atrisk OR priority:2"),
        ('tag:"Line A" "neu"', 'category:"Line A" "neu"'),
        ('state:"wartet auf Melder"', "state:waiting_requester"),
        ("sla:-30m..1h due:<2h", "sla:-30m..1h due:<2h"),
        ("sla:in_gefahr,-30m", "sla:atrisk,-30m"),
        ("priorität:1..hoch", "priority:1..2"),
        ("colour:red (a", "colour:red (a"),
        ("", ""),
    ],
)
def test_what_is_kept_is_in_codes(text: str, codes: str) -> None:
    assert in_codes(text, KNOWN) == codes


@pytest.mark.parametrize(
    ("view", "typed", "expected"),
    [
        ("all", "is:closed x", "is:closed x"),
        ("mine", "is:closed", "is:mine is:closed"),
        ("mine", "T-7", "is:mine T-7"),
        ("mine", "priority:1", "is:open is:mine priority:1"),
        ("mine", "a OR b", "is:open is:mine (a OR b)"),
        ("mine", "(a OR b) c", "is:open is:mine (a OR b) c"),
        ("mine", "", "is:open is:mine"),
    ],
)
def test_a_view_under_a_filter_says_as_text_what_it_says_as_a_tree(view: str, typed: str, expected: str) -> None:
    shown, node = next((shown, node) for shown, node in built_in(("desk", "network")) if shown.id == view)
    text = under(shown, typed, tree(typed))
    assert text == expected
    told = narrowed(node, tree(typed), built_in=True) if typed else node
    for line in (row(), row(owner="ana"), row(state=State.closed, owner="ana"), row(id=7, owner="ana", priority=1)):
        for texts in ("", " a ", " b c "):
            assert matches(tree(text), line, NOW, "ana", texts=texts) == matches(told, line, NOW, "ana", texts=texts)


def test_the_text_of_a_built_in_view_means_its_tree() -> None:
    for shown, node in built_in(("desk", "network")):
        for line in (row(), row(owner="ana", team="network"), row(**LATE), row(state=State.closed), row(team="team14")):
            assert matches(tree(shown.query), line, NOW, "ana") == matches(node, line, NOW, "ana"), shown.id
