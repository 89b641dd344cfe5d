"""The form of an escalation policy: its steps, what starts it, what follows silence, who is told last. No Textual."""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial

from supporttui.domain.escalation.policy import Policy
from supporttui.i18n import definition_texts, value_labels
from supporttui.i18n.catalogue import Words
from supporttui.tui.widgets.fields import Field, Known
from supporttui.tui.windows.definition_criteria import criterion
from supporttui.tui.windows.definition_parts import (
    Kind,
    changed,
    choice,
    label,
    line,
    listed,
    of_part,
    priorities,
    shown_priorities,
    whole,
)
from supporttui.tui.windows.definition_promises import length
from supporttui.tui.windows.definition_steps import step
from supporttui.usecases.packing import Known as Definition
from supporttui.usecases.packing import Part


def policy(words: Words, found: Policy, known: Sequence[Definition]) -> Kind:
    """Steps and criteria a line each."""
    fields = (
        line(words, "name", found.name, required=True),
        _code(words, "kind", found.kind),
        listed(words, "steps", found.steps, definition_texts.step, step,
               hint=words.t("One a line, as 10m Second line: on_call 2, person lea; behind ; more: acks 2 or acks all, "
                            "repeat 2, jump 1, only 1 2, hours Europe/Berlin 08:00-18:00/12345, keep.")),
        listed(words, "criteria", found.criteria, definition_texts.criterion, criterion,
               hint=words.t("What starts it or takes its next step, one a line, as late: used 80% resolution; behind ; "
                            "more: from 2, again 1h, most 5, hours. Kinds: {kinds}.",
                            kinds=definition_texts.CRITERIA)),
        Field("rounds", label(words, "rounds"), str(found.rounds), read=whole, required=True),
        Field("repeat_wait", label(words, "repeat_wait"), definition_texts.length(found.repeat_wait), read=length,
              required=True),
        Field("ack_timeout", label(words, "ack_timeout"), empty=None, read=length,
              value="" if found.ack_timeout is None else definition_texts.length(found.ack_timeout),
              hint=words.t("Empty: never.")),
        _code(words, "ack_resume", found.ack_resume),
        Field("priorities", label(words, "priorities"), shown_priorities(found.priorities), read=priorities,
              empty=(), hint=words.t("Those that start it by themselves, as 1, 2.")),
        choice(words, "last_resort", found.last_resort, of_part(known, Part.people)),
    )  # fmt: skip
    return Kind(fields, partial(changed, found))


def _code(words: Words, name: str, value: StrEnum) -> Field:
    """One of what its kind knows."""
    kind = type(value)
    known = tuple(Known(value_labels.code(words, one), one.value) for one in kind)
    return Field(name, label(words, name), value_labels.code(words, value), known=known, read=kind, required=True)
