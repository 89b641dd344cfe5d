"""``supporttui criteria [TICKET]``: which reasons to escalate hold for a ticket; how often each did at this site."""

from typing import Any

import click

from supporttui import actions, shapes
from supporttui.cli import output
from supporttui.cli.known import ticket_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.i18n import criteria_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import criteria
from supporttui.usecases.criteria import Counted, Gauge
from supporttui.usecases.ports import Transaction


def command(words: Words, name: str) -> click.Command:
    """The command ``criteria``."""
    params = [
        argument("ticket", required=False, metavar=f"[{words.t('TICKET')}]"),
        option(
            "--days", type=click.IntRange(1, 3650), default=criteria.DAYS, show_default=True,
            help=words.t("How many days the report looks back."),
        ),
    ]  # fmt: skip
    return verb(words, name, _criteria, help=words.t(actions.by_verb()[name].help), params=params)


def _criteria(session: Session, *, ticket: str | None, days: int) -> None:
    if ticket is None:
        _report(session, days)
    else:
        _of_ticket(session, ticket)


def _of_ticket(session: Session, ticket: str) -> None:
    now, words = session.now(), session.words

    def read(tx: Transaction) -> tuple[Gauge, ...]:
        return criteria.gauges(tx, ticket_of(session, tx, ticket), now)

    found = session.ask(read)
    if session.json:
        output.show_json(as_of=shapes.iso(now), criteria=[_gauge(one) for one in found])
    elif found:
        rows = [criteria_labels.row(words, one, now) for one in found]
        output.show(output.table(criteria_labels.heads(words), rows))
    else:
        output.show(words.t("No policy with criteria watches over this ticket."))


def _report(session: Session, days: int) -> None:
    words = session.words
    found = session.ask(lambda tx: criteria.report(tx, session.now(), days=days))
    if session.json:
        output.show_json(days=days, criteria=[_counted(one) for one in found])
    elif found:
        rows = [criteria_labels.report_row(words, one) for one in found]
        output.show(output.table(criteria_labels.report_heads(words), rows))
    else:
        output.show(words.t("No policy has a criterion yet."))


def _gauge(found: Gauge) -> dict[str, Any]:
    one = found.measured
    return {
        "policy": found.policy.id, "criterion": one.criterion.id, "kind": one.criterion.kind.value,
        "value": None if one.value < 0 else one.value, "limit": one.limit, "holds": one.holds, "nearly": one.nearly,
        "at": shapes.iso(found.at), "held": [{"at": shapes.iso(held.at), "value": held.value} for held in found.held],
    }  # fmt: skip


def _counted(found: Counted) -> dict[str, Any]:
    return {
        "policy": found.policy, "criterion": found.criterion.id, "kind": found.criterion.kind.value,
        "limit": found.criterion.value, "held": found.held, "tickets": found.tickets, "never": found.never,
        "always": found.always,
    }  # fmt: skip
