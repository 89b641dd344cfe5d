"""A handover as JSON: keys are frozen, instants ISO 8601 in UTC, codes untranslated."""

from typing import Any

from supporttui.domain.handover.handover import Handover, Item
from supporttui.domain.handover.sheet import Sheet
from supporttui.shapes import iso


def sheet(value: Sheet, version: int | None = None) -> dict[str, Any]:
    """All of it, with its items."""
    handover, joint = value.handover, value.handover.joint
    return {
        "id": handover.id, "version": version, "state": handover.state.value,
        "rota": joint.rota, "rota_name": value.rota, "to_rota": joint.to_rota, "line": joint.level,
        "start": iso(joint.span.start), "end": iso(joint.span.end),
        "takes_from": iso(joint.takes.start), "takes_until": iso(joint.takes.end),
        "giving": list(joint.giving), "taking": list(joint.taking), "responsible": list(handover.responsible),
        "items": [_item(value, item) for item in handover.items],
        "unread": len(handover.unread()), "without_next_step": list(handover.lacking(handover.items)),
        "note": handover.note or None, "risks": handover.risks or None,
        "promises": [
            {"id": one.id, "text": one.text, "by": one.by, "due": iso(one.at)} for one in handover.promises
        ],
        "signed_by": handover.signed_by, "signed_at": iso(handover.signed_at),
        "operation": handover.signed_operation or None,
        "taken_back": [
            {"by": one.by, "signed_at": iso(one.signed_at), "at": iso(one.at)} for one in handover.taken_back
        ],
        "accepted_by": handover.accepted_by, "accepted_at": iso(handover.accepted_at),
        "lead_told_at": iso(handover.told_at),
    }  # fmt: skip


def _item(value: Sheet, item: Item) -> dict[str, Any]:
    handover = value.handover
    step = handover.step_of(item.ticket)
    return {
        "key": item.key, "ticket": item.ticket,
        "number": None if item.ticket is None else f"{value.prefix}{item.ticket}",
        "title": item.title or None, "priority": item.priority or None,
        "state": None if item.state is None else item.state.value, "owner": item.owner,
        "reasons": [
            {
                "kind": one.kind.value, "at": iso(one.at), "end": iso(one.end), "detail": one.detail or None,
                "count": one.count or None,
            }
            for one in item.reasons
        ],
        "tickets": list(item.also), "next_step": None if step is None else step.text,
        "needs_next_step": item.needs_step, "stays": stays(handover, item),
        "understood": item.key in handover.understood, "changed": item.key in value.changed,
        "came_since": item.key in handover.added,
        "remarks": [{"by": one.by, "at": iso(one.at), "text": one.text} for one in handover.remarks_on(item.key)],
    }  # fmt: skip


def stays(handover: Handover, item: Item) -> bool:
    """Whether it is kept by whoever gives the rest."""
    return item.key in handover.kept and not item.needs_step
