"""Faults in words: what happened, what it means, what to do; one sentence or two for each code."""

from collections.abc import Callable, Mapping

from supporttui.domain.events import State
from supporttui.domain.faults import Param, SupportError
from supporttui.domain.priorities import Priority
from supporttui.domain.spans import Instant
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.fault_texts import FAULTS

_INSTANTS = frozenset({"at", "due", "since", "start", "end", "begins", "ends"})


def fault(words: Words, error: SupportError, *, prefix: str = "T-") -> SafeText:
    """A sentence for people; ``prefix`` stands before ticket numbers.

    Instants are told in the reader's zone, states and priorities in words; everything else as it is.
    """
    text = FAULTS.get(error.code)
    names = {name: _spoken(words, name, value, prefix=prefix) for name, value in error.params.items()}
    if text is None:
        return safe_text(words.t("This did not work ({code}).", code=error.code), one_line=True)
    return safe_text(words.t(text, **names), one_line=True)


def _spoken(words: Words, name: str, value: Param, *, prefix: str) -> str:
    if isinstance(value, int):
        spoken = _NUMBERS.get(name)
        if name in _INSTANTS:
            return times.stamp(Instant(value), words.zone)
        return f"{prefix}{value}" if name == "ticket" else spoken(words, value) if spoken else str(value)
    if name == "state" and value in State.__members__:
        return terms.state(words, State(value))
    return value


def _priority(words: Words, value: int) -> str:
    return terms.priority(words, Priority(value))


_NUMBERS: Mapping[str, Callable[[Words, int], str]] = {"priority": _priority}
