"""What stands beside a ticket in words: its attention, its procedure, what was learnt, which criteria are near."""

from collections.abc import Iterator, Mapping

from supporttui.domain.attention import outgrows
from supporttui.domain.procedures import told
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.i18n import criteria_labels, terms, times
from supporttui.i18n.attention_labels import measured
from supporttui.i18n.catalogue import Words
from supporttui.usecases.beside import Beside
from supporttui.usecases.procedures import Offered


def attention(words: Words, ticket: Ticket, *, names: Mapping[str, str], now: Instant) -> str:
    """What attention was raised, until when, for which stated impact and by whom; empty without any."""
    text = _raised(words, ticket, names, now)
    return words.t("Attention: {text}", text=text) if text else ""


def _raised(words: Words, ticket: Ticket, names: Mapping[str, str], now: Instant) -> str:
    level = ticket.attention_at(now)
    if not level or ticket.attention_until is None or ticket.attention_impact is None:
        return ""
    text = words.t(
        "{level} until {time}, stated impact {impact}: {reason}",
        level=terms.attention(words, level), time=times.near(ticket.attention_until, now, words.zone),
        impact=terms.level(words, ticket.attention_impact), reason=ticket.attention_reason,
    )  # fmt: skip
    if ticket.attention_by:
        by = names.get(ticket.attention_by, ticket.attention_by)
        text = words.t("{text} (asked by {person})", text=text, person=by)
    return words.t("{text}. More than its impact.", text=text) if outgrows(ticket, now) else text


def procedure(words: Words, found: Offered) -> str:
    """How far it is, and its name: ``3/5 Mail is down``."""
    return f"{progress(words, found)} {told(found.told.procedure, words.language).name}"


def progress(words: Words, found: Offered) -> str:
    """``3/5``: how many of the steps are behind; at the end the word for it."""
    count = len(found.told.steps)
    behind = 0 if found.shown_run is None else len(found.shown_run.steps)
    if found.shown_run is not None and found.following is None:
        return words.t("{behind}/{count}, at its end", behind=behind, count=count)
    return f"{behind}/{count}"


def corner(words: Words, found: Beside) -> str:
    """How far the procedure is, where there is room for no more; empty without one."""
    return "" if found.procedure is None else words.t("Procedure {text}", text=progress(words, found.procedure))


def brief(words: Words, ticket: Ticket, found: Beside) -> str:
    """All of it in one line; empty where there is nothing."""
    parts = [] if found.procedure is None else [words.t("Procedure {text}", text=procedure(words, found.procedure))]
    if found.lessons:
        parts.append(words.n("{n} lesson", "{n} lessons", len(found.lessons)))
    if ticket.chases:
        parts.append(words.n("asked again {n} time", "asked again {n} times", ticket.chases))
    parts += criteria(words, found)
    return "   ".join(parts)


def criteria(words: Words, found: Beside) -> Iterator[str]:
    """Each criterion that holds or nearly does, with what it measures beside its limit."""
    for gauge in found.near:
        one = gauge.measured.criterion
        value = measured(words, one.kind.value, gauge.measured.value)
        known = {"name": one.id, "value": value, "limit": criteria_labels.limit(words, one)}
        if gauge.measured.holds:
            yield words.t("{name} holds: {value} (limit: {limit})", **known)
        else:
            yield words.t("{name} nearly holds: {value} (limit: {limit})", **known)


def fields(
    words: Words, ticket: Ticket, found: Beside, *, names: Mapping[str, str], now: Instant
) -> Iterator[tuple[str, str]]:
    """Each with its name, for the list of fields."""
    if raised := _raised(words, ticket, names, now):
        yield words.p("column", "Attention"), raised
    if ticket.chases:
        yield words.p("name of a column", "Asked again"), str(ticket.chases)
    if found.procedure is not None:
        yield words.p("column", "Procedure"), procedure(words, found.procedure)
    for lesson in found.lessons:
        yield words.p("column", "Lesson"), lesson.text
    for text in criteria(words, found):
        yield words.p("column", "Criterion"), text
