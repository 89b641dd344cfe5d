"""Everything that decides who is on duty, as one value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supporttui.domain.faults import BadInput
from supporttui.domain.people import Person
from supporttui.domain.rota.pinned import PinnedPeriod
from supporttui.domain.rota.records import DutyRecord
from supporttui.domain.rota.schedule import Override, Rota
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span


@dataclass(frozen=True, slots=True)
class Version:
    """A rota as it stands from an instant on; the first one may have no beginning."""

    rota: Rota
    valid_from: Instant | None = None

    @property
    def since(self) -> Instant:
        """From when it holds."""
        return BEGINNING if self.valid_from is None else self.valid_from


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A rota's versions with all that lies over them.

    Version i holds from its ``valid_from`` until the next one's, in the order of time; of two that begin
    at one instant the last listed holds. A version that a later one has replaced altogether is not to be
    in it. Before the first one nothing has begun.
    """

    versions: tuple[Version, ...]
    overrides: tuple[Override, ...] = ()
    """Beside those in the versions themselves, and over every version."""
    pinned: tuple[PinnedPeriod, ...] = ()
    records: tuple[DutyRecord, ...] = ()
    """Of the past: they hold, whatever would be computed."""
    people: tuple[Person, ...] = ()
    """Their validity and permission bound who may be on duty; whoever is not listed always may."""

    def __post_init__(self) -> None:
        """Refuse ``rota.no_version`` and versions of several rotas, ``rota.mixed``."""
        if not self.versions:
            raise BadInput("rota.no_version")
        ids = sorted({version.rota.id for version in self.versions})
        if len(ids) > 1:
            raise BadInput("rota.mixed", rota=ids[0], other=ids[1])


Plan = Rota | Snapshot
"""What every question about duty takes; a bare rota is one version without beginning."""


def snapshot_of(plan: Plan) -> Snapshot:
    """The plan as a snapshot."""
    return plan if isinstance(plan, Snapshot) else Snapshot((Version(plan),))


def in_time(snapshot: Snapshot) -> tuple[Version, ...]:
    """The versions by their beginning."""
    return tuple(sorted(snapshot.versions, key=lambda version: version.since))


def rota_at(plan: Plan, at: Instant) -> Rota:
    """The version in force at an instant; before all beginnings the first one."""
    if isinstance(plan, Rota):
        return plan
    versions = in_time(plan)
    return next((one.rota for one in reversed(versions) if one.since <= at), versions[0].rota)


def stretches(versions: Sequence[Version], window: Span) -> Iterator[tuple[Rota | None, Span]]:
    """The window, tiled by the version in force; ``None`` before the first one."""
    bounds = [version.since for version in versions]
    for rota, start, end in zip(
        (None, *(version.rota for version in versions)), (BEGINNING, *bounds), (*bounds, FOREVER), strict=True
    ):
        span = Span(max(start, window.start), min(end, window.end))
        if span.seconds:
            yield rota, span
