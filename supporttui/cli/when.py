"""Moments as people type them."""

from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import Words


def moment(words: Words, text: str, now: Instant, *, past: bool = False, kept: bool = False) -> Instant:
    """The instant that a text means on the reader's clocks; ``past`` looks back where it could be either.

    ``kept``: it will be stored, so a time that the clocks show twice or never is asked about.

    Raises:
        BadInput: ``moment.unreadable``, ``moment.twice``, ``moment.skipped``.
    """
    from supporttui.i18n import moments  # brings babel and arrow, which a plain queue does not need

    return moments.chosen(words, text, now) if kept else moments.parse(words, text, now, past=past)
