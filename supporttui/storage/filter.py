"""The filter's tree as SQL: what each word asks of a row (``tests/filter_oracle.py`` says the same in plain Python).

The instant and the person who asks stay parameters (``now``, ``me``), so one filter is one statement.
"""

import functools
import operator
from collections.abc import Callable, Mapping
from typing import Any, assert_never

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from supporttui.domain.filter.fields import (
    CRITICAL_SECONDS,
    CRITICAL_SHARE,
    FIELDS,
    RISK_SECONDS,
    RISK_SHARE,
    STALE_SECONDS,
    FieldKind,
)
from supporttui.domain.filter.search import Needle, beginning_of, needle
from supporttui.domain.filter.watching import BETWEEN, DIGITS, UNTIL
from supporttui.domain.queue import And, Node, Not, Op, Or, Term, Words
from supporttui.domain.sla.timer import SortBucket
from supporttui.domain.spans import FOREVER
from supporttui.domain.tickets import WAITING_STATES
from supporttui.storage.rows import ANNOUNCED, EARLY, MAJOR, PROMISED
from supporttui.storage.schema import Text, Whole, texts, tickets

Condition = ColumnElement[bool]


class ascii_lower(GenericFunction[str]):  # noqa: N801  named like what it renders
    """A to Z in lower case and nothing else changed: SQLite knows no more, PostgreSQL would."""

    type = Text()
    inherit_cache = True


@compiles(ascii_lower, "sqlite")
def _lower(element: Any, compiler: Any, **options: Any) -> str:
    return f"lower({compiler.process(element.clauses, **options)})"


@compiles(ascii_lower, "postgresql")
def _lower_in_c(element: Any, compiler: Any, **options: Any) -> str:
    return f'lower({compiler.process(element.clauses, **options)} COLLATE "C")'


class unsought(GenericFunction[str]):  # noqa: N801  named for what it does
    """A column by whose index SQLite does not search: it would rather find all that a team has, and sort it, than walk
    the order that is asked for; where they are few, ``narrowing.py`` searches."""  # noqa: D205, D209

    type = Text()
    inherit_cache = True


@compiles(unsought, "sqlite")
def _plus(element: Any, compiler: Any, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


@compiles(unsought, "postgresql")
def _as_it_is(element: Any, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


NOW: ColumnElement[int] = bindparam("now", type_=Whole)
ME: ColumnElement[str | None] = bindparam("me", type_=tickets.c.owner.type)
IS_OPEN: Condition = tickets.c.is_open == literal_column("1")
"""Spelled out: a partial index is used only where the statement says what the index says."""

_COMPARE: Mapping[Op, Callable[[Any, Any], Condition]] = {
    Op.eq: operator.eq,
    Op.ne: operator.ne,
    Op.lt: operator.lt,
    Op.le: operator.le,
    Op.gt: operator.gt,
    Op.ge: operator.ge,
}
_NUMBER = {
    "id": tickets.c.id, "priority": tickets.c.priority, "hops": tickets.c.hops, "chases": tickets.c.chases,
    "attention": tickets.c.attention,
}  # fmt: skip
_CODE: Mapping[str, ColumnElement[str]] = {
    "state": tickets.c.state,
    "kind": tickets.c.kind,
    "team": unsought(tickets.c.team),
    "service": tickets.c.service,
    "lang": ascii_lower(tickets.c.language),
}
_CATEGORY = ascii_lower(tickets.c.category)
_INSTANT = {
    "due": tickets.c.due, "created": tickets.c.created_at, "updated": tickets.c.updated_at,
    "worked": tickets.c.worked_at,
}  # fmt: skip
_WORKS_ON_IT = case((tickets.c.resolver != "", tickets.c.resolver), else_=tickets.c.team)


def bucket_number(bucket: SortBucket) -> int:
    """The bucket as it is stored: the digit that its word begins with."""
    return int(bucket.value[0])


# Not the bare column: by it SQLite would rather search the index of the default order, and then sort.
_bucket: ColumnElement[int] = tickets.c.sort_bucket + literal_column("0")
_RUNS = _bucket == bucket_number(SortBucket.due)
_DUE = tickets.c.sort_bucket == literal_column(str(bucket_number(SortBucket.due)))
"""By the bare columns: what falls due within some hours is one stretch of the default order's index."""
_PAUSED = _bucket == bucket_number(SortBucket.paused)
_LEFT = case((_RUNS, tickets.c.sort_key - NOW), (_PAUSED, tickets.c.sort_key))


class position(GenericFunction[int]):  # noqa: N801  named like what it renders
    """Where a text begins within another, 0 if nowhere; exact, without patterns."""

    type = Integer()
    inherit_cache = True


@compiles(position, "sqlite")
def _instr(element: Any, compiler: Any, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(position, "postgresql")
def _strpos(element: Any, compiler: Any, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


@functools.lru_cache(maxsize=128)
def condition(node: Node) -> Condition:
    """What a row must fulfil; never NULL, so that its negation holds exactly where it does not."""
    match node:
        case And(parts):
            return and_(true(), *map(condition, parts))
        case Or(parts):
            return or_(false(), *map(condition, parts))
        case Not(part):
            return not_(condition(part))
        case Words():
            return _holds(needle(node))
        case Term():
            return _TERM[FIELDS[node.field]](node)
        case _:
            assert_never(node)


def _holds(wanted: Needle) -> Condition:
    if not wanted.text:
        return true()
    # A scalar and no EXISTS: of that SQLite makes a join, and may walk the texts to sort the tickets afterwards.
    place = position(texts.c.head + texts.c.notes, literal(wanted.text, Text()))
    return func.coalesce(select(place).where(texts.c.ticket == tickets.c.id).scalar_subquery(), 0) > 0


def _number(term: Term) -> Condition:
    value = _NUMBER[term.field]
    return _among(term, value) if term.op in (Op.eq, Op.ne) else _compared(term, value)


def _compared(term: Term, value: ColumnElement[Any]) -> Condition:
    return and_(value.is_not(None), _COMPARE[term.op](value, literal(term.values[0], Whole)))


def _among(term: Term, value: ColumnElement[Any]) -> Condition:
    found = value.in_(term.values)
    return found if term.op is Op.eq else not_(found)


def _label(term: Term) -> Condition:
    if term.op is not Op.prefix:
        return _among(term, _CATEGORY)
    return or_(false(), *(position(_CATEGORY, literal(str(value), Text())) == 1 for value in term.values))


def _person(term: Term, held: ColumnElement[Any]) -> Condition:
    named = [value for value in term.values if value is not None]
    tests = [and_(held.is_not(None), held.in_(named))]
    if None in term.values:
        tests.append(held.is_(None))
    if "@me" in term.values:
        tests.append(_mine())
    found = or_(*tests)
    return found if term.op is Op.eq else not_(found)


def _mine() -> Condition:
    known = func.coalesce(ME, "") != ""  # a reader without a name owns nothing, also not what nobody owns
    return and_(known, or_(func.coalesce(tickets.c.owner, "") == ME, tickets.c.resolver == ME))


def _text(term: Term) -> Condition:
    return or_(false(), *(_holds(beginning_of(term.field, str(value))) for value in term.values))


def _within(seconds: int, share: int) -> Condition:
    rest = tickets.c.sort_key - NOW
    return and_(_RUNS, rest >= 0, or_(rest <= seconds, rest * share <= tickets.c.seconds))


def _followed() -> Condition:
    key = literal(BETWEEN, Text()) + func.coalesce(ME, "") + literal(BETWEEN, Text())
    return and_(func.coalesce(ME, "") != "", position(tickets.c.followers, key) > 0)


def _snoozed() -> Condition:
    key = literal(BETWEEN, Text()) + func.coalesce(ME, "") + literal(UNTIL, Text())
    found = position(tickets.c.snoozed, key)
    until = cast(func.substr(tickets.c.snoozed, found + func.length(key), DIGITS), Whole)
    return and_(func.coalesce(ME, "") != "", case((found > 0, until), else_=0) > NOW)


def _missed() -> Condition:
    until = cast(func.substr(tickets.c.bonds, len(PROMISED) + 1, DIGITS), Whole)
    promised = tickets.c.bonds.startswith(PROMISED, autoescape=True)
    return and_(IS_OPEN, case((promised, until), else_=FOREVER) < NOW)


_FLAG: Mapping[str, Callable[[], Condition]] = {
    "open": lambda: IS_OPEN,
    "closed": lambda: tickets.c.is_open == literal_column("0"),
    "breached": lambda: and_(or_(_RUNS, _PAUSED), func.coalesce(_LEFT, 0) < 0),
    "atrisk": lambda: _within(RISK_SECONDS, RISK_SHARE),
    "critical": lambda: _within(CRITICAL_SECONDS, CRITICAL_SHARE),
    "paused": lambda: _PAUSED,
    "waiting": lambda: tickets.c.state.in_(sorted(state.value for state in WAITING_STATES)),
    "unassigned": lambda: tickets.c.owner.is_(None),
    "mine": _mine,
    "acknowledged": lambda: tickets.c.acknowledged_by.is_not(None),
    "escalated": lambda: tickets.c.escalated == 1,
    "stale": lambda: and_(IS_OPEN, tickets.c.updated_at < NOW - STALE_SECONDS),
    "drill": lambda: tickets.c.drill != 0,
    "followed": _followed,
    "snoozed": _snoozed,
    "merged": lambda: tickets.c.merged_into.is_not(None),
    "void": lambda: tickets.c.void == literal_column("1"),
    "early": lambda: tickets.c.bonds.contains(EARLY, autoescape=True),
    "promised": lambda: tickets.c.bonds.startswith(PROMISED, autoescape=True),
    "promisemissed": _missed,
    "major": lambda: tickets.c.bonds.contains(MAJOR, autoescape=True),
    "announced": lambda: tickets.c.bonds.contains(ANNOUNCED, autoescape=True),
    "attention": lambda: and_(tickets.c.attention > 0, func.coalesce(tickets.c.attention_until, 0) > NOW),
}

_TERM: Mapping[FieldKind, Callable[[Term], Condition]] = {
    FieldKind.number: _number,
    FieldKind.code: lambda term: _among(term, _CODE[term.field]),
    FieldKind.label: _label,
    FieldKind.owner: lambda term: _person(term, unsought(tickets.c.owner)),
    FieldKind.resolver: lambda term: _person(term, _WORKS_ON_IT),
    FieldKind.left: lambda term: and_(or_(_RUNS, _PAUSED), _compared(term, _LEFT)),
    FieldKind.falls: lambda term: and_(_DUE, _COMPARE[term.op](tickets.c.sort_key, literal(term.values[0], Whole))),
    FieldKind.instant: lambda term: _compared(term, _INSTANT[term.field]),
    FieldKind.flag: lambda term: _FLAG[str(term.values[0])](),
    FieldKind.text: _text,
}
