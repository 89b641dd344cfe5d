"""Moments as people type them."""

from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import Words


def moment(words: Words, text: str, now: Instant, *, past: bool = False) -> Instant:
    """The instant that a text means on the reader's clocks; ``past`` looks back where it could be either.

    Raises:
        BadInput: ``moment.unreadable``.
    """
    from supporttui.i18n import moments  # brings babel and arrow, which a plain queue does not need

    return moments.parse(words, text, now, past=past)
