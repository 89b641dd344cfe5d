"""``:drill list`` and ``:drill report``: the log of drills, and how one of them went."""

from collections.abc import Iterator, Sequence

from supporttui import arguments
from supporttui.actions import Arg, ArgKind
from supporttui.domain.faults import SupportError
from supporttui.i18n import drill_labels
from supporttui.i18n.catalogue import Words
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read, said
from supporttui.usecases.drills import reporting
from supporttui.usecases.drills.reporting import Logged, Report

_TICKET = Arg("ticket", ArgKind.ticket, "")


def show_log(screen: BaseScreen) -> None:
    """All drills, the newest first."""
    words = screen.words

    def told(found: Sequence[Logged]) -> None:
        heads, prefix = drill_labels.log_heads(words)[1:], screen.frame.prefix
        rows = (drill_labels.log_row(words, one, prefix) for one in found)
        pairs = [(name, *said(heads, cells)) for name, *cells in rows]
        read(screen, words.t("Drills"), pairs, nothing=words.t("There was no drill yet."))

    screen.desk.ask(reporting.log, screen.now, then=told, refused=screen.frame.refuse)


def show(screen: BaseScreen, typed: str) -> None:
    """One drill: its steps, its messages, and what is missing."""
    words, now = screen.words, screen.now
    try:
        number = arguments.value(_TICKET, typed.strip(), arguments.Reading(words, now))
    except SupportError as fault:
        screen.frame.refuse(fault)
        return

    def told(found: Report) -> None:
        title = drill_labels.title(words, found, f"{screen.frame.prefix}{number}")
        read(screen, title, tuple(_pairs(words, found)), nothing="")

    screen.desk.ask(reporting.report, number, now, then=told, refused=screen.frame.refuse)


def _pairs(words: Words, found: Report) -> Iterator[tuple[str, str]]:
    yield words.p("column", "Result"), drill_labels.summary(words, found)
    yield from (("", line) for line in drill_labels.hops(words, found))
    heads = drill_labels.level_heads(words)[2:]
    for one in found.course.levels:
        after, name, *cells = drill_labels.level_row(words, found, one)
        yield f"+{after} {name}", *said(heads, cells)
    heads = drill_labels.sent_heads(words)[3:]
    for message in found.sent:
        after, _, person, *cells = drill_labels.sent_row(words, found, message)
        yield f"+{after} {person}", *said(heads, cells)
    lacks = tuple(drill_labels.lacks(words, found)) or (words.t("Nothing is missing."),)
    yield from ((words.p("column", "Missing"), line) for line in lacks)
