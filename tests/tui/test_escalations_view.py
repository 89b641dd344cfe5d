"""Running escalations in cells, on a real store."""

import pytest

from supporttui.domain.escalation.policy import EscalationKind, Step, StepHours, StepTarget, TargetKind
from supporttui.domain.sla.calendars import Window
from supporttui.i18n.catalogue import load
from supporttui.i18n.cells import cell_width
from supporttui.tui.escalations import view
from supporttui.usecases import escalation, tickets
from tests import builders
from tests.i18n import pseudo

WORDS = load("en", "Europe/Berlin", {})
LEA = StepTarget(TargetKind.person, person="lea")


@pytest.fixture
def desk(site_store, clock):
    desk = builders.Desk(site_store, clock)
    desk.do(tickets.open_ticket, builders.opened(priority=1, title="Shop is down"))
    return desk


def running(desk):
    (row,) = desk.ask(escalation.running, desk.clock())
    return row


def shown(desk, *, words=WORDS, width=80, cursor=False) -> str:
    look = view.Look(words, width, "T-")
    return "".join(part for _, part in look.runs(running(desk), now=desk.clock(), cursor=cursor, marked=False))


def test_a_running_escalation_names_who_is_next_and_in_how_long(desk):
    assert shown(desk).split() == ["T-1", "1", "running", "-", "due", "Ben", "Shop", "is", "down"]
    desk.watch(escalation.sweep, desk.lead(), 10)
    desk.clock.forward(minutes=1)
    assert shown(desk).split()[3:6] == ["L1", "9m00s", "Mia"]


def test_an_answered_one_names_who_answered(desk):
    desk.do(tickets.acknowledge, 1, None)
    assert "answered  -" in shown(desk)
    assert "answered: Ana" in shown(desk)
    assert "Answered at 03:20: Ana. Nobody else is called." in below(desk)


def below(desk, *, words=WORDS, width=80, me="") -> str:
    lines = view.detail(view.Look(words, width, "T-", me), running(desk), desk.clock())
    return "\n".join("".join(part for _, part in line) for line in lines)


def test_below_the_list_stands_what_happens_if_nobody_answers(desk):
    assert "If nobody answers (Urgent, round 1):" in below(desk)
    assert "03:30 (10m)  L2: Mia  mail" in below(desk)
    assert "Nobody has been paged yet." in below(desk)


def test_below_the_list_stands_who_was_paged_and_the_reader_is_you(desk):
    desk.watch(escalation.sweep, desk.lead(), 10)
    assert "03:20  Ben: waits to be sent" in below(desk)
    assert "03:20  you: waits to be sent" in below(desk, me="ben")


def test_an_exhausted_one_says_that_every_step_was_taken(desk):
    token = desk.lead()
    for _ in range(12):
        desk.clock.forward(minutes=30)
        desk.watch(escalation.sweep, token, 10)
    assert "! T-1" in shown(desk)
    assert "exhausted" in shown(desk)
    assert "no step left" in shown(desk)
    assert "Every step was taken and nobody answered (Urgent)." in below(desk)


@pytest.mark.parametrize("language", ["de", "ja", *pseudo.KINDS])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_row_is_as_wide_as_the_screen_in_every_language(desk, language, width):
    words = pseudo.words(language) if language in pseudo.KINDS else load(language, "UTC", {})
    desk.watch(escalation.sweep, desk.lead(), 10)
    assert cell_width(shown(desk, words=words, width=width)) <= width
    assert max(map(cell_width, below(desk, words=words, width=width).split("\n"))) <= width


def test_one_that_is_quiet_says_until_when(desk):
    desk.do(escalation.hush, 1, None, until=desk.clock() + 3600)
    assert "quiet until 04:20" in shown(desk)
    assert "Quiet until 04:20. If nobody answers after that (Urgent):" in below(desk)


def test_to_management_has_a_sign_and_says_who_can_stop_it_and_why_a_step_would_reach_nobody(site_store, clock):
    boss = builders.policy(
        id="boss", kind=EscalationKind.hierarchical, priorities=(),
        steps=(
            Step("Day", 0, (LEA,), acks=2),
            Step("Mia", 60, (LEA,), hours=StepHours("UTC", (Window("20:00", "21:00", (7,)),))),
        ),
    )  # fmt: skip
    builders.site(site_store, boss=boss, mail=builders.service(management="boss"))
    desk = builders.Desk(site_store, clock)
    desk.do(tickets.open_ticket, builders.opened(priority=3))
    desk.do(escalation.escalate, 1, None, kind="hierarchical")
    assert "T-1     3^running" in shown(desk)
    assert "To those who decide; only whom it paged can stop it." in below(desk)
    assert "Mia: nobody (not at this hour)" in below(desk)


def test_where_one_answer_is_not_enough_it_says_who_has_given_theirs(site_store, clock):
    both = (Step("Both", 0, (LEA, StepTarget(TargetKind.person, person="mia")), acks=2),)
    builders.site(site_store, policy=builders.policy(steps=both))
    desk = builders.Desk(site_store, clock)
    desk.do(tickets.open_ticket, builders.opened(priority=1))
    desk.watch(escalation.sweep, desk.lead(), 10)
    desk.do(tickets.acknowledge, 1, None, by="mia")
    assert "2 must acknowledge; so far: Mia." in below(desk)
