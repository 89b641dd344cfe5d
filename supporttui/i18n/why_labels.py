"""Why a timer stands where it stands, in words: by what it is measured, what counted, what did not, and the sum."""

from collections.abc import Iterator

from supporttui.domain.marking import mark
from supporttui.domain.reasons import Entry, Grain, Phase, Rest, rest
from supporttui.domain.sla.calendars import Piece
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.sla.timer import TimerState
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import cause_labels, formats, service_labels, terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import exact
from supporttui.usecases.why import Grounds, TimerReason

_RESTS = {
    Rest.night: mark("night"),
    Rest.weekend: mark("weekend"),
    Rest.days_off: mark("days without service hours"),
}
_PAUSES = frozenset({Reason.waiting_requester, Reason.waiting_vendor, Reason.scheduled, Reason.other_pause})
_GRAINS = {
    Grain.piece: mark("every span"),
    Grain.day: mark("by day"),
    Grain.week: mark("by week"),
}


def grain(words: Words, value: Grain) -> str:
    """How finely a story is told."""
    return words.t(_GRAINS[value])


def grounds(words: Words, found: Grounds, now: Instant) -> tuple[str, ...]:
    """The policy line in its parts: service, priority, agreement and hours, each with its version; special periods."""
    periods = formats.listing(words, [safe_text(name, one_line=True, limit=40) for name in found.periods])
    return (
        words.t("Service {service}", service=_service(words, found, now)),
        terms.priority(words, found.priority),
        _agreement(words, found),
        _hours(words, found),
        *([words.t("special period {name}", name=periods)] if periods else []),
    )


def _service(words: Words, found: Grounds, now: Instant) -> str:
    name = safe_text(found.service, one_line=True, limit=40)
    if found.opening is None:
        return name
    return words.t("{service} ({hours})", service=name, hours=service_labels.opening(words, found.opening, now))


def _agreement(words: Words, found: Grounds) -> str:
    if not found.agreement:
        return words.t("no agreement")
    name = safe_text(found.agreement_name or found.agreement, one_line=True, limit=40)
    if found.agreement_from is None:
        return words.t("agreement {name}, version {version}", name=name, version=found.agreement_version)
    since = times.stamp(found.agreement_from, words.zone)[:10]
    return words.t(
        "agreement {name}, version {version} since {date}", name=name, version=found.agreement_version, date=since
    )


def _hours(words: Words, found: Grounds) -> str:
    if found.calendar is None:
        return words.t("round the clock")
    name = safe_text(found.calendar_name, one_line=True, limit=40)
    versions = formats.listing(words, [str(version) for version in found.calendar_versions])
    if not versions:
        return words.t("hours {name} ({zone})", name=name, zone=found.zone)
    return words.t("hours {name}, version {version} ({zone})", name=name, version=versions, zone=found.zone)


def counted(words: Words, entry: Entry) -> str:
    """What a line of the story adds to the used time; a dash if nothing."""
    return exact(words, entry.seconds) if any(part.open for part in entry.parts) else "-"


def cause(words: Words, entry: Entry, zone: str, now: Instant) -> str:
    """Why a line of the story counts or does not; what is left out of it; that it lies ahead, or after due."""
    skipped = list(dict.fromkeys(_piece(words, part, zone, now) for part in entry.skipped))
    if len(entry.parts) == 1 or len(skipped) == 0:
        text = _piece(words, entry.parts[0], zone, now)
    elif len(entry.skipped) == len(entry.parts):
        text = formats.listing(words, skipped)
    else:
        text = words.t("all but {reasons}", reasons=formats.listing(words, skipped))
    if entry.phase is Phase.ahead:
        return words.t("{reason}, still ahead", reason=text)
    late = entry.phase is Phase.late and len(entry.skipped) < len(entry.parts)
    return words.t("{reason}, late", reason=text) if late else text


def _piece(words: Words, part: Piece, zone: str, now: Instant) -> str:
    called = rest(part, zone)
    if called in _RESTS:
        return words.t(_RESTS[called])
    text = cause_labels.reason(words, part.reason)
    if part.name:
        text = words.t("{reason} ({name})", reason=text, name=safe_text(part.name, one_line=True, limit=60))
    if part.reason in _PAUSES and part.span.end == now:
        since = f"{formats.day_short(words, part.span.start)} {times.clock(part.span.start, words.zone)}"
        return words.t("{reason} since {time}", reason=text, time=since)
    return text


def total(words: Words, found: TimerReason) -> str:
    """The last line: the spans add up to the target, or to what was used of it."""
    told, timer = found.sum, found.timer
    figures = {
        "target": exact(words, told.target), "counted": exact(words, told.counted), "ahead": exact(words, told.ahead),
        "left": exact(words, told.left), "late": exact(words, told.late),
    }  # fmt: skip
    if not timer.unmet:
        text = _ended(words, timer.state, **figures)
    elif told.ahead:
        text = words.t("{counted} counted + {ahead} ahead = {target}, the target", **figures)
    elif told.left:
        text = words.t("{counted} counted + {left} left = {target}, the target", **figures)
    else:
        text = words.t("{counted} counted = {target}, the target", **figures)
    return words.t("{sum}; {late} late", sum=text, late=figures["late"]) if told.late else text


def _ended(words: Words, state: TimerState, **figures: str) -> str:
    if state is TimerState.void:
        return words.t("{counted} counted of {target}; no longer measured", **figures)
    return words.t("{counted} counted of {target}", **figures)


def lines(words: Words, found: TimerReason) -> Iterator[str]:
    """What is said of a timer beside its spans: when it began, when it is due, that a breach is on record."""
    timer = found.timer
    yield words.t("began {time}", time=formats.moment(words, timer.started))
    if timer.due is not None:
        yield words.t("due {time}", time=formats.moment(words, timer.due))
    elif timer.state is TimerState.paused:
        yield words.t("due is open while it stands still")
    elif timer.unmet:
        yield words.t("never due: no open hours ahead")
    if timer.breached_at is not None and timer.breached_at != timer.due:
        yield words.t("late on record since {time}", time=formats.moment(words, timer.breached_at))
