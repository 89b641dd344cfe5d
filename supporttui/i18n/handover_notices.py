"""What a notice about a handover says: subject and body in the recipient's language, in the recipient's zone."""

import json
from collections.abc import Iterator, Mapping

from supporttui.domain.handover.sheet import Sheet
from supporttui.domain.marking import mark
from supporttui.domain.notices import HandoverCode
from supporttui.domain.plain import from_plain
from supporttui.domain.spans import Instant
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.handover_texts import document
from supporttui.usecases.ports import Notice

CODES = frozenset(code.value for code in HandoverCode)

_SUBJECTS: Mapping[str, str] = {
    HandoverCode.signed: mark("{by} hands over to you: {rota}, {end}"),
    HandoverCode.unsigned: mark("{actor} takes the handover back: {rota}, {end}"),
    HandoverCode.late: mark("NOBODY ACCEPTED the handover of {by}: {rota}, {end}"),
    HandoverCode.remark: mark("{actor} asks about the handover: {rota}, {end}"),
    HandoverCode.accepted: mark("{actor} accepted your handover: {rota}, {end}"),
    HandoverCode.copy: mark("Handover of {by}: {rota}, {end}"),
}
_OPENINGS: Mapping[str, str] = {
    HandoverCode.signed: mark("{by} hands over to you. Read each item, ask, then accept it; until then {by} answers."),
    HandoverCode.unsigned: mark("{actor} took the signature back and goes on with it. You need not accept it yet."),
    HandoverCode.late: mark("The shift of {by} is over, and {to} has not accepted what it hands over."),
    HandoverCode.remark: mark("{actor} writes about the handover of {by}:"),
    HandoverCode.accepted: mark("{actor} has read your handover and answers for it from now on."),
    HandoverCode.copy: mark("{actor} sends you this handover to read."),
}
_ANSWERS: Mapping[str, str] = {
    HandoverCode.signed: mark("To accept it: supporttui handover accept {handover}"),
    HandoverCode.late: mark("To see it: supporttui handover show {handover}"),
    HandoverCode.remark: mark("To answer: supporttui handover question {handover}"),
}


def subject(words: Words, notice: Notice) -> str:
    """One line, without its zone: those who read it are at home there."""
    return words.t(_SUBJECTS[notice.code], **_told(words, notice))


def body(words: Words, notice: Notice) -> Iterator[str]:
    """Line by line; with a letter the whole handover."""
    told = _told(words, notice)
    yield words.t(_OPENINGS[notice.code], **told)
    if notice.params.get("text"):
        yield str(notice.params["text"])
    if notice.params.get("letter"):
        yield ""
        yield document(words, from_plain(Sheet, json.loads(str(notice.params["letter"])), strict=False))
    if notice.code in _ANSWERS:
        yield ""
        yield words.t(_ANSWERS[notice.code], **told)


def _told(words: Words, notice: Notice) -> dict[str, str]:
    end = Instant(int(notice.params.get("end", 0)))
    names = ("rota", "by", "to", "actor", "handover")
    return {"end": times.stamp(end, words.zone), **{name: str(notice.params.get(name, "")) for name in names}}
