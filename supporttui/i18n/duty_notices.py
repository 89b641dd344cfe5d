"""What a notice about a rota says: subject and body in the recipient's language, in the recipient's zone."""

from collections.abc import Iterator, Mapping

from supporttui.domain.marking import mark
from supporttui.domain.notices import DutyCode
from supporttui.domain.spans import Instant
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.usecases.ports import Notice

CODES = frozenset(code.value for code in DutyCode)

_SUBJECTS: Mapping[str, str] = {
    DutyCode.given: mark("You are on duty: {rota}, {start}"),
    DutyCode.gone: mark("No longer your duty: {rota}, {start}"),
    DutyCode.cover: mark("{by} asks for cover: {rota}, {start}"),
    DutyCode.consent: mark("To be agreed to: {rota}, {start}"),
}
_OPENINGS: Mapping[str, str] = {
    DutyCode.given: mark("Your duty has changed: you are on call from {start} to {end} {zone}, line {line}."),
    DutyCode.gone: mark("Your duty has changed: you are not on call any more from {start} to {end} {zone}."),
    DutyCode.cover: mark("{by} asks for somebody to take their duty from {start} to {end} {zone}, line {line}."),
    DutyCode.consent: mark("{by} takes a duty from {start} to {end} {zone}, once a lead has agreed."),
}
_ANSWERS: Mapping[str, str] = {
    DutyCode.given: mark("To see why: supporttui rota why"),
    DutyCode.gone: mark("To see why: supporttui rota why"),
    DutyCode.cover: mark("To take it: supporttui rota swap take {swap}"),
    DutyCode.consent: mark("To agree: supporttui rota swap approve {swap}"),
}


def subject(words: Words, notice: Notice) -> str:
    """One line, without its zone: those who read it are at home there."""
    more = notice.params.get("more")
    return f"{words.t(_SUBJECTS[notice.code], **_told(words, notice))}{f' (+{more})' if more else ''}"


def body(words: Words, notice: Notice) -> Iterator[str]:
    """Line by line."""
    told, params = _told(words, notice), notice.params
    yield words.t(_OPENINGS[notice.code], **told)
    yield ""
    yield words.t("Rota: {rota}", rota=told["rota"])
    if more := params.get("more"):
        yield words.n("{n} more change of your duty follows.", "{n} more changes of your duty follow.", int(more))
    if notice.code in (DutyCode.given, DutyCode.gone):
        yield words.t("By {person}", person=told["by"])
    if params.get("text"):
        yield words.t("Note: {text}", text=params["text"])
    yield words.t(_ANSWERS[notice.code], **told)


def _told(words: Words, notice: Notice) -> dict[str, str]:
    start, end = (Instant(int(notice.params.get(name, 0))) for name in ("start", "end"))
    return {
        "rota": str(notice.params.get("rota", "")),
        "start": times.stamp(start, words.zone),
        "end": times.stamp(end, words.zone),
        "zone": times.zone_label(start, words.zone),
        "line": str(notice.params.get("line", 1)),
        "by": str(notice.params.get("by", "")),
        "swap": str(notice.params.get("swap", "")),
    }
