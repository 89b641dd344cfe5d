"""Running escalations in cells, on a real store."""

import pytest

from supporttui.i18n.catalogue import load
from supporttui.i18n.cells import cell_width
from supporttui.tui.escalations import view
from supporttui.usecases import escalation, tickets
from tests import builders
from tests.i18n import pseudo

WORDS = load("en", "Europe/Berlin", {})


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
    line = shown(desk)
    assert line.startswith("   T-1")
    assert "running" in line
    assert " in " in line


def test_an_answered_one_says_that_it_stopped(desk):
    desk.do(tickets.acknowledge, 1, None)
    assert "answered" in shown(desk)
    assert "somebody answered" in shown(desk)


def test_below_the_list_stands_what_happens_if_nobody_answers(desk):
    lines = view.detail(view.Look(WORDS, 80, "T-"), running(desk), desk.clock())
    text = "\n".join("".join(part for _, part in line) for line in lines)
    assert "if nobody answers" in text
    assert "(in " in text
    assert "Nobody has been paged yet." in text


@pytest.mark.parametrize("language", ["de", "ja", *pseudo.KINDS])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_row_is_as_wide_as_the_screen_in_every_language(desk, language, width):
    words = pseudo.words(language) if language in pseudo.KINDS else load(language, "UTC", {})
    assert cell_width(shown(desk, words=words, width=width)) <= width
