"""Everything that can be refused is told in words, with the particulars it was raised with."""

import pytest

from supporttui.domain.escalation.targets import Empty
from supporttui.domain.faults import BadInput, Conflict, NotFound, Refused, StoreUnfit
from supporttui.domain.rota.layers import Cause
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.spans import Instant
from supporttui.i18n import labels
from supporttui.i18n.catalogue import PLACE, Words, load
from supporttui.i18n.fault_labels import sentence
from supporttui.i18n.faults.texts import FAULTS
from tests.i18n.source import literals, raised

WORDS = Words("en", "Europe/Berlin")
AREAS = (
    "store.",
    "import.",
    "filter.",
    "settings.",
    "plain.",
    "definition.",
    "lease.",
    "operation.",
    "channel.",
    "undo.",
)
NOT_CODES = {"import.mapping"}


def test_every_code_raised_in_the_tree_has_a_sentence():
    missing = {found.code: found.where for found in raised() if found.code not in FAULTS}
    assert not missing


def test_every_code_written_in_a_table_has_a_sentence():
    found = {code: where for area in AREAS for code, where in literals(area).items()}
    assert not {code: where for code, where in found.items() if code not in FAULTS and code not in NOT_CODES}


def test_no_sentence_asks_for_what_is_not_given():
    lacking = [
        (found.where, found.code, lacks)
        for found in raised()
        if not found.open
        if (lacks := set(PLACE.findall(sentence(found.code, found.params) or "")) - found.params)
    ]
    assert not lacking


def test_a_sentence_without_its_particulars_is_whole():
    assert labels.fault(WORDS, StoreUnfit("store.missing")) == "There is no such database."
    assert "at x.db" in labels.fault(WORDS, StoreUnfit("store.missing", path="x.db"))


def test_no_sentence_is_left_over():
    known = {found.code for found in raised()} | {code for area in AREAS for code in literals(area)}
    assert set(FAULTS) - known == set()


@pytest.mark.parametrize("code", [*Cause, *Empty, *Reason])
def test_every_cause_and_reason_has_words(code: str):
    german = load("de", "UTC", {})
    assert labels.cause(german, code) != code or labels.reason(german, code) != code


def test_numbers_states_and_times_are_told_as_people_know_them():
    assert labels.fault(WORDS, Refused("ticket.not_open", ticket=1042, state="waiting_vendor"), prefix="INC") == (
        "INC1042 is waiting for vendor; reopen it first."
    )
    conflict = Conflict("ticket.changed", changed_by="Ana", at=Instant(1_795_500_000), ticket=7)
    assert labels.fault(WORDS, conflict) == ("Not saved: Ana changed T-7 at 2026-11-24 07:00. Look again, then repeat.")


def test_a_likely_slip_is_named():
    fault = BadInput("filter.unknown_field", at=0, length=4, field="prio", suggestion="priority")
    assert labels.fault(WORDS, fault) == "There is no field prio. Did you mean priority?"
    fault = BadInput("filter.unknown_field", at=0, length=4, field="xyz", suggestion="")
    assert labels.fault(WORDS, fault) == "There is no field xyz."


def test_an_unknown_code_is_told_and_never_breaks():
    assert labels.fault(WORDS, NotFound("later.version")) == "This did not work (later.version)."


def test_what_strangers_wrote_cannot_act_in_a_refusal():
    assert labels.fault(WORDS, Refused("zone.unknown", zone="\x1b[2J\u202e")).count("\x1b") == 0


@pytest.mark.parametrize("code", ["process.unknown", "task.unknown", "definition.unknown", "definition.no_holder"])
def test_where_nothing_is_known_no_empty_list_is_told(code: str):
    fault = BadInput(code, where="x", process="x", task="x", name="x", certification="x", allowed="")
    assert labels.fault(WORDS, fault).endswith("x.")


def test_people_are_told_by_their_names_where_these_are_known():
    fault = Refused("swap.not_on_duty", person="yuki")
    assert "佐藤 由紀 is not on duty" in labels.fault(WORDS, fault, names={"yuki": "佐藤 由紀"})
    assert "yuki is not on duty" in labels.fault(WORDS, fault)
