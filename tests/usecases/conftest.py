"""What the tests of use cases share."""

import pytest

from supporttui.storage import SqlStore
from tests.builders import Desk, MovableClock


@pytest.fixture
def desk(site_store: SqlStore, clock: MovableClock) -> Desk:
    """A small desk at night, to work at."""
    return Desk(site_store, clock)
