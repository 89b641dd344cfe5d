"""``escalate --dry-run``: who would be paged now, and who then if nobody answers; nobody is."""

from collections.abc import Mapping, Sequence
from typing import Any

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.domain.ids import TicketId
from supporttui.i18n import policy_labels
from supporttui.usecases import escalation
from supporttui.usecases.escalation import Foretold


def dry_run(session: Session, tickets: Sequence[TicketId], values: Mapping[str, Any]) -> None:
    """Ticket by ticket. Raises what ``escalate`` would refuse."""
    wanted = {name: values[name] for name in ("step", "kind") if name in values}
    found = [session.ask(escalation.foretell, ticket, session.now(), **wanted) for ticket in tickets]
    if session.json:
        output.show_json(dry_run=True, results=[_shape(one) for one in found])
        return
    words, now = session.words, session.now()
    for one in found:
        ticket = f"{session.prefix}{one.ticket.id}"
        output.show(words.t("{ticket} by {policy}, if nobody answers:", ticket=ticket, policy=one.policy_name))
        for step in one.steps:
            output.show(f"  {policy_labels.coming(words, step, now)}")
    output.say(words.t("Nothing was changed."))


def _shape(found: Foretold) -> dict[str, Any]:
    return {
        "id": found.ticket.id, "kind": found.kind.value, "policy": found.policy_name,
        "steps": [shapes.upcoming(step) for step in found.steps],
    }  # fmt: skip
