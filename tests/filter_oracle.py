"""Whether a row of the queue fits a filter, read straight off the tree: what ``storage/filter.py`` is held against."""

import operator
from collections.abc import Callable, Mapping
from typing import assert_never

from supporttui.domain.filter.fields import (
    CRITICAL_SECONDS,
    CRITICAL_SHARE,
    FIELDS,
    RISK_SECONDS,
    RISK_SHARE,
    STALE_SECONDS,
    FieldKind,
    ascii_lower,
)
from supporttui.domain.filter.search import Needle, beginning_of, needle
from supporttui.domain.filter.watching import BETWEEN, DIGITS, UNTIL
from supporttui.domain.ids import PersonId
from supporttui.domain.queue import And, Node, Not, Op, Or, QueueRow, Term, Words, visible
from supporttui.domain.sla.timer import SortBucket
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import OPEN_STATES, WAITING_STATES

_COMPARE: Mapping[Op, Callable[[int, int], bool]] = {
    Op.eq: operator.eq,
    Op.ne: operator.ne,
    Op.lt: operator.lt,
    Op.le: operator.le,
    Op.gt: operator.gt,
    Op.ge: operator.ge,
}


def matches(node: Node, row: QueueRow, now: Instant, me: PersonId | None, *, texts: str = "") -> bool:
    """Whether the row fits at ``now`` for the person who asks; without a person ``@me`` fits nothing.

    ``texts`` is what is searched of the ticket (``search.head_of`` and ``search.notes_of``).
    """
    return _fits(visible(node), row, now, me, texts=texts)


def holds(text: str, wanted: Needle) -> bool:
    """Whether a searched text has it; SQL says the same by position."""
    return wanted.text in text


def _fits(node: Node, row: QueueRow, now: Instant, me: PersonId | None, *, texts: str) -> bool:
    match node:
        case And(parts):
            return all(_fits(part, row, now, me, texts=texts) for part in parts)
        case Or(parts):
            return any(_fits(part, row, now, me, texts=texts) for part in parts)
        case Not(part):
            return not _fits(part, row, now, me, texts=texts)
        case Words():
            return holds(texts, needle(node))
        case Term() if FIELDS[node.field] is FieldKind.text:
            return any(holds(texts, beginning_of(node.field, str(value))) for value in node.values)
        case Term():
            return _term(node, row, now, me)
        case _:
            assert_never(node)


def _term(term: Term, row: QueueRow, now: Instant, me: PersonId | None) -> bool:
    return _TERM[FIELDS[term.field]](term, row, now, me)


def left(row: QueueRow, now: Instant) -> int | None:
    """Wall-clock seconds until the deciding timer is due, or its standing remainder while paused."""
    if row.sort.bucket is SortBucket.due:
        return row.sort.key - now
    return row.sort.key if row.sort.bucket is SortBucket.paused else None


def _number(term: Term, row: QueueRow) -> bool:
    value = {
        "id": row.id,
        "priority": row.priority,
        "hops": row.hops,
        "chases": row.chases,
        "attention": row.attention,
    }[term.field]
    if term.op in (Op.eq, Op.ne):
        return (value in term.values) == (term.op is Op.eq)
    return _compare(term, value)


def _compare(term: Term, value: int | None) -> bool:
    bound = term.values[0]
    assert isinstance(bound, int)
    return value is not None and _COMPARE[term.op](value, bound)


def _code(field: str, row: QueueRow) -> str:
    match field:
        case "state":
            return row.state.value
        case "kind":
            return row.kind.value
        case "team":
            return row.team
        case "service":
            return row.service
        case _:
            return ascii_lower(row.language)


def _label(term: Term, row: QueueRow) -> bool:
    held = ascii_lower(row.category)
    if term.op is Op.prefix:
        return any(held.startswith(str(value)) for value in term.values)
    return (held in term.values) == (term.op is Op.eq)


def _person(term: Term, row: QueueRow, me: PersonId | None) -> bool:
    mine = "@me" in term.values and _mine(row, me)
    held = row.owner if term.field == "owner" else (row.resolver or row.team)
    return mine or held in term.values


def _instant(field: str, row: QueueRow) -> Instant | None:
    match field:
        case "due":
            return row.due
        case "created":
            return row.created_at
        case "worked":
            return row.worked_at
        case _:
            return row.updated_at


def _mine(row: QueueRow, me: PersonId | None) -> bool:
    return bool(me) and me in (row.owner, row.resolver)


def _follows(form: str, person: str | None) -> bool:
    return bool(person) and f"{BETWEEN}{person}{BETWEEN}" in form


def _snoozed_until(form: str, person: str | None) -> int:
    """When a person is to be reminded; 0 is never."""
    _, found, rest = form.partition(f"{BETWEEN}{person}{UNTIL}") if person else ("", "", "")
    return int(rest[:DIGITS]) if found else 0


def _is_breached(row: QueueRow, now: Instant) -> bool:
    rest = left(row, now)
    return rest is not None and rest < 0


def _is_within(row: QueueRow, now: Instant, *, seconds: int, share: int) -> bool:
    """Due soon: at most ``seconds``, or one part in ``share`` of the target, away; not late, not paused."""
    rest = left(row, now) if row.sort.bucket is SortBucket.due else None
    return rest is not None and rest >= 0 and (rest <= seconds or rest * share <= row.seconds)


FLAG: Mapping[str, Callable[[QueueRow, Instant, PersonId | None], bool]] = {
    "open": lambda row, _now, _me: row.state in OPEN_STATES,
    "closed": lambda row, _now, _me: row.state not in OPEN_STATES,
    "breached": lambda row, now, _me: _is_breached(row, now),
    "atrisk": lambda row, now, _me: _is_within(row, now, seconds=RISK_SECONDS, share=RISK_SHARE),
    "critical": lambda row, now, _me: _is_within(row, now, seconds=CRITICAL_SECONDS, share=CRITICAL_SHARE),
    "paused": lambda row, _now, _me: row.sort.bucket is SortBucket.paused,
    "waiting": lambda row, _now, _me: row.state in WAITING_STATES,
    "unassigned": lambda row, _now, _me: row.owner is None,
    "mine": lambda row, _now, me: _mine(row, me),
    "acknowledged": lambda row, _now, _me: row.acknowledged_by is not None,
    "escalated": lambda row, _now, _me: row.escalated,
    "stale": lambda row, now, _me: row.state in OPEN_STATES and row.updated_at < now - STALE_SECONDS,
    "drill": lambda row, _now, _me: row.drill,
    "followed": lambda row, _now, me: _follows(row.followers, me),
    "snoozed": lambda row, now, me: _snoozed_until(row.snoozed, me) > now,
    "merged": lambda row, _now, _me: row.merged,
    "void": lambda row, _now, _me: row.void,
    "early": lambda row, _now, _me: row.early,
    "promised": lambda row, _now, _me: row.promised is not None,
    "promisemissed": lambda row, now, _me: row.state in OPEN_STATES and row.promised is not None and row.promised < now,
    "major": lambda row, _now, _me: row.major,
    "announced": lambda row, _now, _me: row.announced,
    "attention": lambda row, now, _me: row.attention > 0 and (row.attention_until or 0) > now,
}
"""Word after ``is:`` → its test."""

_TERM: Mapping[FieldKind, Callable[[Term, QueueRow, Instant, PersonId | None], bool]] = {
    FieldKind.number: lambda term, row, _now, _me: _number(term, row),
    FieldKind.code: lambda term, row, _now, _me: (_code(term.field, row) in term.values) == (term.op is Op.eq),
    FieldKind.label: lambda term, row, _now, _me: _label(term, row),
    FieldKind.owner: lambda term, row, _now, me: _person(term, row, me) == (term.op is Op.eq),
    FieldKind.resolver: lambda term, row, _now, me: _person(term, row, me) == (term.op is Op.eq),
    FieldKind.left: lambda term, row, now, _me: _compare(term, left(row, now)),
    FieldKind.falls: lambda term, row, _now, _me: row.sort.bucket is SortBucket.due and _compare(term, row.sort.key),
    FieldKind.instant: lambda term, row, _now, _me: _compare(term, _instant(term.field, row)),
    FieldKind.flag: lambda term, row, now, me: FLAG[str(term.values[0])](row, now, me),
}
