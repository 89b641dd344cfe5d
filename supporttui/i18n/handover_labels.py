"""Words of handovers: why something is listed, where a handover stands, who answers for it."""

from collections.abc import Mapping

from supporttui.domain.handover.handover import Handover, HandoverState, Item, Reason, ReasonKind
from supporttui.domain.handover.sheet import Sheet
from supporttui.domain.marking import mark, mark_in
from supporttui.domain.periods.period import PeriodKind
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.order import Metric
from supporttui.domain.spans import Instant
from supporttui.domain.states import State
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import period_labels, terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.event_labels import listed

# Translators: how far a handover has come.
_STATES: Mapping[HandoverState, tuple[str, str]] = {
    HandoverState.draft: mark_in("handover", "draft"),
    HandoverState.signed: mark_in("handover", "signed"),
    HandoverState.accepted: mark_in("handover", "accepted"),
    HandoverState.lapsed: mark_in("handover", "never accepted"),
}
_FAULTS: Mapping[str, str] = {
    "no_watch": mark("no watch runs: nothing is sent and no step fires"),
    "watch_silent": mark("the watch is silent since {time}"),
}
_PLAIN: Mapping[ReasonKind, str] = {
    ReasonKind.escalating: mark("people are being called"),
    ReasonKind.hushed: mark("escalation quiet until {time}"),
    ReasonKind.reminded: mark("reminder at {time}"),
}
_DRAFTS: Mapping[str, str] = {"note": mark("note"), "reply": mark("reply"), "new": mark("new ticket")}


def state(words: Words, value: HandoverState) -> str:
    """How far it has come."""
    return words.p(*_STATES[value])


def item(words: Words, sheet: Sheet, value: Item) -> SafeText:
    """What it is: number and priority of a ticket with its title, or a text of its own."""
    title = safe_text(value.title, one_line=True, limit=200)
    if value.ticket is None:
        return safe_text(title or reasons(words, sheet, value), one_line=True)
    number = f"{sheet.prefix}{value.ticket}"
    priority = terms.priority_short(Priority(value.priority)) if value.priority else ""
    return safe_text(" ".join(part for part in (number, priority, title) if part), one_line=True)


def reasons(words: Words, sheet: Sheet, value: Item) -> SafeText:
    """Why it is listed, the most pressing first."""
    told = (_reason(words, sheet, value, one) for one in value.reasons)
    return safe_text(listed(words, dict.fromkeys(text for text in told if text)), one_line=True)


def next_step(words: Words, sheet: Sheet, value: Item) -> SafeText:
    """What comes next on it, or that nobody said so though it is needed; else empty."""
    step = sheet.handover.step_of(value.ticket)
    if step is not None:
        return safe_text(words.t("next: {text}", text=step.text), one_line=True)
    return safe_text(words.t("next: MISSING") if value.needs_step else "", one_line=True)


def heading(words: Words, sheet: Sheet, *, brief: bool = False) -> SafeText:
    """Whose shift gives to whose, and when, in the reader's zone; ``brief`` without today's date."""
    joint = sheet.handover.joint
    giving, taking = (listed(words, map(sheet.name, people)) for people in (joint.giving, joint.taking))
    rota = sheet.rota if joint.rota == joint.to_rota else f"{sheet.rota} -> {sheet.to_rota}"
    end = joint.span.end
    time = times.near(end, sheet.now, words.zone) if brief else times.stamp(end, words.zone)
    at = f"{time} {times.zone_label(end, words.zone)}"
    told = words.t("Handover {rota}: {giving} -> {taking}, {time}", rota=rota, giving=giving, taking=taking, time=at)
    return safe_text(told, one_line=True)


def heading_short(words: Words, sheet: Sheet) -> SafeText:
    """``Night: Ana -> Ben``."""
    joint = sheet.handover.joint
    giving, taking = (listed(words, map(sheet.name, people)) for people in (joint.giving, joint.taking))
    return safe_text(f"{sheet.rota}: {giving} -> {taking}", one_line=True)


def standing(words: Words, sheet: Sheet) -> SafeText:
    """Where it stands, who answers for its items, and who is called meanwhile."""
    return safe_text(" ".join(filter(None, (answering(words, sheet), calls(words, sheet)))), one_line=True)


def answering(words: Words, sheet: Sheet) -> SafeText:
    """Where it stands, and who answers for its items."""
    handover = sheet.handover
    answers = listed(words, map(sheet.name, handover.responsible))
    signed = _when(words, sheet, handover.signed_at)
    match handover.state:
        case HandoverState.draft:
            told = words.t("Not signed yet. {person} answers for it.", person=answers)
            if handover.taken_back:
                at = _when(words, sheet, handover.taken_back[-1].at)
                told = f"{told} {words.t('The signature was taken back at {time}.', time=at)}"
        case HandoverState.signed:
            told = words.t(
                "Signed at {time}. {person} answers for it until it is accepted.", time=signed, person=answers
            )
        case HandoverState.accepted:
            at = _when(words, sheet, handover.accepted_at)
            told = words.t("{person} accepted it at {time} and answers for it.", person=answers, time=at)
        case HandoverState.lapsed:
            told = words.t("Nobody accepted it before the next handover.")
    return safe_text(told, one_line=True)


def calls(words: Words, sheet: Sheet) -> SafeText:
    """Who is called by the rota, where that is somebody else than who answers for it."""
    handover, joint = sheet.handover, sheet.handover.joint
    told = ""
    if handover.state is HandoverState.accepted and joint.span.end > sheet.now:
        giving, until = listed(words, map(sheet.name, joint.giving)), times.near(joint.span.end, sheet.now, words.zone)
        told = words.t("Calls go by the rota: to {person} until {time}.", person=giving, time=until)
    elif handover.is_open and joint.span.end <= sheet.now:
        told = words.t("Calls go by the rota: to the next shift.")
    return safe_text(told, one_line=True)


def progress(words: Words, handover: Handover) -> str:
    """``3 items, 2 to read``."""
    items = words.n("{n} item", "{n} items", len(handover.items))
    if handover.state is not HandoverState.signed:
        return items
    return f"{items}, {words.n('{n} to read', '{n} to read', len(handover.unread()))}"


def _when(words: Words, sheet: Sheet, at: Instant | None) -> str:
    return "-" if at is None else times.near(at, sheet.now, words.zone)


def _soon(words: Words, sheet: Sheet, at: Instant | None) -> str:
    """Ahead or lately: with the date where the time alone could be another day's."""
    if at is None:
        return "-"
    return times.soon(at, sheet.now, words.zone) if at >= sheet.now else times.near(at, sheet.now, words.zone)


def _reason(words: Words, sheet: Sheet, value: Item, one: Reason) -> str:  # noqa: PLR0911  one case a kind
    time, end = _soon(words, sheet, one.at), _soon(words, sheet, one.end)
    match one.kind:
        case ReasonKind.pressing:
            return terms.state(words, value.state) if value.state is not None else ""
        case ReasonKind.late | ReasonKind.promised | ReasonKind.ending:
            return _of_timer(words, one, time)
        case ReasonKind.promise:
            return _promised(words, sheet, one, time)
        case ReasonKind.outside:
            return _outside(words, sheet, one, time)
        case ReasonKind.more:
            return words.n(
                "{n} more ticket, not looked at: {filter}", "{n} more tickets, not looked at: {filter}", one.count,
                filter=one.detail,
            )  # fmt: skip
        case ReasonKind.owned:
            return words.t("owner: {person}", person=sheet.name(one.detail))
        case _ if one.kind in _PLAIN:
            return words.t(_PLAIN[one.kind], time=time)
        case _:
            return _no_ticket(words, one, time, end)


def _of_timer(words: Words, one: Reason, time: str) -> str:
    metric = terms.metric(words, Metric(one.detail))
    if one.kind is ReasonKind.late:
        return words.t("{metric} late since {time}", metric=metric, time=time)
    if one.kind is ReasonKind.promised:
        return words.t("update promised by {time}", time=time)
    return words.t("{metric} due {time}", metric=metric, time=time)


def _promised(words: Words, sheet: Sheet, one: Reason, time: str) -> str:
    person = sheet.name(one.detail)
    if one.at is None:
        return words.t("promised by {person}", person=person)
    return words.t("promised by {person}, due {time}", person=person, time=time)


def _outside(words: Words, sheet: Sheet, one: Reason, time: str) -> str:
    if one.detail not in State.__members__:
        return words.t("with {authority}", authority=sheet.name(one.detail))
    told = terms.state(words, State(one.detail))
    return told if one.at is None else words.t("{state} until {time}", state=told, time=time)


def _no_ticket(words: Words, one: Reason, time: str, end: str) -> str:
    match one.kind:
        case ReasonKind.fault:
            return _fault(words, one, time)
        case ReasonKind.period:
            kind = period_labels.kind(words, PeriodKind(one.detail))
            return words.t("{kind}, {start} to {end}", kind=kind, start=time, end=end)
        case ReasonKind.entry if one.detail:
            return words.t("calendar {calendar}, {start} to {end}", calendar=one.detail, start=time, end=end)
        case ReasonKind.entry:
            return words.t("waits for a decision, {start} to {end}", start=time, end=end)
        case ReasonKind.draft:
            what = words.t(_DRAFTS.get(one.detail, "")) or one.detail
            return words.t("draft not sent: {what}, {time}", what=what, time=time)
        case _:
            return words.n(
                "{n} other ticket changed in this shift", "{n} other tickets changed in this shift", one.count
            )


def _fault(words: Words, one: Reason, time: str) -> str:
    if one.detail == "dead":
        return words.n("{n} notice could not be delivered", "{n} notices could not be delivered", one.count)
    if one.detail == "held":
        return words.n("{n} notice is held back", "{n} notices are held back", one.count)
    if one.detail == "trouble":
        return words.n("{n} task of the watch is not done", "{n} tasks of the watch are not done", one.count)
    return words.t(_FAULTS.get(one.detail, ""), time=time) or one.detail
