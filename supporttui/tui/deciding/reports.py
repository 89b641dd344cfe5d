"""``:intake``: what other systems reported and which of them are silent; Enter goes on with one."""

from collections.abc import Mapping, Sequence
from functools import partial

from supporttui.domain.access import Permission
from supporttui.domain.events import Signal
from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.states import OPEN_STATES
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Ticket
from supporttui.i18n import incoming_texts, terms, times
from supporttui.i18n.cells import fit
from supporttui.i18n.incoming_labels import signal
from supporttui.tui.asking.questions import choose
from supporttui.tui.doing import Doing
from supporttui.tui.windows import listing
from supporttui.tui.windows.listing import Item
from supporttui.tui.windows.processes import read, said
from supporttui.tui.windows.prompt import Option
from supporttui.usecases.incoming import messages, reading
from supporttui.usecases.incoming.reading import Entry, Waited
from supporttui.usecases.ports import Transaction

MOST = 200
_Found = tuple[Sequence[Entry], Sequence[Waited], Mapping[str, str]]


def show(screen: Doing, source: str | None = None) -> None:
    """Silent systems first, then reports, those of the newest tickets first, then who gives signs of life."""

    def asked(tx: Transaction) -> _Found:
        beats = reading.waited(tx) if source is None else ()
        return reading.listed(tx, source=source, limit=MOST), beats, reading.names(tx)

    def listed(found: _Found) -> None:
        entries, beats, names = found
        again = partial(show, screen, source)
        items = [_beat(screen, one) for one in beats if one.silent]
        items += [Item(_line(screen, one, names), partial(_choose, screen, one, again)) for one in entries]
        items += [_beat(screen, one) for one in beats if not one.silent]
        listing.show(
            screen, screen.words.t("What came in"), items, does=screen.words.t("goes on"),
            nothing=screen.words.t("Nothing came in yet."),
        )  # fmt: skip

    screen.frame.hold_keys()
    screen.desk.ask(asked, then=listed, refused=partial(_refused, screen), group="intake")


def _line(screen: Doing, one: Entry, names: Mapping[str, str]) -> str:
    """``T-7    02:20  going on  3  new  Ana  Monitoring  Disk is full``: what has no width comes last."""
    words, alert = screen.words, one.alert
    by = "-" if one.acknowledged_by is None else names.get(one.acknowledged_by, one.acknowledged_by)
    foreign = (by, names.get(alert.source, alert.source), one.title)
    parts = (
        fit(screen.code(alert.ticket), 7), times.near(alert.last_at, screen.now, words.zone),
        signal(words, Signal(alert.state)), str(alert.count), terms.state(words, one.state),
        *(safe_text(text, one_line=True, limit=60) for text in foreign),
    )  # fmt: skip
    return "  ".join(parts)


def _beat(screen: Doing, one: Waited) -> Item:
    """A system that gives signs of life; its ticket, where it was silent long enough for one."""
    ticket = None if one.sign is None else one.sign.ticket
    name, *cells = incoming_texts.beat(screen.words, one)
    heads = incoming_texts.beat_heads(screen.words)[1:]
    text = f"{name}  {said(heads, cells)[0]}"
    return Item(text, lambda: None if ticket is None else screen.frame.open_ticket(ticket), _style(one))


def _style(one: Waited) -> str:
    return "warning" if one.silent else "dim"


def _choose(screen: Doing, one: Entry, again: "partial[None]") -> None:
    words, ticket = screen.words, one.alert.ticket
    code = screen.code(ticket)
    options = [
        Option("s", words.t("every report of {ticket}", ticket=code), "show"),
        Option("o", words.t("open {ticket}", ticket=code), "open"),
    ]
    if one.acknowledged_by is None and one.state in OPEN_STATES:
        options.append(Option("a", words.t("acknowledge it for the team"), "ack"))
    acts = {
        "show": partial(show_ticket, screen, ticket),
        "open": partial(screen.frame.open_ticket, ticket),
        "ack": partial(acknowledge, screen, ticket, again),
    }
    choose(screen, code, options, lambda value: acts[value]())


def show_ticket(screen: Doing, ticket: TicketId) -> None:
    """Every report that a ticket stands for."""
    words, prefix = screen.words, screen.frame.prefix

    def asked(tx: Transaction) -> tuple[Sequence[Entry], Mapping[str, str]]:
        return reading.of_ticket(tx, ticket), reading.names(tx)

    def told(found: tuple[Sequence[Entry], Mapping[str, str]]) -> None:
        entries, names = found
        heads = incoming_texts.heads(words)
        rows = [incoming_texts.entry(words, one, names, prefix=prefix) for one in entries]
        pairs = [(source, *said((heads[0], *heads[2:]), (code, *cells))) for code, source, *cells in rows]
        read(screen, screen.code(ticket), pairs, nothing=words.t("No other system reported this ticket."))

    screen.frame.hold_keys()
    screen.desk.ask(asked, then=told, refused=partial(_refused, screen), group="intake")


def acknowledge(screen: Doing, ticket: TicketId, again: "partial[None] | None" = None) -> None:
    """One sees to it for the team; then the rest of the list."""
    if not screen.may_work(Permission.work):
        return

    def done(found: Ticket) -> None:
        screen.frame.say(screen.words.t("Acknowledged for the team: {ticket}.", ticket=screen.code(found.id)))
        if again is not None:
            again()

    screen.desk.do(messages.acknowledge_once, ticket, then=done, refused=screen.frame.refuse)


def _refused(screen: Doing, fault: SupportError) -> None:
    screen.frame.forget_keys()
    screen.frame.refuse(fault)
