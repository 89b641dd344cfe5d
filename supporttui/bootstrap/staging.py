"""A world of its own for a drill."""

from supporttui.bootstrap.places import in_memory
from supporttui.clock import CorrectedClock, standing
from supporttui.domain.spans import Instant
from supporttui.usecases.drills.rehearsing import Stage


def stage(at: Instant) -> Stage:
    """An empty database in memory whose time is set by whoever plays in it; it stands at an instant at first."""
    clock = CorrectedClock(standing(at))
    return Stage(in_memory(clock).store, clock.set_by)
