"""What may be wished of a rota, and the plan that would follow: what is shown before is what is done."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from supporttui.domain.faults import BadInput, NotFound, Refused
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.rota.edits import Turn, continuing, edited, staying
from supporttui.domain.rota.oncall import levels
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod
from supporttui.domain.rota.schedule import Layer, Override, Rota, Rotation
from supporttui.domain.rota.snapshot import Snapshot, Version, in_time, rota_at
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.definitions import checks
from supporttui.usecases.ports import Versioned
from supporttui.usecases.rota.reading import lasting, snapshot
from supporttui.usecases.rules import Rules

Over = TypeVar("Over", Override, PinnedPeriod)
HORIZON = 62 * 86_400
"""So far an edit without end is looked at: two rounds of most rotations."""


@dataclass(frozen=True, slots=True)
class PutOverride:
    """Another person on duty, one more, or one less, for a while."""

    rota: RotaId
    override: Override


@dataclass(frozen=True, slots=True)
class EndOverride:
    """An override that does not hold any more; what it did so far stays."""

    rota: RotaId
    override: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A period whose shifts are set by hand."""

    rota: RotaId
    period: PinnedPeriod


@dataclass(frozen=True, slots=True)
class Unpin:
    """A pinned period that does not hold any more."""

    rota: RotaId
    period: str


@dataclass(frozen=True, slots=True)
class EditRota:
    """Other layers or turns from an instant on; ``None``: from now on, and of a new rota without beginning."""

    rota: Rota
    valid_from: Instant | None = None
    at_once: bool = False
    """Whoever is on turn then does not finish it."""


Wish = PutOverride | EndOverride | Pin | Unpin | EditRota
"""What changes the plan of a rota; a swap is one as well, once it is taken (``swapping.py``)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rota as it is and as it would be."""

    rota: RotaId
    before: Snapshot | None
    """``None``: there is no such rota yet."""
    after: Snapshot
    span: Span
    """Where the two may differ, as far as that is looked at."""


def known(rules: Rules, rota: RotaId) -> Snapshot:
    """The plan of a rota.

    Raises:
        NotFound: ``rota.unknown``.
    """
    found = snapshot(rules, rota)
    if found is None:
        raise NotFound("rota.unknown", rota=rota[:60])
    return found


def proposal(rules: Rules, wish: Wish, now: Instant) -> Proposal:
    """What a wish would do at an instant: nothing before it.

    Raises:
        NotFound: ``rota.unknown``, ``override.unknown``, ``pinned.unknown``, ``person.unknown``,
            ``rota.layer_unknown``, ``rota.line_unknown``.
        Refused: ``rota.past``, ``override.of_swap``, ``operation.known``.
        BadInput: ``definition.…`` for an edit that makes no sense, ``pinned.nothing``, ``pinned.shift_outside``.
    """
    match wish:
        case PutOverride():
            return _put_override(rules, wish, now)
        case EndOverride():
            return _end_override(rules, wish, now)
        case Pin():
            return _pin(rules, wish, now)
        case Unpin():
            return _unpin(rules, wish, now)
        case EditRota():
            return _edit(rules, wish, now)


def from_now(override: Override, now: Instant) -> Override:
    """The part of an override that is not past.

    Raises:
        Refused: ``rota.past``.
    """
    if override.end <= now:
        raise Refused("rota.past", end=override.end)
    return replace(override, start=max(override.start, now))


def _put_override(rules: Rules, wish: PutOverride, now: Instant) -> Proposal:
    before, override = known(rules, wish.rota), from_now(wish.override, now)
    _require_new(override.id, (one.id for one in before.overrides))
    require_people(rules, override.person, override.in_place_of)
    names = [layer.name for version in before.versions for layer in version.rota.layers]
    if override.layer is not None and override.layer not in names:
        raise NotFound("rota.layer_unknown", layer=override.layer[:60], allowed=", ".join(dict.fromkeys(names)))
    if override.level is not None:
        _require_line(before, override.level)
    after = replace(before, overrides=(*before.overrides, override))
    return Proposal(wish.rota, before, after, Span(override.start, override.end))


def _end_override(rules: Rules, wish: EndOverride, now: Instant) -> Proposal:
    before, override = known(rules, wish.rota), override_of(rules, wish)
    if override.swap_id:
        raise Refused("override.of_swap", override=override.id, swap=override.swap_id)
    span = Span(from_now(override, now).start, override.end)
    return Proposal(wish.rota, before, replace(before, overrides=without(before.overrides, override, now)), span)


def _pin(rules: Rules, wish: Pin, now: Instant) -> Proposal:
    before, period = known(rules, wish.rota), pinned_from_now(wish.period, now)
    _require_new(period.id, (one.id for one in before.pinned))
    require_people(rules, *(person for shift in period.shifts for person in shift.people))
    if not period.shifts and period.fallback is PinnedFallback.layers:
        raise BadInput("pinned.nothing")
    for shift in wish.period.shifts:
        _require_line(before, shift.level)
        if shift.start < wish.period.start or shift.end > wish.period.end:
            raise BadInput("pinned.shift_outside")
    after = replace(before, pinned=(*before.pinned, period))
    return Proposal(wish.rota, before, after, Span(period.start, period.end))


def _require_line(plan: Snapshot, line: int) -> None:
    if line not in levels(plan):
        raise NotFound("rota.line_unknown", line=line, allowed=", ".join(map(str, levels(plan))))


def _require_new(key: str, known_ids: Iterable[str]) -> None:
    """Nothing is put over what is there."""
    if key in known_ids:
        raise Refused("operation.known", operation=key)


def pinned_from_now(period: PinnedPeriod, now: Instant) -> PinnedPeriod:
    """The part of a pinned period that is not past. Raises as ``from_now`` does."""
    if period.end <= now:
        raise Refused("rota.past", end=period.end)
    return replace(period, start=max(period.start, now))


def _unpin(rules: Rules, wish: Unpin, now: Instant) -> Proposal:
    before, period = known(rules, wish.rota), period_of(rules, wish)
    span = Span(pinned_from_now(period, now).start, period.end)
    return Proposal(wish.rota, before, replace(before, pinned=without(before.pinned, period, now)), span)


def _edit(rules: Rules, wish: EditRota, now: Instant) -> Proposal:
    _check(rules, wish.rota)
    before, stored = snapshot(rules, wish.rota.id), versions_of(rules, wish, now)
    known_ones = rules.tx.definitions.rotas().get(wish.rota.id, ())
    numbered = [Versioned(one.rota, len(known_ones) + n, one.valid_from) for n, one in enumerate(stored, 1)]
    whole = lasting((*known_ones, *numbered))
    after = Snapshot(whole, people=tuple(rules.people.values())) if before is None else replace(before, versions=whole)
    begin = now if stored[0].valid_from is None else stored[0].valid_from
    return Proposal(wish.rota.id, before, after, Span(begin, Instant(begin + HORIZON)))


def versions_of(rules: Rules, wish: EditRota, now: Instant) -> tuple[Version, ...]:
    """The versions that an edit makes: its own, and after it those that are planned for later, which go on from it.

    Turns that are under way as one begins are left to their end, unless it says otherwise.

    Raises:
        Refused: ``rota.past``.
    """
    before = snapshot(rules, wish.rota.id)
    if before is None:
        return (Version(wish.rota, wish.valid_from),)
    if wish.valid_from is not None and wish.valid_from < now:
        raise Refused("rota.past", end=wish.valid_from)
    start = now if wish.valid_from is None else wish.valid_from
    own = _at_once(wish.rota) if wish.at_once else wish.rota
    made = [Version(staying(rota_at(before, start), own, start), start)]
    for planned in in_time(before):
        if planned.since > start:
            made.append(Version(staying(made[-1].rota, _own(planned), planned.since), planned.since))
    return tuple(made)


def _at_once(rota: Rota) -> Rota:
    return _with_rotations(rota, lambda layer: tuple(replace(one, at_once=True) for one in layer.rotations))


def _own(planned: Version) -> Rota:
    """A version without the turns of before it, which another version may have changed."""

    def begun(layer: Layer) -> tuple[Rotation, ...]:
        new = tuple(one for one in layer.rotations if one.valid_from is not None and one.valid_from >= planned.since)
        return new or layer.rotations

    return _with_rotations(planned.rota, begun)


def _with_rotations(rota: Rota, of: Callable[[Layer], tuple[Rotation, ...]]) -> Rota:
    return replace(rota, layers=tuple(replace(layer, rotations=of(layer)) for layer in rota.layers))


def _check(rules: Rules, rota: Rota) -> None:
    """Its zones and people exist, and each layer has turns. Raises BadInput ``definition.…``."""
    names = checks.Names((), (), (), teams=(), people=rules.people, rotas=(), policies={}, services=())
    for fault in checks.rotas([rota], names):
        raise fault


def with_turns(
    rules: Rules,
    rota: RotaId,
    layer: str,
    turns: Sequence[Turn],
    at: Instant,
    *,
    at_once: bool = False,
    reason: str = "",
) -> EditRota:
    """The edit that gives a layer other turns from an instant on; the order goes on after whoever is on turn then.

    Raises:
        NotFound: ``rota.unknown``.
        BadInput: ``rota.unknown_layer``, ``rota.no_turns``.
    """
    here = rota_at(known(rules, rota), at)
    rotation = replace(continuing(here, layer, turns, at), at_once=at_once, reason=reason.strip())
    return EditRota(edited(here, layer, rotation), at)


def override_of(rules: Rules, wish: EndOverride) -> Override:
    """The override that a wish is about. Raises NotFound ``override.unknown``."""
    found = next((one for one in rules.tx.definitions.overrides(wish.rota) if one.id == wish.override), None)
    if found is None:
        raise NotFound("override.unknown", override=wish.override[:60])
    return found


def period_of(rules: Rules, wish: Unpin) -> PinnedPeriod:
    """The pinned period that a wish is about. Raises NotFound ``pinned.unknown``."""
    found = next((one for one in rules.tx.rotas.pinned(wish.rota) if one.id == wish.period), None)
    if found is None:
        raise NotFound("pinned.unknown", period=wish.period[:60])
    return found


def without(changes: Sequence[Over], ended: Over, now: Instant) -> tuple[Over, ...]:
    """Changes of a plan of which one ends: it stays as far as it is past."""
    left = [one for one in changes if one.id != ended.id]
    if ended.start < now:
        left.append(replace(ended, end=now))
    return tuple(left)


def require_people(rules: Rules, *people: PersonId | None) -> None:
    """Everybody who is named is known. Raises NotFound ``person.unknown``."""
    for person in people:
        if person is not None and person not in rules.people:
            raise NotFound("person.unknown", person=person[:60])
