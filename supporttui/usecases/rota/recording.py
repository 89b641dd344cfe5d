"""Duty that is over is kept as it was, and held against what the plan says of it today."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from supporttui.domain.access import Permission
from supporttui.domain.ids import RotaId
from supporttui.domain.plain import to_plain
from supporttui.domain.rota.oncall import Duty, duty
from supporttui.domain.rota.pinned import PinnedPeriod
from supporttui.domain.rota.records import DutyRecord
from supporttui.domain.rota.schedule import Override
from supporttui.domain.rota.snapshot import Snapshot, rota_at
from supporttui.domain.rota.whatif import Change, changes
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.access import require
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.reading import snapshot
from supporttui.usecases.rules import rules_of

_DAY = 86_400
FIRST = 31 * _DAY
"""So far back the first recording of a rota looks: a month can be told of at once."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A stretch of recorded duty of which the plan says something else today."""

    rota: RotaId
    change: Change
    """``before`` is what the plan says, ``after`` what was recorded, and holds."""


def record_duty(call: Call, tx: Transaction, token: int) -> int:
    """Keep what became past since the last time; how many pieces.

    Each goes up to a handoff, and at the latest up to midnight UTC: so whoever is always on duty is kept as well.

    Raises:
        Refused: ``lease.lost``; ``operation.known``.
        Forbidden: ``access.denied``.
    """
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    rules, count = rules_of(tx), 0
    for rota in tx.definitions.rotas():
        plan = snapshot(rules, rota)
        span = None if plan is None else _over(tx, plan, rota, call.at)
        if plan is None or span is None:
            continue
        records = tuple(_records(plan, rota, span, call.at))
        tx.rotas.add_records(records)
        tx.journal.append_definition(call, "duty", rota, span.end)
        count += len(records)
    return count


def unrecorded(tx: Transaction, now: Instant) -> bool:
    """Whether anything became past that is not kept yet."""
    rules = rules_of(tx)
    plans = ((rota, snapshot(rules, rota)) for rota in tx.definitions.rotas())
    return any(plan is not None and _over(tx, plan, rota, now) is not None for rota, plan in plans)


def mismatches(tx: Transaction, start: Instant, end: Instant, rota: RotaId | None = None) -> tuple[Mismatch, ...]:
    """Where the plan of today would say of the past something else than what was recorded, of one rota or of all."""
    rules, found = rules_of(tx), []
    for key in tx.definitions.rotas() if rota is None else (rota,):
        plan = snapshot(rules, key, since=start)
        if plan is not None:
            found += [Mismatch(key, one) for one in changes(replace(plan, records=()), plan, start, end)]
    return tuple(found)


def _over(tx: Transaction, plan: Snapshot, rota: RotaId, now: Instant) -> Span | None:
    """From the end of what is kept up to the last instant at which anything ended; ``None`` if nothing did."""
    kept = tx.rotas.recorded_until(rota)
    start = Instant(now - FIRST) if kept is None else kept
    if start >= now:
        return None
    ends = [piece.span.end for piece in duty(plan, start, Instant(now + 1)) if piece.span.end <= now]
    end = max([*ends, Instant(now - now % _DAY)])
    return Span(start, end) if end > start else None


def _records(plan: Snapshot, rota: RotaId, span: Span, now: Instant) -> Iterator[DutyRecord]:
    for piece in duty(plan, span.start, span.end):
        yield DutyRecord(
            rota, piece.level, piece.span.start, piece.span.end, piece.people, piece.layer, piece.cause,
            inputs_of(plan, piece), now,
        )  # fmt: skip


def inputs_of(plan: Snapshot, piece: Duty) -> str:
    """A hash of all that decides a piece: the version of the rota, what lies over it then, who may be on call."""
    span = piece.span
    over: list[Override | PinnedPeriod] = [*plan.overrides, *plan.pinned]
    over = [one for one in over if span.touches(one)]
    bounds = [
        (one.id, one.may_be_on_call, one.valid_from, one.valid_to) for one in sorted(plan.people, key=lambda p: p.id)
    ]
    whole = [to_plain(rota_at(plan, span.start)), sorted(json.dumps(to_plain(one)) for one in over), bounds]
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
