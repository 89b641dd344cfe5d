"""One verb on tickets: all of them in one transaction, under one operation; each told, also the refused ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from supporttui.actions import Action
from supporttui.cli import output, said
from supporttui.cli.exits import exit_of
from supporttui.cli.session import Session
from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.usecases import bulk
from supporttui.usecases.bulk import Bulk


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
    """Say what ``perform`` would do, with its exit code; nothing is changed. Raises as it does."""
    found: Bulk[Any] = session.do(bulk.preview, action.run, targets, **values)
    _one_is_as_itself(found, targets)
    if session.json:
        output.show_json(preview=True, results=_results(session, found), refused=_refused(session, found))
    else:
        label = session.words.t(action.label)
        for ticket, _ in found.done:
            output.show(
                session.words.t("{ticket}: {action} can be done.", ticket=_number(session, ticket), action=label)
            )
        for _, fault in found.refused:
            session.tell_fault(fault)
        output.say(session.words.t("Nothing was changed."))
    _end(session, found)


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
