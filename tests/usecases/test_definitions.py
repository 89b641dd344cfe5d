"""Definitions are checked whole before any is written; an equal one is no new version."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from supporttui.domain.escalation.criterion import Criterion, CriterionKind
from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.faults import BadInput
from supporttui.domain.people import Certification, Role, Team
from supporttui.domain.periods.period import Dates, Period, PeriodKind
from supporttui.domain.priorities import Priority, PriorityMatrix
from supporttui.domain.processes import Process
from supporttui.domain.replies import Template
from supporttui.domain.rota.schedule import Layer, Override, OverrideKind, Requirement, Restriction, Rotation
from supporttui.domain.sla.hours import Window
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.states import Kind
from supporttui.domain.tasks import Task
from supporttui.storage import SqlStore
from supporttui.usecases import tickets
from supporttui.usecases.definitions.defining import Pack, apply_pack, define, first_person, keyed
from tests.builders import NOW, Desk, MovableClock, calendar, opened, person, policy, refuses, rota, service, targets

pytestmark = pytest.mark.core

SOUND = Pack(
    "small",
    calendars=(calendar(),),
    target_sets=(targets(targets=(Target(Metric.resolution, 3600),)),),
    matrices={"standard": PriorityMatrix()},
    teams=(Team("desk", "Desk"),),
    people=(*(person(name) for name in ("Ana", "Ben", "Mia", "Lea")), person("Zoe", role=Role.admin)),
    rotas=(rota(),),
    policies=(policy(),),
    services=(service(),),
    site={"zone": "Europe/Berlin", "prefix": "T-"},
)
ANCHOR = datetime(2026, 3, 2, 8)
ASKED = Criterion("asked", CriterionKind.chased, 3)
PEAK = Period(
    "sale", "Sale", PeriodKind.event, "UTC", dates=(Dates(date(2026, 5, 1), date(2026, 5, 9)),), team="peak",
)  # fmt: skip


@pytest.fixture
def empty(store: SqlStore, clock: MovableClock) -> Desk:
    """A desk at a database that knows nobody yet."""
    return Desk(store, clock)


def layers(*of: Layer) -> Mapping[str, Any]:
    return {"rotas": (rota(layers=of),)}


def steps(*of: Step) -> Mapping[str, Any]:
    return {"policies": (policy(steps=of),)}


def step(kind: TargetKind, **names: str) -> Mapping[str, Any]:
    return steps(Step("L1", 0, (StepTarget(kind, **names),)))


def test_a_pack_is_stored_whole_and_whoever_applied_it_may_go_on(empty: Desk) -> None:
    assert empty.do(apply_pack, SOUND, by="zoe") == len(keyed(SOUND))
    assert empty.ask(lambda tx: [one.id for one in tx.definitions.services()]) == ["mail"]
    assert empty.do(tickets.open_ticket, opened(), by="ana").service == "mail"


def test_where_nobody_is_known_the_first_person_administers(empty: Desk) -> None:
    empty.do(first_person, by="root")
    empty.do(first_person, by="another")
    (root,) = empty.ask(lambda tx: tx.definitions.people())
    assert (root.id, root.role) == ("root", Role.admin)


def test_site_settings_that_exist_stay(empty: Desk) -> None:
    empty.do(apply_pack, SOUND, by="zoe")
    empty.do(apply_pack, replace(SOUND, site={"prefix": "INC", "name": "Berlin"}), by="zoe")
    site = empty.ask(lambda tx: tx.definitions.site())
    assert (site["prefix"], site["name"], site["zone"]) == ("T-", "Berlin", "Europe/Berlin")


@pytest.mark.parametrize(
    ("fault", "code", "where"),
    [
        ({"calendars": (calendar(zone="Mars/Base"),)}, "definition.zone", "calendars[0].zone"),
        ({"calendars": (calendar(weekly=(Window("25:00", "26:00"),)),)}, "hours.time", "weekly[0].start"),
        ({"target_sets": (targets(targets=(Target(Metric.resolution, -1),)),)}, "definition.too_small", "target_sets[0].targets[0].seconds"),
        ({"target_sets": (targets(targets=(Target(Metric.resolution, 60, calendar="moon"),)),)}, "definition.unknown", "target_sets[0].targets[0].calendar"),
        ({"target_sets": (targets(targets=(Target(Metric.ola, 60, authority="nobody"),)),)}, "definition.unknown", "target_sets[0].targets[0].authority"),
        ({"target_sets": (targets(targets=(Target(Metric.resolution, days=-1),)),)}, "definition.too_small", "target_sets[0].targets[0].days"),
        ({"target_sets": (targets(targets=(Target(Metric.resolution, 60, service="erp"),)),)}, "definition.unknown", "target_sets[0].targets[0].service"),
        ({"teams": (Team("desk", "Desk", zone="Nowhere"),)}, "definition.zone", "teams[0].zone"),
        ({"people": (person("Ana", zone="Nowhere"),)}, "definition.zone", "people[0].zone"),
        ({"people": (person("Ana", teams=("desk", "night shift")),)}, "definition.unknown", "people[0].teams[1]"),
        ({"people": (person("Ana", teams=("desk", "desk")),)}, "definition.listed_twice", "people[0].teams[1]"),
        *(
            ({"people": (person("Ana", valid_from=at),)}, "definition.era", "people[0].valid_from")
            for at in (-1, 10**13, -(10**18), 10**30)
        ),
        (layers(Layer("first", (Rotation(ANCHOR, (("ana",),)), Rotation(ANCHOR, (("ben",),))))), "definition.same_beginning", "rotas[0].layers[0].rotations[1].valid_from"),
        (layers(Layer("first", (Rotation(ANCHOR, (("ana",),), valid_from=10**12),))), "definition.era", "rotas[0].layers[0].rotations[0].valid_from"),
        (layers(Layer("first", (Rotation(ANCHOR, (("ana",),)),), valid_to=10**12)), "definition.era", "rotas[0].layers[0].valid_to"),
        ({"rotas": (rota(overrides=(Override("x", OverrideKind.add, NOW, 10**12, "ana"),)),)}, "definition.era", "rotas[0].overrides[0].end"),
        ({"teams": (Team("desk", "Desk"), Team("desk", "Night"))}, "definition.same_id", "teams[1].id"),
        ({"teams": (Team("desk", "Desk"), Team("", "Night"))}, "definition.missing", "teams[1].id"),
        (layers(), "definition.no_layer", "rotas[0].layers"),
        (layers(Layer("first", ())), "definition.no_rotation", "rotas[0].layers[0].rotations"),
        (layers(Layer("first", (Rotation(ANCHOR, ()),))), "definition.nobody", "rotas[0].layers[0].rotations[0].turns"),
        (layers(Layer("first", (Rotation(ANCHOR, (("ana",), ("bill",))),))), "definition.unknown", "rotas[0].layers[0].rotations[0].turns[1]"),
        ({"target_sets": (targets(targets=(Target(Metric.resolution, 60, priority=Priority(0)),)),)}, "definition.too_small", "target_sets[0].targets[0].priority"),
        (layers(Layer("first", (Rotation(ANCHOR, (("ana",),)),), level=0)), "definition.range", "rotas[0].layers[0].level"),
        ({"rotas": (rota(required_count=-1),)}, "definition.too_small", "rotas[0].required_count"),
        (steps(Step("L1", 10**13, (StepTarget(TargetKind.on_call),))), "definition.range", "policies[0].steps[0].wait"),
        ({"rotas": (rota(requirements=(Requirement((), zone="Nowhere"),)),)}, "definition.zone", "rotas[0].requirements[0].zone"),
        (layers(Layer("first", (Rotation(ANCHOR, (("ana",),)),), zone="Nowhere")), "definition.zone", "rotas[0].layers[0].zone"),
        ({"rotas": (rota(fallback="bill"),)}, "definition.unknown", "rotas[0].fallback"),
        (steps(), "definition.no_step", "policies[0].steps"),
        (steps(Step("L1", 0, ())), "definition.nobody_told", "policies[0].steps[0].targets"),
        (step(TargetKind.person), "definition.missing", "policies[0].steps[0].targets[0].person"),
        (step(TargetKind.team), "definition.missing", "policies[0].steps[0].targets[0].team"),
        (step(TargetKind.authority, team="vendor"), "definition.unknown", "policies[0].steps[0].targets[0].team"),
        (step(TargetKind.on_call_next, rota="day"), "definition.unknown", "policies[0].steps[0].targets[0].rota"),
        ({"templates": (Template("solved"),)}, "definition.no_text", "templates[0].texts"),
        ({"templates": (Template("solved", texts={"de": "Hallo {name}"}),)}, "definition.unknown", "templates[0].texts.de"),
        ({"templates": (Template("solved", texts={"deutsch": "Hallo"}),)}, "definition.language", "templates[0].texts.deutsch"),
        *(
            ({"templates": (Template("solved", texts={"de": f"Hallo {text}"}),)}, "definition.brace", "templates[0].texts.de")
            for text in ("{title", "{0.__class__}", "{}", "{ title }", "{title!r}")
        ),
        *(
            ({"target_sets": (targets(targets=(Target(Metric.resolution, 60, **said), Target(Metric.resolution, 90, **said))),)},
             "definition.alike", "target_sets[0].targets[1]")
            for said in ({}, {"priority": Priority(1)}, {"kind": Kind.incident, "service": "mail"})
        ),
        ({"target_sets": (targets(targets=(Target(Metric.resolution, 60, priority=Priority(5)),)),)}, "definition.priority", "target_sets[0].targets[0].priority"),
        ({"rotas": (rota(required_languages=("de", "?")),)}, "definition.language", "rotas[0].required_languages[1]"),
        ({"rotas": (rota(requirements=(Requirement((), languages=("German",)),)),)}, "definition.language", "rotas[0].requirements[0].languages[0]"),
        ({"people": (person("Ana", speaks=("en, de",)),)}, "definition.language", "people[0].speaks[0]"),
        ({"teams": (Team("desk", "Desk", languages=("",)),)}, "definition.language", "teams[0].languages[0]"),
        (layers(Layer("first", (Rotation(ANCHOR, (("ana",),)),), restrictions=(Restriction(days=()),))), "definition.no_day", "rotas[0].layers[0].restrictions[0].days"),
        ({"teams": (Team("desk", "Desk"), Team("d" * 5000, "Night"))}, "definition.id_long", "teams[1].id"),
        *(
            ({"teams": (Team("desk", "Desk"), Team(f"d{letter}k", "Night"))}, "definition.id_letters", "teams[1].id")
            for letter in "\x00\n\x1b\u202e"
        ),
        ({"matrices": {"standard": PriorityMatrix(), "\x1b": PriorityMatrix()}}, "definition.id_letters", "matrices.\x1b"),
        ({"people": (person("Ana", certifications=(Certification(" "),)),)}, "definition.missing", "people[0].certifications[0].name"),
        ({"people": (person("Ana", certifications=(Certification("FI", date(9999, 12, 31)),)),)}, "definition.era", "people[0].certifications[0].expires"),
        ({"processes": (Process("a", "A", ("gone",)),)}, "definition.unknown", "processes[0].services[0]"),
        ({"processes": (Process("a", "A"),)}, "definition.missing", "processes[0].services"),
        ({"processes": (Process("a", "", ("mail",)),)}, "definition.missing", "processes[0].name"),
        ({"processes": (Process("a", "A", ("mail",), certification="FI"),)}, "definition.no_holder", "processes[0].certification"),
        ({"processes": (Process("a", "A", ("mail",), line=0),)}, "definition.range", "processes[0].line"),
        ({"tasks": (Task("a", "A", "janitor", time="daily"),)}, "definition.unknown", "tasks[0].role"),
        ({"tasks": (Task("a", "A", time="daily"),)}, "definition.missing", "tasks[0].role"),
        ({"tasks": (Task("a", "A", "first"),)}, "definition.missing", "tasks[0].time"),
        ({"tasks": (Task("a", "A", "Night", rota="other", time="daily"),), "rotas": (rota(), replace(rota(), id="other", name="Other"))}, "definition.unknown", "tasks[0].role"),
        ({"services": (service(team="peak"),), "teams": (Team("desk", "Desk"), Team("peak", "Peak")), "periods": (PEAK,)}, "definition.team_ends", "services[0].team"),
        ({"tasks": (Task("a", "A", "first", rota="gone", time="daily"),)}, "definition.unknown", "tasks[0].rota"),
        ({"policies": (policy(last_resort="bill"),)}, "definition.unknown", "policies[0].last_resort"),
        ({"policies": (policy(criteria=(ASKED, ASKED)),)}, "definition.listed_twice", "policies[0].criteria[1].id"),
        ({"policies": (policy(criteria=(replace(ASKED, period="gone"),)),)}, "definition.unknown", "policies[0].criteria[0].period"),
        *(
            ({"services": (service(**{field: "gone"}),)}, "definition.unknown", f"services[0].{field}")
            for field in ("team", "calendar", "targets", "matrix", "rota", "policy")
        ),
        ({"services": (service(zone="Nowhere"),)}, "definition.zone", "services[0].zone"),
    ],
)  # fmt: skip
def test_one_fault_refuses_the_pack_with_its_path_and_nothing_is_written(
    empty: Desk, fault: Mapping[str, Any], code: str, where: str
) -> None:
    with pytest.raises(BadInput) as caught:
        empty.do(apply_pack, replace(SOUND, **fault), by="zoe")
    assert (caught.value.code, caught.value.params["where"]) == (code, where)
    assert empty.store.head() == 0


def test_a_step_on_call_without_a_rota_means_that_of_the_ticket_s_service(empty: Desk) -> None:
    assert empty.do(apply_pack, replace(SOUND, **step(TargetKind.on_call)), by="zoe") == len(keyed(SOUND))


@pytest.mark.parametrize(("key", "value"), keyed(SOUND), ids=lambda one: one if isinstance(one, str) else "")
def test_what_is_defined_again_unchanged_is_no_new_version(empty: Desk, key: str, value: Any) -> None:
    empty.do(apply_pack, SOUND, by="zoe")
    head = empty.store.head()
    assert empty.do(define, key, value, by="zoe") == 1
    assert empty.store.head() == head


def test_a_change_holds_from_now_on_and_the_first_version_for_all_of_the_past(empty: Desk) -> None:
    empty.do(apply_pack, SOUND, by="zoe")
    empty.clock.forward(hours=1)
    assert empty.do(define, "office", calendar(name="Shop"), by="zoe") == 2
    versions = empty.ask(lambda tx: tx.definitions.calendars()["office"])
    assert [(version.version, version.valid_from) for version in versions] == [(1, None), (2, NOW + 3600)]


def test_a_policy_that_has_versions_is_known_again(empty: Desk) -> None:
    empty.do(apply_pack, SOUND, by="zoe")
    changed = replace(SOUND, policies=(policy(rounds=5),))
    empty.do(apply_pack, changed, by="zoe")
    head = empty.store.head()
    empty.do(apply_pack, changed, by="zoe")
    assert empty.store.head() == head
    assert [version.value.rounds for version in empty.ask(lambda tx: tx.definitions.policies()["urgent"])] == [2, 5]


def test_an_override_is_known_by_its_own_id(empty: Desk) -> None:
    empty.do(apply_pack, SOUND, by="zoe")
    cover = Override("o1", OverrideKind.replace, NOW, NOW + 60, person="mia", created_at=NOW)
    empty.do(define, "night", cover, by="zoe")
    empty.do(define, "night", replace(cover, id="o2", person="lea"), by="zoe")
    head = empty.store.head()
    empty.do(define, "night", cover, by="zoe")
    assert empty.store.head() == head
    assert [one.id for one in empty.ask(lambda tx: tx.definitions.overrides("night"))] == ["o1", "o2"]


def test_agents_define_nothing(empty: Desk) -> None:
    empty.do(apply_pack, SOUND, by="zoe")
    with refuses("access.denied"):
        empty.do(apply_pack, SOUND, by="ana")
