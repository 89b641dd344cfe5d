"""Who solved tickets like one, in words: the same in the transfer form, in a window and in the shell."""

from collections.abc import Iterator

from supporttui.domain.similar import Suggestion
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n.catalogue import Words
from supporttui.usecases.suggesting import Suggested

MOST_TICKETS = 3


def suggestion(words: Words, found: Suggested, one: Suggestion, *, prefix: str) -> SafeText:
    """``4 of 5 like this were solved by Network (vpn, router; T-12, T-30)``."""
    name = safe_text(found.names.get(one.authority, one.authority), one_line=True, limit=40)
    shared = ", ".join(safe_text(word, one_line=True, limit=30) for word in one.shared)
    tickets = ", ".join(f"{prefix}{number}" for number in one.tickets[:MOST_TICKETS])
    told = words.t("{solved} of {n} like this were solved by {authority}", solved=one.solved, n=one.of, authority=name)
    return safe_text(f"{told} ({'; '.join(filter(None, (shared, tickets)))})", one_line=True, limit=200)


def lines(words: Words, found: Suggested, *, prefix: str) -> Iterator[tuple[str, str]]:
    """Who solved them, then the tickets: at the left who or which, at the right why."""
    for one in found.found:
        yield found.names.get(one.authority, one.authority), suggestion(words, found, one, prefix=prefix)
    for like in found.likes:
        title = safe_text(like.row.title, one_line=True, limit=60)
        shared = ", ".join(like.shared[:5]) or words.t("same category")
        yield f"{prefix}{like.row.id}", safe_text(f"{title} ({shared})", one_line=True, limit=160)
