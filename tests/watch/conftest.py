"""A desk, a watch beside it, and a pager that remembers what it was told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from supporttui.domain.faults import ChannelFailed
from supporttui.i18n import catalogue
from supporttui.storage import SqlStore
from supporttui.watch import Watch
from tests.builders import Desk, MovableClock, targets


@dataclass
class Pager:
    """A channel that fulfils the port; ``failing`` makes it refuse."""

    name: str = "mail"
    failing: bool = False
    sent: list[dict[str, str]] = field(default_factory=list)
    before: Callable[[], object] = lambda: None
    """Called before each hand-over, as time that passes in it."""

    def send(self, address: str, subject: str, body: str, *, key: str, facts: dict[str, str]) -> None:
        self.before()
        if self.failing:
            raise ChannelFailed("channel.refused", retry_after=45, channel=self.name, program="x", status=1, said="")
        self.sent.append({"address": address, "subject": subject, "body": body, "key": key, **facts})


@pytest.fixture
def desk(site_store: SqlStore, clock: MovableClock) -> Desk:
    """Its site promises nothing, so that nobody is warned of anything; see ``test_warnings.py``."""
    with site_store.write() as tx:
        tx.definitions.put("standard", targets(targets=()))
    return Desk(site_store, clock)


@pytest.fixture
def pager() -> Pager:
    return Pager()


@pytest.fixture
def watching(site_store: SqlStore, clock: MovableClock, pager: Pager) -> Iterator[Callable[..., Watch]]:
    """Makes watches of the site: ``watching(holder="b")``."""

    def make(holder: str = "a", **options) -> Watch:
        return Watch(
            site_store,
            channels={"mail": pager},
            words_for=lambda person: catalogue.load(person.language if person else "en", "UTC", {}),
            clock=clock,
            holder=holder,
            **options,
        )

    return make
