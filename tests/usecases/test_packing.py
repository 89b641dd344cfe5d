"""Packs over a site: export, preview, apply; one transaction, and what was shown is what is done."""

from datetime import date, datetime

import pytest

from supporttui import packs
from supporttui.domain.faults import Forbidden
from supporttui.domain.ids import RotaId, ServiceId, TeamId
from supporttui.domain.people import AuthorityKind, Certification, Overflow, Team
from supporttui.domain.periods.period import Dates, Period, PeriodKind
from supporttui.domain.processes import Criticality, Process
from supporttui.domain.rota.schedule import Layer, Rotation
from supporttui.domain.site import KEPT
from supporttui.domain.sla.hours import Holiday, SpecialDate, Window
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.tasks import Task
from supporttui.packs.writing import to_toml
from supporttui.storage import open_store
from supporttui.usecases import packing, tickets
from supporttui.usecases.definitions.defining import Pack, apply_pack
from supporttui.usecases.packing import Part, Verdict
from supporttui.usecases.ports import Call
from supporttui.usecases.replay import differences
from tests.builders import NOW, Desk, calendar, opened, person, policy, refuses, rota, targets

pytestmark = pytest.mark.core
DAY = 86_400
LATER = NOW + 3 * DAY


NEXT = date(2026, 4, 1)


def a_period(*dates: Dates, **deviations: object) -> Period:
    return Period("p", "P", PeriodKind.event, "Asia/Tokyo", dates=dates, **deviations)


def preview(desk: Desk, pack: Pack, **options: object) -> packing.Preview:
    return desk.do(packing.foretell, pack, **options)


def test_an_exported_site_changes_nothing_when_it_is_applied(desk: Desk) -> None:
    pack = desk.ask(packing.whole, desk.clock())
    again = packs.parse(to_toml(pack), zone="UTC")
    assert again == pack
    assert all((pack.calendars, pack.people, pack.services))
    assert pack.policies[0].version == 1
    found = preview(desk, again)
    assert {entry.verdict for entry in found.entries} == {Verdict.unchanged}
    assert (found.changes, found.timers.moved, found.rotas) == (0, 0, ())


@pytest.mark.parametrize("name", packs.starters())
def test_every_shipped_pack_comes_out_as_it_went_in(name: str, clock, tmp_path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/x.db", clock=clock, create=True)
    shipped = packs.starter(name, zone="Asia/Tokyo")
    with store.write() as tx:
        apply_pack(Call("ana", clock(), "op"), tx, shipped)
    with store.read() as tx:
        found = packing.whole(tx, clock())
    store.close()
    for part in Part:
        mine, its = getattr(found, part), getattr(shipped, part)
        if part is Part.people:
            mine = [one for one in mine if one.id != "ana"]
        assert mine == its if part is Part.matrices else sorted(mine, key=repr) == sorted(its, key=repr)
    assert found.site == shipped.site


def test_everything_of_a_site_comes_out_of_its_pack_in_an_empty_database(desk: Desk, clock, tmp_path) -> None:
    event = a_period(Dates(NEXT, NEXT), team=TeamId("crew"), services=(ServiceId("mail"),))
    held = (Certification("FI"), Certification("MM", date(2027, 1, 31)))
    site = Pack(
        "more",
        teams=(
            Team("acme", "Acme", kind=AuthorityKind.external), Team("crew", "Crew"),
            Team("desk", "Desk", overflow=(Overflow("acme", 30, "p", ServiceId("mail"), "45.00", "EUR"),)),
        ),
        people=(person("Mia", zone="Asia/Tokyo", certifications=held, valid_to=LATER),),
        periods=(event,),
        processes=(
            Process(
                "closing", "Closing \u202e\x07月次", ("mail",), ("posting",), "ledgers", ("when?",), "daily",
                Criticality.critical, ("tax",), "company", ("bank",), "FI", out_of_hours=True, line=1,
            ),
        ),
        tasks=(Task("backup", "Backup", "first", RotaId(rota().id), "by 08:00", "restorable", "its log"),),
    )  # fmt: skip
    with desk.store.write() as tx:
        apply_pack(Call("zoe", NOW, "more"), tx, site)
    pack = desk.ask(packing.whole, LATER)
    assert all(part in (*pack.teams, *pack.people) for part in (*site.teams, *site.people))
    assert (pack.processes, pack.tasks, pack.periods) == (site.processes, site.tasks, site.periods)
    store = open_store(f"sqlite:///{tmp_path}/empty.db", clock=clock, create=True)
    with store.write() as tx:
        packing.apply(Call("zoe", LATER, "all"), tx, packs.parse(to_toml(pack), zone="UTC"))
    with store.read() as tx:
        assert packing.whole(tx, LATER) == pack
        assert differences(tx) == ()
    store.close()


def test_only_the_parts_that_are_asked_for_are_exported(desk: Desk) -> None:
    pack = desk.ask(packing.whole, NOW, only=("calendars", "target_sets"))
    assert pack.calendars
    assert pack.target_sets
    assert not pack.people
    assert not pack.site
    with refuses("pack.part"):
        desk.ask(packing.whole, NOW, only=("calendar",))


def test_each_field_that_changes_is_named_and_running_timers_are_counted(desk: Desk) -> None:
    desk.do(tickets.open_ticket, opened(priority=3))
    wide = calendar(weekly=(Window("08:00", "18:00"),))
    found = preview(desk, Pack("x", calendars=(wide,)))
    (entry,) = found.entries
    assert (entry.verdict, entry.part, entry.key) == (Verdict.changed, Part.calendars, "office")
    assert [(one.path, one.before, one.after) for one in entry.differences] == [
        ("weekly[0].start", "09:00", "08:00"), ("weekly[0].end", "17:00", "18:00"),
    ]  # fmt: skip
    assert found.timers.moved > 0


def test_of_lists_of_another_length_only_what_differs_is_named() -> None:
    first, second, third = (Holiday(name, date(2026, 1, day)) for day, name in ((1, "a"), (2, "b"), (3, "c")))
    before, after = calendar(holidays=(first, second)), calendar(holidays=(second, third, first))
    found = [(one.path, one.before, one.after) for one in packing.differences(before, after)]
    assert found == [("holidays[1]", None, third)]
    assert list(packing.differences((first, first), (first,))) == [packing.Difference("", (first, first), (first,))]


def test_a_preview_writes_nothing(desk: Desk) -> None:
    desk.do(tickets.open_ticket, opened(priority=3))
    before = desk.ask(packing.known, NOW), desk.ask(lambda tx: tuple(tx.journal.each()))
    preview(desk, Pack("x", calendars=(calendar(weekly=(Window("08:00", "18:00"),)),), site={"prefix": "X-"}))
    assert (desk.ask(packing.known, NOW), desk.ask(lambda tx: tuple(tx.journal.each()))) == before


def test_what_was_shown_is_done_in_one_operation_and_versions_are_kept(desk: Desk) -> None:
    number = desk.do(tickets.open_ticket, opened(priority=3)).id
    due = [timer.due for timer in desk.ask(lambda tx: tx.tickets.timers(number))]
    pack = Pack("x", calendars=(calendar(weekly=(Window("08:00", "18:00"),)),), site={"prefix": "X-"})
    seen = preview(desk, pack)
    done = desk.do(packing.apply, pack, seen=seen, by="lea")
    assert (done.entries, done.timers) == (seen.entries, seen.timers)
    held = desk.ask(lambda tx: tx.definitions.calendars())["office"]
    assert [(one.version, one.valid_from) for one in held] == [(1, None), (2, desk.clock())]
    assert desk.ask(lambda tx: tx.definitions.site())["prefix"] == "X-"
    assert [timer.due for timer in desk.ask(lambda tx: tx.tickets.timers(number))] != due
    assert desk.ask(differences) == ()
    assert preview(desk, pack).changes == 0


@pytest.mark.parametrize("name", sorted(KEPT))
def test_what_the_program_keeps_of_a_site_itself_no_pack_sets_or_carries(desk: Desk, name: str) -> None:
    with refuses("definition.kept"):
        desk.do(packing.apply, Pack("x", site={name: "\x1b"}), by="zoe")
    with desk.store.write() as tx:
        tx.definitions.put_site({name: "1"})
    assert name not in desk.ask(packing.whole, NOW).site


def test_what_changed_since_it_was_shown_is_not_done(desk: Desk) -> None:
    pack = Pack("x", calendars=(calendar(weekly=(Window("08:00", "18:00"),)),))
    seen = preview(desk, pack)
    desk.do(packing.apply, Pack("y", calendars=(calendar(weekly=(Window("07:00", "18:00"),)),)), by="lea")
    with refuses("pack.moved"):
        desk.do(packing.apply, pack, seen=seen, by="lea")


def test_a_version_may_begin_later_but_not_earlier(desk: Desk) -> None:
    pack = Pack("x", calendars=(calendar(weekly=(Window("08:00", "18:00"),)),))
    desk.do(packing.apply, pack, valid_from=LATER, by="lea")
    office = next(one for one in desk.ask(packing.known, NOW + 1) if one.key == "office")
    assert (office.version, office.later, office.value) == (1, LATER, calendar())
    assert next(one for one in desk.ask(packing.whole, LATER).calendars if one.id == "office").weekly == (
        Window("08:00", "18:00"),
    )
    assert preview(desk, pack, valid_from=LATER).changes == 0
    with refuses("pack.past"):
        preview(desk, pack, valid_from=NOW - 1)


def test_a_rota_says_who_is_on_duty_instead_and_where_nobody_is(desk: Desk) -> None:
    first, second = rota().layers
    alone = Layer("first", (Rotation(first.rotations[0].anchor, (("ana",), ()), unit=first.rotations[0].unit),))
    found = preview(desk, Pack("x", rotas=(rota(layers=(alone, second)),)))
    (effect,) = found.rotas
    assert effect.rota == "night"
    assert effect.changes
    assert effect.span.end - effect.span.start == packing.AHEAD
    gone = preview(desk, Pack("x", people=(person("Ben", may_be_on_call=False),)))
    assert gone.rotas[0].gaps


def test_one_fault_refuses_the_whole_pack(desk: Desk) -> None:
    before = desk.ask(packing.known, NOW)
    pack = Pack(
        "x", calendars=(calendar(name="Other"),), target_sets=(targets(),), policies=(policy(last_resort="no"),)
    )
    with refuses("definition.unknown"):
        desk.do(packing.apply, pack, by="lea")
    assert desk.ask(packing.known, NOW) == before


def test_who_may_not_configure_may_look_but_not_apply(desk: Desk) -> None:
    pack = Pack("x", calendars=(calendar(name="Other"),))
    assert preview(desk, pack).changes == 1
    with refuses("access.denied", Forbidden):
        desk.do(packing.apply, pack, by="ana")


@pytest.mark.parametrize(
    ("pack", "code"),
    [
        (Pack("x", periods=(a_period(Dates(date(1, 1, 1), date(9999, 12, 31))),)), "definition.era"),
        (Pack("x", periods=(a_period(Dates(NEXT, NEXT), since=date(1, 1, 1)),)), "definition.era"),
        (Pack("x", target_sets=(targets(targets=(Target(Metric.resolution, 10**18),)),)), "definition.range"),
        (Pack("x", rotas=(rota(layers=(Layer("a", (Rotation(datetime(1, 1, 1), (("ana",),)),)),)),)), "definition.era"),
        (Pack("x", calendars=(calendar(weekly=()),)), "definition.never_open"),
        (Pack("x", calendars=(calendar(weekly=(Window("09:00", "09:00"),)),)), "definition.never_open"),
        (Pack("x", calendars=(calendar(weekly=(), special=(SpecialDate(date(1, 1, 1), (Window("09:00", "10:00"),)),)),)),
         "definition.never_open"),
        (Pack("x", rotas=(rota(layers=(Layer("a", (Rotation(rota().layers[0].rotations[0].anchor, ((),)),)),)),)),
         "definition.nobody"),
        (Pack("x", rotas=(rota(layers=(Layer("a", (Rotation(rota().layers[0].rotations[0].anchor, (("ana", "ana"),)),)),)),)),
         "definition.twice"),
    ],
)  # fmt: skip
def test_what_could_never_work_is_refused(desk: Desk, pack: Pack, code: str) -> None:
    with refuses(code):
        preview(desk, pack)
