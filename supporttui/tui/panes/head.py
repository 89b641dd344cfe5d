"""The head of one ticket in lines of cells: what it is, its timers, its people. No Textual, no clock of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.events import Fact, Origin
from supporttui.domain.people import Role
from supporttui.domain.sla.timer import Sign, Timer, TimerState, remaining, sign_of
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Ticket
from supporttui.i18n import (
    announcement_labels,
    beside_labels,
    charter_labels,
    countdown,
    formats,
    labels,
    overflow_labels,
    policy_labels,
    promise_labels,
    service_labels,
    standing_labels,
    times,
    titles,
)
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.panes.wrap import side_by_side, wrap
from supporttui.tui.styles import Run
from supporttui.usecases.views import Reach, Running, TicketDetail, TimerView

Line = tuple[Run, ...]
NARROW = 70
"""Under so many cells the subject stands on lines of its own."""
WIDE = 100
"""From so many cells on there is room to let times stand below each other."""
_SUBJECT_LINES = 2


@dataclass(frozen=True, slots=True)
class Look:
    """How a ticket looks to one reader at one width."""

    words: Words
    width: int
    now: Instant
    prefix: str
    site_zone: str
    me: str = ""
    unicode: bool = False
    stamps: int = 0
    """So wide are the times of a history at least."""

    def name(self, key: str | None, names: Mapping[str, str]) -> str:
        """A person's or team's name; the reader is "you"; nobody a dash."""
        if not key:
            return "-"
        if key == self.me:
            return self.words.t("you")
        return safe_text(names.get(key, key), one_line=True, limit=60)

    def actor(self, fact: Fact, names: Mapping[str, str]) -> str:
        """Who did something; the process that escalates is no person."""
        if fact.origin is Origin.watch or fact.actor == Origin.watch.value:
            return labels.role(self.words, Role.watch)
        return self.name(fact.actor, names)

    def people(self, reached: Sequence[Reach]) -> str:
        """Names one after the other; nobody is said in words."""
        names: dict[str, str] = {reach.person: reach.name for reach in reached}
        return formats.listing(self.words, [self.name(person, names) for person in names]) or self.words.t("nobody")


def title(look: Look, detail: TicketDetail, *, place: str = "") -> Line:
    """``T-1042  P1  new  Payment gateway times out`` and the place in the list at the right."""
    ticket = detail.ticket
    marks = f" {look.prefix}{ticket.id}  {labels.priority_short(ticket.priority)}  {state(look, ticket)}  "
    subject = "" if look.width < NARROW else safe_text(titles.title(look.words, ticket), one_line=True, limit=300)
    space = max(0, look.width - cell_width(place) - 2)
    return (("title", fit(marks + subject, space)), ("dim", f" {place} "))


def block(look: Look, detail: TicketDetail, *, most: int, only_first: bool = False) -> tuple[Line, ...]:
    """What stands under the title in at most so many lines; ``only_first`` of the timers is the one that decides."""
    told = timers(look, detail)
    lines = (*subject(look, detail), *(told[:1] if only_first else told), *people(look, detail))
    kept = lines[: max(1, most)]
    return kept if len(kept) == len(lines) else (*kept[:-1], _going_on(look, kept[-1]))


def _going_on(look: Look, line: Line) -> Line:
    """With a mark that there is more than fits; the details have it."""
    *before, (style, text) = line
    room = max(1, look.width - sum(cell_width(part) for _, part in before) - 1)
    marked = f"{text.rstrip()} ~"
    return (*before, (style, marked if cell_width(marked) <= room else fit(marked, room)))


def subject(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """The subject, where the title has no room for it."""
    if look.width >= NARROW:
        return ()
    text = safe_text(titles.title(look.words, detail.ticket), one_line=True, limit=300)
    first, *more = wrap(text, max(1, look.width - 2))
    if len(more) >= _SUBJECT_LINES:
        more = [fit(" ".join(more), max(1, look.width - 2))]
    return tuple((("title", f" {line}"),) for line in (first, *more))


def state(look: Look, ticket: Ticket) -> str:
    """The state, why it waits and until when."""
    text = labels.state(look.words, ticket.state)
    if ticket.hold_reason and ticket.is_open:
        text += f" ({labels.hold_reason(look.words, safe_text(ticket.hold_reason, one_line=True, limit=30))})"
    if ticket.hold_until is not None:
        text += " " + look.words.t("until {time}", time=times.near(ticket.hold_until, look.now, look.words.zone))
    return text


def timers(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """One line a timer, the deciding one first: sign, what is left, when it is due in the reader's zone and UTC."""
    if not detail.timers:
        return ((("dim", f" {look.words.t('No promise was made for this ticket.')}"),),)
    return tuple(timer_line(look, view, detail.names) for view in detail.timers)


def timer_line(look: Look, view: TimerView, names: Mapping[str, str]) -> Line:
    """One timer."""
    words = look.words
    left = None if view.segment is None else remaining(view.segment, look.now)
    timer = view.timer
    shown = sign_of(timer, view.segment, look.now)
    glyph = labels.glyph(shown, unicode=look.unicode)
    narrow = look.width < NARROW
    name_width = 8 if narrow else max(14, look.width // 6)
    name = fit(_name(look, timer, names, name_width), name_width)
    left_width = max(7 if narrow else 9, countdown.width(countdown.units(words)))
    head = f" {glyph} {name}", fit(_left(look, view, left), left_width, right=True)
    space = max(1, look.width - sum(map(cell_width, head)) - 2)
    due = fit(_due(look, view, shown, space), space)
    return (shown.value, head[0]), (shown.value, head[1]), ("", f"  {due.rstrip()}")


def _name(look: Look, timer: Timer, names: Mapping[str, str], width: int) -> str:
    """What it measures, and whose time it is where there is room for both."""
    authority = safe_text(names.get(timer.authority, timer.authority), one_line=True, limit=40)
    whole = labels.promise(look.words, timer.metric, authority)
    if cell_width(whole) <= width:
        return whole
    return labels.metric_short(look.words, timer.metric) if width <= 8 else labels.metric(look.words, timer.metric)


def _left(look: Look, view: TimerView, left: int | None) -> str:
    if view.timer.state is TimerState.met or left is None:
        return ""
    paused = view.timer.state is TimerState.paused
    standing = view.segment is not None and not view.segment.running and not paused
    return countdown.countdown(look.words, left, standing=standing)


def _due(look: Look, view: TimerView, shown: Sign, space: int) -> str:
    words, timer = look.words, view.timer
    if timer.state is TimerState.met and timer.stopped is not None:
        at = times.near(timer.stopped, look.now, words.zone)
        text = words.t("met late at {time}", time=at) if timer.late else words.t("met at {time}", time=at)
        return text + (f" ({words.t('concluded from the log')})" if timer.derived else "")
    if timer.state is TimerState.paused:
        return words.t("stands still since {time}", time=times.near(timer.anchor, look.now, words.zone))
    if timer.state is TimerState.void:
        return labels.timer_state(words, timer.state)
    if timer.due is None:
        return words.t("never due: no open hours ahead")
    due = _moment(look, timer.due)
    if shown is Sign.breached:
        return words.t("was due {time}", time=due)
    return _shortest(look, view, timer.due, due, space)


def _shortest(look: Look, view: TimerView, at: Instant, due: str, space: int) -> str:
    """When it is due, and when the clock runs again: UTC gives way first, then the name of the day, then the zone."""
    words = look.words
    here, bare = _moment(look, at, utc=False), times.soon(at, look.now, words.zone)
    named, dated = _again(look, view), _again(look, view, dated=True)
    texts = (
        words.t("due {time}", time=time) + again
        for time, again in ((due, named), (here, named), (here, dated), (bare, dated))
    )
    return next((text for text in texts if cell_width(text) <= space), words.t("due {time}", time=here))


def _moment(look: Look, at: Instant, *, utc: bool = True) -> str:
    """``08:00 CET (07:00 UTC)``: the reader's zone, and UTC where it differs; the date if it is not today's."""
    mine = f"{times.near(at, look.now, look.words.zone)} {times.zone_label(at, look.words.zone)}"
    if not utc or look.width < NARROW:
        return mine
    there = f"{times.near(at, look.now, 'UTC')} UTC"
    return mine if mine == there else f"{mine} ({times.clock(at, 'UTC')} UTC)"


def _again(look: Look, view: TimerView, *, dated: bool = False) -> str:
    segment = view.segment
    if segment is None or segment.running or segment.until <= look.now or look.width < NARROW:
        return ""
    when = times.soon(segment.until, look.now, look.words.zone)
    if not dated:
        when = f"{formats.day_short(look.words, segment.until)} {times.clock(segment.until, look.words.zone)}"
    return "  " + look.words.t("clock runs again {when}", when=when)


def people(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """Who owns it, who works on it, who asked, what comes next; and the charter's line."""
    words, ticket, names = look.words, detail.ticket, detail.names
    requester = safe_text(ticket.requester, one_line=True, limit=max(40, look.width - 30)) or "-"
    language = f" ({safe_text(ticket.language, one_line=True, limit=8)})" if ticket.language else ""
    team = look.name(ticket.resolver or ticket.team, names)
    told = (
        words.t("Owner {owner}", owner=look.name(ticket.owner, names)),
        words.t("Team {team}", team=team),
        words.t("Requester {requester}", requester=f"{requester}{language}"),
    )
    lines: list[Line] = [(("", f" {line}"),) for line in side_by_side(told, look.width - 2)]
    if ticket.acknowledged_by and ticket.acknowledged_at is not None:
        seen = words.t(
            "Acknowledged by {who} at {time}", who=look.name(ticket.acknowledged_by, names),
            time=times.near(ticket.acknowledged_at, look.now, words.zone),
        )  # fmt: skip
        lines.append((("dim", f" {seen}"),))
    return (*lines, *(line for said in _MORE for line in said(look, detail)))


def _major(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """That it is run as a major incident, by whom, and what is degraded."""
    return _said(look, "critical", promise_labels.major(look.words, detail.ticket, detail.names, look.now))


def _promise(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """By when the requester hears next, apart from every target; or that they should have heard."""
    style = "breached" if detail.ticket.missed_at(look.now) else ""
    return _said(look, style, promise_labels.promise(look.words, detail.ticket, detail.names, look.now))


def _announced(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """What a vendor announced on it, or for its service."""
    own = announcement_labels.own(look.words, detail.ticket, look.now)
    others = announcement_labels.beside(look.words, detail.beside.announced, look.now, look.prefix)
    return (*_said(look, "", own), *_said(look, "warning", others))


def _attention(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """That it has more attention than its priority gives it, and whether that is too much."""
    return _said(look, "warning", beside_labels.attention(look.words, detail.ticket, names=detail.names, now=look.now))


def _beside(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """How far its procedure is, what was learnt, how often somebody asked again, which criteria are near."""
    return _said(look, "", beside_labels.brief(look.words, detail.ticket, detail.beside))


def _elsewhere(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """That it belongs elsewhere by the charter."""
    found = detail.beside.referral
    return () if found is None else _said(look, "warning", charter_labels.elsewhere(look.words, found))


def _charter(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """The sentence of the charter for every ticket of the service."""
    found = detail.beside.charter
    if found is None or not found.line:
        return ()
    return _said(look, "dim", look.words.t("Charter: {text}", text=found.line))


def _said(look: Look, style: str, text: str) -> tuple[Line, ...]:
    if not text:
        return ()
    return tuple(((style, f" {line}"),) for line in wrap(safe_text(text, one_line=True, limit=400), look.width - 2))


def _offered(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """Who is asked to own it, as both sides see it."""
    offer = detail.ticket.offer_at(look.now)
    if offer is None:
        return ()
    text = safe_text(standing_labels.asked(look.words, offer, detail.names), one_line=True, limit=200)
    return tuple((("warning", f" {line}"),) for line in wrap(text, look.width - 2))


def _overflow(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """That a partner could take it, and at what price."""
    if detail.overflow is None:
        return ()
    text = overflow_labels.proposal(look.words, detail.overflow, detail.names)
    return tuple((("warning", f" {line}"),) for line in wrap(text, look.width - 2))


def _speechless(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """That nobody on duty speaks the requester's language, who will, and what is spoken instead."""
    found = detail.speakers
    if found is None or found.now:
        return ()
    text = service_labels.spoken(look.words, found, look.now)
    return tuple((("warning", f" {line}"),) for line in wrap(text, look.width - 2))


def _next_step(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """Of the escalation to those who know more, and of the one to those who decide."""
    return (*_coming(look, detail.escalation), *_coming(look, detail.management))


def _coming(look: Look, running: Running | None) -> tuple[Line, ...]:
    if running is None or not running.upcoming or running.escalation.due is None:
        return ()
    step = running.upcoming[0]
    name, who = safe_text(step.name, one_line=True, limit=30), look.people(step.people)
    if step.at <= look.now:
        text = look.words.t("Next step is due: {step}, {who}", step=name, who=who)
    else:
        left = countdown.precise(look.words, step.at - look.now)
        text = look.words.t("Next step in {time}: {step}, {who}", step=name, who=who, time=left)
    if running.escalation.kind is EscalationKind.hierarchical:
        text = look.words.t("{what} ({kind})", what=text, kind=policy_labels.kind(look.words, running.escalation.kind))
    return tuple((("warning", f" {line}"),) for line in wrap(text, look.width - 2))


_MORE = (
    _major, _promise, _announced, _attention, _elsewhere, _offered, _next_step, _beside, _speechless, _overflow,
    _charter,
)  # fmt: skip
