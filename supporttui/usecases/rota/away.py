"""When people are away, or reserved for something else; duty never moves by itself for it."""

from collections.abc import Sequence

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.absences import Absence, AbsenceKind
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.rights import begin, require_own
from supporttui.usecases.rota.wishes import require_people


def absences(tx: Transaction, start: Instant, end: Instant, person: PersonId | None = None) -> tuple[Absence, ...]:
    """Absences that touch a span, by their beginning, of one person or of all."""
    return tx.rotas.absences(start, end, person=person)


def add_absence(
    call: Call,
    tx: Transaction,
    *,
    start: Instant,
    end: Instant,
    kind: AbsenceKind = AbsenceKind.leave,
    person: PersonId | None = None,
    note: str = "",
) -> Absence:
    """Say that somebody is away; ``person`` is who, where a lead says so for somebody else.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``, ``rota.not_yours``.
        NotFound: ``person.unknown``.
        BadInput: ``absence.span``.
        Refused: ``operation.known``.
    """
    rules = begin(call, tx)
    who = call.actor if person is None else person
    require_own(call, tx, who)
    require_people(rules, who)
    absence = Absence(call.operation, who, start, end, kind, note=note.strip())
    tx.rotas.put_absence(absence)
    tx.journal.append_definition(call, "absence", absence.id, 1)
    return absence


def take_in_absences(call: Call, tx: Transaction, found: Sequence[Absence]) -> int:
    """Absences from a calendar, each under an id of its own; how many are new or have changed. Raises as above."""
    rules = begin(call, tx)
    for absence in found:
        require_own(call, tx, absence.person)
        require_people(rules, absence.person)
    changed = [absence for absence in found if tx.rotas.put_absence(absence)]
    for absence in changed:
        tx.journal.append_definition(call, "absence", absence.id, 1)
    return len(changed)


def remove_absence(call: Call, tx: Transaction, absence: str) -> Absence:
    """Take an absence back; gives it as it was.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``, ``rota.not_yours``.
        NotFound: ``absence.unknown``.
        Refused: ``operation.known``.
    """
    begin(call, tx)
    known = tx.rotas.absence(absence)
    require_own(call, tx, known.person)
    tx.rotas.remove_absence(absence, call.at)
    tx.journal.append_definition(call, "absence", absence, 2)
    return known
