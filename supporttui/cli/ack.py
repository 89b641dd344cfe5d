"""``ack``: by the number of a ticket, or by the code of a page in the name of whom it called."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import click

from supporttui import actions
from supporttui.cli import verbs
from supporttui.cli.session import Session
from supporttui.cli.verb import verb
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import TicketId
from supporttui.domain.paging.codes import read_code
from supporttui.i18n.catalogue import Words
from supporttui.usecases import ack_codes
from supporttui.usecases.ports import Transaction

_BY_CODE = "ack_codes.acknowledge"


def command(words: Words, name: str) -> click.Command:
    """The verb as the registry makes it, which takes codes too."""
    action = actions.by_verb()[name]

    def run(session: Session, **given: Any) -> None:
        session.require_writing()
        typed = [word for text in given["tickets"] for word in text.split(",")]
        codes = session.ask(_codes, typed) if any(map(read_code, typed)) else {}
        numbers = [_number(codes, word) for word in typed]
        by_code = {ticket: code for code, ticket in codes.items()}
        wanted, more = (replace(action, does=_BY_CODE), {"codes": by_code}) if codes else (action, {})
        with _unknown_told_as_code(typed):
            verbs.on_tickets(session, wanted, {**given, "tickets": numbers}, **more)

    help_of_codes = words.t("A code from a message, such as 7K3Q9X, acknowledges in the name of whom it called.")
    params = verbs.ticket_params(words, action, noun=words.t("TICKET|CODE…"))
    return verb(words, name, run, help=f"{words.t(action.help)} {help_of_codes}", params=params)


@contextmanager
def _unknown_told_as_code(typed: list[str]) -> Iterator[None]:
    """What looks like a code and is no other system's number either was meant as a code."""
    try:
        yield
    except NotFound as fault:
        if fault.code != "ticket.unknown_number" or not all(map(read_code, typed)):
            raise
        raise NotFound("ack.unknown_code", typed=str(fault.params["number"])) from fault


def _codes(tx: Transaction, typed: list[str]) -> Mapping[str, TicketId]:
    """Typed word → the ticket whose page it answers, for those that are codes."""
    found = ((word, ack_codes.ticket_of_code(tx, word)) for word in typed)
    return {word: ticket for word, ticket in found if ticket is not None}


def _number(codes: Mapping[str, TicketId], word: str) -> str:
    return str(codes[word]) if word in codes else word
