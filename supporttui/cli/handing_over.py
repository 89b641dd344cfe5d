"""What is told of an authority when a ticket is handed to it: closed until when, what it lacks, how it is reached."""

from collections.abc import Sequence
from typing import Any

from supporttui import shapes
from supporttui.cli.session import Session
from supporttui.domain.authorities import HandOff
from supporttui.domain.ids import TicketId
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Ticket
from supporttui.i18n import authority_labels, standing_labels
from supporttui.usecases import authorities
from supporttui.usecases.rules import rules_of

ACTIONS = frozenset({"ticket.transfer", "ticket.assign"})
"""Whose results say it; others leave the ticket where it was."""


def as_text(session: Session, ticket: Ticket) -> tuple[str, ...]:
    """One line, or none."""
    found = session.ask(authorities.after, ticket, session.now())
    return () if found is None else (authority_labels.hand_off(session.words, found),)


def offered(session: Session, ticket: Ticket) -> tuple[str, ...]:
    """Who is asked to own it, until when; or nothing."""
    offer = ticket.offer_at(session.now())
    names = session.ask(lambda tx: rules_of(tx).names()) if offer is not None else {}
    return () if offer is None else (safe_text(standing_labels.asked(session.words, offer, names), one_line=True),)


def as_json(session: Session, ticket: Ticket) -> dict[str, Any]:
    """The same for machines, as long as an authority outside works on the ticket."""
    found = session.ask(authorities.after, ticket, session.now()) if ticket.resolver else None
    return {} if found is None else {"hand_off": shape(found)}


def of_step(session: Session, ticket: TicketId, step: int) -> Sequence[str]:
    """What is to be said of the authorities that a step of the ticket's escalation calls."""
    found = session.ask(authorities.of_steps, ticket, session.now()).get(step, ())
    return authority_labels.lines(session.words, found)


def shape(found: HandOff) -> dict[str, Any]:
    """Codes and instants."""
    return {
        "authority": found.team.id, "cautions": [one.value for one in found.cautions],
        "opens": shapes.iso(found.opens), "zone": found.team.zone, "lacks": [need.value for need in found.lacks],
        "line": None if found.line is None else found.line.address, "agreement_ends": shapes.iso(found.ends),
    }  # fmt: skip
