"""Who is on duty, found by looking at a wall clock every five minutes: slow, and written from the rules alone.

It knows nothing of slots found by arithmetic, of sweeps or of resolved times. A handoff or the begin of a
window has come once the clock has ever shown its time or more; a window is over once the clock will never
again show less than its end. Everything in a plan asked of it lies on whole five minutes.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

from supporttui.domain.rota.pinned import PinnedFallback
from supporttui.domain.rota.schedule import Advance, LayerMode, OverrideKind, Unit

STEP = 300
DAY = timedelta(days=1)
LENGTHS = {Unit.hour: timedelta(hours=1), Unit.day: DAY, Unit.week: 7 * DAY}


class Clock:
    """What the clock of a zone has shown at most, and will show at least, at each step of a span."""

    def __init__(self, zone: str, start: int, end: int) -> None:
        self.start, where = start, ZoneInfo(zone)
        reach = 3 * 86400
        shown = [
            datetime.fromtimestamp(at, where).replace(tzinfo=None, fold=0)
            for at in range(start - reach, end + reach, STEP)
        ]
        skip = reach // STEP
        self.most = list(accumulate(shown, max))[skip:]
        self.least = list(accumulate(reversed(shown), min))[::-1][skip:]

    def first(self, wall: datetime) -> int:
        """When it has first shown a time or more."""
        return self.start + bisect_left(self.most, wall) * STEP

    def begun(self, at: int) -> datetime:
        return self.most[(at - self.start) // STEP]

    def over(self, wall: datetime) -> int:
        """When it will never again show less."""
        return self.start + bisect_left(self.least, wall) * STEP


@cache
def watched(zone: str, start: int, end: int) -> Clock:
    return Clock(zone, start, end)


class Watch:
    """Answers for one snapshot within a span, both on whole five minutes."""

    def __init__(self, plan, start: int, end: int) -> None:
        self.plan, self.span = plan, (start, end)

    def clock(self, zone: str) -> Clock:
        return watched(zone, *self.span)

    @cached_property
    def versions(self):
        return sorted(self.plan.versions, key=lambda v: -(10**18) if v.valid_from is None else v.valid_from)

    def people(self, at: int, level: int) -> tuple[str, ...]:
        for record in sorted(self.plan.records, key=lambda r: r.recorded_at, reverse=True):
            if record.level == level and record.start <= at < record.end:
                return record.people
        rota = next((v.rota for v in reversed(self.versions) if v.valid_from is None or v.valid_from <= at), None)
        found = [] if rota is None else self.changed(rota, at, level)
        found = self.pinned(found, at, level)
        return tuple(dict.fromkeys(who for who, _ in found if self.may(rota, who, at)))

    # --- layers

    def base(self, rota, at: int, level: int):
        if any(gap.start <= at < gap.end for gap in rota.intended_gaps):
            return []
        winners, joining = [], []
        for layer in rota.layers:
            if layer.level == level:
                own = [(who, layer.name) for who in self.layer(rota, layer, at)]
                if layer.mode is not LayerMode.wins:
                    joining += own
                elif not winners:
                    winners = own
        return winners + joining

    def layer(self, rota, layer, at: int):
        if (layer.valid_from is not None and at < layer.valid_from) or (
            layer.valid_to is not None and at >= layer.valid_to
        ):
            return ()
        rotation = self.in_force(rota, layer, at, len(layer.rotations))
        if rotation is None or not rotation.turns or not self.is_open(rota, layer, at):
            return ()
        return rotation.turns[self.index(rota, layer, rotation, at) % len(rotation.turns)]

    def in_force(self, rota, layer, at: int, count: int):
        """Of the first so many versions the newest that has taken over by then."""
        ordered = sorted(layer.rotations, key=lambda r: -(10**18) if r.valid_from is None else r.valid_from)
        for i in range(count - 1, -1, -1):
            since = ordered[i].valid_from
            if since is None or (since <= at and self.has_taken_over(rota, layer, ordered, i, at)):
                return ordered[i]
        return None

    def has_taken_over(self, rota, layer, ordered, i: int, at: int) -> bool:
        since = ordered[i].valid_from
        before = self.in_force(rota, layer, since, i)
        if ordered[i].at_once or before is None or not before.turns:
            return True
        turn = [self.index(rota, layer, before, moment) for moment in (since - STEP, since, at)]
        return turn[0] != turn[1] or turn[1] != turn[2]

    def index(self, rota, layer, rotation, at: int) -> int:
        """How many turns have begun since the anchor."""
        if rotation.unit is Unit.hour and 24 % rotation.every:
            near = int(rotation.anchor.replace(tzinfo=UTC).timestamp()) // STEP * STEP
            origin = watched(layer.zone or rota.zone, near - 86400, near + 86400).first(rotation.anchor)
            return (at - origin) // (rotation.every * 3600)
        shown = self.shows(rota, layer, at)
        if rotation.unit is Unit.month:
            return self.months(rotation, shown)
        if rotation.advance is Advance.time:
            return (shown - rotation.anchor) // (LENGTHS[rotation.unit] * rotation.every)
        days = (shown - rotation.anchor) // DAY
        first = rotation.anchor.date()
        counted = sum(self.counts(rota, layer, rotation, first + n * DAY) for n in range(days))
        counted -= sum(self.counts(rota, layer, rotation, first + n * DAY) for n in range(days, 0))
        return counted // rotation.every

    def shows(self, rota, layer, at: int) -> datetime:
        return self.clock(layer.zone or rota.zone).begun(at)

    def months(self, rotation, shown: datetime) -> int:
        number = -100
        while month_of(rotation.anchor, (number + 1) * rotation.every) <= shown:
            number += 1
        return number

    def counts(self, rota, layer, rotation, day: date) -> bool:
        """Whether a window begins from one handoff up to the next."""
        if not layer.restrictions:
            return True
        handoff = datetime.combine(day, rotation.anchor.time())
        return any(
            handoff <= datetime.combine(one, window.start) < handoff + DAY and self.applies(rota, layer, window, one)
            for window in layer.restrictions
            for one in (day, day + DAY)
        )

    def applies(self, rota, layer, window, day: date) -> bool:
        weekday = layer.holiday_as if layer.holiday_as and day in rota.holidays else day.isoweekday()
        return weekday in window.days

    def is_open(self, rota, layer, at: int) -> bool:
        if not layer.restrictions:
            return True
        begins = []
        if layer.elastic_end:
            level = [one for one in rota.layers if one.level == layer.level]
            here = level.index(layer)
            follower = next((one for one in level[here + 1 :] + level[:here] if takes_over(one)), None)
            if follower is not None:
                begins = [b for b, _ in self.hours(rota, follower) if inside(follower.valid_from, follower.valid_to, b)]
        for begin, end in self.hours(rota, layer):
            joint = min((b for b in begins if b > begin), default=None)
            if begin <= at < (joint if joint is not None and joint <= end + 3 * 3600 else end):
                return True
        return False

    def hours(self, rota, layer):
        """Each window from when its begin was first shown until nothing before its end is shown again."""
        clock = self.clock(layer.zone or rota.zone)
        day, last = clock.begun(self.span[0]).date(), clock.begun(self.span[1]).date()
        while day <= last:
            for window in layer.restrictions:
                until = day if window.end > window.start else day + DAY
                begin = clock.first(datetime.combine(day, window.start))
                end = clock.over(datetime.combine(until, window.end))
                if begin < end and self.applies(rota, layer, window, day):
                    yield begin, end
            day += DAY

    # --- over the layers

    def changed(self, rota, at: int, level: int):
        entries = self.base(rota, at, level)
        level_of = {layer.name: layer.level for layer in rota.layers}
        first = min(level_of.values(), default=1)
        acting = []
        for one in sorted((*rota.overrides, *self.plan.overrides), key=lambda o: (o.created_at, o.id)):
            placed = level_of.get(one.layer) if one.layer is not None else one.level
            if placed is None and one.layer is None:
                placed = first if one.kind is OverrideKind.add else level
            if one.start <= at < one.end and placed == level and one.level in (None, level):
                acting.append(one)
        for i, one in enumerate(acting):
            if one.kind is OverrideKind.add:
                entries = [*entries, (one.person, one.layer)]
                continue
            after = []
            for entry in entries:
                if not meant(one, entry) or any(meant(newer, entry) for newer in acting[i + 1 :]):
                    after.append(entry)
                elif one.kind is OverrideKind.replace:
                    after.append((one.person, entry[1]))
            entries = after
        return entries

    def pinned(self, entries, at: int, level: int):
        acting = [
            p for p in self.plan.pinned
            if p.start <= at < p.end and (not p.shifts or any(s.level == level for s in p.shifts))
        ]  # fmt: skip
        if not acting:
            return entries
        period = max(acting, key=lambda p: (p.start, p.id))
        shifts = [s for s in period.shifts if s.level == level and s.start <= at < s.end]
        if shifts:
            return [(who, None) for s in sorted(shifts, key=lambda s: (s.start, s.end, s.people)) for who in s.people]
        return entries if period.fallback is PinnedFallback.layers else []

    def may(self, rota, who: str, at: int) -> bool:
        bounds = [v for v in (rota.validities if rota is not None else ()) if v.person == who]
        if bounds and not any(inside(v.start, v.end, at) for v in bounds):
            return False
        return all(
            p.may_be_on_call and inside(p.valid_from, p.valid_to, at) for p in self.plan.people if p.id == who
        )  # fmt: skip


def takes_over(layer) -> bool:
    return bool(layer.restrictions) and layer.mode is LayerMode.wins


def meant(override, entry) -> bool:
    who, layer = entry
    if override.kind is OverrideKind.add or override.layer not in (None, layer):
        return False
    place = override.in_place_of if override.kind is OverrideKind.replace else override.person
    return place in (None, who)


def inside(start, end, at: int) -> bool:
    return (start is None or start <= at) and (end is None or at < end)


def month_of(anchor: datetime, months: int) -> datetime:
    month = anchor.month - 1 + months
    first = anchor.replace(year=anchor.year + month // 12, month=month % 12 + 1, day=1)
    last = ((first + timedelta(days=32)).replace(day=1) - DAY).day
    return first.replace(day=min(anchor.day, last))
