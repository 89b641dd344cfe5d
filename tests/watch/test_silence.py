"""A system whose sign of life stays away is told of by the watch, when it is due and with everything that follows."""

from supporttui.domain.incoming.source import Beat
from supporttui.domain.states import Origin
from supporttui.usecases.incoming import beats
from supporttui.watch import next_due
from tests.builders import Desk


def define(desk: Desk, **deviations) -> None:
    with desk.store.write() as tx:
        tx.definitions.put(
            "backup", Beat(**{"id": "backup", "service": "mail", "interval": 60, "grace": 0, **deviations})
        )


def test_silence_pages_who_is_on_call_in_the_same_turn_or_the_next(desk: Desk, watching, pager):
    define(desk, impact=1, urgency=1, name="Nightly backup")
    with desk.store.write() as tx:
        beats.sign(desk.call("intake", Origin.intake), tx, "backup")
    assert desk.ask(next_due) == desk.clock() + 60
    watch = watching()
    assert not watch.once().fired
    desk.clock.forward(seconds=60)
    assert watch.once().fired
    assert [message["code"] for message in pager.sent] == ["page"]
    assert "Nightly backup" in pager.sent[0]["subject"]
    assert desk.ask(next_due) != desk.clock()


def test_what_was_just_defined_is_waited_for_without_any_sign(desk: Desk, watching):
    define(desk)
    watching().once()
    assert desk.ask(next_due) == desk.clock() + 60


def test_a_sign_in_time_keeps_it_quiet(desk: Desk, watching, pager):
    define(desk)
    for _ in range(3):
        with desk.store.write() as tx:
            beats.sign(desk.call("intake", Origin.intake), tx, "backup")
        desk.clock.forward(seconds=59)
        watching().once()
    assert pager.sent == []
    assert desk.ask(lambda tx: tx.incoming.sign("backup")).ticket is None
