"""What the fields of a ticket are called. Loads no domain: faults are worded with it before any ticket is seen."""

from collections.abc import Mapping

from supporttui.domain.marking import mark_in
from supporttui.i18n.catalogue import Words

_FIELDS: Mapping[str, tuple[str, str]] = {
    "title": mark_in("field", "title"),
    "text": mark_in("field", "text"),
    "category": mark_in("field", "category"),
    "requester": mark_in("field", "requester"),
    "language": mark_in("field", "language"),
    "state": mark_in("field", "state"),
    "hold_reason": mark_in("field", "hold reason"),
    "hold_until": mark_in("field", "wait until"),
    "owner": mark_in("field", "owner"),
    "team": mark_in("field", "team"),
    "resolver": mark_in("field", "resolver"),
    "priority": mark_in("field", "priority"),
    "impact": mark_in("field", "impact"),
    "urgency": mark_in("field", "urgency"),
    "acknowledged_by": mark_in("field", "acknowledged by"),
    "acknowledged_at": mark_in("field", "acknowledged at"),
    "resolved_at": mark_in("field", "resolved at"),
    "resolution": mark_in("field", "resolution"),
    "merged_into": mark_in("field", "goes on as"),
    "merged": mark_in("field", "merged tickets"),
    "service": mark_in("field", "service"),
    "kind": mark_in("field", "kind"),
    "zone": mark_in("field", "time zone"),
    "references": mark_in("field", "references"),
    "followers": mark_in("field", "followers"),
    "reminders": mark_in("field", "reminders"),
    "relations": mark_in("field", "relations"),
    "attention": mark_in("field", "attention"),
    "offer": mark_in("field", "offer of ownership"),
    "early": mark_in("field", "early warning"),
    "fix": mark_in("field", "steps of the fix"),
    "promised": mark_in("field", "promised update"),
    "major": mark_in("field", "major incident"),
    "announcement": mark_in("field", "vendor's announcement"),
    "attention_until": mark_in("field", "attention until"),
    "attention_impact": mark_in("field", "stated impact"),
    "attention_reason": mark_in("field", "reason for the attention"),
    "attention_by": mark_in("field", "attention asked for by"),
}


def field(words: Words, name: str) -> str:
    """The name of a ticket's field."""
    label = _FIELDS.get(name)
    return words.p(*label) if label else name
