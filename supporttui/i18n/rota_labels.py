"""Rotas in words: why somebody is on duty, what a change would do, why somebody is away."""

from collections.abc import Iterator, Mapping, Sequence

from supporttui.domain.marking import mark
from supporttui.domain.rota.absences import AbsenceKind
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.coverage import Lack, Shortfall
from supporttui.domain.rota.explain import Reason, Why
from supporttui.domain.rota.lookout import Gap
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.rota.proposals import Merit
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.rota.seams import Overlap
from supporttui.domain.rota.swaps import SwapPiece, SwapState
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span
from supporttui.domain.text import safe_text
from supporttui.i18n import cause_labels, formats, left_out_labels, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import exact
from supporttui.usecases.rota.effects import Effect

MOST = 12
"""Changes that are told one by one; an edit of a rota may have hundreds."""
_ID = 8
"""Characters of an id that tell it from others."""

_ABSENCES: Mapping[AbsenceKind, str] = {
    AbsenceKind.leave: mark("on leave"),
    AbsenceKind.sick: mark("sick"),
    AbsenceKind.training: mark("at a training"),
    AbsenceKind.half_day: mark("away for half a day"),
    AbsenceKind.reserved: mark("reserved for a project"),
}
_SWAPS: Mapping[SwapState, str] = {
    SwapState.asked: mark("asked"),
    SwapState.taken: mark("taken"),
    SwapState.withdrawn: mark("withdrawn"),
    SwapState.expired: mark("expired"),
}
_MERITS: Mapping[Merit, str] = {
    Merit.speaks: mark("speaks the language"),
    Merit.rested: mark("has rested before and after"),
    Merit.longest_rest: mark("has the longest rest"),
    Merit.fewest_hard: mark("has the fewest hard hours"),
    Merit.free_before: mark("has no duty in the two weeks before"),
    Merit.free_after: mark("has no duty in the two weeks after"),
}
_REASONS: Mapping[Why, str] = {
    Why.version: mark("Version {version} of the rota holds, from {start} to {end}."),
    Why.slot: mark("{layer}: slot {slot} of version {version} gives {people}, from {start} to {end}."),
    Why.free_turn: mark("{layer}: slot {slot} is a free turn on purpose, from {start} to {end}."),
    Why.nobody: mark("{layer}: nobody is in the rotation."),
    Why.closed: mark("{layer}: outside its hours."),
    Why.not_begun: mark("{layer}: it has not begun."),
    Why.ended: mark("{layer}: it has ended."),
    Why.below: mark("{layer}: {people} would be next; a higher layer has somebody."),
    Why.beside: mark("{layer}: {people} stands beside them, from {start} to {end}."),
    Why.no_layer: mark("No layer has this line of support."),
    Why.intended: mark("Nobody is meant to be on duty, from {start} to {end}."),
    Why.added: mark("Override {source} adds {people}, from {start} to {end}, by {by}."),
    Why.removed: mark("Override {source} takes {instead} out, from {start} to {end}, by {by}."),
    Why.replaced: mark("Override {source} puts {people} in the place of {instead}, from {start} to {end}, by {by}."),
    Why.swapped: mark("Swap {source} puts {people} in the place of {instead}, from {start} to {end}."),
    Why.hidden: mark("Override {source} ({people}) is hidden by the newer {by}."),
    Why.no_effect: mark("Override {source} ({people}) has no effect: nothing would be otherwise without it."),
    Why.pinned: mark("The plan set by hand {source} gives {people}, from {start} to {end}."),
    Why.pinned_free: mark("The plan set by hand {source} leaves this to nobody, from {start} to {end}."),
    Why.pinned_open: mark("The plan set by hand {source} leaves this to the layers, from {start} to {end}."),
    Why.left: mark("{people} has left."),
    Why.to_come: mark("{people} has not begun yet."),
    Why.barred: mark("{people} may not be on call."),
    Why.away: mark("{people} is not among those who may be on duty then."),
    Why.recorded: mark("Recorded as it was: {people}, from {start} to {end}."),
    Why.differs: mark("The plan of today would say: {people}."),
}


def absence(words: Words, kind: AbsenceKind) -> str:
    """Why somebody is away, as it follows a name."""
    return words.t(_ABSENCES[kind])


def swap_state(words: Words, state: SwapState) -> str:
    """What became of a request."""
    return words.t(_SWAPS[state])


def override(words: Words, found: Override, names: Mapping[str, str]) -> str:
    """Who comes in whose place."""
    who = people(words, [found.person] if found.person else [], names)
    if found.kind is OverrideKind.add:
        return words.t("{person} as well", person=who)
    if found.kind is OverrideKind.remove:
        return words.t("without {person}", person=who if found.person else words.t("anybody"))
    if found.in_place_of is None:
        return words.t("{person} instead of whoever is there", person=who)
    return words.t("{person} instead of {other}", person=who, other=people(words, [found.in_place_of], names))


def pieces(words: Words, found: Sequence[SwapPiece]) -> str:
    """When, and in which line of support."""
    return "; ".join(words.t("{span}, line {line}", span=_span(words, piece.span), line=piece.level) for piece in found)


def people(words: Words, found: Sequence[str], names: Mapping[str, str]) -> str:
    """Names in their order, or that there is nobody."""
    told = ", ".join(names.get(person, person) for person in found)
    return safe_text(told, one_line=True, limit=80) or words.t("NOBODY")


def short(key: str) -> str:
    """An id as far as it tells it from others; the piece of a swap keeps its number."""
    whole, colon, number = key.partition(":")
    return safe_text(f"{whole[:_ID]}{colon}{number}", one_line=True, limit=20)


def reason(words: Words, why: Reason, names: Mapping[str, str]) -> str:
    """One step of the answer to why somebody is on duty, as a sentence."""
    span = why.span or Span(BEGINNING, FOREVER)
    hides = why.why is Why.hidden
    told = words.t(
        _REASONS[why.why],
        version=why.version or 1,
        layer=safe_text(why.layer or words.t("The rota"), one_line=True, limit=30),
        slot="-" if why.slot is None else why.slot,
        people=people(words, why.people, names),
        instead=people(words, [why.instead] if why.instead else [], names)
        if why.instead
        else words.t("whoever is there"),
        source=short(why.source),
        by=short(why.by) if hides else names.get(why.by, why.by) or "-",
        start=moment(words, span.start),
        end=moment(words, span.end),
    )
    note = safe_text(why.note, one_line=True, limit=80)
    return f"{told} ({note})" if note else told


def moment(words: Words, at: Instant) -> str:
    """A date and time of a plan with its zone, as a turn may begin in summer and end in winter; ``-`` for no end."""
    if at in (BEGINNING, FOREVER):
        return "-"
    return f"{formats.day_month(words, at)} {times.clock(at, words.zone)} {times.zone_label(at, words.zone)}"


def lack(words: Words, short: Shortfall) -> str:
    """What is missing from a piece of the plan, and what asks for it if the rota does not."""
    told = _lack(words, short)
    by = safe_text(short.by, one_line=True, limit=40)
    return words.t("{lack}, for {period}", lack=told, period=by) if by else told


def _lack(words: Words, short: Shortfall) -> str:
    if short.lack is Lack.no_speaker:
        return words.t("nobody speaks {language}", language=formats.language(words, short.language))
    return words.t("too few people") if short.lack is Lack.too_few else words.t("NOBODY")


def gap_cause(words: Words, gap: Gap, names: Mapping[str, str]) -> str:
    """Why nobody is there, and who would be."""
    told = cause_labels.cause(words, gap.duty.cause.value)
    return f"{told}: {people(words, gap.people, names)}" if gap.people else told


def overlap(words: Words, double: Overlap) -> tuple[str, str]:
    """That two layers are on at once, and which by which change."""
    layers = formats.listing(words, [safe_text(name, one_line=True, limit=40) for name in double.layers])
    return words.t("two layers at once"), f"{cause_labels.cause(words, Cause.clock_change.value)}: {layers}"


def merit(words: Words, what: Merit) -> str:
    """What speaks for somebody who could take over."""
    return words.t(_MERITS[what])


def bounds(words: Words, start: Instant, end: Instant) -> tuple[str, str]:
    """From when until when, in digits and few cells, for two columns of a table; the zone stands elsewhere."""
    return times.stamp(start, words.zone), times.near(end, start, words.zone)


# --- what a change would do ---------------------------------------------------------------------------


def effect(words: Words, found: Effect) -> tuple[str, ...]:
    """What a change does, a line each: first who is on duty instead of whom, then what is wrong with that."""
    if not found.changes and not found.hours:
        return (words.t("No effect: the same people are on duty."),)
    return (*_changes(words, found), *_troubles(words, found), *_hours(words, found))


def _changes(words: Words, found: Effect) -> Iterator[str]:
    for change in found.changes[:MOST]:
        yield words.t(
            "{span}, line {line}: {after} instead of {before}",
            span=_span(words, change.after.span), line=change.after.level,
            after=people(words, change.after.people, found.names),
            before=people(words, change.before.people, found.names),
        )  # fmt: skip
    if len(found.changes) > MOST:
        rest = len(found.changes) - MOST
        yield words.n("and {n} more change", "and {n} more changes", rest)


def _troubles(words: Words, found: Effect) -> Iterator[str]:
    for gap in found.gaps[:MOST]:
        yield words.t("NEW GAP: {gap}", gap=gap_line(words, gap))
    for one in found.away[:MOST]:
        yield words.t(
            "{person} is {absence} then: {span}",
            person=found.names.get(one.person, one.person), absence=absence(words, one.absence.kind),
            span=_span(words, one.span),
        )  # fmt: skip
    for piece in found.doubled[:MOST]:
        yield words.t(
            "{person} is on duty in line {line} at the same time: {span}",
            person=people(words, piece.people, found.names), line=piece.level, span=_span(words, piece.span),
        )  # fmt: skip
    for lacks in found.uncertified[:MOST]:
        for lack in left_out_labels.left_out(words, [lacks.left_out], found.names):
            yield f"{lack}, {_span(words, lacks.span)}"
    for spoken in found.languages[:MOST]:
        told = {"language": formats.language(words, spoken.language), "span": _span(words, spoken.span)}
        if spoken.lost:
            yield words.t("Nobody on duty speaks {language} any more: {span}", **told)
        else:
            yield words.t("Somebody on duty speaks {language} now: {span}", **told)


def _hours(words: Words, found: Effect) -> Iterator[str]:
    for one in found.hours:
        yield words.t(
            "{person}: {after} on duty instead of {before}",
            person=found.names.get(one.person, one.person), after=exact(words, one.after),
            before=exact(words, one.before),
        )  # fmt: skip


def gap_line(words: Words, gap: Duty) -> str:
    """When nobody is on duty, in which line, and why."""
    return words.t(
        "{span}, line {line}: {cause}",
        span=_span(words, gap.span), line=gap.level, cause=cause_labels.cause(words, gap.cause.value),
    )  # fmt: skip


def _span(words: Words, span: Span) -> str:
    return formats.span_month(words, span.start, span.end)
