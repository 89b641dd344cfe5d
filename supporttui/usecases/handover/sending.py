"""A handover sent to somebody to read: as a letter through the outbox, in their language."""

from collections.abc import Sequence

from supporttui.domain.access import Permission
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import PersonId
from supporttui.domain.notices import HandoverCode
from supporttui.usecases.access import require
from supporttui.usecases.handover import telling
from supporttui.usecases.handover.reading import known, seen
from supporttui.usecases.handover.writing import begin
from supporttui.usecases.ports import Call, Transaction


def send(call: Call, tx: Transaction, handover: str, *, to: Sequence[PersonId]) -> int:
    """Queue it for these people; how many letters.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``.
        NotFound: ``handover.unknown``; ``person.unknown``.
    """
    require(call, tx, Permission.work)
    standing = begin(call, tx)
    for person in to:
        if person not in standing.rules.people:
            raise NotFound("person.unknown", person=person[:60])
    sheet = seen(standing, known(tx, standing, handover), None).sheet
    return telling.tell(call, standing.rules, sheet, to, code=HandoverCode.copy, whole=True)
