"""One ticket in lines: every promise of its head and sections, on a real store."""

from dataclasses import replace

import pytest

from supporttui.domain.events import Referenced, State
from supporttui.domain.sla.order import Metric
from supporttui.i18n import unsent_labels
from supporttui.i18n.catalogue import languages, load
from supporttui.i18n.cells import cell_width
from supporttui.tui.panes import head, sections
from supporttui.tui.panes.wrap import side_by_side, wrap
from supporttui.usecases import bonds, escalation, notices, queue, record, tickets
from supporttui.usecases.ports import NoticeState
from supporttui.usecases.warned import Warned
from tests import builders
from tests.i18n import pseudo

BERLIN = "Europe/Berlin"
WORDS = load("en", BERLIN, {})


@pytest.fixture
def desk(site_store, clock):
    return builders.Desk(site_store, clock)


@pytest.fixture
def ticket(desk):
    """A ticket of priority 1, opened three minutes ago."""
    made = desk.do(
        tickets.open_ticket, builders.opened(priority=1, requester="Shop Ltd", language="de", text="One\nTwo")
    )
    desk.clock.forward(minutes=3)
    return made.id


def look(desk, *, words=WORDS, width=80, me="") -> head.Look:
    return head.Look(words, width, desk.clock(), "T-", BERLIN, me)


def detail(desk, ticket):
    return desk.ask(queue.detail, ticket, desk.clock())


def text(lines) -> str:
    return "\n".join("".join(part for _, part in line) for line in lines)


def test_the_title_names_number_priority_state_and_subject(desk, ticket):
    shown = text([head.title(look(desk), detail(desk, ticket), place="1/14")])
    assert shown.startswith(" T-1  P1  ")
    assert "Mail is slow" in shown
    assert shown.rstrip().endswith("1/14")


def test_each_timer_says_when_it_is_due_in_the_readers_zone_and_in_utc(desk, ticket):
    shown = head.timers(look(desk), detail(desk, ticket))
    assert len(shown) >= 2
    assert " CET (" in text(shown)
    assert " UTC)" in text(shown)


def test_a_late_timer_says_it_was_due(desk, ticket):
    desk.clock.forward(days=30)
    assert "was due " in text(head.timers(look(desk), detail(desk, ticket)))


def test_a_waiting_ticket_says_why_and_since_when_its_timer_stands(desk, ticket):
    desk.do(tickets.wait, ticket, None, state=State.waiting_requester, reason="")
    assert "stands still since " in text(head.timers(look(desk), detail(desk, ticket)))


def test_a_ticket_resolved_without_a_reply_says_that_its_first_response_is_no_longer_measured(desk, ticket):
    desk.do(tickets.resolve, ticket, None, text="Restarted")
    assert "no longer measured" in text(head.timers(look(desk), detail(desk, ticket)))


def test_a_reply_meets_the_first_response(desk, ticket):
    desk.do(tickets.reply, ticket, None, text="We are on it")
    assert "met at " in text(head.timers(look(desk), detail(desk, ticket)))


def test_an_answer_that_came_too_late_bears_the_sign_of_a_breach(desk, ticket):
    desk.clock.forward(days=30)
    desk.do(tickets.reply, ticket, None, text="Sorry")
    met = next(line for line in head.timers(look(desk), detail(desk, ticket)) if "met late at " in text([line]))
    assert met[0][0] == "breached"


def test_the_people_line_calls_the_reader_you_and_tells_the_requesters_language(desk, ticket):
    desk.do(tickets.take, ticket, None)
    shown = text(head.people(look(desk, me="ana"), detail(desk, ticket)))
    assert "Owner you" in shown
    assert "Requester Shop Ltd (de)" in shown


def test_the_next_step_of_a_running_escalation_is_named_with_its_countdown(desk, ticket):
    assert "Next step is due: L1, Ben" in text(head.people(look(desk), detail(desk, ticket)))
    desk.watch(escalation.sweep, desk.lead(), 10)
    assert "Next step in 10m: L2, Mia" in text(head.people(look(desk), detail(desk, ticket)))


@pytest.mark.parametrize("width", [40, 80])
def test_a_head_that_does_not_fit_says_that_it_goes_on(desk, ticket, width):
    shown = detail(desk, ticket)
    whole = head.block(look(desk, width=width), shown, most=99)
    cut = head.block(look(desk, width=width), shown, most=len(whole) - 1)
    assert not text(whole).rstrip().endswith("~")
    assert text(cut).rstrip().endswith("~")
    assert max(cell_width(line) for line in text(cut).splitlines()) <= width


def test_what_the_watch_did_is_not_signed_by_a_person(desk, ticket):
    desk.watch(escalation.sweep, desk.lead(), 10)
    assert "watch " in text(sections.timeline(look(desk), detail(desk, ticket))).split("\n")[0]


def test_the_timeline_is_newest_first_and_keeps_the_lines_of_a_note(desk, ticket):
    desk.do(tickets.note, ticket, None, text="first line\nsecond line")
    shown = text(sections.timeline(look(desk), detail(desk, ticket)))
    assert shown.index("first line") < shown.index("second line") < shown.index("Mail is slow")


def test_the_text_of_an_opening_stands_below_its_title_with_all_its_lines(desk, ticket):
    opening = text(sections.timeline(look(desk), detail(desk, ticket))).split("\n")[-3:]
    assert [line.split()[-1] for line in opening] == ["slow", "One", "Two"]


def test_details_show_every_field_and_the_text(desk, ticket):
    shown = text(sections.details(look(desk), detail(desk, ticket)))
    for part in ("Service", "Impact", "Owner team", "One", "Two"):
        assert part in shown


def test_details_name_what_ties_it_to_people_and_tickets(desk, ticket):
    other = desk.do(tickets.open_ticket, builders.opened()).id
    desk.do(bonds.relate, ticket, None, other=other, relation="blocks")
    desk.do(bonds.follow, ticket, None, by="mia")
    shown = text(sections.details(look(desk), detail(desk, ticket)))
    assert f"blocks T-{other}" in shown
    assert "Mia" in shown


def test_references_show_system_key_and_address(desk, ticket):
    with desk.store.write() as tx:
        found = tx.tickets.get(ticket)
        record.record(desk.call(), tx, found, (Referenced("servicenow", "INC0000045", "https://x.example/45"),))
    shown = text(sections.references(look(desk), detail(desk, ticket)))
    assert all(part in shown for part in ("servicenow", "INC0000045", "https://x.example/45"))


@pytest.mark.parametrize("language", languages())
def test_when_a_clock_that_stands_runs_again_keeps_its_time_and_utc_gives_way(desk, clock, language):
    clock.forward(hours=20)
    ticket = desk.do(tickets.open_ticket, builders.opened()).id
    words = load(language, BERLIN, {})
    shown = text(head.timers(look(desk, words=words), detail(desk, ticket)))
    assert "~" not in shown
    assert words.t("clock runs again {when}", when="").strip() in shown
    assert "UTC" in text(head.timers(look(desk, words=words, width=120), detail(desk, ticket)))


def test_a_due_time_names_utc_only_where_the_reader_has_another_clock(desk, ticket):
    utc = head.Look(load("en", "UTC", {}), 80, desk.clock(), "T-", "UTC")
    assert "due 02:35 UTC\n" in text(head.timers(utc, detail(desk, ticket)))


@pytest.mark.parametrize("language", ["de", "ja", *pseudo.KINDS])
@pytest.mark.parametrize("width", [60, 80, 160])
def test_sections_break_at_the_width_in_every_language(desk, ticket, language, width):
    words = pseudo.words(language, BERLIN) if language in pseudo.KINDS else load(language, BERLIN, {})
    desk.do(tickets.note, ticket, None, text="表示が崩れないこと " * 20)
    shown = sections.timeline(look(desk, words=words, width=width), detail(desk, ticket))
    assert max(cell_width("".join(part for _, part in line)) for line in shown) <= width


def test_hostile_text_reaches_no_section(desk):
    made = desk.do(
        tickets.open_ticket, builders.opened(title="\x1b]0;owned\x07[/nope]", text="\u202e\x9b31m", requester="\x00")
    )
    shown = detail(desk, made.id)
    everything = text(
        [
            head.title(look(desk), shown),
            *head.people(look(desk), shown),
            *sections.timeline(look(desk), shown),
            *sections.details(look(desk), shown),
        ]
    )
    assert not {"\x1b", "\x07", "\u202e", "\x9b", "\x00"} & set(everything)


def test_pieces_stand_beside_each_other_as_far_as_they_fit():
    assert side_by_side(["aa", "bb", "cc"], 7) == ("aa   bb", "cc")
    assert side_by_side(["much too long", "bb"], 5) == ("much too long", "bb")


@pytest.mark.parametrize(
    ("given", "width", "lines"),
    [
        ("one two three", 8, ("one two", "three")),
        ("表示が崩れない", 6, ("表示が", "崩れな", "い")),
        ("表示が崩れた。", 12, ("表示が崩れ", "た。")),
        ("担当は Alpina（再）です", 12, ("担当は", "Alpina（再）", "です")),
        ("必須。 人やチーム", 12, ("必須。 人や", "チーム")),
        ("", 5, ("",)),
        ("abcdefgh", 3, ("abc", "def", "gh")),
    ],
)
def test_lines_break_at_spaces_or_by_cells(given, width, lines):
    assert wrap(given, width) == lines


def test_the_timeline_has_a_warning_in_its_place_with_the_process_that_sent_it(desk, ticket):
    shown = detail(desk, ticket)
    told = Warned(shown.facts[0].at, Metric.resolution, 1, shown.now, late=False, people=("ana",))
    desk.do(tickets.note, ticket, None, text="looked at it")
    after = replace(detail(desk, ticket), warned=(told,))
    lines = text(sections.timeline(look(desk), after)).split("\n")
    (place,) = (place for place, line in enumerate(lines) if "warned: resolution, due" in line)
    assert lines[place].endswith("Ana")
    assert "watch " in lines[place]


def test_the_story_tells_what_waits_is_held_bundled_or_was_never_sent_with_the_reason(desk, ticket):
    desk.lead(seconds=10**6)
    desk.do(escalation.escalate, ticket, None, delay=60)
    shown = " ".join(text(sections.timeline(look(desk, width=160), detail(desk, ticket))).split())
    assert "message to Ben (mail): waits to be sent, until 03:24" in shown
    desk.do(tickets.acknowledge, ticket, None)
    desk.clock.forward(minutes=2)
    desk.watch(notices.claim, desk.token)
    shown = " ".join(text(sections.timeline(look(desk, width=160), detail(desk, ticket))).split())
    assert "message to Ben (mail): not sent: not needed any more: it was acknowledged" in shown
    (page,) = (one for one in detail(desk, ticket).notices if one.code == "page")
    told = [
        replace(page, state=state, error=error)
        for state, error in ((NoticeState.bundled, "notice.joined"), (NoticeState.held, "notice.held"))
    ]
    both = dict.fromkeys(line for _, line in unsent_labels.unsent(WORDS, told, {"ben": "Ben"}, desk.clock()))
    assert list(both) == [
        "message to Ben (mail): leaves together with another one: told together with another ticket",
        "message to Ben (mail): held: somebody must release it: much too late, so somebody must release it",
    ]
    ranks = [replace(page, channel=channel) for channel in ("mail", "sms")]
    ((_, line),) = unsent_labels.unsent(WORDS, ranks, {}, desk.clock())
    assert line.startswith("message to ben (mail, ")
