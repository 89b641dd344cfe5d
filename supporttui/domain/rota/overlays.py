"""What lies over the layers of a level, one function a rule; each sees what the one before has left."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.drafts import Draft, Entry, laid
from supporttui.domain.rota.overrides import covered
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.rota.records import DutyRecord
from supporttui.domain.rota.schedule import IntendedGap, Override
from supporttui.domain.rota.validity import Bar
from supporttui.domain.spans import Instant, Span


def people_of(entries: Sequence[Entry]) -> tuple[PersonId, ...]:
    """Each once, in the order in which they are called."""
    if len(entries) == 1:
        return (entries[0].person,)
    return tuple(dict.fromkeys(entry.person for entry in entries))


def intended(drafts: Sequence[Draft], gaps: Sequence[IntendedGap]) -> Sequence[Draft]:
    """Turns are void where nobody is meant to be on duty."""

    def rule(draft: Draft, _: object) -> Draft:
        return draft._replace(entries=(), cause=Cause.intended)

    return laid(drafts, gaps, rule) if gaps else drafts


def overridden(drafts: Sequence[Draft], overrides: Sequence[Override]) -> Sequence[Draft]:
    """What overrides of the level make of it, given oldest first."""

    def rule(draft: Draft, active: list[Override]) -> Draft:
        start, end, before, _ = draft
        after = covered(before, active)
        if people_of(after) == people_of(before):
            return draft
        return Draft(start, end, after, Cause.override if after else Cause.removed)

    return laid(drafts, overrides, rule) if overrides else drafts


def admitted(drafts: Sequence[Draft], bars: Sequence[Bar]) -> Sequence[Draft]:
    """Without those who are barred; where that leaves nobody it is a gap that says so."""

    def rule(draft: Draft, active: list[Bar]) -> Draft:
        barred = {bar.person for bar in active}
        after = tuple(entry for entry in draft.entries if entry.person not in barred)
        return draft._replace(entries=after, cause=Cause.not_valid if draft.entries and not after else draft.cause)

    return laid(drafts, bars, rule) if bars else drafts


# --- pinned periods --------------------------------------------------------------------------------


class Pin(NamedTuple):
    """A pinned period, or a shift of it, as far as it acts in one level."""

    start: Instant
    end: Instant
    period: PinnedPeriod
    shift: PinnedShift | None


def pins(periods: Iterable[PinnedPeriod], level: int, window: Span) -> list[Pin]:
    """The periods that concern a level in a window, and their shifts, in the order of time."""
    found: list[Pin] = []
    touching = [p for p in periods if window.touches(p) and p.concerns(level)]
    for period in sorted(touching, key=lambda p: (p.start, p.id)):
        found.append(Pin(period.start, period.end, period, None))
        shifts = [shift for shift in period.shifts if shift.level == level]
        for shift in sorted(shifts, key=lambda s: (s.start, s.end, s.people)):
            pin = Pin(max(shift.start, period.start), min(shift.end, period.end), period, shift)
            if pin.start < pin.end:
                found.append(pin)
    return found


def pinned(drafts: Sequence[Draft], over: Sequence[Pin]) -> Sequence[Draft]:
    """What pinned periods put in the place of the plan."""

    def rule(draft: Draft, active: list[Pin]) -> Draft:
        period = winner(active)
        shifts = [pin.shift for pin in active if pin.shift is not None and pin.period is period]
        if shifts:
            people = dict.fromkeys(person for shift in shifts for person in shift.people)
            return draft._replace(entries=tuple(Entry(person, None) for person in people), cause=Cause.pinned)
        if period.fallback is PinnedFallback.layers:
            return draft
        return draft._replace(entries=(), cause=Cause.unpinned)

    return laid(drafts, over, rule) if over else drafts


def winner(active: Sequence[Pin]) -> PinnedPeriod:
    """Of the periods at one instant the one that begins last."""
    return max((pin.period for pin in active), key=lambda period: (period.start, period.id))


# --- the past ----------------------------------------------------------------------------------------


def of_past(records: Iterable[DutyRecord], rota: RotaId, level: int, window: Span) -> list[DutyRecord]:
    """The records of a rota's level that touch a window, what was recorded last at the end."""
    touching = (
        record for record in records if record.level == level and record.rota == rota and window.touches(record)
    )
    return sorted(touching, key=lambda r: (r.recorded_at, r.start, r.end, r.people))


def recorded(drafts: Sequence[Draft], records: Sequence[DutyRecord]) -> Sequence[Draft]:
    """What was recorded holds."""

    def rule(draft: Draft, active: list[DutyRecord]) -> Draft:
        record = active[-1]
        entries = tuple(Entry(person, record.layer if i == 0 else None) for i, person in enumerate(record.people))
        return draft._replace(entries=entries, cause=record.cause)

    return laid(drafts, records, rule) if records else drafts


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """Neighbours that give the same answer as one."""
    found: list[Draft] = []
    cause: Cause | None = None
    entries: tuple[Entry, ...] = ()
    for draft in drafts:
        _, end, next_entries, next_cause = draft
        # The same place of the first is asked before the same people, as mostly somebody else is next.
        if next_cause is cause and next_entries[:1] == entries[:1] and people_of(next_entries) == people_of(entries):
            found[-1] = Draft(found[-1].start, end, entries, cause)
        else:
            entries, cause = next_entries, next_cause
            found.append(draft)
    return found
