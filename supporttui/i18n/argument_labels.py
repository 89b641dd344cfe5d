"""What the arguments of actions are called, in forms and in sentences about what was typed."""

from collections.abc import Mapping

from supporttui.domain.marking import mark_in
from supporttui.i18n.catalogue import Words
from supporttui.i18n.field_labels import field

_ARGUMENTS: Mapping[str, tuple[str, str]] = {
    "code": mark_in("argument", "code"),
    "reason": mark_in("argument", "reason"),
    "until": mark_in("argument", "until"),
    "state": mark_in("argument", "waits for"),
    "resume": mark_in("argument", "goes on"),
    "policy": mark_in("argument", "policy"),
    "step": mark_in("argument", "step"),
    "other": mark_in("argument", "other ticket"),
    "into": mark_in("argument", "into ticket"),
    "relation": mark_in("argument", "relation"),
    "start": mark_in("argument", "begins"),
    "end": mark_in("argument", "ends"),
    "promise": mark_in("argument", "next update by"),
    "every": mark_in("argument", "minutes between two"),
    "role": mark_in("argument", "role"),
    "commander": mark_in("argument", "commander"),
    "communication": mark_in("argument", "communication"),
    "scribe": mark_in("argument", "scribe"),
    "asker": mark_in("argument", "asked by"),
    "score": mark_in("argument", "score"),
    "level": mark_in("argument", "level"),
    "verdict": mark_in("argument", "verdict"),
    "refer": mark_in("argument", "refer"),
    "result": mark_in("argument", "result"),
    "number": mark_in("argument", "number"),
    "procedure": mark_in("argument", "procedure"),
    "week": mark_in("argument", "week"),
    "word": mark_in("argument", "its code"),
    "person": mark_in("argument", "person"),
    "system": mark_in("argument", "system"),
    "key": mark_in("argument", "number there"),
    "url": mark_in("argument", "address"),
    "template": mark_in("argument", "template"),
    "delay": mark_in("argument", "delay in seconds"),
    "operation": mark_in("argument", "operation"),
    "ticket": mark_in("argument", "number of the ticket"),
    "fields": mark_in("argument", "field=value"),
    "filter": mark_in("argument", "filter"),
    "view": mark_in("argument", "name of the view"),
    "name": mark_in("argument", "name"),
    "sort": mark_in("argument", "order"),
    "direction": mark_in("argument", "direction"),
    "columns": mark_in("argument", "columns"),
    "form": mark_in("argument", "form"),
    "file": mark_in("argument", "file"),
    "at": mark_in("argument", "moment"),
    "theme": mark_in("argument", "theme"),
    "subject": mark_in("argument", "service or calendar"),
    "source": mark_in("argument", "source"),
    "process": mark_in("argument", "process"),
    "task": mark_in("argument", "task"),
    "authority": mark_in("argument", "authority"),
    "warning": mark_in("argument", "warning"),
    "seen": mark_in("argument", "seen"),
    "tried": mark_in("argument", "tried"),
    "wanted": mark_in("argument", "wanted"),
    "by": mark_in("argument", "by"),
}
"""Arguments that are no field of a ticket, or are called otherwise."""


def argument(words: Words, name: str) -> str:
    """The name of an argument."""
    label = _ARGUMENTS.get(name)
    return words.p(*label) if label else field(words, name)
