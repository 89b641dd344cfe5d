"""Lint finds what would hurt tonight, and nothing else."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from supporttui.domain.escalation.policy import Policy, Step, StepTarget, TargetKind
from supporttui.domain.ids import CalendarId, PersonId, PolicyId, RotaId, ServiceId, TeamId
from supporttui.domain.lint import Finding, Pain, Site, lint
from supporttui.domain.people import AuthorityKind, ContactPoint, Person, Team
from supporttui.domain.priorities import Priority, PriorityMatrix
from supporttui.domain.rota.schedule import IntendedGap, Layer, Override, OverrideKind, Restriction, Rota, Rotation
from supporttui.domain.services import Service
from supporttui.domain.sla.hours import Break, Calendar, Holiday, Window
from supporttui.domain.sla.targets import Metric, Target, TargetSet
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve

pytestmark = pytest.mark.core

ZONE = "Europe/Amsterdam"
NOW = resolve(datetime(2026, 11, 24, 18), ZONE)
DAY = 86400
ANA, BEN, BOSS = PersonId("ana"), PersonId("ben"), PersonId("boss")
DESK, VENDOR = TeamId("desk"), TeamId("vendor")
HOURS, ROTA, POLICY = CalendarId("hours"), RotaId("rota"), PolicyId("policy")


def person(key: PersonId, **kw) -> Person:
    return Person(
        key, key.title(), **{"contacts": (ContactPoint("mail", f"{key}@example.org"),), "teams": (DESK,), **kw}
    )


def layer(*people: PersonId, name: str = "primary", **kw) -> Layer:
    return Layer(name, (Rotation(datetime(2026, 1, 5, 9), tuple((p,) for p in people)),), **kw)


def on_call(level: int) -> StepTarget:
    return StepTarget(TargetKind.on_call, rota=ROTA, level=level)


def policy(*targets: StepTarget) -> Policy:
    return Policy(POLICY, "P", (Step("first", 0, (on_call(1),)), Step("last", 300, targets)))


RESOLUTIONS = tuple(Target(Metric.resolution, 3600, priority=Priority(p)) for p in (1, 2, 3, 4))
SERVICE = Service(ServiceId("erp"), "ERP", DESK, HOURS, rota=ROTA, policy=POLICY)
SOUND = Site(
    people=(person(ANA), person(BEN), person(BOSS)),
    teams=(Team(DESK, "Desk"), Team(VENDOR, "Vendor", AuthorityKind.external, phone="+31 1")),
    services=(SERVICE,),
    calendars={HOURS: Calendar(HOURS, "Hours", ZONE, (Window("09:00", "17:00"),))},
    target_sets={"standard": TargetSet("standard", RESOLUTIONS)},
    matrices={"standard": PriorityMatrix()},
    rotas={ROTA: Rota(ROTA, "Rota", ZONE, (layer(ANA, BEN), layer(BOSS, name="boss", level=2)))},
    policies={POLICY: policy(on_call(2))},
)


def changed_rota(**kw) -> Site:
    return replace(SOUND, rotas={ROTA: replace(SOUND.rotas[ROTA], **kw)})


def found(site: Site, **kw) -> list[tuple[Pain, str]]:
    return [(finding.pain, finding.code) for finding in lint(site, NOW, **kw)]


def only(site: Site, **kw) -> Finding:
    (finding,) = lint(site, NOW, **kw)
    return finding


def test_a_sound_site_has_no_findings():
    assert lint(SOUND, NOW) == ()


@pytest.mark.parametrize(
    "calendars",
    [
        {},
        {HOURS: Calendar(HOURS, "Hours", ZONE, ())},
        {HOURS: Calendar(HOURS, "Hours", ZONE, (Window("09:00", "09:00"),))},
        {HOURS: Calendar(HOURS, "Hours", ZONE, (Window("09:00", "17:00"),), breaks=(Break("00:00", "24:00"),))},
    ],
)
def test_a_service_whose_hours_are_missing_or_never_open(calendars):
    assert only(replace(SOUND, calendars=calendars)) == Finding(
        Pain.tonight, "lint.service_without_hours", {"service": "erp", "calendar": "hours"}
    )


def test_hours_of_holidays_alone_are_hours():
    fair = Holiday("Fair", date(2026, 12, 1), windows=(Window("10:00", "12:00"),))
    assert lint(replace(SOUND, calendars={HOURS: Calendar(HOURS, "Hours", ZONE, (), holidays=(fair,))}), NOW) == ()


@pytest.mark.parametrize(("priority", "pain"), [(1, Pain.tonight), (3, Pain.soon)])
def test_a_priority_without_a_target_hurts_tonight_if_it_pages(priority, pain):
    targets = tuple(t for t in RESOLUTIONS if t.priority != priority)
    assert only(replace(SOUND, target_sets={"standard": TargetSet("standard", targets)})) == Finding(
        pain, "lint.priority_without_target", {"service": "erp", "priority": priority}
    )


@pytest.mark.parametrize(
    "target",
    [
        Target(Metric.ola, 60, priority=Priority(3)),
        Target(Metric.underpinning, 60, priority=Priority(3)),
        Target(Metric.resolution, 60, priority=Priority(3), authority="net"),
    ],
)
def test_what_is_agreed_inside_with_a_vendor_or_for_another_team_is_no_promise_to_the_business(target):
    targets = (*(t for t in RESOLUTIONS if t.priority != 3), target)
    assert only(replace(SOUND, target_sets={"standard": TargetSet("standard", targets)})).code == (
        "lint.priority_without_target"
    )


def test_no_promise_on_purpose_is_a_target_of_no_seconds():
    targets = (*RESOLUTIONS[:3], Target(Metric.resolution, 0, priority=Priority(4)))
    assert lint(replace(SOUND, target_sets={"standard": TargetSet("standard", targets)}), NOW) == ()


@pytest.mark.parametrize(
    "target",
    [
        StepTarget(TargetKind.person, person=PersonId("gone")),
        StepTarget(TargetKind.team, team=TeamId("nobody")),
        on_call(3),
        StepTarget(TargetKind.on_call, rota=RotaId("no such")),
        StepTarget(TargetKind.on_call_next, rota=ROTA, level=3),
    ],
)
def test_a_policy_whose_last_step_reaches_nobody(target):
    assert only(replace(SOUND, policies={POLICY: policy(target)})) == Finding(
        Pain.tonight, "lint.policy_reaches_nobody", {"policy": "policy", "step": "last", "service": "erp"}
    )


@pytest.mark.parametrize(
    "target",
    [
        StepTarget(TargetKind.person, person=BOSS),
        StepTarget(TargetKind.team, team=DESK),
        StepTarget(TargetKind.authority, team=VENDOR),
        StepTarget(TargetKind.on_call),
    ],
)
def test_a_last_step_that_reaches_somebody_is_sound(target):
    assert lint(replace(SOUND, policies={POLICY: policy(target)}), NOW) == ()


def test_a_policy_without_steps_reaches_nobody():
    assert only(replace(SOUND, policies={POLICY: replace(policy(), steps=())})).code == "lint.policy_reaches_nobody"


def test_a_service_without_a_policy_is_its_own_business():
    assert lint(replace(SOUND, services=(replace(SERVICE, policy=None),)), NOW) == ()


@pytest.mark.parametrize(("after", "pain"), [(3600, [Pain.tonight]), (3 * DAY, [Pain.soon]), (20 * DAY, [])])
def test_a_gap_hurts_tonight_or_soon_or_lies_too_far_ahead(after, pain):
    away = Override("o", OverrideKind.remove, Instant(NOW + after), Instant(NOW + after + 7200))
    findings = lint(changed_rota(overrides=(replace(away, layer="primary"),)), NOW)
    assert [finding.pain for finding in findings] == pain
    for finding in findings:
        assert finding.code == "lint.rota_gap"
        assert finding.params == {
            "rota": "rota", "level": 1, "cause": "gap.removed", "start": NOW + after, "end": NOW + after + 7200,
            "count": 1, "seconds": 7200,
        }  # fmt: skip


def test_gaps_of_one_cause_are_one_finding():
    nights = layer(ANA, BEN, restrictions=(Restriction(time(20), time(8)),))
    finding = only(changed_rota(layers=(nights, layer(BOSS, name="boss", level=2))))
    assert (finding.params["count"], finding.params["cause"]) == (15, "gap.restriction")


def test_a_gap_of_a_later_level_never_hurts_as_much():
    assert found(replace(changed_rota(layers=(layer(ANA), layer(name="boss", level=2))), policies={})) == [
        (Pain.soon, "lint.rota_gap")
    ]


def test_an_intended_gap_is_none():
    assert lint(changed_rota(intended_gaps=(IntendedGap(NOW, Instant(NOW + DAY)),)), NOW) == ()


def test_who_may_not_be_on_call_leaves_a_gap():
    site = replace(SOUND, people=(person(ANA, may_be_on_call=False), person(BEN), person(BOSS)))
    assert only(site).params["cause"] == "gap.not_valid"


@pytest.mark.parametrize(("who", "pain"), [(ANA, Pain.tonight), (BEN, Pain.soon)])
def test_who_is_on_call_and_has_no_contact_point_is_named_at_the_first_duty(who, pain):
    people = tuple(replace(p, contacts=()) if p.id == who else p for p in SOUND.people)
    finding = only(replace(SOUND, people=people))
    begins = NOW if who == ANA else resolve(datetime(2026, 11, 30, 9), ZONE)
    assert finding == Finding(pain, "lint.on_call_without_contact", {"person": who, "rota": "rota", "at": begins})


@pytest.mark.parametrize("called", [True, False])
def test_an_authority_outside_without_telephone_hurts_tonight_if_a_policy_calls_it(called):
    site = replace(
        SOUND, teams=(Team(DESK, "Desk"), Team(VENDOR, "Vendor", AuthorityKind.external)),
        policies={POLICY: policy(on_call(2), *([StepTarget(TargetKind.authority, team=VENDOR)] if called else []))},
    )  # fmt: skip
    assert only(site) == Finding(
        Pain.tonight if called else Pain.soon, "lint.authority_without_contact", {"authority": "vendor"}
    )


def test_too_few_and_no_speaker_are_told_once_each():
    assert {f.code: f.params["language"] for f in lint(changed_rota(required_count=2), NOW)} == {
        "lint.rota_too_few": ""
    }
    speaking = changed_rota(required_languages=("pt",))
    assert [(f.code, f.params["language"]) for f in lint(speaking, NOW)] == [("lint.rota_no_speaker", "pt")]


def test_what_stands_as_it_was_delivered_is_told_last():
    changed = replace(SOUND, teams=(Team(DESK, "Our desk"),))
    still = [f.params for f in lint(SOUND, NOW, shipped=changed)]
    assert {"kind": "service", "key": "erp"} in still
    assert {"kind": "team", "key": "desk"} not in still
    assert {f.pain for f in lint(SOUND, NOW, shipped=SOUND)} == {Pain.some_day}
    assert len(lint(SOUND, NOW, shipped=SOUND)) == 3 + 2 + 1 + 1 + 1 + 1 + 1 + 1


def test_of_eight_planted_defects_eight_are_found_the_worst_first():
    """One of each kind, and nothing else is said."""
    second = replace(SERVICE, id=ServiceId("crm"), calendar=CalendarId("none"), policy=PolicyId("other"))
    lonely = replace(policy(StepTarget(TargetKind.person, person=PersonId("gone"))), id=PolicyId("other"))
    site = replace(
        changed_rota(
            required_languages=("pt",),
            overrides=(Override("o", OverrideKind.remove, Instant(NOW + DAY), Instant(NOW + 2 * DAY), layer="boss"),),
        ),
        services=(SERVICE, second), policies={**SOUND.policies, PolicyId("other"): lonely},
        people=(person(ANA, speaks=()), person(BEN, contacts=()), person(BOSS)),
        teams=(Team(DESK, "Desk"), Team(VENDOR, "Vendor", AuthorityKind.external)),
        target_sets={"standard": TargetSet("standard", tuple(replace(t, service="erp") if t.priority == 4 else t for t in RESOLUTIONS))},
    )  # fmt: skip
    shipped = replace(Site(), matrices={"standard": PriorityMatrix()})
    assert found(site, shipped=shipped) == [
        (Pain.tonight, "lint.policy_reaches_nobody"),
        (Pain.tonight, "lint.service_without_hours"),
        (Pain.soon, "lint.rota_gap"),
        (Pain.soon, "lint.on_call_without_contact"),
        (Pain.soon, "lint.priority_without_target"),
        (Pain.soon, "lint.rota_no_speaker"),
        (Pain.soon, "lint.authority_without_contact"),
        (Pain.some_day, "lint.still_default"),
    ]
