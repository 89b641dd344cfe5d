"""Service hours in words: the windows of a day, dates with a name, what changes next, and which rule decides."""

from collections.abc import Iterable, Mapping

from supporttui.domain.marking import mark
from supporttui.domain.sla.calendars import Piece
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import cause_labels, formats, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import exact
from supporttui.usecases.service_hours import Change, ChangeKind, Day, Named, Rule, Ruling, Step

_RULES: Mapping[Rule, str] = {
    Rule.weekly: mark("weekly hours"),
    Rule.season: mark("seasonal hours"),
    Rule.special: mark("special date"),
    Rule.holiday: mark("holiday"),
    Rule.break_: mark("break"),
    Rule.period: mark("special period"),
}
_USUAL = frozenset({Reason.closed, Reason.break_})


def windows(words: Words, day: Day, zone: str) -> str:
    """``09:00-12:00, 13:00-17:00`` by the clocks of a zone; the end of the day is 24:00 where that is its own."""
    opened = [_window(piece, day, zone) for piece in day.pieces if piece.open]
    return ", ".join(opened) or words.t("closed")


def _window(piece: Piece, day: Day, zone: str) -> str:
    end = times.clock(piece.span.end, zone)
    if piece.span.end == day.span.end and end == "00:00":
        end = "24:00"
    return f"{times.clock(piece.span.start, zone)}-{end}"


def notes(words: Words, day: Day) -> str:
    """What is not as usual on a date: names of holidays and the like, and a day of 23 or 25 hours."""
    named = (piece for piece in day.pieces if piece.reason not in _USUAL and _is_named(piece))
    texts = [*dict.fromkeys(_said(words, piece) for piece in named)]
    if day.span.seconds % 86_400:
        texts.append(words.t("a day of {hours}", hours=exact(words, day.span.seconds)))
    return formats.listing(words, texts)


def _is_named(piece: Piece) -> bool:
    return not piece.open or bool(piece.name)


def _said(words: Words, piece: Piece) -> str:
    reason = Reason.period if piece.open else piece.reason
    return _with_name(words, cause_labels.reason(words, reason), piece.name)


def _with_name(words: Words, text: str, name: str) -> str:
    if not name:
        return text
    return words.t("{reason} ({name})", reason=text, name=safe_text(name, one_line=True, limit=60))


def named(words: Words, found: Named) -> str:
    """``25 May 2026  holiday (Whit Monday)``."""
    return _with_name(words, cause_labels.reason(words, found.reason), found.name)


def change(words: Words, found: Change) -> str:
    """What changes, without when."""
    name = safe_text(found.name, one_line=True, limit=60)
    match found.kind:
        case ChangeKind.clocks if found.number > 0:
            return words.t("the clocks are put forward by {time}", time=exact(words, found.number))
        case ChangeKind.clocks:
            return words.t("the clocks are put back by {time}", time=exact(words, -found.number))
        case ChangeKind.version:
            return words.t("version {version} of the calendar holds", version=found.number)
        case ChangeKind.period_begins:
            return words.t("{period} begins", period=name)
        case _:
            return words.t("{period} ends", period=name)


def rule(words: Words, value: Rule) -> str:
    """A kind of rule."""
    return words.t(_RULES[value])


def step(words: Words, found: Step) -> str:
    """What holds once a rule is asked too: ``holiday (Whit Monday): closed``."""
    says = words.t("open") if found.is_open else words.t("closed")
    return words.t("{rule}: {says}", rule=_with_name(words, rule(words, found.rule), found.name), says=says)


def ruling(words: Words, found: Ruling, zone: str) -> str:
    """Whether it is open at the instant, and from when to when that holds."""
    span = formats.span(words, found.piece.span.start, found.piece.span.end, zone=zone)
    return words.t("open {span}", span=span) if found.piece.open else words.t("closed {span}", span=span)


def version(words: Words, found: Ruling) -> str:
    """The version of the calendar that is in force."""
    if found.version is None:
        return words.t("no such calendar is defined")
    if found.version.valid_from is None:
        return words.t("version {version}", version=found.version.version)
    since = times.stamp(found.version.valid_from, words.zone)[:10]
    return words.t("version {version} since {date}", version=found.version.version, date=since)


def zones(day: Day, both: Iterable[str]) -> tuple[str, ...]:
    """``CET``, ``JST``: of each zone at a day's noon."""
    noon = Instant((day.span.start + day.span.end) // 2)
    return tuple(times.zone_label(noon, zone) for zone in both)
