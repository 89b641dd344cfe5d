"""``supporttui drill run|start|report|list``: exercise the escalation, in a copy by a frozen clock or as a real ticket.

``run`` and ``report`` end with 1 where somebody would not be reached.
"""

from typing import Any

import click

from supporttui import actions, shapes
from supporttui.bootstrap.staging import stage
from supporttui.cli import output
from supporttui.cli.exits import Exit
from supporttui.cli.known import moment_or, service_of, ticket_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.drills import Lack, Level
from supporttui.domain.faults import BadInput
from supporttui.domain.filter.moments import duration
from supporttui.domain.ids import PersonId, PolicyId, ServiceId, TeamId
from supporttui.domain.priorities import Priority
from supporttui.i18n import drill_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases.drills import rehearsing, reporting, starting
from supporttui.usecases.drills.rehearsing import Asked
from supporttui.usecases.drills.reporting import Logged, Report, Sent
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import rules_of


def command(words: Words, name: str) -> click.Command:
    """The group ``drill``."""
    known = actions.by_verb()
    return group(
        words, name,
        [
            verb(words, "run", _run, help=_run_help(words), params=[*_what(words), *_how(words)]),
            verb(words, "start", _start, help=_start_help(words), params=[*_what(words), *_really(words)]),
            verb(
                words, "report", _report, help=words.t(known["drill report"].help),
                params=[argument("ticket", metavar=words.t("TICKET"))],
            ),
            verb(words, "list", _list, help=words.t(known["drill list"].help)),
        ],
        help=words.t("Exercise who is called and when. No figure counts a drill, and nobody is called unless asked."),
    )  # fmt: skip


def _run_help(words: Words) -> str:
    return words.t(
        "Let a ticket run through its escalation at any moment, in a copy, and tell who would be called. "
        "Nothing is written. Exit code 1 if somebody would not be reached."
    )


def _start_help(words: Words) -> str:
    return words.t("Open a real ticket that is marked as a drill. It ends when somebody resolves it.")


def _what(words: Words) -> list[click.Parameter]:
    return [
        option("--service", required=True, metavar=words.t("SERVICE"), help=words.t("For tickets of this service.")),
        option("--priority", type=click.IntRange(1), default=1, show_default=True, help=words.t("Its priority.")),
        option("--policy", metavar=words.t("POLICY"), help=words.t("By this policy instead of the service's.")),
        option("--category", default="", metavar=words.t("TEXT"), help=words.t("What it is about.")),
        option("--language", default="", metavar=words.t("TAG"), help=words.t("The requester's language.")),
        option("--title", metavar=words.t("TEXT"), help=words.t("Its title.")),
    ]


def _how(words: Words) -> list[click.Parameter]:
    return [
        option("--at", metavar=words.t("MOMENT"), help=words.t("From another moment on, such as: sun 03:00")),
        option("--ack-after", metavar=words.t("TIME"),
               help=words.t("Who was called last acknowledges after this time, such as 12m; else nobody does.")),
        option("--hand-off", metavar=words.t("TEAM"), help=words.t("Hand it to this team or authority at the end.")),
    ]  # fmt: skip


def _really(words: Words) -> list[click.Parameter]:
    return [option("--page", is_flag=True, help=words.t("Really call people; each message begins with DRILL."))]


# --- at work --------------------------------------------------------------------------------------------


def _run(
    session: Session, *, service: str, at: str | None, ack_after: str | None, hand_off: str | None, **given: Any
) -> None:
    start = moment_or(session, at, session.now())
    made_up = stage(start)
    try:
        with made_up.store.write() as target, session.place.store.read() as source:
            key, name = _service(source, service)
            languages = rehearsing.spoken(source, key, session.now())
            rehearsing.prepare(source, target)
        asked = Asked(
            key, Priority(given["priority"]), start, _title(session.words, given["title"], name),
            policy=_policy(given["policy"]), ack_after=_seconds(ack_after), to=TeamId(hand_off) if hand_off else None,
            language=given["language"], category=given["category"], languages=languages,
        )  # fmt: skip
        _tell(session, rehearsing.rehearse(made_up, asked, actor=session.reader or PersonId("")), live=False)
    finally:
        made_up.store.close()


def _start(session: Session, *, service: str, page: bool, **given: Any) -> None:
    key, name = session.ask(_service, service)
    words, priority = session.words, Priority(given["priority"])
    ticket = session.do(
        starting.start, service=key, priority=priority, title=_title(words, given["title"], name),
        language=given["language"], category=given["category"], policy=_policy(given["policy"]), page=page,
    )  # fmt: skip
    number = f"{session.prefix}{ticket.id}"
    if session.json:
        output.show_json(ticket=shapes.ticket(ticket, prefix=session.prefix), pages=page)
        return
    if page:
        output.show(words.t("Drill {ticket} has begun. People are really called.", ticket=number))
    else:
        output.show(words.t("Drill {ticket} has begun. Nobody is called.", ticket=number))
    output.show(words.t("How it goes: supporttui drill report {ticket}", ticket=number))


def _report(session: Session, *, ticket: str) -> None:
    def read(tx: Transaction) -> Report:
        return reporting.report(tx, ticket_of(session, tx, ticket), session.now())

    _tell(session, session.ask(read), live=True)


def _list(session: Session) -> None:
    found, words = session.ask(reporting.log, session.now()), session.words
    if session.json:
        output.show_json(drills=[_logged(one) for one in found])
    elif found:
        rows = [drill_labels.log_row(words, one, session.prefix) for one in found]
        output.show(output.table(drill_labels.log_heads(words), rows))
    else:
        output.show(words.t("There was no drill yet."))


def _service(tx: Transaction, text: str) -> tuple[ServiceId, str]:
    """Its key and its name. Raises NotFound ``service.unknown``."""
    key = service_of(tx, text)
    assert key is not None
    return key, rules_of(tx).known_service(key).name


def _title(words: Words, text: str | None, service: str) -> str:
    return text or words.t("Drill for {service}", service=service)


def _policy(text: str | None) -> PolicyId | None:
    return PolicyId(text) if text else None


def _seconds(text: str | None) -> int | None:
    found = None if text is None else duration(text)
    if text is not None and (found is None or found < 0):
        raise BadInput("drill.ack_after", found=text[:40])
    return found


# --- told -----------------------------------------------------------------------------------------------


def _tell(session: Session, found: Report, *, live: bool) -> None:
    if not found.is_whole:
        session.exit_code = Exit.refused
    if session.json:
        output.show_json(**_shape(found, live=live))
        return
    words = session.words
    head = drill_labels.title(words, found, f"{session.prefix}{found.ticket.id}" if live else "")
    output.show(head if live else f"{head}\n{words.t('Nothing of this was written, and nobody was called.')}")
    output.show(drill_labels.summary(words, found))
    for line in drill_labels.hops(words, found):
        output.show(line)
    if found.course.levels:
        rows = [drill_labels.level_row(words, found, one) for one in found.course.levels]
        output.show("\n" + output.table(drill_labels.level_heads(words), rows))
    if found.sent:
        rows = [drill_labels.sent_row(words, found, one) for one in found.sent]
        output.show("\n" + output.table(drill_labels.sent_heads(words), rows))
    lacks = [f"- {line}" for line in drill_labels.lacks(words, found)]
    output.show("\n" + "\n".join(lacks or [words.t("Nothing is missing.")]))


def _shape(found: Report, *, live: bool) -> dict[str, Any]:
    course = found.course
    return {
        "ticket": found.ticket.id if live else None, "service": found.ticket.service,
        "priority": found.ticket.priority, "at": shapes.iso(course.began), "by": course.by,
        "policies": list(found.policies), "pages": course.calls and live, "ended": found.ended.value,
        "acknowledged_after": course.answered, "reaches_everybody": found.is_whole,
        "levels": [_level(found, one) for one in course.levels],
        "hops": [shapes.hop(one) for one in course.hops],
        "messages": [_message(one) for one in found.sent],
        "missing": [_lack(one) for one in found.lacks],
    }  # fmt: skip


def _level(found: Report, one: Level) -> dict[str, Any]:
    return {
        "kind": one.kind.value, "step": one.step, "name": found.steps.get((one.kind, one.step), ""),
        "round": one.round, "at": shapes.iso(one.at), "after": one.seconds, "paged": list(one.paged),
        "channels": list(one.called), "cause": one.cause or None, "by_hand": one.by_hand,
        "acknowledged": [
            {"by": each.by, "at": shapes.iso(each.at), "after": each.seconds, "after_step": each.after}
            for each in one.answers
        ],
    }  # fmt: skip


def _message(one: Sent) -> dict[str, Any]:
    return {
        "at": shapes.iso(one.at), "code": one.code, "person": one.person or None, "channel": one.channel,
        "address": one.address, "step": one.step or None, "round": one.round or None, "kind": one.kind.value,
    }  # fmt: skip


def _lack(one: Lack) -> dict[str, Any]:
    return {
        "code": one.kind.value, "about": one.subject or None, "at": shapes.iso(one.at), "step": one.step or None,
        "kind": one.escalation.value, "cause": one.cause or None, "until": shapes.iso(one.ends),
        "serious": one.is_serious,
    }  # fmt: skip


def _logged(one: Logged) -> dict[str, Any]:
    return {
        "ticket": one.ticket.id, "title": one.ticket.title, "service": one.ticket.service,
        "priority": one.ticket.priority, "at": shapes.iso(one.course.began), "by": one.course.by,
        "pages": one.course.calls, "ended": one.ended.value, "acknowledged_after": one.course.answered,
        "missing": one.lacking,
    }  # fmt: skip
