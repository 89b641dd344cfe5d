"""Turns that a change of the clocks has made longer or shorter, or has skipped."""

from collections.abc import Iterator
from dataclasses import dataclass

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.rotation import is_elapsed, nominal
from supporttui.domain.rota.schedule import Layer, Rota
from supporttui.domain.rota.snapshot import Plan, in_time, snapshot_of, stretches
from supporttui.domain.rota.turns import reigns, turns_of
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span


@dataclass(frozen=True, slots=True)
class OddTurn:
    """A slot of a rotation that has not the seconds it should have."""

    layer: str
    number: int
    people: tuple[PersonId, ...]
    span: Span
    """The whole slot; empty where it was skipped."""
    usual: int
    """Seconds it has when no clock changes."""

    @property
    def is_lost(self) -> bool:
        """Whether the clocks jumped over it."""
        return not self.span.seconds


def odd_turns(plan: Plan, start: Instant, end: Instant) -> tuple[OddTurn, ...]:
    """Every turn that begins between two instants with a length of its own, by time; lost ones are listed too."""
    if start >= end:
        return ()
    found = [
        turn
        for rota, span in stretches(in_time(snapshot_of(plan)), Span(start, end))
        if rota is not None
        for layer in rota.layers
        for turn in _of_layer(rota, layer, span)
    ]
    return tuple(sorted(found, key=lambda turn: (turn.span, turn.layer, turn.number)))


def _of_layer(rota: Rota, layer: Layer, within: Span) -> Iterator[OddTurn]:
    born = BEGINNING if layer.valid_from is None else layer.valid_from
    dies = FOREVER if layer.valid_to is None else layer.valid_to
    for rotation, start, end in reigns(rota, layer):
        span = Span(max(start, born, within.start), min(end, dies, within.end))
        if not span.seconds or not rotation.turns or is_elapsed(rotation):
            continue
        turns = turns_of(rota, layer, rotation)
        # From the second before: a lost turn that begins with the span comes before the slot that holds it.
        for number, begins, ends in turns.slots(Span(Instant(span.start - 1), span.end)):
            usual = nominal(rotation, number)
            if ends - begins != usual and begins >= span.start:
                yield OddTurn(layer.name, number, turns.people(number), Span(begins, ends), usual)
