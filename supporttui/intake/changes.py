"""From foreign readings to events: what changed between two readings, and what of it is new to us.

The rules, in the order in which they hold:

1. Rows follow one another in the file's order; a row says what changed since the row before it.
2. A row whose hash is known adds nothing.
3. Each event keeps the instant of its row. Where instants go backwards, the fold may end elsewhere than
   the file does; then one more row, at the newest instant, says what the file's last row says.
4. Only what the source changed is changed here: what the desk changed meanwhile stays.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from supporttui.domain.events import (
    Assigned,
    Edited,
    Event,
    Fact,
    Imported,
    Opened,
    PriorityChanged,
    Referenced,
    Replied,
    State,
    StateChanged,
)
from supporttui.domain.ids import PersonId
from supporttui.domain.plain import from_plain, to_plain
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import OPEN_STATES, ordered
from supporttui.intake.history import History, Reading, Row
from supporttui.usecases.intake import ForeignRow, ForeignTicket, Happened

Said = tuple[Instant, Mapping[str, str]]
"""When the source said something, and the fields of the reading that changed."""

_NUMBERS = frozenset({"priority", "impact", "urgency"})
_TOGETHER = (
    (_NUMBERS, _NUMBERS),
    (frozenset({"state", "hold_reason"}), frozenset({"state", "hold_reason", "resolution"})),
)
_NAMES = tuple(field.name for field in fields(Reading))
_EDITED = ("title", "category", "requester", "text", "language")


@dataclass(frozen=True, slots=True)
class Known:
    """What the journal already holds of a foreign ticket."""

    hashes: Collection[str]
    facts: Sequence[Fact]
    """May be left empty where every row is known."""


def to_take_in(history: History, known: Known | None, now: Instant) -> ForeignTicket:
    """The rows that are new, with the events that each adds; no rows when there is nothing new.

    ``known`` is ``None`` for a ticket that is not here yet. ``now`` is the instant of a row without one,
    where the ticket is known.
    """
    rows = _first_time(history) if known is None else _again(history, known, now)
    return ForeignTicket(system=history.system, number=history.number, rows=tuple(rows))


def changes(before: Reading, after: Reading) -> tuple[Event, ...]:
    """The events that lead from one reading to the next; none between equal ones."""
    return (
        *_priority(before, after),
        *_assignment(before, after),
        *_state(before, after),
        *_edits(before, after),
    )


def _first_time(history: History) -> list[ForeignRow]:
    first = history.rows[0]
    base = _as_opened(first.reading)
    opening = [
        Happened(history.opened_at, first.actor, event)
        for event in (_opened(first.reading), Referenced(history.system, history.number, history.url))
    ]
    rows = _rows(history.rows, base, frozenset(), fallback=history.opened_at, answered=False)
    rows[0] = replace(rows[0], events=(*opening, *rows[0].events))
    return [*rows, *_settled(history.rows[-1], base, _said(rows))]


def _again(history: History, known: Known, now: Instant) -> list[ForeignRow]:
    if all(row.hash in known.hashes for row in history.rows):
        return []
    base = _base(known.facts)
    said = _so_far(known.facts)
    answered = any(isinstance(fact.event, Replied) for fact in known.facts)
    rows = _rows(history.rows, _merged(base, said), known.hashes, fallback=now, answered=answered)
    return [*rows, *_settled(history.rows[-1], base, (*said, *_said(rows)))]


def _base(facts: Iterable[Fact]) -> Reading:
    """What the source said when the ticket was opened; facts of an import have an opening."""
    opened = next(fact.event for fact in facts if isinstance(fact.event, Opened))
    return from_plain(Reading, to_plain(opened), strict=False)


def _so_far(facts: Iterable[Fact]) -> tuple[Said, ...]:
    """What the source said since, in the fold's order."""
    return tuple((fact.at, fact.event.fields) for fact in ordered(facts) if isinstance(fact.event, Imported))


def _said(rows: Iterable[ForeignRow]) -> tuple[Said, ...]:
    return tuple((row.at, row.fields) for row in rows if row.at is not None)


def _rows(
    rows: Sequence[Row], before: Reading, hashes: Collection[str], *, fallback: Instant, answered: bool
) -> list[ForeignRow]:
    made: list[ForeignRow] = []
    seen = set(hashes)
    for row in rows:
        if row.hash not in seen:
            seen.add(row.hash)
            at = fallback if row.at is None else row.at
            reply: tuple[Event, ...] = (Replied("", derived=True),) if row.responded and not answered else ()
            answered = answered or row.responded
            events = (*reply, *changes(before, row.reading))
            made.append(_row(row, at, events, _different(before, row.reading)))
        before = row.reading
    return made


def _row(row: Row, at: Instant, events: Sequence[Event], said: Mapping[str, str]) -> ForeignRow:
    happened = tuple(Happened(at, row.actor, event) for event in events)
    return ForeignRow(hash=row.hash, events=happened, fields=dict(said), line=row.line, at=at, actor=row.actor)


def _settled(last: Row, base: Reading, said: Sequence[Said]) -> list[ForeignRow]:
    """Nothing, or the row that repeats the file's last reading at the newest instant (rule 3)."""
    told = sorted(said, key=lambda entry: entry[0])
    ends = _merged(base, told)
    if ends == last.reading:
        return []
    again = replace(last, hash=f"{last.hash}.{len(told)}")
    return [_row(again, told[-1][0], changes(ends, last.reading), _different(ends, last.reading))]


def _opened(said: Reading) -> Opened:
    return Opened(
        title=said.title, service=said.service, team=said.team, priority=said.priority, impact=said.impact,
        urgency=said.urgency, kind=said.kind, text=said.text, requester=said.requester,
        language=said.language, category=said.category,
    )  # fmt: skip


def _as_opened(first: Reading) -> Reading:
    """What ``Opened`` alone says: new, and nobody's."""
    return replace(first, state=State.new, hold_reason="", resolution="", owner="", resolver="")


def _merged(base: Reading, said: Iterable[Said]) -> Reading:
    """The reading after everything that was said."""
    merged: dict[str, Any] = to_plain(base)
    for _, part in said:
        merged.update({name: int(text) if name in _NUMBERS else text for name, text in part.items()})
    return from_plain(Reading, merged, strict=False)


def _different(before: Reading, after: Reading) -> dict[str, str]:
    """The fields that the events of this change set; what one event sets goes together."""
    names = {name for name in _NAMES if getattr(before, name) != getattr(after, name)}
    for together, group in _TOGETHER:
        if names & together:
            names |= group
    return {name: str(to_plain(getattr(after, name))) for name in _NAMES if name in names}


def _priority(before: Reading, after: Reading) -> tuple[Event, ...]:
    if all(getattr(before, name) == getattr(after, name) for name in _NUMBERS):
        return ()
    return (PriorityChanged(after.priority, impact=after.impact, urgency=after.urgency),)


def _assignment(before: Reading, after: Reading) -> tuple[Event, ...]:
    team = None if before.team == after.team else after.team
    owner = None if before.owner == after.owner else PersonId(after.owner)
    resolver = None if before.resolver == after.resolver else after.resolver
    if team is None and owner is None and resolver is None:
        return ()
    return (Assigned(team=team, owner=owner, resolver=resolver),)


def _state(before: Reading, after: Reading) -> tuple[Event, ...]:
    ended = after.state not in OPEN_STATES
    events: list[Event] = []
    code = before.resolution
    if (before.state, before.hold_reason) != (after.state, after.hold_reason):
        events.append(StateChanged(after.state, reason=after.resolution if ended else after.hold_reason))
        # An ending without a code keeps the ticket's code; an opening empties it.
        code = after.resolution or (code if ended else "")
    if code != after.resolution:
        events.append(Edited({"resolution": after.resolution}))
    return tuple(events)


def _edits(before: Reading, after: Reading) -> tuple[Event, ...]:
    edited = {name: getattr(after, name) for name in _EDITED if getattr(before, name) != getattr(after, name)}
    return (Edited(edited),) if edited else ()
