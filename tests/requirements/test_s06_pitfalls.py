"""S6: common pitfalls are pointed out, ranked by what would hurt tonight; eight planted defects are just these eight."""

from dataclasses import replace
from datetime import time

import pytest

from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.people import AuthorityKind, Role, Team
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.rota.schedule import Layer, Restriction, Rotation, Unit
from supporttui.domain.sla.targets import Metric, Target
from supporttui.usecases import tickets
from tests.builders import calendar, opened, person, policy, rota, service, targets

PEOPLE = (
    person("Ana", speaks=("de",)), person("Ben", speaks=("de",)), person("Mia"), person("Lea", role=Role.lead),
    person("Zoe", role=Role.admin, teams=("network",)),
)  # fmt: skip
FIRST, SECOND = rota().layers
ANCHOR = FIRST.rotations[0].anchor
PAIR = Layer("pair", (Rotation(ANCHOR, (("ana", "ben"),), unit=Unit.day),))
NIGHTS = Restriction(time(20), time(8))
NOBODY = Step("Manager", 600, (StepTarget(TargetKind.person, person="gone"),))
SOUND = {
    "desk": Team("desk", "Desk"), "acme": Team("acme", "Acme", AuthorityKind.external, phone="+49 1", calendar="office"),
    "office": calendar(), "standard": targets(), "urgent": policy(), "night": rota(), "mail": service(),
    "days": rota(id="days"), "pairs": rota(id="pairs", layers=(PAIR,), required_count=2),
    "tongues": rota(id="tongues", layers=(PAIR,), required_languages=("de",)),
    "always": calendar(id="always", weekly=(replace(calendar().weekly[0], start="00:00", end="24:00"),)),
}  # fmt: skip
PROMISED = tuple(Target(Metric.resolution, 3600, priority=priority) for priority in (1, 2, 3))
DEFECTS = {
    "lint.service_without_hours": {"fax": service("fax", calendar="never", policy=None)},
    "lint.priority_without_target": {
        "vague": targets(id="vague", targets=PROMISED), "vpn": service("vpn", targets="vague", policy=None),
    },
    "lint.policy_reaches_nobody": {
        "deep": policy(id="deep", steps=(*policy().steps, NOBODY)), "erp": service("erp", policy="deep"),
    },
    "lint.on_call_without_contact": {"mia": person("Mia", contacts=())},
    "lint.authority_without_contact": {"acme": Team("acme", "Acme", AuthorityKind.external, calendar="office")},
    "lint.rota_gap": {"days": rota(id="days", layers=(replace(FIRST, restrictions=(NIGHTS,)), SECOND))},
    "lint.rota_too_few": {"pairs": rota(id="pairs", layers=(PAIR,), required_count=3)},
    "lint.rota_no_speaker": {"tongues": rota(id="tongues", layers=(PAIR,), required_languages=("pt",))},
}  # fmt: skip
"""Code → what is defined so that just this is wrong."""
WHERE = {
    "lint.service_without_hours": "service fax", "lint.priority_without_target": "service vpn",
    "lint.policy_reaches_nobody": "escalation policy deep", "lint.on_call_without_contact": "person mia",
    "lint.authority_without_contact": "team acme", "lint.rota_gap": "rota days",
    "lint.rota_too_few": "rota pairs", "lint.rota_no_speaker": "rota tongues",
}  # fmt: skip


def define(store, *codes):
    """A sound site, and the defects of these codes in it."""
    planted = {key: value for code in codes for key, value in DEFECTS[code].items()}
    with store.write() as tx:
        for key, value in {**{one.id: one for one in PEOPLE}, **SOUND, **planted}.items():
            tx.definitions.put(key, value)
        tx.definitions.put("standard", PriorityMatrix(rows=((1, 1, 3), (1, 2, 3), (2, 3, 4))))


def lint_of(shell):
    """What ``doctor`` says of the definitions."""
    return [f for f in shell("doctor", "--json").json["findings"] if f["code"].startswith("lint.")]


def test_a_sound_site_has_no_pitfall(shell, desk):
    define(desk.store)
    assert lint_of(shell) == []


@pytest.mark.parametrize("code", DEFECTS)
def test_each_defect_alone_is_found_alone_where_it_is(shell, desk, code):
    define(desk.store, code)
    assert [(f["code"], f["where"]) for f in lint_of(shell)] == [(code, WHERE[code])]


def test_eight_planted_defects_are_just_these_eight_what_hurts_tonight_first(shell, desk):
    define(desk.store, *DEFECTS)
    found = lint_of(shell)
    assert {f["code"]: f["where"] for f in found} == WHERE
    assert len(found) == 8
    pains = [f["pain"] for f in found]
    assert pains == sorted(pains, key=["tonight", "soon", "some_day"].index)
    assert pains[0] == "tonight"


def test_the_exit_code_serves_cron(shell, desk):
    define(desk.store)
    assert shell("doctor").code == 0
    define(desk.store, *DEFECTS)
    assert shell("doctor").code == 1


def test_the_working_of_the_desk_changes_nothing_in_it(shell, desk):
    define(desk.store, *DEFECTS)
    before = lint_of(shell)
    desk.do(tickets.open_ticket, opened())
    assert lint_of(shell) == before
