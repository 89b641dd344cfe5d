"""What somebody has worked on, in a table."""

from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.usecases.exposure import Exposed


def heads(words: Words) -> tuple[str, ...]:
    """Above it."""
    return (
        words.t("Process"), words.t("Service"), words.t("Category"), words.t("Tickets"), words.t("Resolved"),
        words.p("column", "Last"),
    )  # fmt: skip


def row(words: Words, found: Exposed, now: Instant) -> tuple[str, ...]:
    """One process, or what is about none."""
    named = (safe_text(text, one_line=True, limit=80) or "-" for text in (found.process, found.service, found.category))
    return (*named, str(found.tickets), str(found.ended), times.near(found.last, now, words.zone))
