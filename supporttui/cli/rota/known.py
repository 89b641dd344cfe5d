"""What people type about rotas, read against what the database knows: rotas, people, spans, ids."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

from supporttui.cli.known import moment_of
from supporttui.cli.session import Session
from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.rota.oncall import HORIZONS, Duty, level_duty
from supporttui.domain.rota.pinned import PinnedPeriod
from supporttui.domain.rota.schedule import Override
from supporttui.domain.rota.swaps import SwapPiece
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve, to_wall
from supporttui.usecases import rota
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.wishes import known
from supporttui.usecases.rules import rules_of

Lasting = TypeVar("Lasting", Override, PinnedPeriod)

_AROUND = 35 * 86_400
"""A duty that runs began at the latest so long ago: a month's, and some days of grace."""


def rota_of(session: Session, tx: Transaction, text: str | None) -> RotaId:
    """The rota with this id or name; without a text the only one there is.

    Raises:
        NotFound: ``rota.unknown``.
        BadInput: ``rota.which``.
    """
    every = rota.standings(rules_of(tx), session.now())
    wanted = None if text is None else text.casefold()
    found = [one.rota for one in every if wanted in (None, one.rota.id.casefold(), one.rota.name.casefold())]
    if len(found) == 1:
        return found[0].id
    if text is None and every:
        raise BadInput("rota.which", allowed=", ".join(one.rota.id for one in every))
    raise NotFound("rota.unknown", rota=(text or "")[:60])


def rota_or_all(session: Session, tx: Transaction, text: str | None) -> RotaId | None:
    """The rota that is named; ``None`` without a text. Raises NotFound ``rota.unknown``."""
    return None if text is None else rota_of(session, tx, text)


def person_of(tx: Transaction, text: str | None) -> PersonId | None:
    """The person with this id or name. Raises NotFound ``person.unknown``."""
    if text is None:
        return None
    for person in tx.definitions.people():
        if text.casefold() in (person.id.casefold(), person.name.casefold()):
            return person.id
    raise NotFound("person.unknown", person=text[:60])


def span_of(session: Session, start: str, end: str) -> Span:
    """From one moment to another on the viewer's clocks; ``now`` is one too. Raises BadInput ``moment.unreadable``."""
    return Span(_moment(session, start), _moment(session, end))


def _moment(session: Session, text: str) -> Instant:
    return session.now() if text.casefold() == "now" else moment_of(session, text, kept=True)


def month_of(session: Session) -> Span:
    """The month of now on the viewer's clocks, from its first day to the next one's."""
    zone = session.words.zone
    first = to_wall(session.now(), zone).replace(day=1, hour=0, minute=0, second=0)
    following = (first + timedelta(days=32)).replace(day=1)
    return Span(resolve(first, zone), resolve(following, zone))


def piece_of(
    session: Session, tx: Transaction, key: RotaId, *, person: PersonId, span: tuple[str | None, str | None], line: int
) -> SwapPiece:
    """A piece of somebody's duty: a span, or the duty that runs at a moment, or without one the next.

    Raises:
        NotFound: ``rota.no_shift``.
        BadInput: ``moment.unreadable``, ``swap.span``.
    """
    start, end = span
    if start is not None and end is not None:
        return SwapPiece(span_of(session, start, end), line)
    now = session.now()
    at = now if start is None else _moment(session, start)
    shift = _shift(tx, key, person, line, at=at)
    if shift is None or (start is not None and shift.span.start > at):
        raise NotFound("rota.no_shift", person=person)
    return SwapPiece(Span(max(shift.span.start, now), shift.span.end), line)


def _shift(tx: Transaction, key: RotaId, person: PersonId, line: int, *, at: Instant) -> Duty | None:
    """The duty of a person that runs at an instant, else the next one."""
    plan = known(rules_of(tx), key)
    for horizon in HORIZONS:
        pieces = level_duty(plan, Instant(at - _AROUND), Instant(at + horizon), level=line)
        found = next((one for one in pieces if person in one.people and one.span.end > at), None)
        if found is not None and found.span.end < at + horizon:
            return found
    return None


def lasting(
    session: Session, tx: Transaction, rota: str | None, of: Callable[[RotaId], Iterable[Lasting]]
) -> Sequence[tuple[RotaId, Lasting]]:
    """What ``of`` gives of one rota or of all and is not over, by its beginning."""
    keys = tx.definitions.rotas() if rota is None else (rota_of(session, tx, rota),)
    found = [(key, one) for key in keys for one in of(key) if one.end > session.now()]
    return sorted(found, key=lambda each: (each[1].start, each[1].id))


def meant(
    session: Session, tx: Transaction, text: str, every: Sequence[tuple[RotaId, Lasting]], rota: str | None
) -> tuple[RotaId, str]:
    """The rota and the id of the one that is named. Raises as ``id_of`` and ``rota_of`` do."""
    key = id_of(text, (one.id for _, one in every))
    found = next((name for name, one in every if one.id == key), None)
    return (rota_of(session, tx, rota) if found is None else found), key


def id_of(text: str, ids: Iterable[str]) -> str:
    """The one id that begins so; a text that fits none stands for itself.

    Raises:
        BadInput: ``rota.no_id``, ``rota.ambiguous``.
    """
    if not text.strip():
        raise BadInput("rota.no_id")
    every = tuple(ids)
    if text in every:
        return text
    found = [one for one in every if one.startswith(text)]
    if len(found) > 1:
        raise BadInput("rota.ambiguous", found=text[:60], allowed=", ".join(one[:12] for one in found[:5]))
    return found[0] if found else text
