"""Definitions at the desk: read, edited in a form or as a file, with what that does before it is done."""

from dataclasses import replace
from datetime import date

import pytest

from supporttui.domain.charters import Charter, Referral
from supporttui.domain.escalation.criterion import Criterion, CriterionKind
from supporttui.domain.people import Agreement, Entry, Line, Team
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.states import AckResume, AuthorityKind, EscalationKind, Kind, Need
from supporttui.i18n import definition_texts
from supporttui.i18n.catalogue import load
from supporttui.i18n.cells import cell_width
from supporttui.tui.panes import definitions as pane
from supporttui.tui.widgets.fields import value_of
from supporttui.tui.windows import definition_fields as fields
from supporttui.tui.windows import definition_promises as promises
from supporttui.tui.windows.definition_authorities import way
from supporttui.tui.windows.definition_charters import referral
from supporttui.tui.windows.definition_criteria import criterion
from supporttui.tui.windows.definition_steps import step
from supporttui.usecases import packing
from supporttui.usecases.packing import Part
from tests.builders import NOW, Desk, calendar, policy, refuses, service, targets
from tests.i18n import pseudo
from tests.tui.conftest import Night

ENGLISH = load("en", "UTC", {})
CRITERIA = (
    Criterion("late", CriterionKind.used, 80, Metric.resolution, min_priority=Priority(2), cooldown=3600),
    Criterion("silent", CriterionKind.no_update, 14_400, in_hours=True, most=5),
    Criterion("loud", CriterionKind.chased, 3), Criterion("wide", CriterionKind.impact, 1),
    Criterion("over", CriterionKind.breached), Criterion("peak", CriterionKind.period, period="winter"),
)  # fmt: skip
MANAGEMENT = policy(
    version=1, kind=EscalationKind.hierarchical, criteria=CRITERIA, ack_resume=AckResume.top, last_resort="zoe",
    ack_timeout=1800,
)  # fmt: skip
CHARTER = Charter(
    "c1", "mail", ("mailboxes", "lists"), ("phones",), (Referral("printer", "Facilities", "call 4711; ask"),),
    line="No mail after 22:00.", owner="zoe", effective_from=date(2026, 1, 1), review_due=date(2026, 12, 31),
)  # fmt: skip
PARTNER = Team(
    "acme", "Acme", AuthorityKind.external, "Europe/London", languages=("en", "pl"), calendar="office",
    services=("mail",), resolves=("network", "custom code"),
    entry=Entry((Need.text, Need.reference), (Priority(1),), ("Logs are there",)),
    lines=(Line("+41 44 555 01 99", "Hotline", (Priority(1), Priority(2))), Line("desk@acme.example")),
    agreement=Agreement("A-7", "4711", last=date(2026, 12, 31)),
)  # fmt: skip


async def test_hours_are_changed_in_a_form_after_what_that_does_was_seen(night: Night) -> None:
    async with night(me="zoe") as desk:
        await desk.press("2", "C")
        desk.expect("calendar").expect("Office").expect("v1")
        await desk.press("slash")
        await desk.type("office")
        await desk.press("enter", "enter")
        desk.expect("Mon-Fri 09:00-17:00").expect("Europe/Berlin")
        await desk.press("q", "e", "tab", "tab", "end", "backspace", "8", "ctrl+s")
        desk.expect("weekly hours 1, end: 17:00 -> 17:08").expect("timers move")
        await desk.press("enter")
        desk.expect("1 change is applied.")
        desk.expect("v2 since 2026-03-02")
        await desk.press("e", "ctrl+s")
        desk.expect("Nothing was changed.").expect("v2 since 2026-03-02")
    held = desk.other.ask(lambda tx: tx.definitions.calendars())["office"]
    assert [one.value.weekly[0].end for one in held] == ["17:00", "17:08"]


async def test_a_file_with_a_fault_is_kept_and_shown_at_its_line(night: Night, tmp_path, monkeypatch) -> None:
    texts = iter([("zoe", "nowhere"), ("nowhere", "lea")])

    def edit(app, programs, text, *, lent) -> str:
        return text.replace(*next(texts))

    monkeypatch.setattr("supporttui.tui.editing.edit", edit)
    async with night(me="zoe", drafts=str(tmp_path)) as desk:
        await desk.press("2", "C", "slash")
        await desk.type("urgent")
        await desk.press("enter", "f4")
        desk.expect('last_resort = "nowhere"').expect("policies[0].last_resort: there is no nowhere")
        await desk.press("escape")
        desk.expect("Not saved; the draft is kept.")
        await desk.press("f4")
        desk.expect("last resort: zoe -> lea")
        await desk.press("enter")
        desk.expect("1 change is applied.")


async def test_a_refused_edit_names_the_field_and_the_thing_and_not_their_places_in_a_file(night: Night) -> None:
    async with night(me="zoe", size=(120, 30)) as desk:
        await desk.press("2", "C", "slash")
        await desk.type("office")
        await desk.press("enter", "e", "tab", "tab", "end", "ctrl+u", "ctrl+s")
        desk.expect("weekly hours: calendar Office never opens.")


async def test_a_beginning_that_cannot_be_is_said_where_it_is_typed(night: Night) -> None:
    async with night(me="zoe") as desk:
        await desk.press("2", "C", "slash")
        await desk.type("office")
        await desk.press("enter", "e", "tab", "tab", "end", "backspace", "8", "ctrl+s", "f")
        desk.expect("Such as 2026-03-02 8:00, fri 9:00 or 2h. Empty: now.")
        await desk.type("2026-01-01")
        await desk.press("enter")
        desk.expect("cannot begin in the past").expect("2026-01-01")
        await desk.press("escape", "f")
        await desk.type("2026-03-09 8:00")
        await desk.press("enter")
        desk.expect("New versions hold from 2026-03-09 08:00.")


async def test_others_read_but_do_not_edit(night: Night) -> None:
    async with night(me="ana") as desk:
        await desk.press("2", "C", "e")
        desk.expect("Ana may not do this")


@pytest.mark.parametrize("language", ["en", "de", "ja", *pseudo.KINDS])
@pytest.mark.parametrize("width", [60, 80, 160])
def test_every_definition_breaks_at_the_width_in_every_language(site_store, clock, language, width) -> None:
    words = pseudo.words(language, "UTC") if language in pseudo.KINDS else load(language, "UTC", {})
    known = Desk(site_store, clock).ask(packing.known, NOW)
    look = pane.DefinitionLook(words, width)
    lines = [look.runs(one, now=NOW, cursor=True, marked=False) for one in known]
    lines += [line for one in known for line in pane.one(words, one, width, pane.names_of(known))]
    assert max(cell_width("".join(text for _, text in line)) for line in lines) <= width


def said(site_store, clock, part: Part, key: str) -> str:
    known = Desk(site_store, clock).ask(packing.known, NOW)
    found = next(one for one in known if (one.part, one.key) == (part, key))
    lines = pane.one(ENGLISH, found, 160, pane.names_of(known))
    return "\n".join("".join(text for _, text in line) for line in lines)


def test_a_definition_names_others_by_their_names_and_steps_in_words(site_store, clock) -> None:
    told = said(site_store, clock, Part.policies, "urgent")
    assert "10m L2: L2" in told
    assert "10m Lead: Lea" in told
    assert "Zoe" in told
    assert "on_call" not in told


def test_a_target_without_time_says_that_it_is_no_promise() -> None:
    value = replace(targets(), targets=(Target(Metric.resolution, 0, kind=Kind.requirement),))
    found = packing.Known(Part.target_sets, value.id, value.name, 1, None, value)
    lines = pane.one(ENGLISH, found, 160, {})
    assert "kind requirement, no promise" in "".join(text for line in lines for _, text in line)


@pytest.mark.parametrize(
    "value",
    [calendar(), targets(), policy(version=1), service(), MANAGEMENT, CHARTER, PARTNER, Team("desk", "Desk")],
    ids=lambda one: f"{type(one).__name__} {getattr(one, 'id', '')}",
)
def test_a_form_that_is_left_as_it_is_gives_the_definition_as_it_was(site_store, clock, value) -> None:
    known = Desk(site_store, clock).ask(packing.known, NOW)
    form = fields.of(ENGLISH, value, known)
    typed = {field.name: value_of(field, field.value) for field in form.fields}
    assert form.read(typed) == value


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (lambda text: fields.window(ENGLISH, text), "Mon 9 to 5", "form.window"),
        (lambda text: fields.window(ENGLISH, text), "Mon-Fry 09:00-17:00", "form.weekday"),
        (fields.holiday, "2026-02-30 Never", "form.holiday"),
        (promises.promises, "15m", "form.promise"),
        (promises.promises, "1: soon", "form.length"),
        (lambda text: promises.waking(ENGLISH, text), "1, 2", "form.wake"),
        (lambda text: promises.waking(ENGLISH, text), "Resolution", "form.wake"),
        (step, "10m: person lea", "form.step"),
        (step, "10m L2: somebody lea", "form.step"),
        (criterion, "late: often 3", "form.criterion"),
        (criterion, "late: used 80% lunch", "form.criterion"),
        (criterion, "late: used many", "form.number"),
        (criterion, "late: used 80%; never", "form.criterion"),
        (referral, "printer", "form.referral"),
        (way, "+41 44; sometimes", "form.line"),
    ],
)
def test_what_cannot_be_read_in_a_field_is_said(read, text, code) -> None:
    with refuses(code):
        read(text)


def test_warnings_that_may_wake_somebody_are_named_by_promise() -> None:
    german = load("de", "UTC", {})
    value = replace(targets(), targets=(Target(Metric.resolution, 3600, 1), Target(Metric.resolution, 7200)))
    form = fields.of(german, value, ())
    typed = {field.name: value_of(field, field.value) for field in form.fields}
    assert typed["wake"] == frozenset()
    woken = form.read({**typed, "wake": promises.waking(german, "Lösung: 1")})
    assert [one.wake for one in woken.targets] == [True, False]
    assert promises.waking_text(ENGLISH, woken) == "Resolution: 1"
    assert promises.waking(ENGLISH, "resolution: P1, *; ") == {(Metric.resolution, 1), (Metric.resolution, None)}
    with refuses("form.no_promise"):
        form.read({**typed, "wake": promises.waking(german, "Lösung: 2")})


def test_days_are_read_as_people_write_them() -> None:
    german = load("de", "UTC", {})
    assert fields.weekdays(german, "Mo-Mi,Fr") == (1, 2, 3, 5)
    assert fields.weekdays(german, "Sat-Mon") == (1, 6, 7)
    assert fields.window(ENGLISH, "9:00-24:00") == type(calendar().weekly[0])("09:00", "24:00")
    assert fields.holiday("*2026-12-24..2026-12-26 09:00-12:00 Christmas").windows[0].end == "12:00"


@pytest.mark.parametrize("one", CRITERIA, ids=lambda one: one.id)
def test_a_criterion_is_typed_as_it_is_shown(one: Criterion) -> None:
    assert criterion(definition_texts.criterion(one)) == one


@pytest.mark.parametrize("one", PARTNER.lines, ids=lambda one: one.address)
def test_a_way_to_reach_an_authority_is_typed_as_it_is_shown(one: Line) -> None:
    assert way(definition_texts.line(one)) == one


async def test_a_policy_goes_to_those_who_decide_and_gets_a_criterion_after_its_preview(night: Night) -> None:
    async with night(me="zoe", size=(120, 40)) as desk:
        with desk.other.store.write() as tx:
            tx.definitions.put("boss", policy(id="boss", name="Management", kind=EscalationKind.hierarchical))
        await desk.press("C", "slash")
        await desk.type("management")
        await desk.press("enter", "e")
        desk.expect("to those who decide").expect("Criteria")
        await desk.press("tab", "tab", "tab")
        await desk.type("late: used 80% resolution; from 2")
        await desk.press("ctrl+s")
        desk.expect("criteria 1: none -> late: used 80% resolution; from 2")
        desk.expect("Whom Management would page within a day:").expect("3 Lead").expect("Lea (mail)")
        await desk.press("enter")
        desk.expect("1 change is applied.")
        await desk.press("enter")
        desk.expect("late: used 80% resolution; from 2")
    found = desk.other.ask(lambda tx: tx.definitions.policies())["boss"][-1].value
    assert found.criteria == (Criterion("late", CriterionKind.used, 80, Metric.resolution, min_priority=Priority(2)),)
