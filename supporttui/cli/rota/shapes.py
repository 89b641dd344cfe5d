"""Rotas as JSON: keys are frozen, instants ISO 8601 in UTC, codes untranslated."""

from collections.abc import Mapping
from typing import Any

from supporttui import shapes
from supporttui.domain.processes import LeftOut
from supporttui.domain.rota.absences import Absence
from supporttui.domain.rota.coverage import Shortfall
from supporttui.domain.rota.explain import Reason
from supporttui.domain.rota.ledger import Entry
from supporttui.domain.rota.lookout import Gap
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.rota.schedule import Override
from supporttui.domain.rota.seams import Overlap
from supporttui.domain.rota.swaps import SwapPiece, SwapRequest
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span
from supporttui.usecases.rota.costs import Balance, Clash
from supporttui.usecases.rota.effects import Effect
from supporttui.usecases.rota.looking import Explained, Lacking
from supporttui.usecases.rota.speaking import Speaking
from supporttui.usecases.rota.swapping import SwapView


def duty(piece: Duty, names: Mapping[str, str]) -> dict[str, Any]:
    """Who is on duty in one line for one span; without people a gap."""
    return {
        **_span(piece.span),
        "people": list(piece.people),
        "names": [names.get(person, person) for person in piece.people],
        "layer": piece.layer,
        "level": piece.level,
        "cause": str(piece.cause),
    }


def effect(found: Effect) -> dict[str, Any]:
    """What a change does."""
    return {
        "rota": found.rota,
        "rota_name": found.rota_name,
        **_span(found.span),
        "changes": [
            {
                **_span(change.after.span), "level": change.after.level,
                "before": list(change.before.people), "after": list(change.after.people),
            }
            for change in found.changes
        ],
        "gaps": [duty(gap, found.names) for gap in found.gaps],
        "hours": [
            {"person": one.person, "name": found.names.get(one.person), "before": one.before, "after": one.after}
            for one in found.hours
        ],
        "languages": [
            {"language": one.language, **_span(one.span), "level": one.level, "lost": one.lost}
            for one in found.languages
        ],
        "away": [{"person": one.person, "absence": absence(one.absence), **_span(one.span)} for one in found.away],
        "doubled": [duty(piece, found.names) for piece in found.doubled],
        "uncertified": [{**left_out(one.left_out), **_span(one.span)} for one in found.uncertified],
    }  # fmt: skip


def override(rota: str, found: Override) -> dict[str, Any]:
    """An override as it stands."""
    return {
        "id": found.id, "rota": rota, "kind": found.kind.value, **_span(Span(found.start, found.end)),
        "person": found.person, "in_place_of": found.in_place_of, "layer": found.layer, "level": found.level,
        "reason": found.reason, "swap": found.swap_id or None, "created_at": shapes.iso(found.created_at),
        "created_by": found.created_by,
    }  # fmt: skip


def swap(found: SwapRequest, view: SwapView | None = None) -> dict[str, Any]:
    """A request; ``view`` says how it stands now."""
    told: dict[str, Any] = {
        "id": found.id, "rota": found.rota, "state": found.state.value, "asked_by": found.asked_by,
        "pieces": [_piece(one) for one in found.pieces], "give_back": [_piece(one) for one in found.give_back],
        "to": found.to, "deadline": shapes.iso(found.deadline), "approval": found.approval,
        "taken_by": found.taken_by, "taken_at": shapes.iso(found.taken_at), "approved_by": found.approved_by,
        "reason": found.reason, "created_at": shapes.iso(found.created_at),
    }  # fmt: skip
    return told if view is None else {**told, "fits": view.fits, "awaits_approval": view.awaits_approval}


def absence(found: Absence) -> dict[str, Any]:
    """When somebody is away."""
    return {
        "id": found.id, "person": found.person, **_span(found.span), "kind": found.kind.value,
        "source": found.source or None, "note": found.note,
    }  # fmt: skip


def lacking(found: Lacking) -> dict[str, Any]:
    """What a rota lacks."""
    return {
        "rota": found.rota,
        "name": found.name,
        "gaps": [_gap(gap, found.names) for gap in found.gaps],
        "shortfalls": [_shortfall(short, found.names) for short in found.shortfalls],
        "overlaps": [_overlap(one) for one in found.overlaps],
    }


def explained(found: Explained) -> dict[str, Any]:
    """Why somebody is on duty."""
    return {
        "rota": found.rota,
        "rota_name": found.rota_name,
        "at": shapes.iso(found.at),
        "level": found.duty.level,
        "people": list(found.duty.people),
        "cause": str(found.duty.cause),
        "reasons": [_reason(reason) for reason in found.reasons],
        "names": dict(found.names),
    }


def _overlap(one: Overlap) -> dict[str, Any]:
    return {
        "start": shapes.iso(one.span.start),
        "end": shapes.iso(one.span.end),
        "level": one.level,
        "layers": list(one.layers),
    }


def _gap(gap: Gap, names: Mapping[str, str]) -> dict[str, Any]:
    """``would_be``: who would be there, and is not."""
    return {**duty(gap.duty, names), "intended": gap.intended, "would_be": list(gap.people)}


def balance(found: Balance) -> dict[str, Any]:
    """What duty costs, in seconds."""
    return {
        **_span(found.span),
        "limit_percent": found.limit,
        "people": [_entry(entry, found.names) for entry in found.entries],
        "suggestions": [
            {
                "rota": key, **_span(move.duty.span), "level": move.duty.level, "person": move.person, "to": move.to,
                "spread": move.spread, "spread_after": move.spread_after,
            }
            for key, move in found.suggestions
        ],
        "mismatches": [
            {
                "rota": one.rota, **_span(one.change.after.span), "level": one.change.after.level,
                "recorded": list(one.change.after.people), "plan": list(one.change.before.people),
            }
            for one in found.mismatches
        ],
    }  # fmt: skip


def speaking(found: Speaking) -> dict[str, Any]:
    """Language × hour × priority; times in seconds."""
    return {
        **_span(found.span),
        "zone": found.zone,
        "cells": [
            {
                "language": cell.language, "hour": cell.hour, "priority": cell.priority, "seconds": cell.seconds,
                "covered": cell.covered, "percent": cell.percent, "by": list(cell.by),
            }
            for cell in found.cells
        ],
    }  # fmt: skip


def clash(found: Clash) -> dict[str, Any]:
    """Who is on duty and away, and who could be there instead."""
    conflict = found.conflict
    return {
        "rota": found.rota, "rota_name": found.rota_name, **_span(conflict.span), "level": conflict.duty.level,
        "person": conflict.person, "absence": absence(conflict.absence),
        "proposals": [
            {"person": one.person, "reasons": [str(reason) for reason in one.reasons]} for one in conflict.proposals
        ],
        "left_out": [left_out(one) for one in conflict.left_out],
    }  # fmt: skip


def left_out(found: LeftOut) -> dict[str, Any]:
    """Somebody who is not proposed for a process, and why."""
    return {
        "person": found.person, "reason": found.why.value, "process": found.process.id,
        "certification": found.process.certification,
        "last_day": None if found.last is None else found.last.isoformat(),
    }  # fmt: skip


def _entry(entry: Entry, names: Mapping[str, str]) -> dict[str, Any]:
    cost = entry.cost
    return {
        "person": entry.person, "name": names.get(entry.person), "seconds": cost.seconds, "nights": cost.nights,
        "weekends": cost.weekends, "holidays": cost.holidays, "hard": cost.hard, "duties": entry.duties,
        "pages_at_night": entry.pages_at_night, "lost_turns": entry.lost_turns, "swaps_given": entry.swaps_given,
        "swaps_taken": entry.swaps_taken, "short_rests": entry.short_rests, "share_percent": entry.share,
        "over_limit": entry.over_limit,
    }  # fmt: skip


def _shortfall(short: Shortfall, names: Mapping[str, str]) -> dict[str, Any]:
    missing = {"lack": short.lack.value, "language": short.language or None, "period": short.by or None}
    return {**duty(short.duty, names), **missing}


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.why.value, "people": list(reason.people), "layer": reason.layer,
        **(_span(reason.span) if reason.span is not None else {"start": None, "end": None}),
        "slot": reason.slot, "version": reason.version, "source": reason.source or None, "instead": reason.instead,
        "by": reason.by or None, "note": reason.note,
    }  # fmt: skip


def _piece(piece: SwapPiece) -> dict[str, Any]:
    return {**_span(piece.span), "level": piece.level, "layer": piece.layer}


def _span(span: Span) -> dict[str, Any]:
    return {"start": _iso(span.start), "end": _iso(span.end)}


def _iso(at: Instant) -> str | None:
    """``None`` where something has no beginning or no end."""
    return None if at in (BEGINNING, FOREVER) else shapes.iso(at)
