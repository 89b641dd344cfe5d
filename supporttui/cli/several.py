"""One verb on tickets: all of them in one transaction, under one operation; each told, also the refused ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from supporttui import shapes
from supporttui.actions import Action
from supporttui.cli import output, said
from supporttui.cli.exits import exit_of
from supporttui.cli.session import Session
from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.sla.timer import Timer
from supporttui.i18n import whatif_labels
from supporttui.usecases import bulk, whatif
from supporttui.usecases.bulk import Bulk
from supporttui.usecases.whatif import Whatif

MOVES_TIMERS = frozenset(
    {
        "ticket.wait", "ticket.resume", "ticket.resolve", "ticket.close", "ticket.reopen", "ticket.priority",
        "ticket.take", "ticket.transfer", "ticket.edit",
    }
)  # fmt: skip
"""Actions of which is foretold what they do to promises."""


def perform(
    session: Session, action: Action, targets: Sequence[tuple[TicketId, int | None]], values: Mapping[str, Any]
) -> None:
    """Do it to all that allow it; the exit code is the highest of those of the refused.

    Raises:
        SupportError: where one ticket was meant and it is refused.
    """
    found: Bulk[Any] = session.do(bulk.perform, action.run, targets, **values)
    _one_is_as_itself(found, targets)
    if session.json:
        output.show_json(operation=found.operation, results=_results(session, found), refused=_refused(session, found))
    else:
        for _, result in found.done:
            output.show(said.as_text(session, action, result))
        for _, fault in found.refused:
            session.tell_fault(fault)
    _end(session, found)


def preview(
    session: Session, action: Action, targets: Sequence[tuple[TicketId, int | None]], values: Mapping[str, Any]
) -> None:
    """Say what ``perform`` would do, with its exit code; nothing is changed. Raises as it does.

    Of what moves timers each is told with its old and its new due.
    """
    found: Bulk[Any] = session.do(bulk.preview, action.run, targets, **values)
    _one_is_as_itself(found, targets)
    foretold = _foretold(session, action, targets, values)
    if session.json:
        promises = {} if foretold is None else {"promises": _promises(session, foretold)}
        results, refused = _results(session, found), _refused(session, found)
        output.show_json(preview=True, results=results, refused=refused, **promises)
    else:
        label, moved = session.words.t(action.label), _lines(session, foretold)
        for ticket, _ in found.done:
            output.show(
                session.words.t("{ticket}: {action} can be done.", ticket=_number(session, ticket), action=label)
            )
            for line in moved.get(ticket, ()):
                output.show(f"  {line}")
        for _, fault in found.refused:
            session.tell_fault(fault)
        output.say(session.words.t("Nothing was changed."))
    _end(session, found)


def _foretold(
    session: Session, action: Action, targets: Sequence[tuple[TicketId, int | None]], values: Mapping[str, Any]
) -> Whatif | None:
    if action.id not in MOVES_TIMERS:
        return None
    return session.ask(lambda tx: whatif.of(session.call(), tx, action.run, targets, **values))  # type: ignore[arg-type]


def _lines(session: Session, foretold: Whatif | None) -> Mapping[TicketId, Sequence[str]]:
    if foretold is None:
        return {}
    words, now = session.words, foretold.now
    return {
        outcome.ticket: [whatif_labels.move(words, moved, now) for moved in outcome.moved]
        or [words.t("No timer moves.")]
        for outcome in foretold.outcomes
    }


def _promises(session: Session, foretold: Whatif) -> list[dict[str, Any]]:
    """Of each ticket the timers that would move."""
    return [
        {
            "id": outcome.ticket, "number": _number(session, outcome.ticket),
            "timers": [
                {
                    "metric": moved.metric.value, "before": _timer(moved.before), "after": _timer(moved.after),
                    "made": moved.made(foretold.now), "saved": moved.saved(foretold.now),
                }
                for moved in outcome.moved
            ],
        }
        for outcome in foretold.outcomes
    ]  # fmt: skip


def _timer(timer: Timer | None) -> dict[str, Any] | None:
    if timer is None:
        return None
    return {"state": timer.state.value, "due": shapes.iso(timer.due), "seconds": timer.seconds, "late": timer.late}


def _one_is_as_itself(found: Bulk[Any], targets: Sequence[tuple[TicketId, int | None]]) -> None:
    if len(targets) == 1:
        for _, fault in found.refused:
            raise fault


def _results(session: Session, found: Bulk[Any]) -> list[dict[str, Any]]:
    return [said.as_json(session, result) for _, result in found.done]


def _refused(session: Session, found: Bulk[Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": ticket, "number": _number(session, ticket), "error": session.fault_json(fault),
            "exit": int(exit_of(fault)),
        }
        for ticket, fault in found.refused
    ]  # fmt: skip


def _number(session: Session, ticket: TicketId) -> str:
    return f"{session.prefix}{ticket}"


def _end(session: Session, found: Bulk[Any]) -> None:
    worst: SupportError | None = max((fault for _, fault in found.refused), key=exit_of, default=None)
    if worst is not None:
        session.exit_with(worst)
