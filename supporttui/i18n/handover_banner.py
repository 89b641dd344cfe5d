"""What waits for the reader of a handover: on the first line of the desk and in ``supporttui status``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n.catalogue import Words
from supporttui.i18n.times import soon

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.views import Waiting


def banner(words: Words, waiting: Waiting, names: Mapping[str, str], now: Instant) -> tuple[str, ...]:
    """What is to be handed over, answered, or read and accepted; then shorter."""
    person = safe_text(names.get(waiting.person, waiting.person), one_line=True, limit=16)
    if not waiting.giving:
        return _to_take(words, waiting, person)
    if waiting.asked:
        asked = words.n("{person} asks about {n} item", "{person} asks about {n} items", waiting.asked, person=person)
        return (asked, words.n("{n} question", "{n} questions", waiting.asked))
    time = soon(waiting.at, now, words.zone)
    return (words.t("hand over to {person} by {time}", person=person, time=time), words.t("hand over"))


def _to_take(words: Words, waiting: Waiting, person: str) -> tuple[str, ...]:
    left = words.n("{n} to read", "{n} to read", waiting.unread)
    if waiting.asked:
        left = f"{left}, {words.n('{n} answer', '{n} answers', waiting.asked)}"
    long = words.n("{person} hands over {n} item - {read}", "{person} hands over {n} items - {read}",
                   waiting.items, person=person, read=left)  # fmt: skip
    return (long, words.t("take over"))
