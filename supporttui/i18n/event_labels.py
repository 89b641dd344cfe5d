"""What happened to a ticket, one line a fact: the timeline's texts, without time and actor."""

from collections.abc import Iterable, Mapping
from typing import assert_never

from supporttui.domain.events import (
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
    Reminded,
    RepeatsSeen,
    Replied,
    Reported,
    RequesterWrote,
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
from supporttui.domain.ids import DEFAULT_PREFIX
from supporttui.domain.sla.targets import Metric
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import (
    announcement_labels,
    attention_labels,
    bond_labels,
    escalation_events,
    handover_events,
    hotspot_labels,
    procedure_events,
    promise_labels,
    standing_labels,
    terms,
    times,
)
from supporttui.i18n.catalogue import Words
from supporttui.i18n.field_labels import field
from supporttui.i18n.incoming_labels import reported


def event(
    words: Words,
    event: Event,
    names: Mapping[str, str],
    *,
    zone: str | None = None,
    prefix: str = DEFAULT_PREFIX,
    again: bool = False,
) -> SafeText:
    """One line for a fact; ``names`` gives people, teams and services their names, ``zone`` the times.

    ``prefix`` is what stands before the numbers of tickets; ``again`` says that what it undid was itself an undo
    (``undoing.done_again``).
    """
    if again and isinstance(event, Undone):
        return safe_text(_done_again(words, event.restores), one_line=True)
    return safe_text(_worded(words, event, names, zone=zone or words.zone, prefix=prefix), one_line=True)


def listed(words: Words, items: Iterable[str]) -> str:
    """Items one after the other, with the language's own comma."""
    # Translators: stands between the items of a list.
    return words.p("list", ", ").join(items)


def _worded(  # noqa: C901, PLR0911, PLR0912  one case a family
    words: Words, event: Event, names: Mapping[str, str], *, zone: str, prefix: str
) -> str:
    match event:
        case StateChanged() | BreachKept():
            return _dated(words, event, zone)
        case Acknowledged():
            return _acknowledged(words, event, names)
        case Assigned():
            return _assigned(words, event, names)
        case Opened() | Noted() | Replied() | RequesterWrote():
            return _said(words, event, names)
        case PriorityChanged() | Edited() | Referenced() | Undone() | Imported():
            return _described(words, event, names)
        case Followed() | Reminded() | Related() | Merged() | MergedIn() | Voided():
            return bond_labels.tied(words, event, names, zone=zone, prefix=prefix)
        case Chased() | AttentionRaised() | AttentionLowered() | CriterionHeld():
            return attention_labels.told(words, event, names, zone=zone)
        case NextStepNoted() | HandedOver():
            return handover_events.told(words, event, names)
        case Reported():
            return reported(words, event, names)
        case OwnerOffered() | OwnerDeclined() | EarlyFlagged() | FirstLooked() | LookRated() | FixRecorded():
            return standing_labels.told(words, event, names, zone=zone)
        case UpdatePromised() | UpdateReleased() | MajorStarted() | MajorRoleGiven() | MajorLogged() | MajorEnded():
            return promise_labels.told(words, event, names, zone=zone)
        case UpdateAnnounced() | AnnouncementRetracted():
            return announcement_labels.told(words, event, zone=zone)
        case RepeatsSeen():
            return hotspot_labels.repeats(words, event, prefix=prefix)
        case ProcedureStepped():
            return procedure_events.stepped(words, event, names)
        case EscalationStarted() | StepFired() | EscalationEnded() | PageWithdrawn():
            return escalation_events.fired(words, event, names)
        case EscalationSnoozed() | EscalationMoved() | Unacknowledged():
            return escalation_events.held(words, event, zone)
        case _:
            assert_never(event)


def _acknowledged(words: Words, event: Acknowledged, names: Mapping[str, str]) -> str:
    person = names.get(event.by, event.by)
    if event.entered_by is None:
        return words.t("acknowledged by {person}", person=person)
    by = names.get(event.entered_by, event.entered_by)
    return words.t("acknowledged by {person}, by the code of the page (entered by {by})", person=person, by=by)


def _dated(words: Words, event: StateChanged | BreachKept, zone: str) -> str:
    if isinstance(event, StateChanged):
        return _state_changed(words, event, zone)
    metric, due = terms.metric(words, Metric(event.metric)), times.stamp(event.due, zone)
    return words.t("breach stays on record: {metric}, due {time}", metric=metric, time=due)


def _state_changed(words: Words, event: StateChanged, zone: str) -> str:
    ended = event.state in (State.resolved, State.closed)
    reason = terms.resolution(words, event.reason) if ended else terms.hold_reason(words, event.reason)
    until = "" if event.until is None else words.t("until {time}", time=times.stamp(event.until, zone))
    detail = listed(words, (part for part in (reason, until, event.text) if part))
    state = terms.state(words, event.state)
    if not detail:
        return words.t("state now: {state}", state=state)
    return words.t("state now: {state} ({detail})", state=state, detail=detail)


def _assigned(words: Words, event: Assigned, names: Mapping[str, str]) -> str:
    parts = []
    if event.team is not None:
        parts.append(words.t("team {team}", team=names.get(event.team, event.team)))
    if event.owner is not None:
        owner = names.get(event.owner, event.owner)
        parts.append(words.t("owner {person}", person=owner) if owner else words.t("no owner"))
    if event.resolver:
        parts.append(words.t("resolver {resolver}", resolver=names.get(event.resolver, event.resolver)))
    return words.t("assigned: {detail}", detail=listed(words, parts) or "-")


def _said(words: Words, event: Opened | Noted | Replied | RequesterWrote, names: Mapping[str, str]) -> str:
    text = _spoken(words, event, names)
    lines = len(event.quoted.splitlines()) if isinstance(event, Noted | RequesterWrote) else 0
    return f"{text} ({words.n('{n} line quoted', '{n} lines quoted', lines)})" if lines else text


def _spoken(words: Words, event: Opened | Noted | Replied | RequesterWrote, names: Mapping[str, str]) -> str:
    match event:
        case Opened():
            return _created(words, event, names)
        case Noted(text):
            return words.t("note: {text}", text=text)
        case Replied(derived=True):
            return words.t("reply, concluded from the imported history")
        case Replied(text):
            return words.t("reply: {text}", text=text)
        case RequesterWrote(""):
            return words.t("message of the requester")
        case RequesterWrote(text):
            return words.t("message of the requester: {text}", text=text)
        case _:
            assert_never(event)


def _created(words: Words, event: Opened, names: Mapping[str, str]) -> str:
    if not event.lifted_by:
        return words.t("created: {title}", title=event.title)
    by = _lifted(words, event.lifted_by, names)
    return words.t("created: {title} ({reason})", title=event.title, reason=by)


def _described(
    words: Words, event: PriorityChanged | Edited | Referenced | Undone | Imported, names: Mapping[str, str]
) -> str:
    match event:
        case PriorityChanged():
            return _priority_changed(words, event, names)
        case Edited(fields):
            return words.t("changed: {fields}", fields=listed(words, (field(words, name) for name in fields)))
        case Referenced(system, key):
            return words.t("reference: {system} {key}", system=system, key=key)
        case Undone(restores=restores):
            return _undone(words, restores)
        case Imported(system, number):
            return words.t("taken over from {system} {number}", system=system, number=number)
        case _:
            assert_never(event)


def _undone(words: Words, restores: Iterable[str]) -> str:
    fields = listed(words, (field(words, name) for name in restores))
    return words.t("undone: {fields}", fields=fields) if fields else words.t("undone")


def _done_again(words: Words, restores: Iterable[str]) -> str:
    fields = listed(words, (field(words, name) for name in restores))
    return words.t("done again: {fields}", fields=fields) if fields else words.t("done again")


def _lifted(words: Words, period: str, names: Mapping[str, str]) -> str:
    return words.t("counts as more urgent: {period}", period=names.get(period, period))


def _priority_changed(words: Words, event: PriorityChanged, names: Mapping[str, str]) -> str:
    """The new priority, what it follows from, and why."""
    parts = []
    if event.impact is not None and event.urgency is not None:
        impact, urgency = terms.level(words, event.impact), terms.level(words, event.urgency)
        parts.append(words.t("impact {impact}, urgency {urgency}", impact=impact, urgency=urgency))
    if event.lifted_by:
        parts.append(_lifted(words, event.lifted_by, names))
    if event.reason:
        parts.append(event.reason)
    priority = terms.priority(words, event.priority)
    if not parts:
        return words.t("priority now: {priority}", priority=priority)
    return words.t("priority now: {priority} ({reason})", priority=priority, reason=listed(words, parts))
