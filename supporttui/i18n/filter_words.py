"""The language of filters in the reader's words: names of fields and values beside their codes.

What is stored is a code (``domain/filter/spelling.py``); these words are only a way to type it.
"""

from collections.abc import Mapping

from supporttui.domain.marking import mark_in
from supporttui.domain.priorities import Priority
from supporttui.domain.states import Kind, State
from supporttui.i18n import terms
from supporttui.i18n.catalogue import Words

Label = tuple[str, str]

# Translators: one word each, as a person would type it before a colon: state:new.
_FIELDS: Mapping[str, Label] = {
    "is": mark_in("field of a filter", "is"),
    "state": mark_in("field of a filter", "state"),
    "priority": mark_in("field of a filter", "priority"),
    "owner": mark_in("field of a filter", "owner"),
    "resolver": mark_in("field of a filter", "resolver"),
    "team": mark_in("field of a filter", "team"),
    "service": mark_in("field of a filter", "service"),
    "kind": mark_in("field of a filter", "kind"),
    "category": mark_in("field of a filter", "category"),
    "requester": mark_in("field of a filter", "requester"),
    "due": mark_in("field of a filter", "due"),
    "created": mark_in("field of a filter", "created"),
    "updated": mark_in("field of a filter", "updated"),
    "worked": mark_in("field of a filter", "worked"),
    "hops": mark_in("field of a filter", "hops"),
    "chases": mark_in("field of a filter", "chases"),
    "attention": mark_in("field of a filter", "attention"),
    "ref": mark_in("field of a filter", "reference"),
    "lang": mark_in("field of a filter", "language"),
    "text": mark_in("field of a filter", "text"),
    "shift": mark_in("field of a filter", "shift"),
}
# Translators: what a ticket is, one word each, as a person would type it after "is:".
_FLAGS: Mapping[str, Label] = {
    "open": mark_in("is, in a filter", "open"),
    "closed": mark_in("is, in a filter", "closed"),
    "breached": mark_in("is, in a filter", "breached"),
    "atrisk": mark_in("is, in a filter", "at risk"),
    "critical": mark_in("is, in a filter", "critical"),
    "paused": mark_in("is, in a filter", "paused"),
    "waiting": mark_in("is, in a filter", "waiting"),
    "unassigned": mark_in("is, in a filter", "unassigned"),
    "mine": mark_in("is, in a filter", "mine"),
    "acknowledged": mark_in("is, in a filter", "acknowledged"),
    "escalated": mark_in("is, in a filter", "escalated"),
    "stale": mark_in("is, in a filter", "stale"),
    "attention": mark_in("is, in a filter", "attention"),
    "early": mark_in("is, in a filter", "early warning"),
    "promised": mark_in("is, in a filter", "promised"),
    "promisemissed": mark_in("is, in a filter", "promise missed"),
    "major": mark_in("is, in a filter", "major"),
    "announced": mark_in("is, in a filter", "announced"),
    "drill": mark_in("is, in a filter", "drill"),
    "followed": mark_in("is, in a filter", "followed"),
    "snoozed": mark_in("is, in a filter", "snoozed"),
    "merged": mark_in("is, in a filter", "merged"),
    "void": mark_in("is, in a filter", "void"),
    "due_this_shift": mark_in("is, in a filter", "due this shift"),
    "due_before_next_shift": mark_in("is, in a filter", "due before next shift"),
    # Translators: it will be due while nobody is on duty.
    "unattended": mark_in("is, in a filter", "unattended"),
}

# Translators: days, one word each, as a person would type it after "due:".
_DAYS: Mapping[str, Label] = {
    "yesterday": mark_in("day, in a filter", "yesterday"),
    "today": mark_in("day, in a filter", "today"),
    "tomorrow": mark_in("day, in a filter", "tomorrow"),
}


def aliases(words: Words) -> Mapping[str, Mapping[str, str]]:
    """Field (``field`` for their names) → word of the reader → code."""
    flags = {words.p(*label): code for code, label in _FLAGS.items()}
    states = {terms.state(words, state): state.value for state in State}
    return {
        "field": {words.p(*label): code for code, label in _FIELDS.items()},
        "is": flags,
        "state": {words.p(*_FLAGS["open"]): "open", **states},
        "day": {words.p(*label): code for code, label in _DAYS.items()},
        "kind": {terms.kind(words, kind): kind.value for kind in Kind},
        "priority": {terms.priority(words, Priority(n)).partition(" ")[2]: str(n) for n in range(1, 6)},
    }


def field(words: Words, code: str) -> str:
    """The name of a field."""
    label = _FIELDS.get(code)
    return words.p(*label) if label else code


def flag(words: Words, code: str) -> str:
    """A word after ``is:``."""
    label = _FLAGS.get(code)
    return words.p(*label) if label else code
