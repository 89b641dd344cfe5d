"""Every change of clocks of every zone there is; too long for every save."""

from datetime import UTC, datetime

from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve, to_wall, zone
from tests.domain.zones import transitions, zones


def test_every_change_of_clocks_of_every_zone_and_its_surroundings():
    """Three slots of a quarter hour before and after each, and the first and last second of each gap."""
    wrong = []
    for name in zones():
        for change, before, after in transitions(name):
            missing = range(change + before, change + after, max(1, after - before - 1))
            if any(resolve(utc_wall(shown), name) != change for shown in missing):
                wrong.append(f"{name} {change}: missing")
            for at in range(change - 2700, change + 2701, 900):
                shown = datetime.fromtimestamp(at, zone(name))
                found = resolve(shown.replace(tzinfo=None, fold=0), name)
                # ``fold`` says whether the zone itself calls this the second of two.
                if (found < at) is not bool(shown.fold) or to_wall(found, name) != to_wall(Instant(at), name):
                    wrong.append(f"{name} {at}: {found}")
    assert not wrong


def utc_wall(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
