"""``:attention`` and ``:criteria``: what has more attention than priority, and which reasons to escalate hold."""

from collections.abc import Sequence

from supporttui import arguments
from supporttui.actions import Arg, ArgKind
from supporttui.domain.faults import SupportError
from supporttui.i18n import attention_labels, criteria_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read, said
from supporttui.usecases import attention, criteria

_TICKET = Arg("ticket", ArgKind.ticket, "")


def show_review(screen: BaseScreen) -> None:
    """The tickets with raised attention, then who asked for it how often."""
    words = screen.words

    def told(found: attention.Review) -> None:
        prefix = screen.frame.prefix
        heads = attention_labels.heads(words)[1:]
        rows = [attention_labels.row(words, one, found.now, prefix) for one in found.tickets]
        pairs = [(name, *said(heads, cells)) for name, *cells in rows]
        asked_heads = attention_labels.asked_heads(words)[1:]
        asked = [attention_labels.asked(words, one, found.names.get(one.by, one.by)) for one in found.asked]
        pairs += [(name, *said(asked_heads, cells)) for name, *cells in asked]
        nothing = words.t("No ticket has more attention than its priority gives it.")
        read(screen, words.t("Attention"), pairs, nothing=nothing)

    screen.desk.ask(attention.review, screen.now, then=told, refused=screen.frame.refuse)


def show_criteria(screen: BaseScreen, typed: str | None) -> None:
    """What each criterion measures of the ticket that was typed; without one, how often each of the site held."""
    if typed is None:
        _report(screen)
        return
    try:
        number = arguments.value(_TICKET, typed.strip(), arguments.Reading(screen.words, screen.now))
    except SupportError as fault:
        screen.frame.refuse(fault)
        return
    words, now = screen.words, screen.now

    def told(found: Sequence[criteria.Gauge]) -> None:
        heads = criteria_labels.heads(words)[1:]
        pairs = [
            (name, *said(heads, cells)) for name, *cells in (criteria_labels.row(words, one, now) for one in found)
        ]
        title = words.t("Criteria for {ticket}", ticket=f"{screen.frame.prefix}{number}")
        read(screen, title, pairs, nothing=words.t("No policy with criteria watches over this ticket."))

    screen.desk.ask(criteria.gauges, number, now, then=told, refused=screen.frame.refuse)


def _report(screen: BaseScreen) -> None:
    words = screen.words

    def told(found: Sequence[criteria.Counted]) -> None:
        heads = criteria_labels.report_heads(words)[2:]
        rows = [criteria_labels.report_row(words, one) for one in found]
        pairs = [(f"{policy}: {name}", *said(heads, cells)) for policy, name, *cells in rows]
        read(screen, words.t("Criteria"), pairs, nothing=words.t("No policy has a criterion yet."))

    screen.desk.ask(criteria.report, screen.now, then=told, refused=screen.frame.refuse)
