"""Who would be told of several tickets at once is told once, of all of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from supporttui.domain.ids import OperationId
from supporttui.domain.notices import SECOND
from supporttui.usecases.ports import Notice, NoticeState, Transaction

JOINED = "notice.joined"
"""Cause of a notice that is told together with another one."""
ALSO, ALSO_OF, MORE = "also", "also.", "more"
"""Parameters of a notice that others leave as part of: of the tickets of its own kind, of another kind (its name
follows) by numbers, and how many others there are."""
WITH_TITLES = 20
"""So many others of its kind are named with their titles, and with the codes that answer them; the rest by number."""


def join_notices(tx: Transaction, operation: OperationId, *, more_than: int = 1) -> None:
    """Of an operation's notices to one contact point only the most pressing leaves; it names the others' tickets.

    Up to ``more_than`` leave one by one.
    """
    queued = tx.outbox.of_operation(operation)
    # What goes to a requester is addressed to nobody of ours, and is a letter of its own for each ticket.
    waiting = [notice for notice in queued if notice.state is NoticeState.pending and notice.person]
    groups: dict[tuple[str, ...], list[Notice]] = {}
    for notice in sorted(waiting, key=lambda one: (one.priority, one.ticket or 0)):
        groups.setdefault(_contact(notice), []).append(notice)
    tx.outbox.rewrite([notice for group in groups.values() if len(group) > more_than for notice in _joined(group)])


def part_notices(tx: Transaction, told: Notice) -> None:
    """A notice will not leave after all: those that were joined to it leave together without it."""
    tx.outbox.rewrite(_joined(joined_to(tx, told)))


def leave_without(tx: Transaction, told: Notice, gone: Mapping[str, str]) -> Notice:
    """The claimed notice without those joined to it that are not so any more: their keys, each with its cause."""
    joined = joined_to(tx, told)
    told = naming(told, [one for one in joined if one.key not in gone])
    tx.outbox.rewrite([told, *(_gone(one, gone[one.key]) for one in joined if one.key in gone)])
    return told


def free(tx: Transaction, notices: Sequence[Notice]) -> None:
    """They leave one by one, or as part of another one."""
    tx.outbox.rewrite([_freed(notice) for notice in notices])


def leave_alone(tx: Transaction, told: Notice) -> Notice:
    """The notice without those joined to it, which leave one by one."""
    free(tx, joined_to(tx, told))
    return replace(told, params=_alone(told))


def joined_to(tx: Transaction, told: Notice) -> Sequence[Notice]:
    """Those that are to leave as part of a notice."""
    return tx.outbox.bundled(told.key)


def naming(told: Notice, others: Sequence[Notice]) -> Notice:
    """The notice with what it says of the tickets of others."""
    return replace(told, params={**_alone(told), **_also(told, others)})


def names_others(parameter: str) -> bool:
    """Whether a parameter names the tickets of what leaves as part of a notice."""
    return parameter == ALSO or parameter.startswith(ALSO_OF)


def kind_of(notice: Notice) -> str:
    """What a notice says: its code, that it is a second page, or that the time it warned of is over."""
    if notice.params.get(SECOND):
        return SECOND
    return "late" if notice.params.get("late") else notice.code


def stands(notice: Notice) -> bool:
    """Whether it was told, or is to be; also as part of another one."""
    return notice.state not in (NoticeState.suppressed, NoticeState.withdrawn) or notice.error == JOINED


def is_told(tx: Transaction, notice: Notice) -> bool:
    """Whether it left, alone or as part of another one."""
    if notice.state is not NoticeState.suppressed or notice.error != JOINED:
        return notice.state is NoticeState.sent
    # So it stands in databases of before: that it left is said by the one that it was joined to.
    others = (one for one in tx.outbox.of_operation(notice.operation) if "also" in one.params)
    return any(one.state is NoticeState.sent and _contact(one) == _contact(notice) for one in others)


def _contact(notice: Notice) -> tuple[str, ...]:
    drill = str(notice.params.get("drill", ""))  # a real message never leaves as part of a drill
    return (notice.code, notice.person, notice.channel, notice.address, drill)


def _joined(group: Sequence[Notice]) -> list[Notice]:
    if not group:
        return []
    first, *others = group
    parts = (replace(one, state=NoticeState.bundled, error=JOINED, bundle=first.key) for one in others)
    return [_freed(naming(first, others)), *parts]


def _freed(notice: Notice) -> Notice:
    return replace(notice, state=NoticeState.pending, error="", bundle="")


def _gone(notice: Notice, cause: str) -> Notice:
    return replace(notice, state=NoticeState.suppressed, error=cause, bundle="")


def _alone(told: Notice) -> dict[str, str | int]:
    """The parameters without what they say of other tickets."""
    return {name: value for name, value in told.params.items() if name != MORE and not names_others(name)}


def _also(told: Notice, others: Sequence[Notice]) -> dict[str, str | int]:
    """What is said of other tickets."""
    if not others:
        return {}
    kinds: dict[str, list[Notice]] = {}
    for one in others:
        kinds.setdefault(kind_of(one), []).append(one)
    like = kinds.pop(kind_of(told), [])
    beside: dict[str, str | int] = {ALSO_OF + kind: " ".join(_numbers(many)) for kind, many in kinds.items()}
    return {**({ALSO: "\n".join(_named(like))} if like else {}), **beside, MORE: len(others)}


def _named(notices: Sequence[Notice]) -> Iterator[str]:
    for notice in notices[:WITH_TITLES]:
        code = notice.params.get("ack")
        yield f"{_number(notice)} {notice.params.get('title', '')}" + (f" [{code}]" if code else "")
    if notices[WITH_TITLES:]:
        yield " ".join(_numbers(notices[WITH_TITLES:]))


def _numbers(notices: Sequence[Notice]) -> Iterator[str]:
    """Numbers that follow one another as ``T-7–T-12``: thousands fit into one message."""
    runs: list[list[Notice]] = []
    of_each = {one.ticket: one for one in notices if one.ticket is not None}
    for notice in (of_each[ticket] for ticket in sorted(of_each)):
        follows = runs and notice.ticket == (runs[-1][-1].ticket or 0) + 1
        runs[-1].append(notice) if follows else runs.append([notice])
    for run in runs:
        yield _number(run[0]) if len(run) == 1 else f"{_number(run[0])}–{_number(run[-1])}"


def _number(notice: Notice) -> str:
    return f"{notice.params.get('prefix', '')}{notice.ticket}"
