"""``supporttui policy list|show|forecast|move``: escalation policies, whom they page, what runs by an older one."""

from typing import Any

import click

from supporttui import actions, shapes
from supporttui.cli import output
from supporttui.cli.known import ticket_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.cli.when import moment
from supporttui.domain.faults import BadInput
from supporttui.domain.plain import to_plain
from supporttui.domain.spans import Instant
from supporttui.i18n import policy_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import escalation, packing, policies
from supporttui.usecases.policies import Ahead, Listed, Stretch
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import Upcoming


def command(words: Words, name: str) -> click.Command:
    """The group ``policy``."""
    known = actions.by_verb()
    which = argument("policy", metavar=words.t("POLICY"))
    return group(
        words, name,
        [
            verb(words, "list", _list, help=words.t(known["policy list"].help)),
            verb(words, "show", _show, help=words.t(known["policy show"].help), params=[which]),
            verb(words, "forecast", _forecast, help=words.t(known["policy forecast"].help), params=_asked(words)),
            verb(words, "move", _move, help=words.t(known["policy move"].help), params=[which]),
        ],
        help=words.t("Read escalation policies; move what runs to the newest version."),
    )  # fmt: skip


def _asked(words: Words) -> list[click.Parameter]:
    return [
        argument("policy", required=False, metavar=words.t("[POLICY]")),
        option("--ticket", metavar=words.t("TICKET"), help=words.t("The coming steps of a ticket instead.")),
        option("--service", metavar=words.t("SERVICE"), help=words.t("For tickets of this service.")),
        option("--priority", type=click.IntRange(1), help=words.t("For tickets of this priority.")),
        option("--at", metavar=words.t("MOMENT"), help=words.t("From another moment on, such as: sun 03:00")),
        option("--hours", type=click.IntRange(1, policies.MOST_HOURS), default=policies.DAY, show_default=True,
               help=words.t("How many hours ahead.")),
    ]  # fmt: skip


def _list(session: Session) -> None:
    found, words = session.ask(policies.every), session.words
    if session.json:
        output.show_json(policies=[_shape(one) for one in found])
    elif found:
        output.show(output.table(policy_labels.heads(words), [policy_labels.row(words, one) for one in found]))
    else:
        output.show(words.t("No escalation policy is defined yet."))


def _show(session: Session, *, policy: str) -> None:
    found = session.ask(policies.one, policy)
    if session.json:
        output.show_json(**_shape(found), steps=[to_plain(step) for step in found.policy.steps])
        return
    names = session.ask(lambda tx: {(one.part, one.key): one.name for one in packing.known(tx, session.now())})
    output.show(output.table((found.policy.name, ""), tuple(policy_labels.whole(session.words, found, names))))


def _forecast(
    session: Session,
    *,
    policy: str | None,
    ticket: str | None,
    service: str | None,
    priority: int | None,
    at: str | None,
    hours: int,
) -> None:
    start = session.now() if at is None else moment(session.words, at, session.now())
    if ticket is not None:
        _of_ticket(session, ticket, Instant(start + hours * 3600))
    elif policy is None:
        raise BadInput("cli.policy_or_ticket")
    else:
        found = session.ask(policies.ahead, policy, start, hours=hours, service=service or "", priority=priority)
        _tell_ahead(session, found)


def _of_ticket(session: Session, ticket: str, until: Instant) -> None:
    now, words = session.now(), session.words

    def read(tx: Transaction) -> tuple[Upcoming, ...]:
        return escalation.forecast(tx, ticket_of(session, tx, ticket), now, until=until)

    found = session.ask(read)
    if session.json:
        output.show_json(as_of=shapes.iso(now), steps=[shapes.upcoming(one) for one in found])
    elif found:
        for step in found:
            output.show(policy_labels.coming(words, step, now))
    else:
        output.show(words.t("Nobody is paged for this ticket by itself."))


def _tell_ahead(session: Session, found: Ahead) -> None:
    words = session.words
    if session.json:
        output.show_json(
            policy=found.policy.id, service=found.service.id if found.service else None, priority=found.priority,
            start=shapes.iso(found.span.start), end=shapes.iso(found.span.end),
            steps=[
                {"step": number, "name": step.name, "wait": step.wait, "stretches": [_stretch(one) for one in spans]}
                for number, (step, spans) in enumerate(found.steps, 1)
            ],
        )  # fmt: skip
        return
    service = found.service.name if found.service else words.t("no service")
    head = (found.policy.name, f"{service} · P{found.priority}")
    output.show(output.table(head, tuple(policy_labels.ahead(words, found))))


def _stretch(found: Stretch) -> dict[str, Any]:
    return {
        "start": shapes.iso(found.span.start), "end": shapes.iso(found.span.end),
        "people": [shapes.reach(one) for one in found.people], "channels": list(found.channels),
        "cause": found.cause or None,
    }  # fmt: skip


def _move(session: Session, *, policy: str) -> None:
    session.require_writing()
    found = session.ask(policies.one, policy)
    moved = session.do(escalation.move, policy=found.policy.id)
    if session.json:
        output.show_json(
            policy=moved.policy, version=moved.version, tickets=list(moved.tickets), operation=moved.operation
        )
        return
    words = session.words
    told = words.n(
        "{n} ticket goes on by version {version} of {policy}.", "{n} tickets go on by version {version} of {policy}.",
        len(moved.tickets), version=moved.version, policy=found.policy.name,
    )  # fmt: skip
    undo = words.t("Take it back: supporttui undo {operation}", operation=moved.operation)
    output.show(f"{told}\n{undo}")


def _shape(found: Listed) -> dict[str, Any]:
    policy = found.policy
    return {
        "id": policy.id, "name": policy.name, "kind": policy.kind.value, "version": policy.version,
        "services": list(found.services), "priorities": list(policy.priorities), "rounds": policy.rounds,
        "last_resort": policy.last_resort, "last_resort_reachable": found.reachable, "running": found.running,
        "behind": found.behind,
    }  # fmt: skip
