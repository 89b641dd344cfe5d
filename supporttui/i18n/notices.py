"""What a notice says: subject and body in the recipient's language, made at the moment of sending."""

from collections.abc import Iterator, Mapping

from supporttui.domain.marking import mark
from supporttui.domain.priorities import Priority
from supporttui.domain.spans import Instant
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import terms, times
from supporttui.i18n.catalogue import Words
from supporttui.usecases.ports import Notice

SUBJECT_LIMIT = 160

_SUBJECTS: Mapping[str, str] = {
    "page": mark("PAGE {priority} {ticket}: {title}"),
    "assigned": mark("For you: {ticket} {title}"),
    "transferred": mark("For your team: {ticket} {title}"),
    "exhausted": mark("NOBODY ANSWERS {priority} {ticket}: {title}"),
    "withdrawn": mark("Withdrawn: {ticket} {title}"),
}
_OPENINGS: Mapping[str, str] = {
    "page": mark("You are called about {ticket}. If you do not acknowledge it, the next step follows."),
    "assigned": mark("{ticket} has been assigned to you."),
    "transferred": mark("{ticket} has been handed to your team."),
    "exhausted": mark("Every step of the escalation of {ticket} was taken, and nobody has acknowledged it."),
    "withdrawn": mark("The call about {ticket} was taken back, sorry. You need not do anything."),
}
_ANSWERS: Mapping[str, str] = {
    "page": mark("To acknowledge it: supporttui ack {number}"),
    "exhausted": mark("To acknowledge it: supporttui ack {number}"),
    "assigned": mark("To see it: supporttui ticket show {number}"),
    "transferred": mark("To see it: supporttui ticket show {number}"),
}


def subject_and_body(words: Words, notice: Notice, *, prefix: str = "T-") -> tuple[SafeText, SafeText]:
    """One safe line and a safe text for a notice.

    Of its parameters ``title``, ``priority``, ``service``, ``due``, ``step``, ``step_name``, ``by`` and ``text``
    are told if they are there; a code of a later version is told as it is.
    """
    names = _names(notice, prefix)
    subject = _subject(words, notice.code, names)
    body = "\n".join(line for line in _body(words, notice, names) if line)
    return safe_text(subject, one_line=True, limit=SUBJECT_LIMIT), safe_text(body, one_line=False)


def _names(notice: Notice, prefix: str) -> dict[str, str]:
    number = "" if notice.ticket is None else str(notice.ticket)
    priority = notice.params.get("priority")
    return {
        "ticket": f"{notice.params.get('prefix', prefix)}{number}" if number else "-",
        "number": number,
        "title": str(notice.params.get("title", "")),
        "priority": terms.priority_short(Priority(priority)) if isinstance(priority, int) else "",
    }


def _subject(words: Words, code: str, names: Mapping[str, str]) -> str:
    text = _SUBJECTS.get(code)
    return " ".join((words.t(text, **names) if text else f"{code} {names['ticket']} {names['title']}").split())


def _body(words: Words, notice: Notice, names: Mapping[str, str]) -> Iterator[str]:
    opening, answer = _OPENINGS.get(notice.code), _ANSWERS.get(notice.code)
    yield words.t(opening, **names) if opening else ""
    yield ""
    yield names["title"]
    yield from _facts(words, notice.params)
    yield words.t(answer, **names) if answer and names["number"] else ""


def _facts(words: Words, params: Mapping[str, str | int]) -> Iterator[str]:
    priority, due = params.get("priority"), params.get("due")
    if isinstance(priority, int):
        yield words.t("Priority: {priority}", priority=terms.priority(words, Priority(priority)))
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
