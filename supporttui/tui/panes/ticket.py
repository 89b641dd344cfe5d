"""One ticket in lines of cells: its head, its timers, its story. No Textual, no clock of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from supporttui.domain.events import Event, Fact, Noted, Opened, Origin, Replied, RequesterWrote
from supporttui.domain.people import Role
from supporttui.domain.sla.hours import Piece
from supporttui.domain.sla.timer import Sign, TimerState, remaining, sign_of
from supporttui.domain.spans import Instant, Span
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Ticket
from supporttui.i18n import countdown, formats, labels, service_labels, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.panes.wrap import side_by_side, wrap
from supporttui.tui.styles import Run
from supporttui.usecases.views import Reach, TicketDetail, TimerView, Why

Line = tuple[Run, ...]
_INDENT = 2
_MOST_TEXT_LINES = 400


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


# --- the head ---------------------------------------------------------------------------------------


def title(look: Look, detail: TicketDetail, *, place: str = "") -> Line:
    """``T-1042  P1  new  Payment gateway times out`` and the place in the list at the right."""
    ticket = detail.ticket
    marks = f" {look.prefix}{ticket.id}  {labels.priority_short(ticket.priority)}  {state(look, ticket)}  "
    subject = safe_text(ticket.title, one_line=True, limit=300)
    space = max(0, look.width - cell_width(marks) - cell_width(place) - 2)
    return (("title", marks + fit(subject, space)), ("dim", f" {place} "))


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
    return tuple(timer_line(look, view) for view in detail.timers)


def timer_line(look: Look, view: TimerView) -> Line:
    """One timer."""
    words = look.words
    left = None if view.segment is None else remaining(view.segment, look.now)
    timer = view.timer
    shown = sign_of(timer, view.segment, look.now)
    glyph = labels.glyph(shown, unicode=look.unicode)
    name = fit(labels.metric(words, timer.metric), max(14, look.width // 6))
    return (
        (shown.value, f" {glyph} {name}"),
        (shown.value, fit(_left(look, view, left), max(9, countdown.width(countdown.units(words))), right=True)),
        ("", f"  {_due(look, view, shown)}"),
    )


def _left(look: Look, view: TimerView, left: int | None) -> str:
    if view.timer.state is TimerState.met or left is None:
        return ""
    paused = view.timer.state is TimerState.paused
    standing = view.segment is not None and not view.segment.running and not paused
    return countdown.countdown(look.words, left, standing=standing)


def _due(look: Look, view: TimerView, shown: Sign) -> str:
    words, timer = look.words, view.timer
    if timer.state is TimerState.met and timer.stopped is not None:
        at = times.near(timer.stopped, look.now, words.zone)
        text = words.t("met late at {time}", time=at) if timer.late else words.t("met at {time}", time=at)
        return text + (f" ({words.t('concluded from the log')})" if timer.derived else "")
    if timer.state is TimerState.paused:
        return words.t("stands still since {time}", time=times.near(timer.anchor, look.now, words.zone))
    if timer.due is None:
        return words.t("never due: no open hours ahead")
    due = _moment(look, timer.due)
    if shown is Sign.breached:
        return words.t("was due {time}", time=due)
    return words.t("due {time}", time=due) + _again(look, view)


def _moment(look: Look, at: Instant) -> str:
    """``08:00 CET (07:00 UTC)``: the reader's zone, and UTC where it differs; the date if it is not today's."""
    mine = f"{times.near(at, look.now, look.words.zone)} {times.zone_label(at, look.words.zone)}"
    utc = f"{times.near(at, look.now, 'UTC')} UTC"
    return mine if mine == utc else f"{mine} ({times.clock(at, 'UTC')} UTC)"


def _again(look: Look, view: TimerView) -> str:
    segment = view.segment
    if segment is None or segment.running or segment.until <= look.now:
        return ""
    when = f"{formats.day_short(look.words, segment.until)} {times.clock(segment.until, look.words.zone)}"
    return "  " + look.words.t("clock runs again {when}", when=when)


def people(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """Who owns it, who works on it, who asked, what comes next; and the charter's line."""
    words, ticket, names = look.words, detail.ticket, detail.names
    requester = safe_text(ticket.requester, one_line=True, limit=40) or "-"
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
    if (next_step := _next_step(look, detail)) is not None:
        lines.append(next_step)
    return (*lines, *_speechless(look, detail))


def _speechless(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """That nobody on duty speaks the requester's language, who will, and what is spoken instead."""
    found = detail.speakers
    if found is None or found.now:
        return ()
    text = service_labels.spoken(look.words, found, look.now)
    return tuple((("warning", f" {line}"),) for line in wrap(text, look.width - 2))


def _next_step(look: Look, detail: TicketDetail) -> Line | None:
    running = detail.escalation
    if running is None or not running.upcoming or running.escalation.due is None:
        return None
    step = running.upcoming[0]
    name, who = safe_text(step.name, one_line=True, limit=30), look.people(step.people)
    if step.at <= look.now:
        text = look.words.t("Next step is due: {step}, {who}", step=name, who=who)
    else:
        left = countdown.precise(look.words, step.at - look.now)
        text = look.words.t("Next step in {time}: {step}, {who}", step=name, who=who, time=left)
    return (("warning", f" {text}"),)


# --- sections ---------------------------------------------------------------------------------------


def timeline(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """What happened, newest first: when, how long ago, who, what."""
    lines: list[Line] = []
    for fact in detail.facts:
        lines += _fact_lines(look, fact, detail.names)
    return tuple(lines)


def _fact_lines(look: Look, fact: Fact, names: Mapping[str, str]) -> list[Line]:
    words = look.words
    when = times.near(fact.at, look.now, words.zone)
    ago = countdown.countdown(words, max(0, look.now - fact.at))
    who = look.actor(fact, names)
    age = fit(f"-{ago}", max(7, countdown.width(countdown.units(words))))
    head = f" {when}  {age} {fit(who, min(16, max(8, look.width // 6)))} "
    event, rest = _split(fact)
    space = max(10, look.width - cell_width(head) - 1)
    first, *more = wrap(labels.event(words, event, names), space)
    for text in rest:
        more += wrap(text, space)
    indent = " " * cell_width(head)
    lines: list[Line] = [(("dim", head), ("", first))]
    lines += [(("", f"{indent}{text}"),) for text in more[:_MOST_TEXT_LINES]]
    return lines


def _split(fact: Fact) -> tuple[Event, Sequence[str]]:
    """The event with the first line of its text, and the other lines; the text of an opening is all others."""
    event = fact.event
    if not isinstance(event, Noted | Replied | RequesterWrote | Opened) or not event.text.strip():
        return event, ()
    lines = safe_text(event.text.strip(), one_line=False).split("\n")
    return (event, lines) if isinstance(event, Opened) else (replace(event, text=lines[0]), lines[1:])


def details(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """Every field with a name, then the text."""
    words, ticket, names = look.words, detail.ticket, detail.names
    service = detail.service
    rows = (
        (words.t("Service"), _service(look, detail)),
        (words.t("Kind"), labels.kind(words, ticket.kind)),
        (words.t("Priority"), labels.priority(words, ticket.priority)),
        (words.t("Impact"), labels.level(words, ticket.impact)),
        (words.t("Urgency"), labels.level(words, ticket.urgency)),
        (words.t("Category"), safe_text(ticket.category, one_line=True, limit=80) or "-"),
        (words.t("Owner team"), look.name(ticket.team, names)),
        (words.t("Works on it"), look.name(ticket.resolver or ticket.team, names)),
        (words.t("Owner"), look.name(ticket.owner, names)),
        (words.t("Requester"), safe_text(ticket.requester, one_line=True, limit=80) or "-"),
        (words.t("Created"), formats.moment(words, ticket.created_at)),
        (words.t("Changed"), formats.moment(words, ticket.updated_at)),
        (words.t("Reopened"), str(ticket.reopened)),
        (words.t("Handed over"), str(ticket.hops)),
    )
    label_width = max(cell_width(label) for label, _ in rows) + _INDENT
    lines: list[Line] = [(("dim", f" {fit(label, label_width)}"), ("", value)) for label, value in rows]
    if ticket.text.strip():
        lines.append(())
        for text in safe_text(ticket.text.strip(), one_line=False).split("\n")[:_MOST_TEXT_LINES]:
            lines += [(("", f" {part}"),) for part in wrap(text, look.width - 2)]
    if service is not None and service.charter:
        charter = safe_text(service.charter, one_line=True, limit=200)
        lines += [(), (("dim", f" {words.t('Charter: {text}', text=charter)}"),)]
    return tuple(lines)


def _service(look: Look, detail: TicketDetail) -> str:
    """The service, and whether it is open."""
    if detail.service is None or detail.opening is None:
        return safe_text(detail.ticket.service, one_line=True, limit=80)
    name = safe_text(detail.service.name, one_line=True, limit=80)
    hours = service_labels.opening(look.words, detail.opening, look.now)
    return look.words.t("{service} ({hours})", service=name, hours=hours)


def references(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """The numbers under which other systems know it."""
    found = detail.ticket.references
    if not found:
        return ((("dim", f" {look.words.t('No other system knows this ticket.')}"),),)
    width = max(cell_width(safe_text(r.system, one_line=True, limit=30)) for r in found) + _INDENT
    lines: list[Line] = []
    for reference in found:
        system = fit(safe_text(reference.system, one_line=True, limit=30), width)
        url = safe_text(reference.url, one_line=True, limit=200)
        lines.append(
            (("dim", f" {system}"), ("", safe_text(reference.key, one_line=True, limit=60)), ("dim", f"  {url}"))
        )
    return tuple(lines)


def reasons(look: Look, why: Why) -> tuple[Line, ...]:
    """Why each timer stands where it stands: spans that count, that do not, and that lie ahead; they add up."""
    lines: list[Line] = []
    for reason in why.reasons:
        timer = reason.timer
        target = countdown.countdown(look.words, timer.seconds)
        heading = f"{labels.metric(look.words, timer.metric)}: {look.words.t('target {time}', time=target)}"
        lines.append((("title", f" {heading}"), ("dim", f"  {labels.timer_state(look.words, timer.state)}")))
        for part in reason.parts:
            lines += _reason_lines(look, part, why.now, due=timer.due)
        lines.append(())
    return tuple(lines) or ((("dim", f" {look.words.t('No promise was made for this ticket.')}"),),)


def _reason_lines(look: Look, part: Piece, now: Instant, *, due: Instant | None) -> Iterator[Line]:
    """What has passed and what lies ahead of one piece, each on its line."""
    span = part.span
    if part.counted is None and span.start < now < span.end:
        yield _reason_line(look, replace(part, span=Span(span.start, now)), now, due)
        yield _reason_line(look, replace(part, span=Span(now, span.end)), now, due)
    else:
        yield _reason_line(look, part, now, due)


def _reason_line(look: Look, part: Piece, now: Instant, due: Instant | None) -> Line:
    words = look.words
    when = formats.span_short(words, part.span.start, part.span.end)
    name = safe_text(part.name, one_line=True, limit=60)
    why = " ".join(filter(None, (labels.reason(words, part.reason), name)))
    ahead = part.span.start >= now
    if ahead:
        why = words.t("{reason}, still ahead", reason=why)
    elif due is not None and part.span.start >= due and part.open:
        why = words.t("{reason}, late", reason=why)
    counted = countdown.precise(words, part.seconds) if part.open else "-"
    head = f"   {fit(counted, max(8, countdown.width(countdown.units(words))), right=True)}  {when}  "
    return (("" if part.open and not ahead else "dim", head + fit(why, max(1, look.width - cell_width(head)))),)
