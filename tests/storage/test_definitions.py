"""Definitions: what is put comes back equal, in versions, and is parsed again only when it changed."""

from datetime import date, datetime, time

import pytest
from sqlalchemy import select

from supporttui.domain.escalation.policy import Policy, Step, StepTarget, TargetKind
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import CalendarId, PolicyId, RotaId, ServiceId, TeamId
from supporttui.domain.people import Certification, ContactPoint, Person, Role, Team
from supporttui.domain.periods import period
from supporttui.domain.periods.hours import key_of
from supporttui.domain.periods.period import Dates, Fiscal, Lift, Period, PeriodHours, PeriodKind, Rule, Weeks
from supporttui.domain.priorities import Priority, PriorityMatrix
from supporttui.domain.processes import Criticality, Process
from supporttui.domain.replies import ReplyKind, Template
from supporttui.domain.rota.schedule import (
    Layer,
    Override,
    OverrideKind,
    Restriction,
    Rota,
    Rotation,
    Unit,
)
from supporttui.domain.services import Service
from supporttui.domain.sla.hours import ALWAYS, Calendar, Holiday, Window
from supporttui.domain.sla.targets import Metric, Target, TargetSet
from supporttui.domain.tasks import Task
from supporttui.storage import SqlStore
from supporttui.storage.schema import logins
from tests.builders import refuses
from tests.storage.conftest import Database
from tests.storage.making import ANA, BEN, NOW

LOGINS = select(logins.c.login, logins.c.person)
MONDAY_9 = 1_790_589_600  # 2026-09-28T09:00Z
OFFICE = Calendar(CalendarId("office"), "Office", "UTC", (Window("09:00", "17:00"),))
LONGER = Calendar(
    CalendarId("office"), "Office", "UTC", (Window("09:00", "20:00"),),
    holidays=(Holiday("Unity", date(2026, 10, 3), yearly=True),),
)  # fmt: skip
POLICY = Policy(PolicyId("night"), "Night", (Step("first", 300, (StepTarget(TargetKind.person, ANA),)),))
ROTA = Rota(
    RotaId("r1"), "First line", "Europe/Berlin",
    (Layer("day", (Rotation(datetime(2026, 1, 5, 9), ((ANA,), (BEN,), ()), Unit.week),),
           restrictions=(Restriction(time(9), time(17), (1, 2, 3)),)),),
)  # fmt: skip
PEAK = Period(
    "peak", "Peak", PeriodKind.season, "Europe/Berlin", services=("storage",),
    dates=(Dates(date(2026, 9, 28), date(2026, 9, 28)),),
    rule=Rule(period.Unit.quarter, last=3, calendar=OFFICE.id, fiscal=Fiscal(4, Weeks.w445)),
    hours=PeriodHours((Window("00:00", "24:00"),), instead=True), targets="standard", lifts=(Lift(("invoice",), 2),),
)  # fmt: skip
VERSIONED = {
    "calendars": (OFFICE.id, OFFICE),
    "target_sets": ("standard", TargetSet("standard", (Target(Metric.update, 3600, Priority(1)),))),
    "matrices": ("standard", PriorityMatrix(labels={"1": "now"})),
    "periods": (PEAK.id, PEAK),
    "rotas": (ROTA.id, ROTA),
    "policies": (POLICY.id, POLICY),
}
ANA_WITH_ALL = Person(
    ANA, "Ana Núñez", language="de", zone="Europe/Madrid", role=Role.lead, teams=(TeamId("infra"),),
    contacts=(ContactPoint("mail", "ana@example.org"), ContactPoint("sms", "+49", rank=2)), speaks=("de",),
    login="ana_db", certifications=(Certification("ledger", date(2027, 3, 31)), Certification("basis")),
)  # fmt: skip
SINGLE = {
    "people": (ANA, ANA_WITH_ALL, Person(ANA, "Ana")),
    "teams": ("infra", Team(TeamId("infra"), "Infra", phone="112"), Team(TeamId("infra"), "Infrastructure")),
    "templates": (
        "solved",
        Template("solved", ReplyKind.solved, "Done", {"en": "Solved.", "ja": "解決しました。"}),
        Template("solved", ReplyKind.solved),
    ),
    "processes": (
        "closing",
        Process(
            "closing",
            "Closing",
            (ServiceId("storage"),),
            ("posting",),
            "accruals",
            ("Why?",),
            "10 a day",
            Criticality.high,
            ("FI",),
            "document",
            ("bank",),
            "ledger",
            out_of_hours=True,
            line=2,
        ),
        Process("closing", "Closing", (ServiceId("storage"),)),
    ),
    "tasks": (
        "jobs",
        Task("jobs", "Look at the jobs", "day", ROTA.id, "by 07:00", "all of them", "a note"),
        Task("jobs", "Look at the jobs", "day", time="by 08:00"),
    ),
    "services": (
        "storage",
        Service("storage", "Storage", TeamId("infra"), OFFICE.id, rota=ROTA.id),
        Service("storage", "Archive", TeamId("infra"), OFFICE.id),
    ),
}


@pytest.mark.parametrize("kind", VERSIONED)
def test_versions_are_kept_in_their_order(store: SqlStore, kind: str):
    key, value = VERSIONED[kind]
    with store.write() as tx:
        assert tx.definitions.put(key, value) == 1
        assert tx.definitions.put(key, value, valid_from=NOW) == 2
        inside = getattr(tx.definitions, kind)()
    with store.read() as tx:
        found = getattr(tx.definitions, kind)()
    assert found == inside
    assert [(known.version, known.valid_from) for known in found[key]] == [(1, None), (2, NOW)]
    expected = [value, value] if kind != "policies" else [value, Policy(value.id, value.name, value.steps, version=2)]
    assert [known.value for known in found[key]] == expected


@pytest.mark.parametrize("kind", SINGLE)
def test_people_teams_services_and_templates_are_replaced(store: SqlStore, kind: str):
    key, first, second = SINGLE[kind]
    with store.write() as tx:
        assert tx.definitions.put(key, first) == 1
    with store.read() as tx:
        assert getattr(tx.definitions, kind)() == (first,)
    with store.write() as tx:
        assert tx.definitions.put(key, second) == 2
    with store.read() as tx:
        assert getattr(tx.definitions, kind)() == (second,)


def test_a_login_stands_for_a_person_until_it_is_taken_away(store: SqlStore):
    with store.write() as tx:
        tx.definitions.put(ANA, ANA_WITH_ALL)
    with store.read() as tx:
        assert tx._connection.execute(LOGINS).all() == [("ana_db", ANA)]
    with store.write() as tx:
        tx.definitions.put(ANA, Person(ANA, "Ana"))
        assert tx._connection.execute(LOGINS).all() == []


def test_overrides_belong_to_their_rota_in_the_order_they_were_made(store: SqlStore):
    def override(name: str, at: int, person=BEN) -> Override:
        return Override(name, OverrideKind.add, NOW, NOW + 60, person=person, created_at=at)

    with store.write() as tx:
        for rota, value in (("r1", override("b", 2)), ("r1", override("a", 3)), ("r2", override("a", 1))):
            tx.definitions.put(rota, value)
        tx.definitions.put("r1", override("b", 2, ANA))
    with store.read() as tx:
        assert tx.definitions.overrides(RotaId("r1")) == (override("b", 2, ANA), override("a", 3))
        assert tx.definitions.overrides(RotaId("none")) == ()


def test_site_settings_are_added_and_replaced(store: SqlStore):
    with store.write() as tx:
        tx.definitions.put_site({"name": "Night desk", "zone": "Asia/Tokyo"})
        tx.definitions.put_site({"zone": "UTC"})
        tx.definitions.put_site({})
    with store.read() as tx:
        assert tx.definitions.site() == {"name": "Night desk", "zone": "UTC"}


def test_hours_follow_the_versions_of_their_calendar(store: SqlStore):
    with store.write() as tx:
        tx.definitions.put(OFFICE.id, OFFICE)
        tx.definitions.put(OFFICE.id, LONGER, valid_from=MONDAY_9 + 86_400)
    with store.read() as tx:
        hours = tx.definitions.hours(OFFICE.id)
        assert hours.between(MONDAY_9, MONDAY_9 + 86_400) == 8 * 3600
        assert hours.between(MONDAY_9 + 86_400, MONDAY_9 + 2 * 86_400) == 11 * 3600
        assert tx.definitions.hours(None) is ALWAYS
        with refuses("calendar.unknown", NotFound):
            tx.definitions.hours(CalendarId("nowhere"))


def test_what_did_not_change_is_neither_parsed_nor_compiled_again(store: SqlStore):
    with store.write() as tx:
        tx.definitions.put(OFFICE.id, OFFICE)
        tx.definitions.put(ANA, ANA_WITH_ALL)
    with store.read() as tx:
        hours, people = tx.definitions.hours(OFFICE.id), tx.definitions.people()
    with store.read() as tx:
        assert tx.definitions.hours(OFFICE.id) is hours
        assert tx.definitions.people()[0] is people[0]


def test_another_desk_s_change_is_seen_by_the_next_transaction(store: SqlStore, other: SqlStore):
    with store.write() as tx:
        tx.definitions.put(OFFICE.id, OFFICE)
    with store.read() as tx:
        assert tx.definitions.hours(OFFICE.id).between(MONDAY_9, MONDAY_9 + 86_400) == 8 * 3600
    with other.write() as tx:
        tx.definitions.put(OFFICE.id, LONGER)
    with store.read() as tx:
        assert tx.definitions.hours(OFFICE.id).between(MONDAY_9, MONDAY_9 + 86_400) == 11 * 3600


def test_what_was_rolled_back_is_not_kept(store: SqlStore):
    with store.write() as tx:
        tx.definitions.put(OFFICE.id, OFFICE)
    with pytest.raises(ZeroDivisionError), store.write() as tx:  # noqa: PT012
        tx.definitions.put(OFFICE.id, LONGER)
        assert len(tx.definitions.calendars()[OFFICE.id]) == 2
        raise ZeroDivisionError
    with store.write() as tx:
        assert len(tx.definitions.calendars()[OFFICE.id]) == 1
        tx.definitions.put_site({"name": "x"})
    with store.read() as tx:
        assert len(tx.definitions.calendars()[OFFICE.id]) == 1


def test_versions_of_two_desks_do_not_collide(store: SqlStore, other: SqlStore, database: Database):
    for desk in (store, other, store):
        with desk.write() as tx:
            tx.definitions.put(POLICY.id, POLICY)
    with other.read() as tx:
        versions = tx.definitions.policies()[POLICY.id]
    assert [known.version for known in versions] == [known.value.version for known in versions] == [1, 2, 3]


def test_the_hours_of_a_service_have_its_periods_laid_over_them_and_follow_both(store: SqlStore):
    key, night = key_of(OFFICE.id, "storage"), MONDAY_9 - 5 * 3600
    with store.write() as tx:
        tx.definitions.put(OFFICE.id, OFFICE)
        assert not tx.definitions.hours(key).is_open(night)
        tx.definitions.put(PEAK.id, PEAK)
        assert tx.definitions.hours(key).is_open(night)
    with store.read() as tx:
        assert tx.definitions.hours(key) is tx.definitions.hours(key)
        assert tx.definitions.hours(key).is_open(night)
        assert not tx.definitions.hours(OFFICE.id).is_open(night)
        assert not tx.definitions.hours(key_of(OFFICE.id, "mail")).is_open(night)
        with refuses("calendar.unknown", NotFound):
            tx.definitions.hours(key_of(CalendarId("gone"), "storage"))


def test_a_calendar_of_an_older_site_may_be_called_like_the_hours_of_a_service(store: SqlStore):
    with store.write() as tx:
        tx.definitions.put("office@storage", OFFICE)
        assert tx.definitions.hours(CalendarId("office@storage")).is_open(MONDAY_9)
