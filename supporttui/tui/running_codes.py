"""``:ack 7K3Q9X``: pages are answered by their codes, each in the name of whom it called; numbers beside them too."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from supporttui.domain.faults import NotFound
from supporttui.domain.ids import TicketId
from supporttui.domain.text import safe_text
from supporttui.i18n import formats
from supporttui.tui.batch import Batch, Target
from supporttui.tui.commands import Command
from supporttui.tui.ticket_actions import TicketActions
from supporttui.tui.undo import Step
from supporttui.tui.widgets.message_line import Severity
from supporttui.usecases import ack_codes, queue
from supporttui.usecases.ports import Transaction

_BY_CODE = "ack_codes.acknowledge"
_Codes = Mapping[TicketId, str]


def acknowledge(screen: TicketActions, command: Command) -> None:
    """The tickets of the codes and of the numbers that were typed, as they are now."""
    now = screen.now

    def asked(tx: Transaction) -> tuple[_Codes, tuple[Target, ...]]:
        codes = _codes(tx, command.codes)
        wanted = tuple(dict.fromkeys((*(TicketId(number) for number in command.tickets), *codes)))
        rows = {item.row.id: item.row for item in queue.items(tx, wanted, now)}
        unknown = next((number for number in wanted if number not in rows), None)
        if unknown is not None:
            raise NotFound("ticket.unknown", ticket=unknown)
        return codes, tuple(Target.of(rows[number]) for number in wanted)

    def found(answer: tuple[_Codes, tuple[Target, ...]]) -> None:
        codes, targets = answer
        action = replace(command.action, does=_BY_CODE)
        screen.attempt(action, targets, {"codes": codes}, partial(_told, screen, codes))

    screen.desk.ask(asked, then=found, refused=screen.frame.refuse)


def _codes(tx: Transaction, typed: Sequence[str]) -> _Codes:
    """Ticket → the code that answers its page. Raises NotFound ``ack.unknown_code``."""
    found = {}
    for word in typed:
        ticket = ack_codes.ticket_of_code(tx, word)
        if ticket is None:
            raise NotFound("ack.unknown_code", typed=word[:20])
        found[ticket] = word
    return found


def _told(screen: TicketActions, codes: _Codes, batch: Batch) -> None:
    """What was acknowledged, and in whose name."""
    words, texts = screen.words, []
    if batch.done:
        texts.append(words.t("Acknowledged {tickets}.", tickets=screen.codes(batch.done_targets)))
        if names := _names(screen, codes, batch):
            texts.append(words.t("In the name of {people}.", people=formats.listing(words, names)))
        screen.frame.undo.push(Step(" ".join(texts), batch.operation))
        texts.append(words.t("u undo"))
    texts += [screen.fault_text(fault) for _, fault in batch.refused[:1]]
    screen.frame.say("  ".join(texts), Severity.warning if batch.refused else Severity.info)


def _names(screen: TicketActions, codes: _Codes, batch: Batch) -> Sequence[str]:
    status = screen.frame.status
    names: Mapping[str, str] = status.names if status is not None else {}
    called = [getattr(ticket, "acknowledged_by", None) for target, ticket in batch.done if target.id in codes]
    return [safe_text(names.get(one, one), one_line=True, limit=40) for one in dict.fromkeys(filter(None, called))]
