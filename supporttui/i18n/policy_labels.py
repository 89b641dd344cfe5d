"""Escalation policies in words: the same in the shell and at the desk."""

from collections.abc import Iterator, Mapping, Sequence

from supporttui.domain.escalation.policy import Silence, Step
from supporttui.domain.marking import mark
from supporttui.domain.spans import Instant
from supporttui.domain.states import AckResume, EscalationKind
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import formats, references, terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cause_labels import cause
from supporttui.i18n.countdown import exact
from supporttui.i18n.references import Names
from supporttui.usecases.policies import Ahead, Listed, Stretch
from supporttui.usecases.policies_foreseeing import Paging
from supporttui.usecases.views import Reach, Upcoming

_KINDS: Mapping[EscalationKind, str] = {
    EscalationKind.functional: mark("to those who know more"),
    EscalationKind.hierarchical: mark("to those who decide"),
}


_RESUMES: Mapping[AckResume, str] = {
    AckResume.resume: mark("with the time that was left"),
    AckResume.next: mark("with the next step, at once"),
    AckResume.top: mark("from the first step"),
}


def resume(words: Words, value: AckResume) -> str:
    """How an escalation goes on when an acknowledgement runs out or is taken back."""
    return words.t(_RESUMES[value])


def heads(words: Words) -> tuple[str, ...]:
    """What the columns of a list of policies are called."""
    return (
        words.t("Policy"), words.t("Kind"), words.t("Version"), words.t("Services"), words.t("Told last"),
        words.t("Running"),
    )  # fmt: skip


def row(words: Words, found: Listed) -> tuple[str, ...]:
    """One policy in such columns."""
    policy = found.policy
    running = str(found.running)
    if found.behind:
        running = words.t("{running}, {behind} by an older version", running=running, behind=found.behind)
    return (
        _safe(policy.name), kind(words, policy.kind), str(policy.version),
        _safe(", ".join(found.services)) or "-", _last(words, found), running,
    )  # fmt: skip


def whole(words: Words, found: Listed, names: Names) -> Iterator[tuple[str, str]]:
    """Step by step, and what holds for all of them."""
    policy = found.policy
    for number, step in enumerate(policy.steps, 1):
        yield words.t("Step {number}", number=number), _step(words, step, names)
    yield (
        words.t("Rounds"),
        words.t("{rounds}, {time} between them", rounds=policy.rounds, time=exact(words, policy.repeat_wait)),
    )
    if policy.ack_timeout is not None:
        yield words.t("Acknowledged"), words.t("for {time}, then it goes on", time=exact(words, policy.ack_timeout))
    yield words.t("Starts by itself"), ", ".join(f"P{one}" for one in policy.priorities) or words.t("never")
    yield words.t("Told last"), _last(words, found)
    _, *rest = zip(heads(words), row(words, found), strict=True)
    yield from (pair for pair in rest if pair[0] != words.t("Told last"))


def ahead(words: Words, found: Ahead) -> Iterator[tuple[str, str]]:
    """Step by step, stretch by stretch: when, and whom."""
    for number, (step, stretches) in enumerate(found.steps, 1):
        for place, stretch in enumerate(stretches):
            name = words.t("{number} {name}", number=number, name=_safe(step.name)) if not place else ""
            yield name, _stretch(words, stretch, found.span.start)


def foreseen(words: Words, found: Sequence[Paging]) -> Iterator[str]:
    """Of policies that are about to change: whom they would page, and what goes on as it was; details indented."""
    for one in found:
        yield words.t("Whom {policy} would page within a day:", policy=_safe(one.ahead.policy.name))
        for name, text in ahead(words, one.ahead):
            yield f"  {name}  {text}" if name else f"    {text}"
        if one.staying:
            yield words.n(
                "{n} running escalation goes on by its older version; :policy move moves it.",
                "{n} running escalations go on by their older version; :policy move moves them.",
                one.staying,
            )  # fmt: skip


def coming(words: Words, step: Upcoming, now: Instant) -> str:
    """``03:40  2 Second line: Mia (mail; SMS 03:45)``."""
    when = times.near(step.at, now, words.zone)
    who = told(words, step.people, step.channels, step.cause, step.at)
    if not step.step:
        return words.t("{when}  Told last: {who}", when=when, who=who)
    return words.t("{when}  {step} {name}: {who}", when=when, step=step.step, name=_safe(step.name), who=who)


def told(words: Words, people: Sequence[Reach], channels: Sequence[str], why: str, at: Instant) -> str:
    """Who is told at an instant and how, or why nobody is."""
    found = [*(_reach(words, one, at) for one in people), *(terms.channel(words, one) for one in channels)]
    if found:
        return formats.listing(words, found)
    return words.t("nobody ({cause})", cause=cause(words, why)) if why else words.t("nobody")


def _stretch(words: Words, found: Stretch, now: Instant) -> str:
    start, end = (times.near(at, now, words.zone) for at in (found.span.start, found.span.end))
    who = told(words, found.people, found.channels, found.cause, found.span.start)
    return words.t("{start}-{end}  {who}", start=start, end=end, who=who)


def kind(words: Words, value: EscalationKind) -> str:
    """To whom an escalation goes."""
    return words.t(_KINDS[value])


def ways(words: Words, one: Reach, at: Instant) -> tuple[str, ...]:
    """The first way, if it is not quiet then, at once; the others each with its time; foreign text still."""
    first, *later = one.ways or (None,)
    name = terms.channel(words, one.channel) or words.t("no contact")
    if first is not None and first.channel and first.at > at:
        name = f"{name} {times.near(first.at, at, words.zone)}"
    then = (f"{terms.channel(words, way.channel)} {times.near(way.at, at, words.zone)}" for way in later if way)
    return (name, *then)


def _reach(words: Words, one: Reach, at: Instant) -> SafeText:
    return safe_text(f"{one.name} ({'; '.join(ways(words, one, at))})", one_line=True, limit=200)


def _step(words: Words, step: Step, names: Names) -> str:
    asked = "; ".join(_asked(words, step))
    text = references.step(words, step, names)
    return f"{text} ({asked})" if asked else text


def _asked(words: Words, step: Step) -> Iterator[str]:
    if step.acks == 0:
        yield words.t("all must acknowledge")
    elif step.acks > 1:
        yield words.t("{n} must acknowledge", n=step.acks)
    if step.silence is Silence.repeat:
        yield words.n("then once more", "then {n} times more", step.repeats)
    elif step.silence is Silence.jump:
        yield words.t("then step {step}", step=step.jump_to or 1)
    if step.priorities:
        yield words.t("only {priorities}", priorities=", ".join(f"P{one}" for one in step.priorities))
    if step.hours is not None:
        windows = ", ".join(f"{one.start}-{one.end}" for one in step.hours.windows)
        yield words.t("only {windows} in {zone}", windows=windows, zone=step.hours.zone)


def _last(words: Words, found: Listed) -> str:
    if not found.last_resort:
        return words.t("nobody")
    name = _safe(found.last_resort)
    return name if found.reachable else words.t("{person}, who cannot be reached", person=name)


def _safe(text: str) -> SafeText:
    return safe_text(text, one_line=True, limit=80)
