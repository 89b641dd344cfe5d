"""How a word on the command line may go on, asked of the registry and, briefly, of the database."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from zoneinfo import available_timezones

import click
from click.shell_completion import CompletionItem

from supporttui import actions
from supporttui.actions import ArgKind
from supporttui.cli.known import names_of, ticket_of
from supporttui.cli.session import Session
from supporttui.domain.events import Kind
from supporttui.domain.exchange.review import Verdict
from supporttui.domain.faults import SupportError
from supporttui.domain.filter.completion import complete as complete_filter
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import Op, SortBy, Term
from supporttui.domain.spans import FOREVER
from supporttui.domain.text import fold, safe_text
from supporttui.domain.views import everybodys
from supporttui.i18n import catalogue
from supporttui.usecases import escalation, processes, rota, saved_views
from supporttui.usecases.handover.reading import listed as handovers
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import rules_of

SECONDS = 1.5
"""A shell that waits longer for an answer gets none."""
MOST = 200
"""Open tickets that are looked at, the most pressing first."""
_TITLE = 60
_OPEN = Term("is", Op.eq, ("open",))

Offer = tuple[str, str]
"""A value, and what it means to a person."""


def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What may stand for a parameter; nothing, and not a word, where the database cannot be asked."""
    if isinstance(parameter.type, click.Choice):
        return parameter.type.shell_complete(context, parameter, incomplete)
    session = context.find_object(Session)
    kind = _kind_of(context, parameter)
    if session is None or kind is None:
        return []
    if kind == "file":
        return [CompletionItem(incomplete, type="file")]
    with _in_time():
        try:
            offers = list(_offers(session, context, kind, parameter.name or "", incomplete))
        except SupportError:
            return []
    return [CompletionItem(value, help=told) for value, told in offers]


@contextmanager
def _in_time() -> Iterator[None]:
    """Ends the process, which only answers this one question, when the answer takes too long.

    A thread: a database that waits for its lock or its server does not come back to a signal handler.
    """
    timer = threading.Timer(SECONDS, os._exit, (0,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


# --- which kind of thing ---------------------------------------------------------------------------------

_BY_NAME: Mapping[str, ArgKind | str] = {
    "tickets": ArgKind.ticket, "ticket": ArgKind.ticket, "operation": ArgKind.ticket, "other": ArgKind.ticket,
    "me": ArgKind.person, "person": ArgKind.person, "owner": ArgKind.person, "team": ArgKind.team,
    "to": ArgKind.person, "instead_of": ArgKind.person, "rota": "rota", "swap": "swap", "override": "override",
    "absence": "absence", "entries": "entry", "receiver": "receiver", "service": ArgKind.service,
    "process": "process", "task": "task", "handover": "handover",
    "source": "source", "beat": "beat", "about": ArgKind.ticket, "token_file": "file",
    "lang": ArgKind.language, "language": ArgKind.language,
    "filter": ArgKind.filter, "query": ArgKind.filter, "view": ArgKind.view, "sort": "sort", "zone": "zone",
    "db": "file", "config": "file", "file": "file", "files": "file", "preset": "file", "out": "file",
}  # fmt: skip
"""For parameters that belong to no action of the registry."""


def _kind_of(context: click.Context, parameter: click.Parameter) -> ArgKind | str | None:
    name = parameter.name or ""
    if name == "name" and context.parent is not None and context.parent.info_name == "view":
        return ArgKind.view
    action = actions.by_verb().get(context.info_name or "")
    argument = next((arg for arg in action.args if arg.name == name), None) if action is not None else None
    if argument is not None and argument.kind not in (ArgKind.text, ArgKind.code):
        return argument.kind
    return _BY_NAME.get(name)


# --- what there is ---------------------------------------------------------------------------------------


def _offers(session: Session, context: click.Context, kind: str, name: str, typed: str) -> Iterator[Offer]:
    if kind in _FIXED:
        yield from _beginning(typed, _FIXED[kind]())
    elif kind == ArgKind.choice:
        action = actions.by_verb()[context.info_name or ""]
        yield from _beginning(typed, ((code, "") for arg in action.args if arg.name == name for code in arg.choices))
    elif kind in _ASKED:
        session.given["read_only"] = True
        yield from session.ask(lambda tx: list(_ASKED[kind](session, tx, context, typed)))


_FIXED: Mapping[str, Callable[[], Iterator[Offer]]] = {
    ArgKind.language: lambda: ((code, "") for code in catalogue.languages()),
    ArgKind.priority: lambda: ((str(number), "") for number in range(1, 5)),
    ArgKind.level: lambda: ((str(number), "") for number in range(1, 4)),
    ArgKind.kind: lambda: ((kind.value, "") for kind in Kind),
    "sort": lambda: ((order.value, "") for order in SortBy),
    "zone": lambda: ((name, "") for name in sorted(available_timezones())),
}


def _tickets(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    """Numbers as they are being typed, with or without the prefix; after a comma the next one."""
    del context
    before, comma, last = typed.rpartition(",")
    named = last.casefold()
    for row in tx.tickets.page(_OPEN, now=session.now(), me=None, sort=SortBy.sla, limit=MOST):
        number, code = str(row.id), f"{session.prefix}{row.id}"
        shown = number if number.startswith(named) else code if code.casefold().startswith(named) else ""
        if shown:
            yield f"{before}{comma}{shown}", safe_text(row.title, one_line=True, limit=_TITLE)


def _people(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    """Everybody; for tickets that stand before only those who are certified for what they are about."""
    known = tx.definitions.people()
    lacking = {one.person for one in processes.not_for(tx, _before(session, tx, context), session.now())}
    yield from _called(typed, ((person.id, person.name) for person in known if person.id not in lacking))


def _before(session: Session, tx: Transaction, context: click.Context) -> tuple[TicketId, ...]:
    """The tickets that stand before, if the verb takes any."""
    if all(one.name != "tickets" for one in context.command.params):
        return ()
    # An option without its value ends click's reading; what stood before it is left over.
    given: Any = context.params.get("tickets") or context.args[:1]
    words = [given] if isinstance(given, str) else given
    return tuple(ticket_of(session, tx, number) for word in words for number in word.split(",") if number)


def _teams(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del session, context
    yield from _called(typed, ((team.id, team.name) for team in tx.definitions.teams()))


def _services(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del session, context
    yield from _called(typed, ((service.id, service.name) for service in tx.definitions.services()))


def _processes(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del session, context
    yield from _called(typed, ((one.id, one.name) for one in tx.definitions.processes()))


def _tasks(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del session, context
    yield from _called(typed, ((one.id, one.name) for one in tx.definitions.tasks()))


def _sources(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del session, context
    yield from _called(typed, ((one.id, one.name) for one in tx.definitions.sources() if one.active))


def _beats(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del session, context
    yield from _called(typed, ((one.id, one.name) for one in tx.definitions.beats() if one.active))


def _views(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del context
    yield from _called(typed, ((v.name, v.query) for v in (*everybodys(()), *saved_views.seen(tx, session.reader))))


def _rotas(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del context
    every = rota.standings(rules_of(tx), session.now())
    yield from _called(typed, ((one.rota.id, one.rota.name) for one in every))


def _swaps(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del context
    found = rota.swaps(tx, session.now())
    yield from _beginning(typed, ((one.swap.id, f"{one.swap.asked_by} {one.swap.reason}".strip()) for one in found))


def _handovers(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del context
    found = handovers(tx, session.now())
    yield from _beginning(typed, ((one.handover.id, one.handover.state.value) for one in found))


def _overrides(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del context
    now = session.now()
    found = (one for key in tx.definitions.rotas() for one in tx.definitions.overrides(key) if one.end > now)
    yield from _beginning(typed, ((one.id, one.reason) for one in found if not one.swap_id))


def _absences(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del context
    found = rota.absences(tx, session.now(), FOREVER)
    yield from _beginning(typed, ((one.id, f"{one.person} {one.note}".strip()) for one in found))


def _entries(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del session, context
    found = tx.exchange.entries(Verdict.pending)
    yield from _beginning(typed, ((one.id, f"{one.key} {one.name}".strip()) for one in found))


def _receivers(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    calendars = ((str(key), versions[-1].value.name) for key, versions in tx.definitions.calendars().items())
    yield from _called(typed, calendars)
    yield from _people(session, tx, context, typed)


def _steps(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    """The steps of the first ticket that stands before."""
    for ticket in _before(session, tx, context)[:1]:
        found = escalation.choices(tx, ticket, session.now())
        yield from _beginning(typed, ((str(choice.step), choice.name) for choice in found))


def _filters(session: Session, tx: Transaction, context: click.Context, typed: str) -> Iterator[Offer]:
    del context
    found = complete_filter(typed, len(typed), names_of(session, tx))
    yield from ((f"{typed[: found.start]}{candidate}", "") for candidate in found.candidates)


Ask = Callable[[Session, Transaction, click.Context, str], Iterator[Offer]]
_ASKED: Mapping[str, Ask] = {
    ArgKind.ticket: _tickets,
    ArgKind.operation: _tickets,
    ArgKind.person: _people,
    ArgKind.team: _teams,
    ArgKind.service: _services,
    ArgKind.step: _steps,
    ArgKind.filter: _filters,
    ArgKind.view: _views,
    "rota": _rotas,
    "swap": _swaps,
    "override": _overrides,
    "absence": _absences,
    "entry": _entries,
    "process": _processes,
    "task": _tasks,
    "source": _sources,
    "beat": _beats,
    "receiver": _receivers,
    "handover": _handovers,
}


def _called(typed: str, things: Iterator[Offer]) -> Iterator[Offer]:
    """Those whose id, or a word of whose name, begins as it is typed."""
    wanted = fold(typed)
    for value, told in things:
        if any(word.startswith(wanted) for word in (fold(value), *fold(told).split())):
            yield value, safe_text(told, one_line=True, limit=_TITLE)


def _beginning(typed: str, things: Iterator[Offer]) -> Iterator[Offer]:
    wanted = fold(typed)
    return ((value, told) for value, told in things if fold(value).startswith(wanted))
