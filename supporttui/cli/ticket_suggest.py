"""``supporttui ticket suggest``: who solved the closed tickets most like one, and by which words they are alike."""

from supporttui.cli import output
from supporttui.cli.known import ticket_of
from supporttui.cli.session import Session
from supporttui.i18n import suggest_labels
from supporttui.usecases import suggesting
from supporttui.usecases.ports import Transaction
from supporttui.usecases.suggesting import Suggested


def run(session: Session, *, ticket: str) -> None:
    """The authorities, the most likely first, and the tickets that speak for them."""

    def read(tx: Transaction) -> Suggested:
        return suggesting.of_ticket(tx, ticket_of(session, tx, ticket), session.now())

    found = session.ask(read)
    if session.json:
        output.show_json(
            ticket=found.ticket.id, likes=[{"id": one.row.id, "shared": list(one.shared)} for one in found.likes],
            suggestions=[
                {
                    "authority": one.authority, "name": found.names.get(one.authority, one.authority),
                    "solved": one.solved, "of": one.of, "shared": list(one.shared), "tickets": list(one.tickets),
                }
                for one in found.found
            ],
        )  # fmt: skip
    elif found.likes:
        output.show(output.table(("", ""), tuple(suggest_labels.lines(session.words, found, prefix=session.prefix))))
    else:
        output.show(session.words.t("No closed ticket is like this one."))
