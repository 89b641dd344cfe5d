"""Service hours at every change of clocks of every zone there is; the core tests look at the latest ones."""

import pytest

from tests.domain.sla.calendars import QUARTER, disagreements
from tests.domain.zones import transitions, zones


@pytest.mark.slow
def test_all_changes_of_clocks_of_every_zone_agree_with_a_watched_clock():
    """But those by odd minutes and seconds, at which a walk by quarters of an hour is blind."""
    assert not [
        wrong
        for zone in zones()
        for wrong in disagreements(
            zone, [at for at, before, after in transitions(zone) if not (before % QUARTER or after % QUARTER)]
        )
    ]
