"""The watch keeps duty that is over, and what is wrong with that keeps nobody from being called."""

from supporttui.domain.rota.schedule import Rota
from supporttui.usecases import rota, tickets
from supporttui.usecases.rota import recording
from tests.builders import NOW, opened


def kept(desk) -> int | None:
    return desk.ask(lambda tx: tx.rotas.recorded_until("night"))


def test_a_handoff_is_recorded_by_whichever_watch_leads(desk, clock, watching):
    watching().once()
    assert kept(desk) == NOW - NOW % 86_400
    clock.now = NOW + 16_800
    watching("b").once()
    assert kept(desk) == clock.now
    assert desk.ask(rota.mismatches, NOW - 86_400, clock.now) == ()


def test_it_looks_once_a_minute_and_writes_only_what_is_over(desk, clock, watching):
    watch = watching()
    watch.turn()
    head = desk.store.head()
    clock.now = NOW + 16_800
    watch.turn()
    assert desk.store.head() == head
    assert kept(desk) == NOW - NOW % 86_400


def test_people_are_called_also_where_recording_fails(desk, clock, pager, watching, monkeypatch, caplog):
    def broken(*_) -> Rota:
        raise RuntimeError("no plan")

    desk.do(tickets.open_ticket, opened(priority=1))
    clock.forward(minutes=30)
    monkeypatch.setattr(recording, "duty", broken)
    assert watching().once().sent >= 1
    assert pager.sent
    assert "duty that is over was not recorded" in caplog.text


def test_shifts_are_handed_over_also_where_recording_fails(desk, clock, watching, monkeypatch):
    def broken(*_) -> Rota:
        raise RuntimeError("no plan")

    desk.do(tickets.open_ticket, opened(priority=1))
    clock.now = NOW + 16_800 - 600
    monkeypatch.setattr(recording, "duty", broken)
    watching().once()
    (found,) = desk.ask(lambda tx: tx.handovers.open())
    assert found.value.joint.giving == ("ben",)
