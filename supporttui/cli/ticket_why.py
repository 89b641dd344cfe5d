"""``supporttui ticket why``: the timers of a ticket, and of each every span that counts and every one that does not."""

from collections.abc import Iterator, Mapping
from typing import Any

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.known import ticket_of
from supporttui.cli.session import Session
from supporttui.domain.reasons import Entry, Grain, Phase, rest, told
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import Sign, sign_of
from supporttui.domain.text import safe_text
from supporttui.i18n import labels, times, why_labels
from supporttui.i18n.countdown import countdown, exact
from supporttui.usecases import why
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import TimerView
from supporttui.usecases.why import Grounds, Sum, TimerReason, Why

_MARKS: Mapping[Phase, str] = {Phase.counted: "+", Phase.ahead: ">", Phase.late: "!"}


def run(session: Session, *, ticket: str, metric: str | None, by: str) -> None:
    """Say why its timers stand where they stand."""
    wanted = None if metric is None else Metric(metric)

    def read(tx: Transaction) -> Why:
        return why.of(tx, ticket_of(session, tx, ticket), session.now(), metric=wanted)

    found = session.ask(read)
    if session.json:
        reasons = [_as_json(session, reason, found) for reason in found.reasons]
        output.show_json(as_of=shapes.iso(found.now), ticket=found.ticket.id, timers=reasons)
        return
    blocks = ["\n".join(_as_text(session, reason, found, Grain(by))) for reason in found.reasons]
    output.show("\n\n".join(blocks) or session.words.t("No promise was made for this ticket."))


# --- for people ---------------------------------------------------------------------------------------


def _as_text(session: Session, reason: TimerReason, found: Why, grain: Grain) -> Iterator[str]:
    words = session.words
    yield _heading(session, reason, found)
    yield "  " + " | ".join(why_labels.grounds(words, reason.grounds, found.now))
    for line in why_labels.lines(words, reason):
        yield f"  {line}"
    for entry in told(reason.parts, now=found.now, due=reason.timer.due, zone=words.zone, grain=grain):
        yield _entry(session, entry, reason, found)
    yield f"  = {why_labels.total(words, reason)}"


def _heading(session: Session, reason: TimerReason, found: Why) -> str:
    words, timer = session.words, reason.timer
    shown = sign_of(timer, reason.segment, found.now)
    left = shapes.countdown_of(words, reason.segment, found.now)
    whose = safe_text(found.names.get(timer.authority, timer.authority), one_line=True, limit=40)
    figures = {
        "metric": labels.promise(words, timer.metric, whose),
        "target": exact(words, timer.seconds),
        "left": left,
    }
    if timer.unmet and shown is not Sign.breached:
        return words.t("{metric}: {left} left of {target}", **figures)
    if timer.unmet:
        return words.t("{metric}: {target} promised, {left} over", **{**figures, "left": left.lstrip("-")})
    return words.t("{metric}: {target} promised, {sign}", **figures, sign=labels.sign(words, shown))


def _entry(session: Session, entry: Entry, reason: TimerReason, found: Why) -> str:
    """``+`` counts, ``>`` will count, ``!`` is late; nothing in front of what does not count."""
    words, span = session.words, entry.span
    sign = _MARKS[entry.phase] if any(part.open for part in entry.parts) else " "
    start, end = times.stamp(span.start, words.zone), times.near(span.end, span.start, words.zone)
    cause = why_labels.cause(words, entry, reason.grounds.zone, found.now)
    counted = why_labels.counted(words, entry)
    return f"  {sign} {start} – {end}  {countdown(words, span.seconds) if counted == '-' else counted}  {cause}"


# --- for scripts --------------------------------------------------------------------------------------


def _as_json(session: Session, reason: TimerReason, found: Why) -> dict[str, Any]:
    view = TimerView(reason.timer, reason.segment, reason.target)
    entries = told(reason.parts, now=found.now, due=reason.timer.due, zone=session.words.zone)
    return {
        **shapes.timer(session.words, view, found.now),
        "breached_at": shapes.iso(reason.timer.breached_at),
        "grounds": _grounds(reason.grounds),
        "parts": [_part(entry, reason) for entry in entries],
        "sum": _sum(reason.sum),
    }


def _part(entry: Entry, reason: TimerReason) -> dict[str, Any]:
    """``seconds`` is how long it lasts, ``counted`` what it adds to the used time."""
    (part,) = entry.parts
    called = rest(part, reason.grounds.zone)
    return {
        "start": shapes.iso(part.span.start), "end": shapes.iso(part.span.end), "counts": part.open,
        "seconds": part.span.seconds, "counted": part.seconds, "reason": str(part.reason),
        "called": None if called is None else called.value, "name": part.name,
        "ahead": entry.phase is Phase.ahead, "late": entry.phase is Phase.late,
    }  # fmt: skip


def _grounds(found: Grounds) -> dict[str, Any]:
    return {
        "service": found.service, "priority": found.priority, "agreement": found.agreement or None,
        "agreement_version": found.agreement_version or None, "agreement_from": shapes.iso(found.agreement_from),
        "calendar": found.calendar, "calendar_versions": list(found.calendar_versions), "zone": found.zone,
        "periods": list(found.periods), "opening": None if found.opening is None else shapes.opening(found.opening),
    }  # fmt: skip


def _sum(found: Sum) -> dict[str, int]:
    """``counted + ahead + left`` is the target."""
    return {
        "target": found.target, "counted": found.counted, "ahead": found.ahead, "left": found.left, "late": found.late,
    }  # fmt: skip
