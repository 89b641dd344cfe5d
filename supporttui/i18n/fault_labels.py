"""Faults in words: what happened, what it means, what to do; one sentence or two for each code."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from supporttui.domain.faults import Conflict, Param, SupportError
from supporttui.domain.ids import DEFAULT_PREFIX
from supporttui.domain.priorities import Priority
from supporttui.domain.states import Role, State
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import terms, times
from supporttui.i18n.argument_labels import argument
from supporttui.i18n.catalogue import PLACE, Words
from supporttui.i18n.faults.texts import BARE, FAULTS


def fault(
    words: Words, error: SupportError, *, prefix: str = DEFAULT_PREFIX, names: Mapping[str, str] = MappingProxyType({})
) -> SafeText:
    """A sentence for people; ``prefix`` stands before ticket numbers, ``names`` are those of people by id.

    Ticket numbers, people, states, roles, priorities and arguments are told in words, the instant of a conflict in the
    reader's zone, everything else as it is.
    """
    text = sentence(error.code, [name for name, value in error.params.items() if value != ""])
    told = {name: _spoken(words, name, value, prefix=prefix) for name, value in error.params.items()}
    if "person" in told:
        told["person"] = names.get(told["person"], told["person"])
    if isinstance(error, Conflict):
        told["at"] = times.stamp(error.at, words.zone)
        told["changed_by"] = names.get(error.changed_by, error.changed_by)
    if text is None:
        return safe_text(words.t("This did not work ({code}).", code=error.code), one_line=True)
    slip = told.get("suggestion")
    guess = words.t("Did you mean {suggestion}?", suggestion=slip) if slip else ""
    return safe_text(f"{words.t(text, **told)} {guess}".rstrip(), one_line=True)


def sentence(code: str, given: Collection[str]) -> str | None:
    """The English text of a code, the bare one where a name that the full one asks for is not given, or empty."""
    text = FAULTS.get(code)
    if text is None or set(PLACE.findall(text)) <= set(given):
        return text
    return BARE.get(code, text)


def _spoken(words: Words, name: str, value: Param, *, prefix: str) -> str:
    match name, value:
        case "ticket" | "other" | "into", int():
            return f"{prefix}{value}"
        case "priority", int():
            return terms.priority(words, Priority(value))
        case "state", str() if value in State.__members__:
            return terms.state(words, State(value))
        case "role", str() if value in Role.__members__:
            return terms.role(words, Role(value))
        case "argument", str():
            return argument(words, value)
        case _:
            return str(value)
