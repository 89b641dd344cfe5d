"""What happened in the escalation of a ticket, one line a fact."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from supporttui.domain.events import (
    EscalationEnded,
    EscalationMoved,
    EscalationSnoozed,
    EscalationStarted,
    PageWithdrawn,
    StepFired,
    Unacknowledged,
)
from supporttui.domain.marking import mark
from supporttui.domain.states import AckResume, EscalationKind
from supporttui.i18n import terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cause_labels import cause
from supporttui.i18n.countdown import precise

_RESUMES: Mapping[AckResume | None, str] = {
    None: mark("acknowledgement taken back; the escalation goes on as its policy says"),
    AckResume.resume: mark("acknowledgement taken back; the escalation goes on with the time that was left"),
    AckResume.next: mark("acknowledgement taken back; the escalation goes on with its next step"),
    AckResume.top: mark("acknowledgement taken back; the escalation goes on from its first step"),
}


def fired(
    words: Words, event: EscalationStarted | StepFired | EscalationEnded | PageWithdrawn, names: Mapping[str, str]
) -> str:
    """What it did; ``names`` of people and policies."""
    match event:
        case EscalationStarted(policy, kind=EscalationKind.hierarchical):
            return words.t("escalation to management begins: {policy}", policy=names.get(policy, policy))
        case EscalationStarted(policy):
            return words.t("escalation begins: {policy}", policy=names.get(policy, policy))
        case StepFired():
            return _step(words, event, names)
        case EscalationEnded(exhausted=True):
            return words.t("escalation used up, nobody answered")
        case EscalationEnded():
            return words.t("escalation stopped")
        case PageWithdrawn():
            return words.t("page withdrawn")
        case _:
            assert_never(event)


def held(words: Words, event: EscalationSnoozed | EscalationMoved | Unacknowledged, zone: str) -> str:
    """What people did to it; times on the clocks of ``zone``."""
    match event:
        case EscalationSnoozed(until):
            if until is None:
                return words.t("escalation goes on")
            return words.t("escalation quiet until {time}", time=times.stamp(until, zone))
        case EscalationMoved(version):
            return words.t("escalation goes on by version {version} of its policy", version=version)
        case Unacknowledged(resume):
            return words.t(_RESUMES[resume])
        case _:
            assert_never(event)


def _step(words: Words, event: StepFired, names: Mapping[str, str]) -> str:
    told = (
        *(names.get(person, person) for person in event.paged),
        *(terms.channel(words, one) for one in event.called),
    )
    people = _listed(words, told)
    if event.by_hand and people:
        text = words.t("escalated by hand to step {step}: {people}", step=event.step, people=people)
        return f"{text} ({cause(words, event.cause)})" if event.cause else text
    known = {"step": event.step, "round": event.round, "cause": _listed(words, _causes(words, event)) or "-"}
    if not people:
        return words.t("escalation step {step}, round {round}: nobody paged ({cause})", **known)
    if known["cause"] == "-":
        return words.t("escalation step {step}, round {round}: {people}", **known, people=people)
    return words.t("escalation step {step}, round {round}: {people} ({cause})", **known, people=people)


def _causes(words: Words, event: StepFired) -> Iterator[str]:
    """Which criterion let the step fire, at which value, and what else was the cause."""
    if event.waited:
        yield words.t("not answered for {time}", time=precise(words, event.waited))
    if event.cause:
        yield cause(words, event.cause)


def _listed(words: Words, items: Iterator[str] | tuple[str, ...]) -> str:
    # Translators: stands between the items of a list.
    return words.p("list", ", ").join(items)
