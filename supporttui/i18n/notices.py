"""What a notice says: subject and body in the recipient's language, made at the moment of sending."""

from collections.abc import Iterator, Mapping
from functools import partial

from supporttui.domain.ids import DEFAULT_PREFIX
from supporttui.domain.marking import mark
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.order import Metric
from supporttui.domain.spans import Instant
from supporttui.domain.states import State
from supporttui.domain.text import TEXT_LIMIT, SafeText, safe_text
from supporttui.i18n import duty_notices, handover_notices, terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.named_tickets import named
from supporttui.usecases.joining import kind_of
from supporttui.usecases.ports import Notice

SUBJECT_LIMIT = 160

_SUBJECTS: Mapping[str, str] = {
    "page": mark("PAGE {priority} {ticket}: {title}"),
    "second": mark("Nobody has answered yet: {priority} {ticket}: {title}"),
    "assigned": mark("For you: {ticket} {title}"),
    "transferred": mark("For your team: {ticket} {title}"),
    "exhausted": mark("NOBODY ANSWERS {priority} {ticket}: {title}"),
    "withdrawn": mark("Withdrawn: {ticket} {title}"),
    "reminder": mark("Reminder: {ticket} {title}"),
    "repeats": mark("Repeats: {ticket} {title}"),
    "wrote": mark("New mail: {ticket} {title}"),
    "again": mark("Reported again: {ticket} {title}"),
    "offered": mark("Will you take it? {ticket} {title}"),
    "offer_declined": mark("Not taken: {ticket} {title}"),
    "offer_over": mark("Not answered: {ticket} {title}"),
    "handed_back": mark("No longer yours: {ticket} {title}"),
    "state": mark("Changed: {ticket} {title}"),
    "priority": mark("{priority} now: {ticket} {title}"),
    "escalated": mark("Escalated: {priority} {ticket} {title}"),
    "breached": mark("Breached: {priority} {ticket} {title}"),
    "warning": mark("Due soon: {priority} {ticket} {title}"),
    "late": mark("Late: {priority} {ticket} {title}"),
}
_SAID_AS = {"priority": "state"}
"""Kinds whose subject says nothing without a priority."""
_OPENINGS: Mapping[str, str] = {
    "page": mark("You are called about {ticket}. If you do not acknowledge it, the next step follows."),
    "second": mark("You are called second about {ticket}: look on and write notes. Those called first answer for it."),
    "assigned": mark("{ticket} has been assigned to you."),
    "transferred": mark("{ticket} has been handed to your team."),
    "exhausted": mark("Every step of the escalation of {ticket} was taken, and nobody has acknowledged it."),
    "reminder": mark("You asked to be reminded of {ticket} now."),
    "repeats": mark("{ticket} is one of several alike in these days. There may be one cause: look for it."),
    "wrote": mark("The requester of {ticket} wrote by mail."),
    "again": mark("What {ticket} is about was reported again."),
    "offered": mark("You are asked to own {ticket}. Until you accept, it stays with its owner."),
    "offer_declined": mark("Whom you asked to own {ticket} does not take it. It stays yours."),
    "offer_over": mark("Nobody answered whom you asked to own {ticket}. It stays yours."),
    "handed_back": mark("{ticket} was given to you by mistake, sorry. You need not do anything."),
    "state": mark("You follow {ticket}. Its state has changed."),
    "priority": mark("You follow {ticket}. Its priority has changed."),
    "escalated": mark("You follow {ticket}. A step of its escalation was taken."),
    "breached": mark("You follow {ticket}. It was not done in the time that was promised."),
    "warning": mark("The time that was promised for {ticket} is running out."),
    "late": mark("{ticket} was not done in the time that was promised."),
    "withdrawn": mark("The call about {ticket} was taken back, sorry. You need not do anything."),
}
_ANSWERS: Mapping[str, str] = {
    "page": mark("To acknowledge it: supporttui ack {number}"),
    "exhausted": mark("To acknowledge it: supporttui ack {number}"),
    "assigned": mark("To see it: supporttui ticket show {number}"),
    "repeats": mark("To see it: supporttui ticket show {number}"),
    "wrote": mark("To see it: supporttui ticket show {number}"),
    "again": mark("To see it: supporttui ticket show {number}"),
    "offered": mark("To accept it: supporttui accept {number}"),
    "offer_declined": mark("To see it: supporttui ticket show {number}"),
    "offer_over": mark("To see it: supporttui ticket show {number}"),
    "reminder": mark("To see it: supporttui ticket show {number}"),
    "state": mark("To see it: supporttui ticket show {number}"),
    "priority": mark("To see it: supporttui ticket show {number}"),
    "escalated": mark("To see it: supporttui ticket show {number}"),
    "breached": mark("To see it: supporttui ticket show {number}"),
    "warning": mark("To see it: supporttui ticket show {number}"),
    "late": mark("To see it: supporttui ticket show {number}"),
    "transferred": mark("To see it: supporttui ticket show {number}"),
}


def subject_and_body(
    words: Words, notice: Notice, *, prefix: str = DEFAULT_PREFIX, longest: int = 0
) -> tuple[SafeText, SafeText]:
    """One safe line and a safe text for a notice.

    What would make the text longer than ``longest`` characters (0: than any text may be) is left out of what is said of
    other tickets, and how to see them is told.
    Of its parameters ``title``, ``priority``, ``service``, ``state``, ``metric``, ``due``, ``step``, ``step_name``,
    ``by``, ``text`` and those of what leaves as part of it are told if they are there; a code of a later version is
    told as it is.
    """
    names = _names(notice, prefix)
    if notice.code == "reply":  # what somebody wrote to a requester goes as it is, in the language that it is in
        subject = f"[{names['ticket']}] {names['title']}"
        subject = words.t("DRILL: {subject}", subject=subject) if notice.params.get("drill") else subject
        return _safe(subject, str(notice.params.get("letter", "")))
    if notice.code in handover_notices.CODES:
        return _safe(handover_notices.subject(words, notice), "\n".join(handover_notices.body(words, notice)))
    if notice.code in duty_notices.CODES:
        return _safe(duty_notices.subject(words, notice), "\n".join(duty_notices.body(words, notice)))
    code = kind_of(notice)
    subject = _subject(words, code, names)
    longest, above = longest or TEXT_LIMIT, ""
    if notice.params.get("drill"):
        subject = words.t("DRILL: {subject}", subject=subject)
        above = words.t("This is a drill: answer as you would if it were real.") + "\n"
    lines = _body(words, notice, names, code=code, longest=longest - len(above))
    return _safe(subject, above + "\n".join(line for line in lines if line))


def subject_of(words: Words, notice: Notice) -> str:
    """What a notice about a ticket is about, in one line that is not cleaned yet."""
    return _subject(words, kind_of(notice), _names(notice, DEFAULT_PREFIX))


def _safe(subject: str, body: str) -> tuple[SafeText, SafeText]:
    return safe_text(subject, one_line=True, limit=SUBJECT_LIMIT), safe_text(body, one_line=False)


def _names(notice: Notice, prefix: str) -> dict[str, str]:
    number = "" if notice.ticket is None else str(notice.ticket)
    priority = notice.params.get("priority")
    return {
        "ticket": f"{notice.params.get('prefix', prefix)}{number}" if number else "-",
        "number": number,
        "title": str(notice.params.get("title", "")),
        "more": f"(+{notice.params['more']})" if "more" in notice.params else "",
        "priority": terms.priority_short(Priority(priority)) if isinstance(priority, int) else "",
    }


def _subject(words: Words, code: str, names: Mapping[str, str]) -> str:
    text = _SUBJECTS.get(code)
    told = words.t(text, **names) if text else f"{code} {names['ticket']} {names['title']}"
    return " ".join(f"{told} {names['more']}".split())


def _body(words: Words, notice: Notice, names: Mapping[str, str], *, code: str, longest: int) -> Iterator[str]:
    opening, answer = _OPENINGS.get(code), _ANSWERS.get(code)
    # A page is answered by its code: in the name of whom it calls, and from wherever that person is.
    answered = {**names, "number": str(notice.params.get("ack", names["number"]))}
    above = [words.t(opening, **names) if opening else "", names["title"], *_facts(words, notice.params)]
    below = words.t(answer, **answered) if answer and names["number"] else ""
    room = longest - sum(len(line) + 1 for line in (*above, below))
    command = f"supporttui notice why {answered['number']}"
    yield from above
    yield from named(words, notice.params, room=room, heading=partial(_beside, words), command=command)
    yield below


def _beside(words: Words, kind: str, numbers: str) -> str:
    """A subject of its own, with many numbers instead of one; whatever would follow them is away."""
    told = words.t(_SUBJECTS.get(_SAID_AS.get(kind, kind), "{ticket}"), ticket=numbers, title="", priority="")
    return " ".join(told.split()).rstrip(" :\N{FULLWIDTH COLON}")


def _facts(words: Words, params: Mapping[str, str | int]) -> Iterator[str]:
    priority, due = params.get("priority"), params.get("due")
    if isinstance(priority, int):
        yield words.t("Priority: {priority}", priority=terms.priority(words, Priority(priority)))
    yield from _standing(words, params)
    if params.get("service"):
        yield words.t("Service: {service}", service=params["service"])
    if isinstance(due, int):
        at = Instant(due)
        zone = times.zone_label(at, words.zone)
        yield words.t("Due: {time} {zone}", time=times.stamp(at, words.zone), zone=zone)
    if params.get("step"):
        name = params.get("step_name", "")
        yield words.t("Escalation step {step} {name}", step=params["step"], name=name).rstrip()
    if params.get("by"):
        yield words.t("By {person}", person=params["by"])
    if params.get("text"):
        yield words.t("Note: {text}", text=params["text"])


def _standing(words: Words, params: Mapping[str, str | int]) -> Iterator[str]:
    """Where the ticket stands, and what was promised."""
    if params.get("state") in State.__members__:
        yield words.t("State: {state}", state=terms.state(words, State(str(params["state"]))))
    if params.get("metric") in Metric.__members__:
        yield words.t("Promised: {metric}", metric=terms.metric(words, Metric(str(params["metric"]))))
