"""Who hears of a change of the rota: whose duty it is, or was, and who is asked; nobody of their own doing."""

import pytest

from supporttui.domain.notices import DutyCode
from supporttui.domain.rota.swaps import SwapPiece
from supporttui.domain.spans import Instant, Span
from supporttui.i18n.catalogue import load
from supporttui.i18n.notices import subject_and_body
from supporttui.usecases import rota
from tests.builders import NOW, Desk
from tests.builders import rota as a_rota

pytestmark = pytest.mark.core

DAY = 86_400
HANDOFF = Instant(NOW + 16_800)
PIECE = SwapPiece(Span(HANDOFF, Instant(HANDOFF + DAY)))


def told(desk: Desk) -> set[tuple[str, str]]:
    """By the newest operation."""
    return {(one.person, one.code) for one in desk.ask(lambda tx: tx.outbox.of_operation(desk.last))}


def texts(desk: Desk, person: str) -> tuple[str, str]:
    (found,) = [one for one in desk.ask(lambda tx: tx.outbox.of_operation(desk.last)) if one.person == person]
    return subject_and_body(load("en", "Europe/Berlin", {}), found)


def test_whose_duty_changes_hears_it_and_who_changed_it_does_not(desk: Desk) -> None:
    desk.do(rota.override, "night", start=NOW, end=HANDOFF, person="mia", reason="Ben is ill", by="lea")
    assert told(desk) == {("ben", DutyCode.gone), ("mia", DutyCode.given)}
    subject, body = texts(desk, "mia")
    assert subject == "You are on duty: Night, 2026-03-02 03:20"
    assert "from 2026-03-02 03:20 to 2026-03-02 08:00 CET, line 1." in body
    assert "By Lea" in body
    assert "Note: Ben is ill" in body
    desk.do(rota.end_override, "night", "op-0", by="lea")
    assert told(desk) == {("ben", DutyCode.given), ("mia", DutyCode.gone)}
    desk.do(rota.override, "night", start=NOW, end=HANDOFF, person="mia", by="mia")
    assert told(desk) == {("ben", DutyCode.gone)}


def test_many_changes_are_one_message_a_person(desk: Desk) -> None:
    first, second = a_rota().layers
    desk.do(rota.set_turns, "night", first.name, turns=[("ana",), ("zoe",)], by="lea")
    assert told(desk) == {("ben", DutyCode.gone), ("zoe", DutyCode.given)}
    subject, body = texts(desk, "zoe")
    assert subject == "You are on duty: Night, 2026-03-03 08:00 (+30)"
    assert "30 more changes of your duty follow." in body
    assert second.level == 2


def test_everybody_on_the_rota_hears_of_a_request_or_only_who_is_asked(desk: Desk) -> None:
    swap = desk.do(rota.ask, "night", [PIECE], reason="concert")
    assert told(desk) == {("ben", DutyCode.cover), ("mia", DutyCode.cover)}
    subject, body = texts(desk, "ben")
    assert subject == "Ana asks for cover: Night, 2026-03-02 08:00"
    assert body.endswith(f"Note: concert\nTo take it: supporttui rota swap take {swap.id}")
    desk.do(rota.ask, "night", [PIECE], to="zoe")
    assert told(desk) == {("zoe", DutyCode.cover)}
    desk.do(rota.take, swap.id, by="mia")
    assert told(desk) == {("ana", DutyCode.gone)}


def test_leads_hear_that_a_swap_waits_for_one_of_them(desk: Desk) -> None:
    swap = desk.do(rota.ask, "night", [PIECE], approval=True)
    desk.do(rota.take, swap.id, by="mia")
    assert told(desk) == {("lea", DutyCode.consent), ("zoe", DutyCode.consent)}
    assert texts(desk, "lea")[1].endswith(f"To agree: supporttui rota swap approve {swap.id}")
    desk.do(rota.approve, swap.id, by="lea")
    assert told(desk) == {("ana", DutyCode.gone), ("mia", DutyCode.given)}


def test_what_is_refused_or_without_effect_tells_nobody(desk: Desk) -> None:
    desk.do(rota.override, "night", start=NOW, end=HANDOFF, person="mia", in_place_of="ana", by="lea")
    assert told(desk) == set()
