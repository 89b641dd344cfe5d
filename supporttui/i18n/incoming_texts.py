"""What came in, in words for the shell: what became of a message, lists of reports and of signs of life."""

from collections.abc import Iterator, Mapping

from supporttui.domain.events import Signal
from supporttui.domain.incoming.report import Report
from supporttui.domain.marking import mark, mark_in
from supporttui.domain.text import safe_text
from supporttui.i18n import terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.field_labels import field
from supporttui.i18n.incoming_labels import signal
from supporttui.usecases.incoming.reading import Entry, Waited
from supporttui.usecases.incoming.taking import Outcome, Taken

_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.opened: mark("{ticket} was opened."),
    Outcome.folded: mark("Counted on {ticket}."),
    Outcome.reopened: mark("{ticket} is open again."),
    Outcome.over: mark("It is over; noted on {ticket}."),
    Outcome.resolved: mark("It is over; {ticket} is resolved."),
    Outcome.noted: mark("Noted on {ticket}."),
    Outcome.flooded: mark("Too much at once: counted on {ticket}."),
    Outcome.left_out: mark("Left out ({reason})."),
    Outcome.known: mark("Taken in before; nothing was changed."),
    Outcome.unmatched: mark("It is over, and no ticket is open for it."),
}
_REASONS: Mapping[str, tuple[str, str]] = {
    "mail.ours": mark_in("left out", "the program's own mail"),
    "mail.answer": mark_in("left out", "an automatic answer"),
    "mail.bounce": mark_in("left out", "mail that could not be delivered"),
    "mail.automatic": mark_in("left out", "mail that a program wrote"),
    "mail.rule": mark_in("left out", "by a rule of the source"),
    "mail.known": mark_in("left out", "taken in before"),
}
_SIGN = mark("Sign of life taken.")


def taken(words: Words, one: Taken, prefix: str) -> str:
    """One sentence for what became of a report."""
    if one.outcome is Outcome.noted and one.ticket is None:
        return words.t(_SIGN)
    ticket = f"{prefix}{one.ticket}" if one.ticket is not None else ""
    reason = words.p(*_REASONS[one.why]) if one.why in _REASONS else one.why
    return words.t(_OUTCOMES[one.outcome], ticket=ticket, reason=reason)


def report(words: Words, one: Report) -> Iterator[tuple[str, str]]:
    """What a message was read as: each field with its name."""
    none = words.p("value", "none")
    yield words.t("key"), one.key or none
    yield words.t("report"), words.p(*_REASONS["mail.rule"]) if one.left_out else signal(words, one.state)
    told = {
        "service": one.service, "kind": terms.kind(words, one.kind), "impact": terms.level(words, one.impact),
        "urgency": terms.level(words, one.urgency), "category": one.category, "requester": one.requester,
        "language": one.language, "text": safe_text(one.text, one_line=True, limit=200),
    }  # fmt: skip
    yield from ((field(words, name), value or none) for name, value in told.items())
    if one.window is not None:
        start, end = (times.stamp(at, words.zone) for at in (one.window.start, one.window.end))
        yield field(words, "announcement"), words.t("{start} to {end}", start=start, end=end)


def heads(words: Words) -> tuple[str, ...]:
    """What the columns of a list of reports are called."""
    return (
        words.t("Ticket"), words.t("Source"), words.t("What"), words.t("Reports"), words.t("Report"), words.t("Last"),
        words.t("State"), words.t("Acknowledged by"),
    )  # fmt: skip


def entry(words: Words, one: Entry, names: Mapping[str, str], *, prefix: str) -> tuple[str, ...]:
    """One report in such columns."""
    alert, by = one.alert, one.acknowledged_by
    return (
        f"{prefix}{alert.ticket}", safe_text(names.get(alert.source, alert.source), one_line=True, limit=20),
        safe_text(one.title, one_line=True, limit=40), str(alert.count), signal(words, Signal(alert.state)),
        times.stamp(alert.last_at, words.zone), terms.state(words, one.state),
        "-" if by is None else safe_text(names.get(by, by), one_line=True, limit=20),
    )  # fmt: skip


def beat_heads(words: Words) -> tuple[str, ...]:
    """What the columns of a list of signs of life are called."""
    return words.t("Sign of life"), words.t("Now"), words.t("Last"), words.t("Silent from")


def beat(words: Words, one: Waited) -> tuple[str, ...]:
    """One of them in such columns."""
    sign = one.sign
    last = "-" if sign is None else times.stamp(sign.last_at, words.zone)
    due = "-" if sign is None or sign.due is None else times.stamp(sign.due, words.zone)
    now = "-" if sign is None else signal(words, Signal.silent if one.silent else Signal.resumed)
    return safe_text(one.beat.name or one.beat.id, one_line=True, limit=30), now, last, due
