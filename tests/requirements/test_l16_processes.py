"""L16: a process profile answers nine questions; routing uses its certification and its out-of-hours need."""

from dataclasses import fields

import pytest

from supporttui.domain.people import Certification
from supporttui.domain.processes import Process
from supporttui.domain.rota.absence import AbsenceKind
from supporttui.domain.spans import Instant
from supporttui.usecases import rota
from tests.builders import NOW, Desk, person

pytestmark = pytest.mark.core
CLOSING = Process("closing", "Closing", ("mail",), certification="ledger")
NINE = {
    "expertise", "queries", "volume", "criticality", "skills", "aggregation", "interfaces", "certification",
    "out_of_hours",
}  # fmt: skip


def test_a_profile_has_the_nine_fields() -> None:
    assert {field.name for field in fields(Process)} >= NINE


def test_an_uncertified_engineer_is_not_proposed_for_a_certified_process(desk: Desk) -> None:
    """Ben is away while on duty for mail. Zoe holds the certification; Lea, who is as free, does not."""
    desk.do(rota.add_absence, start=NOW, end=Instant(NOW + 3600), kind=AbsenceKind.leave, person="ben", by="lea")

    def proposed() -> tuple[list[str], list[tuple[str, str]]]:
        (clash,) = desk.ask(rota.clashes, NOW, Instant(NOW + 3600))
        people = [one.person for one in clash.conflict.proposals]
        return people, [(one.person, one.why.value) for one in clash.conflict.left_out]

    before, _ = proposed()
    assert {"lea", "zoe"} <= set(before)
    with desk.store.write() as tx:
        tx.definitions.put("zoe", person("Zoe", certifications=(Certification("ledger"),)))
        tx.definitions.put("closing", CLOSING)
    people, left_out = proposed()
    assert people == ["zoe"]
    assert ("lea", "unfit.uncertified") in left_out
    assert {one for one, _ in left_out} == set(before) - {"zoe"}
