"""What overrides do to the people on duty at one instant."""

from collections.abc import Iterable, Sequence

from supporttui.domain.rota.drafts import Entry
from supporttui.domain.rota.schedule import Override, OverrideKind, Rota
from supporttui.domain.spans import Span


def of_level(rota: Rota, overrides: Iterable[Override], level: int, window: Span) -> tuple[Override, ...]:
    """Those that touch a window of one level, oldest first."""
    level_of = {layer.name: layer.level for layer in rota.layers}
    called_first = min(level_of.values(), default=1)

    def concerns(override: Override) -> bool:
        if override.level is not None and override.level != level:
            return False
        if override.layer is not None:
            return level_of.get(override.layer) == level
        return override.level is not None or override.kind is not OverrideKind.add or level == called_first

    touching = [one for one in overrides if window.touches(one)]
    return tuple(sorted(filter(concerns, touching), key=lambda o: (o.created_at, o.id))) if touching else ()


def covered(entries: Sequence[Entry], active: Sequence[Override], *, first: int | None = None) -> tuple[Entry, ...]:
    """The people after the overrides active at one instant, given oldest first, or after so many of them.

    For one person's place the newest counts alone. What is left acts in order of creation, each where the
    person it names would be by then.
    """
    present = list(entries)
    for i, override in enumerate(active[:first]):
        if override.kind is OverrideKind.add:
            assert override.person is not None
            present.append(Entry(override.person, override.layer))
        else:
            present = list(_replaced(present, override, active[i + 1 :]))
    return tuple(present)


def hiding(place: Entry, newer: Sequence[Override]) -> Override | None:
    """The newest override of a place, which alone counts."""
    return next((other for other in reversed(newer) if takes_place_of(other, place)), None)


def takes_place_of(override: Override, entry: Entry) -> bool:
    """Whether the override concerns the place that a person has in a layer."""
    if override.kind is OverrideKind.add or override.layer not in (None, entry.layer):
        return False
    place = override.in_place_of if override.kind is OverrideKind.replace else override.person
    return place in (None, entry.person)


def _replaced(present: Iterable[Entry], override: Override, newer: Sequence[Override]) -> Iterable[Entry]:
    for entry in present:
        if not takes_place_of(override, entry) or (newer and hiding(entry, newer) is not None):
            yield entry
        elif override.kind is OverrideKind.replace:
            assert override.person is not None
            yield Entry(override.person, entry.layer)
