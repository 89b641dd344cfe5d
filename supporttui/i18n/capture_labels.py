"""What is said of a call that became a ticket: the same at the desk and in the shell."""

from collections.abc import Mapping

from supporttui.domain.capture import Why
from supporttui.domain.marking import mark
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import terms
from supporttui.i18n.catalogue import Words
from supporttui.usecases.capturing import Logged

_WHY: Mapping[Why, str] = {
    Why.said: mark("{ticket} is open for {service}, {priority}: {title}"),
    Why.named: mark("{ticket} is open for {service} (named in the line), {priority}: {title}"),
    Why.alike: mark("{ticket} is open for {service} (as others with these words), {priority}: {title}"),
    Why.last: mark("{ticket} is open for {service} (your last one), {priority}: {title}"),
    Why.only: mark("{ticket} is open for {service}, {priority}: {title}"),
}


def logged(words: Words, found: Logged, *, prefix: str) -> SafeText:
    """Its number, for which service it is, and how that is known."""
    told = words.t(
        _WHY[found.guess.why], ticket=f"{prefix}{found.ticket.id}",
        service=safe_text(found.service_name, one_line=True, limit=40),
        priority=terms.priority_short(found.ticket.priority),
        title=safe_text(found.ticket.title, one_line=True, limit=60),
    )  # fmt: skip
    return safe_text(told, one_line=True, limit=240)
