"""A level's plan in the making: drafts that tile a window, and how a rule is laid over them."""

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.causes import Cause
from supporttui.domain.spans import BEGINNING, FOREVER, Instant


class Entry(NamedTuple):
    """A person on duty, and the layer whose place that is; ``None`` for one added beside the layers."""

    person: PersonId
    layer: str | None


class Draft(NamedTuple):
    """A stretch with one answer so far; without entries it is a gap."""

    start: Instant
    end: Instant
    entries: tuple[Entry, ...]
    cause: Cause


class Bounded(Protocol):
    """Whatever acts from an instant up to, not including, another."""

    @property
    def start(self) -> Instant:
        """From here on."""
        ...

    @property
    def end(self) -> Instant:
        """Up to, not including, here."""
        ...


B = TypeVar("B", bound=Bounded)


def laid(drafts: Iterable[Draft], over: Sequence[B], rule: Callable[[Draft, list[B]], Draft]) -> list[Draft]:
    """The drafts cut where something begins or ends to act, each as the rule has it.

    The rule is asked only where something acts, and gets what does in its given order.
    """
    found: list[Draft] = []
    sweep = _Sweep(over)
    calm = sweep.holds_until
    for draft in drafts:
        at, ends = draft.start, draft.end
        if ends <= calm:
            found.append(draft)
            continue
        while at < ends:
            if at >= sweep.holds_until:
                sweep.move(at)
            end = min(ends, sweep.holds_until)
            piece = draft if at == draft.start and end == ends else draft._replace(start=at, end=end)
            found.append(rule(piece, [over[i] for i in sweep.acting]) if sweep.acting else piece)
            at = end
        calm = BEGINNING if sweep.acting else sweep.holds_until
    return found


class _Sweep:
    """Which of some bounded things act at instants that only rise."""

    def __init__(self, over: Sequence[Bounded]) -> None:
        self._over = over
        self._coming = sorted(range(len(over)), key=lambda i: over[i].start, reverse=True)
        self.acting: list[int] = []
        self.holds_until: Instant = BEGINNING if over else FOREVER

    def move(self, at: Instant) -> None:
        over, coming = self._over, self._coming
        self.acting = [i for i in self.acting if over[i].end > at]
        while coming and over[coming[-1]].start <= at:
            i = coming.pop()
            if over[i].end > at:
                insort(self.acting, i)
        until = over[coming[-1]].start if coming else FOREVER
        for i in self.acting:
            until = min(until, over[i].end)
        self.holds_until = until
