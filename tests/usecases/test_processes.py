"""Profiles of processes: who may, when nobody is there, and who is told of and shown in changes of a rota."""

from datetime import date

import pytest

from supporttui.domain.faults import NotFound
from supporttui.domain.people import Certification
from supporttui.domain.processes import Process, Unfit
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.rota.swaps import SwapPiece
from supporttui.domain.spans import Instant, Span
from supporttui.usecases import escalation, processes, rota, tickets
from supporttui.usecases.lint import findings
from supporttui.usecases.rota.wishes import PutOverride
from tests.builders import NOW, Desk, opened, person, refuses, service

pytestmark = pytest.mark.core
LEDGER = Certification("ledger")
DAY = 86_400
BEN_ENDS = Instant(NOW + 4 * 3600 + 2400)  # 08:00 in Berlin


def certified(desk: Desk, *names: str, expires: date | None = None) -> None:
    with desk.store.write() as tx:
        for name in names:
            tx.definitions.put(name.lower(), person(name, certifications=(Certification("ledger", expires),)))


def put(desk: Desk, **deviations: object) -> None:
    process = {"id": "closing", "name": "Closing", "services": ("mail",), "certification": "ledger", **deviations}
    with desk.store.write() as tx:
        tx.definitions.put("closing", Process(**process))


def codes(desk: Desk) -> dict[str, dict[str, object]]:
    return {one.code: dict(one.params) for one in desk.ask(findings, NOW) if one.code.startswith("lint.process")}


def test_the_profile_says_who_holds_the_certification_and_until_when(desk: Desk) -> None:
    put(desk)
    certified(desk, "Ana")
    certified(desk, "Ben", expires=date(2026, 3, 1))
    found = desk.ask(processes.profile, "CLOSING", NOW)
    assert found.services == {"mail": "Mail"}
    assert [(one.person, one.expired, one.ends is None) for one in found.holders] == [
        ("ana", False, True), ("ben", True, False),
    ]  # fmt: skip
    assert found.uncovered == ()
    with refuses("process.unknown", NotFound):
        desk.ask(processes.profile, "payroll", NOW)


def test_whoever_is_not_certified_is_not_for_a_ticket_of_the_process(desk: Desk) -> None:
    put(desk, categories=("posting",))
    certified(desk, "Ana")
    ours, other = (desk.do(tickets.open_ticket, opened(category=category)).id for category in ("posting", ""))
    assert [one.person for one in desk.ask(processes.not_for, [ours], NOW)] == ["aud", "ben", "lea", "mia", "zoe"]
    assert {one.why for one in desk.ask(processes.not_for, [other, ours], NOW)} == {Unfit.uncertified}
    assert desk.ask(processes.not_for, [other], NOW) == ()


def test_hours_without_a_certified_person_are_found_where_the_process_cannot_wait(desk: Desk) -> None:
    """Ana and Ben take turns by the day, Ana is certified: every other day nobody is."""
    certified(desk, "Ana")
    put(desk, out_of_hours=False)
    assert codes(desk) == {}
    put(desk, out_of_hours=True)
    found = codes(desk)["lint.process_uncertified"]
    assert (found["process"], found["service"], found["start"], found["end"]) == ("closing", "mail", NOW, BEN_ENDS)
    assert found["count"] == 8
    (told,) = desk.ask(processes.profile, "closing", NOW).uncovered
    assert told.spans[0] == Span(NOW, BEN_ENDS)
    certified(desk, "Mia")  # always second line
    assert codes(desk) == {}


def test_a_certification_that_ends_leaves_hours_uncovered_from_then_on(desk: Desk) -> None:
    put(desk, out_of_hours=True)
    certified(desk, "Ana", "Ben", expires=date(2026, 3, 4))
    midnight = NOW - 2 * 3600 - 1200 + 3 * DAY  # in UTC, the zone of both
    assert codes(desk)["lint.process_uncertified"]["start"] == midnight


def test_without_a_rota_nobody_is_there_at_any_hour(desk: Desk) -> None:
    put(desk, certification="", out_of_hours=True)
    assert codes(desk) == {}
    with desk.store.write() as tx:
        tx.definitions.put("mail", service(rota=None))
    assert codes(desk)["lint.process_unattended"]["seconds"] == 14 * DAY


def test_a_certification_that_nobody_holds_any_more_is_found(desk: Desk) -> None:
    put(desk)
    assert codes(desk) == {"lint.process_no_holder": {"process": "closing", "certification": "ledger"}}


def test_a_change_that_puts_somebody_uncertified_on_duty_says_so_before(desk: Desk) -> None:
    put(desk)
    certified(desk, "Ana", "Mia")
    for who, told in (("zoe", [("zoe", Unfit.uncertified)]), ("ana", [])):
        wish = PutOverride("night", Override("x", OverrideKind.replace, NOW, NOW + 60, person=who, level=1))
        found = desk.ask(rota.whatif, wish, NOW).uncertified
        assert [(one.left_out.person, one.left_out.why) for one in found] == told


def test_a_step_still_pages_whoever_the_rota_names_and_says_who_is_not_certified(desk: Desk) -> None:
    put(desk)
    certified(desk, "Mia")
    ticket = desk.do(tickets.open_ticket, opened()).id
    people = [reach for choice in desk.ask(escalation.choices, ticket, NOW) for reach in choice.people]
    assert [(one.person, one.unfit) for one in people] == [
        ("ben", "unfit.uncertified"), ("mia", ""), ("lea", "unfit.uncertified"),
    ]  # fmt: skip


def test_whoever_is_not_certified_is_not_asked_to_cover(desk: Desk) -> None:
    put(desk)
    certified(desk, "Ana")
    desk.do(rota.ask, "night", [SwapPiece(Span(NOW, BEN_ENDS), 1)], by="ben")
    told = desk.ask(lambda tx: tx.outbox.of_operation(desk.last))
    assert [notice.person for notice in told] == ["ana"]
