"""Every state, sign, event and notice has words, and short ones fit their cells in every language."""

import unicodedata

import pytest
from rich.cells import cell_len

from supporttui.domain.events import (
    KINDS,
    Acknowledged,
    AnnouncementRetracted,
    Assigned,
    AttentionLowered,
    AttentionRaised,
    BreachKept,
    Chased,
    CriterionHeld,
    EarlyFlagged,
    Edited,
    EscalationEnded,
    EscalationMoved,
    EscalationSnoozed,
    EscalationStarted,
    Event,
    FirstLooked,
    FixRecorded,
    Followed,
    HandedOver,
    Imported,
    Kind,
    LookRated,
    MajorEnded,
    MajorLogged,
    MajorRoleGiven,
    MajorStarted,
    Merged,
    MergedIn,
    NextStepNoted,
    Noted,
    Opened,
    OwnerDeclined,
    OwnerOffered,
    PageWithdrawn,
    PriorityChanged,
    ProcedureStepped,
    Referenced,
    Related,
    Relation,
    Reminded,
    RepeatsSeen,
    Replied,
    Reported,
    RequesterWrote,
    Signal,
    State,
    StateChanged,
    StepFired,
    Unacknowledged,
    Undone,
    UpdateAnnounced,
    UpdatePromised,
    UpdateReleased,
    Voided,
)
from supporttui.domain.people import AuthorityKind, Role
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import Sign, TimerState
from supporttui.domain.states import AckResume, EscalationKind, FixStep, MajorEntry, MajorRole, StepResult
from supporttui.domain.tickets import UNDOABLE
from supporttui.i18n import cause_labels, labels
from supporttui.i18n.catalogue import languages, load
from supporttui.i18n.faults.channels import CHANNELS, CHANNELS_BARE
from supporttui.tui.ticket_actions import CODES

NAMES = {"ana": "Ana", "net": "Network", "core": "Core policy"}
EVENTS: list[tuple[Event, str]] = [
    (Opened("Disk\nfull", "s", "net", 1), "created: Disk full"),
    (StateChanged(State.active), "state now: active"),
    (
        StateChanged(State.scheduled, reason="parts", until=1_795_500_000, text="ordered"),
        "state now: scheduled (waits for parts, until 2026-11-24 07:00, ordered)",
    ),
    (StateChanged(State.resolved, reason="fixed"), "state now: resolved (fixed)"),
    (Acknowledged("ana"), "acknowledged by Ana"),
    (Assigned(owner="ana", team="net"), "assigned: team Network, owner Ana"),
    (Assigned(owner="", resolver="acme"), "assigned: no owner, resolver acme"),
    (Noted("first\x1b[2J look"), "note: first␛[2J look"),
    (Replied("we are on it"), "reply: we are on it"),
    (Replied("", derived=True), "reply, concluded from the imported history"),
    (NextStepNoted("call the bridge", "night-1"), "next step: call the bridge"),
    (HandedOver("ana", "ben", "night-1"), "handed over from Ana to ben"),
    (RequesterWrote(), "message of the requester"),
    (RequesterWrote("still down"), "message of the requester: still down"),
    (RequesterWrote("still down", "> Is it?\n> Yes."), "message of the requester: still down (2 lines quoted)"),
    (PriorityChanged(1), "priority now: P1 critical"),
    (PriorityChanged(2, reason="vip"), "priority now: P2 high (vip)"),
    (Edited({"title": "x", "category": "y"}), "changed: title, category"),
    (Referenced("jira", "OPS-1"), "reference: jira OPS-1"),
    (Followed("ana"), "Ana follows it"),
    (Followed("ana", on=False), "Ana no longer follows it"),
    (Reminded("ana", 1_795_500_000), "Ana is reminded 2026-11-24 07:00"),
    (Reminded("ana", 1_795_500_000, "call back"), "Ana is reminded 2026-11-24 07:00: call back"),
    (Reminded("ana"), "Ana needs no reminder any more"),
    (Related(7, Relation.blocked_by), "blocked by T-7"),
    (Related(7, Relation.duplicate, on=False), "no longer: duplicate of T-7"),
    (Merged(7), "goes on as T-7"),
    (MergedIn(7), "T-7 goes on here"),
    (Voided("typed twice"), "void: typed twice"),
    (OwnerOffered("ana", 1_795_500_000, "ben"), "Ana is asked to own it, until 2026-11-24 07:00"),
    (OwnerDeclined("ben", "on leave"), "does not take it over: on leave"),
    (EarlyFlagged("ana", text="three users"), "early warning: three users"),
    (EarlyFlagged("ana", on=False), "early warning is over"),
    (FirstLooked("lamp red", wanted="a fuse"), "Seen: lamp red; Wanted: a fuse"),
    (LookRated(2, "ana", "desk", "no log"), "first look of Ana scored 2 of 5: no log"),
    (FixRecorded(FixStep.deployed, "ana", "release 7"), "fix deployed to production by Ana: release 7"),
    (
        UpdateAnnounced(1_795_500_000, 1_795_503_600, "new release"),
        "announced: 2026-11-24 07:00 to 2026-11-24 08:00: new release",
    ),
    (AnnouncementRetracted("postponed"), "announcement taken back: postponed"),
    (UpdatePromised(1_795_500_000, "ana"), "update promised by 2026-11-24 07:00"),
    (UpdateReleased("solved by phone"), "no update promised any more: solved by phone"),
    (MajorStarted("ana", 1800), "major incident begun"),
    (MajorStarted("ana", 1800, exercise=True), "exercise of a major incident begun"),
    (MajorRoleGiven(MajorRole.scribe, "ana"), "scribe: Ana"),
    (MajorLogged(MajorEntry.said, "told the board"), "communicated: told the board"),
    (MajorLogged(MajorEntry.degraded, "orders by phone"), "degraded: orders by phone"),
    (MajorEnded("network is back"), "major incident over: network is back"),
    (
        RepeatsSeen((7, 6, 5, 4), ("mail",), 7),
        "5 alike within 7 days (mail): T-7, T-6, T-5, T-4. Look for one cause.",
    ),
    (EscalationStarted("core", 1), "escalation begins: Core policy"),
    (StepFired(1, 1, 1, 1, paged=("ana", "jo")), "escalation step 1, round 1: Ana, jo"),
    (StepFired(1, 2, 2, 1, paged=("ana",), by_hand=True), "escalated by hand to step 2: Ana"),
    (
        StepFired(1, 2, 2, 1, cause="empty.no_member"),
        "escalation step 2, round 1: nobody paged (the team has nobody)",
    ),
    (
        StepFired(1, 3, 1, 2, paged=("ana",), cause="criterion.late"),
        "escalation step 1, round 2: Ana (because of the criterion late)",
    ),
    (EscalationEnded(1, exhausted=True), "escalation used up, nobody answered"),
    (EscalationEnded(1), "escalation stopped"),
    (PageWithdrawn(1, 1), "page withdrawn"),
    (EscalationStarted("core", 1, 2, EscalationKind.hierarchical), "escalation to management begins: Core policy"),
    (StepFired(1, 3, 2, 1, called=("chat",)), "escalation step 2, round 1: chat"),
    (EscalationSnoozed(1_795_500_000), "escalation quiet until 2026-11-24 07:00"),
    (EscalationSnoozed(), "escalation goes on"),
    (EscalationMoved(3), "escalation goes on by version 3 of its policy"),
    (
        Unacknowledged(AckResume.next),
        "acknowledgement taken back; the escalation goes on with its next step",
    ),
    (
        BreachKept("first_response", 1, 1_795_500_000, 900),
        "breach stays on record: first response, due 2026-11-24 07:00",
    ),
    (Reported("net", "k"), "Network reports it."),
    (Reported("prom", "k", count=3, text="db2"), "prom reports it again, 3 times by now. db2"),
    (
        Reported("prom", "k", Signal.resolved, cut=2),
        "prom reports: it is over. 2 more alerts were left out by the sender.",
    ),
    (Reported("prom", "", Signal.silent), "No sign of life from prom."),
    (Reported("prom", "", Signal.resumed), "prom gives signs of life again."),
    (
        Reported("prom", "", Signal.flooded),
        "Too much at once from prom: 1 report is counted here instead of opening a ticket.",
    ),
    (Chased(), "asked again"),
    (Chased("ana", "any news?"), "asked again by Ana: any news?"),
    (
        AttentionRaised(2, 1, "board", 1_795_500_000, by="ana"),
        "attention high until 2026-11-24 07:00, stated impact high, for Ana: board",
    ),
    (AttentionLowered("calm"), "attention taken back: calm"),
    (AttentionLowered("calm", inflated=True), "attention taken back: calm (the impact was less than stated)"),
    (
        CriterionHeld("slow", "core", 1, "no_update", 7200, 7200, near=[("hops", 2, 3)]),
        "criterion slow: no work on it for 2h00m (limit: no work on it for 2h00m); nearly: hops 2/3",
    ),
    (
        CriterionHeld("half", "core", 1, "used", 52, 50),
        "criterion half: 52 % of the target used (limit: 50 % of the target used)",
    ),
    (ProcedureStepped("core", 1, 2), "procedure Core policy, step 2: done"),
    (
        ProcedureStepped("core", 1, 3, StepResult.skipped, "no access"),
        "procedure Core policy, step 3: skipped: no access",
    ),
    (Undone("op", {"owner": None}), "undone: owner"),
    (Imported("servicenow", "INC1", "h"), "taken over from servicenow INC1"),
]


def english():
    return load("en", "Europe/Berlin", {})


@pytest.mark.parametrize(("event", "text"), EVENTS)
def test_an_event_is_one_line(event: Event, text: str):
    assert labels.event(english(), event, NAMES) == text


def test_what_does_something_again_is_no_undo_in_words():
    assert labels.event(english(), Undone("op", {"owner": "ana"}), NAMES, again=True) == "done again: owner"
    assert labels.event(english(), Undone("op", {}), NAMES, again=True) == "done again"


def test_every_kind_of_event_is_among_them():
    assert {type(event) for event, _ in EVENTS} == set(KINDS.values())


@pytest.mark.parametrize("language", languages())
def test_every_term_has_words(language: str):
    words = load(language, "UTC", {})
    for label, members in (
        (labels.state, State), (labels.state_short, State), (labels.kind, Kind), (labels.metric, Metric),
        (labels.metric_short, Metric), (labels.sign, Sign), (labels.timer_state, TimerState), (labels.role, Role),
        (labels.authority, AuthorityKind),
    ):  # fmt: skip
        assert all(label(words, member).strip() for member in members)


@pytest.mark.parametrize("language", languages())
def test_short_words_fit_their_cells(language: str):
    words = load(language, "UTC", {})
    assert max(cell_len(labels.state_short(words, state)) for state in State) <= 6
    assert max(cell_len(labels.metric_short(words, metric)) for metric in Metric) <= 8


@pytest.mark.parametrize("sign", Sign)
def test_a_sign_takes_one_cell_on_every_terminal(sign: Sign):
    for unicode in (True, False):
        glyph = labels.glyph(sign, unicode=unicode)
        assert len(glyph) == 1
        assert unicodedata.east_asian_width(glyph) in ("N", "Na")
    assert labels.glyph(sign, unicode=False).isascii()


def test_signs_differ_without_colour():
    for unicode in (True, False):
        assert len({labels.glyph(sign, unicode=unicode) for sign in Sign}) == len(Sign)


def test_a_code_of_the_site_is_its_own_word():
    words = english()
    assert labels.hold_reason(words, "waits_for_moon") == "waits_for_moon"
    assert labels.resolution(words, "fixed") == "fixed"
    assert labels.priority(words, 1, {"1": "Prio A"}) == "P1 Prio A"
    assert labels.priority(words, 7) == "P7"
    assert labels.level(words, 1) == "high"


def test_every_resolution_that_the_desk_offers_has_words():
    words = load("de", "UTC", {})
    assert all(labels.resolution(words, code) != code for code in CODES)


def test_every_field_that_an_undo_puts_back_has_a_name():
    words = load("ja", "UTC", {})
    assert all(labels.field(words, name) != name for name in UNDOABLE)


@pytest.mark.parametrize("code", sorted(CHANNELS.keys() - CHANNELS_BARE.keys()))
def test_what_keeps_a_message_from_leaving_has_words_where_only_its_code_is_kept(code):
    assert cause_labels.cause(load("en", "UTC", {}), code) != code
