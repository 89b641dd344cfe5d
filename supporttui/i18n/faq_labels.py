"""Words of what the desk knows by heart."""

from collections.abc import Mapping

from supporttui.domain.marking import mark
from supporttui.i18n.catalogue import Words
from supporttui.usecases.faq import Answer, FaqKind

_KINDS: Mapping[FaqKind, str] = {
    FaqKind.procedure: mark("Procedure"),
    FaqKind.lesson: mark("Lesson"),
    FaqKind.reply: mark("Reply"),
}


def head(words: Words, one: Answer) -> str:
    """What it is, and what it is called."""
    kind = words.t(_KINDS[one.kind])
    return words.t("{what}: {text}", what=kind, text=one.title) if one.title else kind
