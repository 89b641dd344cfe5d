"""The sections of one ticket in lines of cells: story, fields, numbers elsewhere. No Textual."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from supporttui.domain.events import Event, Fact, Noted, Opened, Replied, RequesterWrote
from supporttui.domain.people import Role
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.domain.undoing import done_again, taken_back
from supporttui.i18n import (
    beside_labels,
    bond_labels,
    countdown,
    formats,
    labels,
    service_labels,
    times,
    unsent_labels,
    warned_labels,
)
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.panes.head import NARROW, WIDE, Line, Look
from supporttui.tui.panes.wrap import wrap
from supporttui.usecases.views import TicketDetail

_INDENT = 2
_MOST_TEXT_LINES = 400


def timeline(look: Look, detail: TicketDetail) -> tuple[Line, ...]:
    """What happened, newest first: when, how long ago (where there is room), who, what."""
    undone, redone, names = taken_back(detail.facts), done_again(detail.facts), detail.names
    look = replace(look, stamps=_stamps(look, detail))
    told = [
        (fact.at, _fact_lines(look, fact, names, gone=fact.operation in undone, again=fact.operation in redone))
        for fact in detail.facts
    ]
    watch = labels.role(look.words, Role.watch)
    told += [
        (one.at, _lines(look, one.at, watch, warned_labels.warned(look.words, one, names))) for one in detail.warned
    ]
    told += [
        (at, _lines(look, at, watch, safe_text(text, one_line=True, limit=300), style="dim"))
        for at, text in unsent_labels.unsent(look.words, detail.notices, names, look.now)
    ]
    newest_first = sorted(told, key=lambda entry: entry[0], reverse=True)
    return tuple(line for _, lines in newest_first for line in lines)


def _stamps(look: Look, detail: TicketDetail) -> int:
    """How wide the times are, so that what follows stands below each other; 0 where the room is better used."""
    if look.width < WIDE:
        return 0
    return max((cell_width(times.near(fact.at, look.now, look.words.zone)) for fact in detail.facts), default=0)


def _fact_lines(look: Look, fact: Fact, names: Mapping[str, str], *, gone: bool, again: bool) -> list[Line]:
    """A fact that was undone stays, and says so."""
    words = look.words
    event, rest = _split(fact)
    told = labels.event(words, event, names, prefix=look.prefix, again=again)
    said = words.t("{event} (taken back)", event=told) if gone else told
    return _lines(look, fact.at, look.actor(fact, names), said, rest=rest, style="dim" if gone else "")


def _lines(
    look: Look, at: Instant, actor: str, told: str, *, rest: Sequence[str] = (), style: str = ""
) -> list[Line]:  # fmt: skip
    """When, how long ago, by whom and what; ``rest`` are the other lines of a text."""
    who = fit(actor, min(16, max(8, look.width // 6)))
    time = times.near(at, look.now, look.words.zone)
    head = f" {fit(time, max(cell_width(time), look.stamps))}{_ago(look, at)} {who} "
    space = max(10, look.width - cell_width(head) - 1)
    first, *more = wrap(told, space)
    for text in rest:
        more += wrap(text, space)
    indent = " " * cell_width(head)
    lines: list[Line] = [(("dim", head), (style, first))]
    lines += [((style, f"{indent}{text}"),) for text in more[:_MOST_TEXT_LINES]]
    return lines


def _ago(look: Look, at: Instant) -> str:
    if look.width < NARROW:
        return ""
    ago = countdown.countdown(look.words, max(0, look.now - at))
    return "  " + fit(f"-{ago}", max(7, countdown.width(countdown.units(look.words))))


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
        *_bonds(look, detail),
        *_beside(look, detail),
    )
    label_width = max(cell_width(label) for label, _ in rows) + _INDENT
    lines: list[Line] = []
    for label, value in rows:
        first, *more = wrap(value, max(10, look.width - label_width - 2))
        lines.append((("dim", f" {fit(label, label_width)}"), ("", first)))
        lines += [(("", f" {' ' * label_width}{part}"),) for part in more]
    if ticket.text.strip():
        lines.append(())
        for text in safe_text(ticket.text.strip(), one_line=False).split("\n")[:_MOST_TEXT_LINES]:
            lines += [(("", f" {part}"),) for part in wrap(text, look.width - 2)]
    if service is not None and service.charter and detail.beside.charter is None:
        charter = safe_text(service.charter, one_line=True, limit=200)
        said = wrap(words.t("Charter: {text}", text=charter), max(10, look.width - 2))
        lines += [(), *((("dim", f" {line}"),) for line in said)]
    return tuple(lines)


def _bonds(look: Look, detail: TicketDetail) -> tuple[tuple[str, str], ...]:
    """What ties it to people and to other tickets."""
    found = bond_labels.bonds(look.words, detail.ticket, detail.names, prefix=look.prefix)
    return tuple((label, safe_text(value, one_line=True, limit=200)) for label, value in found)


def _beside(look: Look, detail: TicketDetail) -> tuple[tuple[str, str], ...]:
    """Its attention, its procedure, what was learnt, and which criteria are near."""
    found = beside_labels.fields(look.words, detail.ticket, detail.beside, names=detail.names, now=look.now)
    return tuple((label, safe_text(value, one_line=True, limit=300)) for label, value in found)


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
