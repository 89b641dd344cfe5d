"""Drills in words: the same in the shell and at the desk."""

from collections.abc import Iterator, Mapping

from supporttui.domain.drills import Answer, Ended, Lack, LackKind, Level
from supporttui.domain.marking import mark
from supporttui.domain.priorities import Priority
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import formats, terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cause_labels import cause
from supporttui.i18n.countdown import exact
from supporttui.usecases.drills.reporting import Logged, Report, Sent

_ENDED: Mapping[Ended, str] = {
    Ended.acknowledged: mark("acknowledged"),
    Ended.exhausted: mark("nobody answered"),
    Ended.resolved: mark("resolved"),
    Ended.running: mark("still running"),
    Ended.unwatched: mark("nobody was called"),
}
_LACKS: Mapping[LackKind, str] = {
    LackKind.no_policy: mark("Nothing says who is called for {subject}."),
    LackKind.unwatched: mark("For this priority of {subject} nobody is called by itself."),
    LackKind.nobody: mark("Step {step} reaches nobody: {cause}."),
    LackKind.no_contact: mark("{subject} has no contact point, and step {step} calls them."),
    LackKind.undelivered: mark("A message to {subject} does not leave: {cause}."),
    LackKind.no_answer: mark("{subject} is called and may not acknowledge."),
    LackKind.unheard: mark("When all steps are used up, nobody is left who hears of it."),
    LackKind.outside: mark("No way is known to {subject}."),
    LackKind.closed: mark("{subject} is closed then, until {time}."),
    LackKind.uncertified: mark("{subject} is called and not certified for what the ticket is about."),
    LackKind.language: mark("Nobody on duty speaks {subject} then; somebody does from {time}."),
}
_WITHOUT_END: Mapping[LackKind, str] = {
    LackKind.closed: mark("{subject} is never open."),
    LackKind.language: mark("Nobody on duty speaks {subject}, then or later."),
}
_MESSAGES: Mapping[str, str] = {
    "page": mark("called"),
    "exhausted": mark("told that nobody answers"),
    "warning": mark("warned that time runs out"),
    "assigned": mark("told that it is theirs"),
    "transferred": mark("told that it is their team's"),
}


def title(words: Words, found: Report, number: str = "") -> SafeText:
    """Which drill it is; without a number one that never was at the desk."""
    name = words.t("Drill {ticket}", ticket=number) if number else words.t("Drill in a copy")
    priority, service = terms.priority_short(found.ticket.priority), _name(found, found.ticket.service)
    return _safe(f"{name}: {priority} {service}, {_when(words, found.course.began)}")


def summary(words: Words, found: Report) -> SafeText:
    """What became of it, in one sentence."""
    if found.course.answers:
        first = found.course.answers[0]
        text = words.t(
            "{person} acknowledged after {time}.", person=_name(found, first.by), time=exact(words, first.seconds)
        )
    elif found.ended is Ended.exhausted:
        text = words.t("All steps were taken, and nobody acknowledged.")
    elif found.ended is Ended.unwatched:
        text = words.t("No escalation began, so nobody was called.")
    else:
        text = words.t("Nobody has acknowledged.")
    return safe_text(text, one_line=True)


def level_heads(words: Words) -> tuple[str, ...]:
    """Above the steps that were taken."""
    return (words.p("column", "After"), words.p("column", "Step"), words.t("Called"), words.t("Acknowledged"))


def level_row(words: Words, found: Report, level: Level) -> tuple[str, ...]:
    """One step: whom it called or why nobody, and who answered how many seconds after it."""
    called = [*(_name(found, person) for person in level.paged), *level.called]
    whom = formats.listing(words, called) if called else words.t("nobody: {cause}", cause=cause(words, level.cause))
    answers = formats.listing(words, [_answer(words, found, one) for one in level.answers])
    return exact(words, level.seconds), step(words, found, level.kind, level.step, level.round), _safe(whom), answers


def step(words: Words, found: Report, kind: EscalationKind, number: int, round_: int) -> SafeText:
    """A step with its name; from the second round on with that."""
    name = f"{number} {found.steps.get((kind, number), '')}".rstrip()
    if kind is EscalationKind.hierarchical:
        name = words.t("{step} (management)", step=name)
    return _safe(words.t("{step}, round {round}", step=name, round=round_) if round_ > 1 else name)


def sent_heads(words: Words) -> tuple[str, ...]:
    """Above the messages."""
    return (
        words.p("column", "After"), words.p("column", "Time"), words.t("Person"), words.t("Channel"),
        words.t("Address"), words.p("column", "What"),
    )  # fmt: skip


def sent_row(words: Words, found: Report, sent: Sent) -> tuple[str, ...]:
    """One message that left, or would have."""
    what = words.t(_MESSAGES[sent.code]) if sent.code in _MESSAGES else sent.code
    return (
        exact(words, max(0, sent.at - found.course.began)), times.stamp(sent.at, words.zone),
        _safe(_name(found, sent.person) or "-"), _safe(terms.channel(words, sent.channel)), _safe(sent.address or "-"),
        what,
    )  # fmt: skip


def hops(words: Words, found: Report) -> Iterator[SafeText]:
    """Who had it for how long, if it changed hands."""
    if len({hop.authority for hop in found.course.hops} | {found.ticket.resolver or found.ticket.team}) < 2:
        return
    for hop in found.course.hops:
        yield _safe(
            words.t("{authority} had it for {time}.", authority=_name(found, hop.authority),
                    time=exact(words, hop.span.seconds))
        )  # fmt: skip
    if found.ticket.resolver and found.course.hops[-1:] and found.course.hops[-1].authority != found.ticket.resolver:
        yield _safe(words.t("Then it went to {authority}.", authority=_name(found, found.ticket.resolver)))


def lacks(words: Words, found: Report) -> Iterator[SafeText]:
    """What is missing, a sentence each, what would keep somebody from being reached first."""
    for one in sorted(found.lacks, key=lambda one: not one.is_serious):
        yield _safe(_lack(words, found, one))


def _lack(words: Words, found: Report, lack: Lack) -> str:
    text = _LACKS[lack.kind] if lack.ends is not None else _WITHOUT_END.get(lack.kind, _LACKS[lack.kind])
    subject = lack.subject
    told = formats.language(words, subject) if lack.kind is LackKind.language else _name(found, subject)
    ends = "" if lack.ends is None else _when(words, lack.ends)
    name = step(words, found, lack.escalation, lack.step, 1) if lack.step else ""
    return words.t(text, subject=told, step=name, cause=cause(words, lack.cause), time=ends)


def log_heads(words: Words) -> tuple[str, ...]:
    """Above the log of drills."""
    return (
        words.t("Ticket"), words.p("column", "When"), words.p("column", "By"), words.t("Service"),
        words.p("column", "Result"), words.t("Acknowledged"), words.p("column", "Missing"),
    )  # fmt: skip


def log_row(words: Words, found: Logged, prefix: str) -> tuple[str, ...]:
    """One drill: who, when, and what came of it."""
    ticket, course = found.ticket, found.course
    service = found.names.get(ticket.service, ticket.service)
    result = words.t(_ENDED[found.ended])
    if course.calls:
        result = words.t("{result}, people were called", result=result)
    return (
        f"{prefix}{ticket.id}", _when(words, course.began), _safe(found.names.get(course.by, course.by)),
        _safe(f"{terms.priority_short(Priority(ticket.priority))} {service}"), result,
        "-" if course.answered is None else exact(words, course.answered), str(found.lacking),
    )  # fmt: skip


def _answer(words: Words, found: Report, one: Answer) -> SafeText:
    return _safe(words.t("{person} after {time}", person=_name(found, one.by), time=exact(words, one.after)))


def _name(found: Report, key: str) -> str:
    return found.names.get(key, key)


def _when(words: Words, at: Instant) -> str:
    return formats.moment(words, at)


def _safe(text: str) -> SafeText:
    return safe_text(text, one_line=True, limit=160)
