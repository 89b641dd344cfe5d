"""Where the plan does not give what it must: nobody, too few, nobody who speaks a language."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import islice

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.absence import Absence
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.drafts import Draft, laid
from supporttui.domain.rota.oncall import Duty, duties_of, duty_of, level_drafts, levels
from supporttui.domain.rota.overlays import joined
from supporttui.domain.rota.requirements import Asked, Need, needs, raised
from supporttui.domain.rota.schedule import Rota
from supporttui.domain.rota.shadows import second_layers
from supporttui.domain.rota.snapshot import Plan, in_time, snapshot_of, stretches
from supporttui.domain.rota.speakers import same_language
from supporttui.domain.spans import Instant, Span

Speaks = Mapping[PersonId, Collection[str]]
Levels = Collection[int] | None
Absences = Sequence[Absence]
Shadows = Collection[PersonId]
"""Those who stand on a rota to learn: they are called by nobody, so they cover nothing."""
More = Sequence[Asked]
"""What else the level that is called first must have: disjoint, in the order of time."""

DELIBERATE = frozenset({Cause.intended, Cause.buffer})
"""Gaps that somebody decided on; a warning that is always on is ignored."""


class Lack(StrEnum):
    """What is missing from a piece of the plan, worst first."""

    nobody = "lack.nobody"
    too_few = "lack.too_few"
    no_speaker = "lack.no_speaker"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A piece of the plan in which something required is missing."""

    duty: Duty
    lack: Lack
    language: str = ""
    """For ``no_speaker``: a required language that nobody on duty speaks."""
    by: str = ""
    """The name of what asks for more than the rota; empty: the rota itself asks for it."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A piece of the plan against what is required of it."""

    duty: Duty
    lacks: tuple[Shortfall, ...] = ()
    """The worst first; none where somebody decided that nobody is there."""

    @property
    def intended(self) -> bool:
        """Whether nobody is there on purpose."""
        return not self.duty.people and self.duty.cause in DELIBERATE


def gaps(
    plan: Plan, start: Instant, end: Instant, *, absences: Absences = (), shadows: Shadows = frozenset()
) -> tuple[Duty, ...]:
    """Spans with nobody on duty, by level and time, with their cause; deliberate ones are left out.

    With absences also those in which everybody on duty is away, with shadows those in which only they are there.
    """
    if start >= end:
        return ()
    return tuple(
        duty_of(draft, level)
        for level in levels(plan)
        for draft in attended(level_drafts(plan, start, end, level=level), absences, shadows, second_layers(plan))
        if not draft.entries and draft.cause not in DELIBERATE
    )


def shortfalls(
    plan: Plan, start: Instant, end: Instant, *, speaks: Speaks, at_levels: Levels = None, absences: Absences = (),
    asked: More = (), shadows: Shadows = frozenset(),
) -> tuple[Shortfall, ...]:  # fmt: skip
    """Everything that levels lack of people or languages, deliberate gaps left out.

    ``at_levels``: ``None`` is the level that is called first.
    """
    wanted = levels(plan)[:1] if at_levels is None else at_levels
    graded = coverage(
        plan, start, end, speaks=speaks, at_levels=wanted, absences=absences, asked=asked, shadows=shadows
    )  # fmt: skip
    return tuple(lack for piece in graded for lack in piece.lacks)


def coverage(
    plan: Plan,
    start: Instant,
    end: Instant,
    *,
    speaks: Speaks,
    at_levels: Levels = None,
    absences: Absences = (),
    asked: More = (),
    shadows: Shadows = frozenset(),
) -> tuple[Covered, ...]:
    """The plan of each level, tiling the window, against the required count and languages of its version.

    The level that is called first is held against what else is ``asked`` too.

    Somebody away is not there, nor is a shadow. ``at_levels``: ``None`` is every level.
    """
    if start >= end:
        return ()
    every = levels(plan)
    wanted, first = every if at_levels is None else at_levels, every[:1]
    return tuple(
        Covered(piece, tuple(_lacks(need, piece, speaks)))
        for level in wanted
        for rota, span in stretches(in_time(snapshot_of(plan)), Span(start, end))
        for need, piece in _met(
            _needs(rota, level, span, asked if level in first else ()), _pieces(plan, span, level, absences, shadows)
        )
    )


def attended(
    drafts: Iterable[Draft], absences: Absences, shadows: Shadows = frozenset(), second: Collection[str] = ()
) -> Iterable[Draft]:
    """A plan without those who are away, only learn, or are called ``second`` by their layers; neighbours differ."""

    def rule(draft: Draft, active: list[Absence]) -> Draft:
        away = {absence.person for absence in active}
        after = tuple(entry for entry in draft.entries if entry.person not in away)
        return draft._replace(entries=after, cause=Cause.absent if draft.entries and not after else draft.cause)

    called = joined(map(partial(_without, shadows, second), drafts)) if shadows or second else drafts
    return joined(laid(called, absences, rule)) if absences else called


def _without(shadows: Shadows, second: Collection[str], draft: Draft) -> Draft:
    after = tuple(entry for entry in draft.entries if entry.person not in shadows and entry.layer not in second)
    return draft._replace(entries=after, cause=Cause.learning if draft.entries and not after else draft.cause)


def _pieces(plan: Plan, span: Span, level: int, absences: Absences, shadows: Shadows) -> Sequence[Duty]:
    drafts = level_drafts(plan, span.start, span.end, level=level)
    return duties_of(attended(drafts, absences, shadows, second_layers(plan)), level)


def _needs(rota: Rota | None, level: int, span: Span, asked: More) -> list[Need]:
    found = needs(rota, level, span)
    return list(raised(found, asked) if asked and rota is not None else found)


def _met(asked: Sequence[Need], pieces: Iterable[Duty]) -> Iterator[tuple[Need, Duty]]:
    """Each piece, cut where what is asked for changes, with what that is; both tile one span."""
    i = 0
    for piece in pieces:
        while asked[i].span.end <= piece.span.start:
            i += 1
        for need in islice(asked, i, None):
            if need.span.start >= piece.span.end:
                break
            span = Span(max(piece.span.start, need.span.start), min(piece.span.end, need.span.end))
            yield need, piece if span == piece.span else piece._replace(span=span)


def _lacks(need: Need, piece: Duty, speaks: Speaks) -> Iterator[Shortfall]:
    if not piece.people:
        if piece.cause not in DELIBERATE:
            yield Shortfall(piece, Lack.nobody)
        return
    more = need.more or Asked(need.span)
    if len(piece.people) < need.count:
        yield Shortfall(piece, Lack.too_few)
    elif len(piece.people) < more.count:
        yield Shortfall(piece, Lack.too_few, by=more.by)
    spoken = [language for person in piece.people for language in speaks.get(person, ())]
    for language in dict.fromkeys((*need.languages, *more.languages)):
        if not any(same_language(language, one) for one in spoken):
            yield Shortfall(piece, Lack.no_speaker, language, "" if language in need.languages else more.by)
