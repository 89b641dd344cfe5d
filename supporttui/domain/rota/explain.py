"""Why somebody is on duty at an instant, or nobody: the reasons in the order in which they act."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.drafts import Entry
from supporttui.domain.rota.layers import drafts_of
from supporttui.domain.rota.overlays import people_of, winner
from supporttui.domain.rota.overrides import covered, hiding, takes_place_of
from supporttui.domain.rota.schedule import Layer, LayerMode, Override, OverrideKind, Rota
from supporttui.domain.rota.snapshot import Plan, in_time, snapshot_of
from supporttui.domain.rota.stages import Stages, stages
from supporttui.domain.rota.turns import reigns, turns_of
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span


class Why(StrEnum):
    """What one reason says."""

    version = "why.version"
    """This version of the rota holds."""
    slot = "why.slot"
    """A slot of a layer's rotation gives these people."""
    free_turn = "why.free_turn"
    nobody = "why.nobody"
    closed = "why.closed"
    """The layer is outside its hours."""
    not_begun = "why.not_begun"
    ended = "why.ended"
    below = "why.below"
    """The layer has these people too, but a higher one has somebody."""
    beside = "why.beside"
    """The layer adds these people to whoever is there."""
    no_layer = "why.no_layer"
    intended = "why.intended"
    added = "why.added"
    removed = "why.removed"
    replaced = "why.replaced"
    swapped = "why.swapped"
    """A replacement that a taken swap made."""
    hidden = "why.hidden"
    """An override that a newer one covers."""
    no_effect = "why.no_effect"
    """An override of somebody who is not on duty, or who is anyway."""
    pinned = "why.pinned"
    pinned_free = "why.pinned_free"
    """A pinned period leaves this moment to nobody."""
    pinned_open = "why.pinned_open"
    """A pinned period leaves this moment to the plan."""
    left = "why.left"
    to_come = "why.to_come"
    barred = "why.barred"
    away = "why.away"
    """Between two times of being valid."""
    recorded = "why.recorded"
    differs = "why.differs"
    """What would be computed now is not what was recorded: these people."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the answer; what a step does not know is left at its default."""

    why: Why
    people: tuple[PersonId, ...] = ()
    """Whom the step gives, takes away or speaks of."""
    layer: str | None = None
    span: Span | None = None
    """The slot, override or period itself, uncut."""
    slot: int | None = None
    """Counted from the anchor, which begins slot 0."""
    version: int | None = None
    """Of the rota or of a layer's rotation, by time; the first is 1."""
    source: str = ""
    """The id of the override, swap or period."""
    instead: PersonId | None = None
    """Whose place it was."""
    by: str = ""
    """Who made it, or the id of the override that hides it."""
    note: str = ""
    """The reason that a person gave."""


def explain(plan: Plan, at: Instant, level: int = 1) -> tuple[Reason, ...]:
    """Every reason for who is on duty in a level at an instant, from the plan's version to the record."""
    done = stages(plan, Span(at, Instant(at + 1)), level)
    rota = done.rotas[0]
    parts = [_version(plan, at)]
    if rota is not None:
        parts += [_layers(rota, level, at), _intended(rota, at)]
    return tuple(chain(*parts, _overrides(done), _pinned(done), _bars(done), _records(done)))


def _version(plan: Plan, at: Instant) -> Iterator[Reason]:
    versions = in_time(snapshot_of(plan))
    number = sum(version.since <= at for version in versions)
    ends = versions[number].since if number < len(versions) else FOREVER
    if not number:
        yield Reason(Why.not_begun, span=Span(BEGINNING, ends))
    elif len(versions) > 1 or versions[0].valid_from is not None:
        yield Reason(Why.version, version=number, span=Span(versions[number - 1].since, ends))


_GAPS = {
    Cause.buffer: Why.free_turn,
    Cause.nobody: Why.nobody,
    Cause.restriction: Why.closed,
    Cause.not_begun: Why.not_begun,
    Cause.ended: Why.ended,
}


def _layers(rota: Rota, level: int, at: Instant) -> Iterator[Reason]:
    """What each layer of the level says, from the highest on."""
    layers = [layer for layer in rota.layers if layer.level == level]
    if not layers:
        yield Reason(Why.no_layer)
    taken = False
    for layer in layers:
        reason = _layer(rota, layer, at)
        if reason.people and layer.mode is not LayerMode.wins:
            reason = replace(reason, why=Why.beside)
        elif reason.people:
            reason = replace(reason, why=Why.below if taken else Why.slot)
            taken = True
        yield reason


def _layer(rota: Rota, layer: Layer, at: Instant) -> Reason:
    (draft,) = drafts_of(rota, layer, start=at, end=Instant(at + 1))
    people, cause = people_of(draft.entries), draft.cause
    reason = Reason(Why.slot if people else _GAPS[cause], people, layer.name)
    found = reigns(rota, layer)
    number = sum(reign.start <= at for reign in found)
    if not number or not found[number - 1].rotation.turns or cause in (Cause.not_begun, Cause.ended):
        return reason
    turns = turns_of(rota, layer, found[number - 1].rotation)
    (slot,) = (slot for slot in turns.slots(Span(at, Instant(at + 1))) if slot.start <= at < slot.end)
    return replace(reason, slot=slot.number, version=number, span=Span(slot.start, slot.end))


def _intended(rota: Rota, at: Instant) -> Iterator[Reason]:
    for gap in rota.intended_gaps:
        if gap.start <= at < gap.end:
            yield Reason(Why.intended, span=Span(gap.start, gap.end), note=gap.reason)


# --- what lies over the layers ----------------------------------------------------------------------


def _overrides(done: Stages) -> Iterator[Reason]:
    """Each override in its order of creation, with what it does to those who are there by then."""
    active, meant = done.overrides, done.meant[0].entries
    for i, override in enumerate(active):
        entries = covered(meant, active, first=i)
        about = _about(override)
        if override.kind is OverrideKind.add:
            assert override.person is not None
            why = Why.no_effect if override.person in people_of(entries) else Why.added
            yield replace(about, why=why, people=(override.person,))
            continue
        places = [entry for entry in entries if takes_place_of(override, entry)]
        if not places:
            yield replace(about, why=Why.no_effect)
        for place in places:
            yield _of_place(about, override, place, active[i + 1 :])


def _of_place(about: Reason, override: Override, place: Entry, newer: Sequence[Override]) -> Reason:
    about = replace(about, instead=place.person, layer=place.layer)
    hides = hiding(place, newer)
    if hides is not None:
        return replace(about, why=Why.hidden, by=hides.id)
    if override.kind is OverrideKind.remove:
        return replace(about, why=Why.removed, people=())
    if override.person == place.person:
        return replace(about, why=Why.no_effect)
    return about


def _about(override: Override) -> Reason:
    return Reason(
        Why.swapped if override.swap_id else Why.replaced,
        people=() if override.person is None else (override.person,),
        layer=override.layer,
        span=Span(override.start, override.end),
        source=override.swap_id or override.id,
        instead=override.in_place_of,
        by=override.created_by,
        note=override.reason,
    )


def _pinned(done: Stages) -> Iterator[Reason]:
    if done.pins:
        period, (after,) = winner(done.pins), done.pinned
        why = {Cause.pinned: Why.pinned, Cause.unpinned: Why.pinned_free}.get(after.cause, Why.pinned_open)
        people = people_of(after.entries) if why is Why.pinned else ()
        yield Reason(why, people, span=Span(period.start, period.end), source=period.id, note=period.reason)


_BARS = {
    Cause.left: Why.left,
    Cause.to_come: Why.to_come,
    Cause.barred: Why.barred,
    Cause.not_valid: Why.away,
}


def _bars(done: Stages) -> Iterator[Reason]:
    """Who would be on duty and may not."""
    planned = people_of(done.pinned[0].entries)
    for bar in done.bars:
        if bar.person in planned:
            yield Reason(_BARS[bar.cause], (bar.person,), span=Span(bar.start, bar.end))


def _records(done: Stages) -> Iterator[Reason]:
    if done.records:
        record = done.records[-1]
        span = Span(record.start, record.end)
        yield Reason(Why.recorded, record.people, record.layer, span)
        computed = people_of(done.admitted[0].entries)
        if computed != record.people:
            yield Reason(Why.differs, computed, span=span)
