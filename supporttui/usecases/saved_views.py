"""Saved views of the queue: everybody has the built-in ones, their own, and those that others share.

Only the owner changes a view. What was on screen decides the version: a view that changed meanwhile stays as it is.
"""

import difflib
from collections.abc import Sequence
from dataclasses import replace

from supporttui.domain.access import Permission
from supporttui.domain.faults import BadInput, Conflict, Forbidden, NotFound, Refused
from supporttui.domain.filter import parse
from supporttui.domain.ids import PersonId, ViewId
from supporttui.domain.queue import SortBy
from supporttui.domain.text import fold, safe_text
from supporttui.domain.views import (
    ALWAYS_FIRST,
    BUILT_IN,
    COLUMNS,
    DEFAULT_COLUMNS,
    LONGEST_NAME,
    SUBJECT,
    View,
    everybodys,
)
from supporttui.usecases.access import require
from supporttui.usecases.naming import names
from supporttui.usecases.ports import Call, Transaction


def seen(tx: Transaction, me: PersonId | None) -> tuple[View, ...]:
    """The saved views that a person sees: their own by name, then those that others share."""
    found = tx.views.seen_by(me or PersonId(""))
    return tuple(sorted(found, key=lambda view: view.owner != me))


def named(tx: Transaction, me: PersonId | None, name: str) -> View:
    """The view of this name: built in, else one's own, else one that somebody shares.

    Raises:
        NotFound: ``view.unknown`` with the nearest name there is.
    """
    teams = next((person.teams for person in tx.definitions.people() if person.id == me), ())
    views = (*everybodys(teams), *seen(tx, me))
    found = next((view for view in views if fold(view.name) == fold(name.strip())), None)
    if found is None:
        near = difflib.get_close_matches(name, [view.name for view in views], n=1)
        raise NotFound("view.unknown", view=name[:LONGEST_NAME], suggestion=near[0] if near else "")
    return found


def save(
    call: Call,
    tx: Transaction,
    *,
    name: str,
    query: str = "",
    sort: SortBy = SortBy.sla,
    reverse: bool = False,
    columns: Sequence[str] = (),
    shared: bool = False,
    over: int | None = None,
) -> View:
    """Keep a filter, an order and columns under a name; ``over`` is the version of one's own view that it replaces.

    Raises:
        BadInput: ``view.name``, ``view.column``, or ``filter.…`` for a query that cannot be read.
        Refused: ``view.exists`` when one's own view has the name and ``over`` is not given; ``view.built_in``.
        Conflict: ``view.changed``.
    """
    require(call, tx, Permission.work)
    parse(query, names(tx, call.at, me=call.actor), call.at, "UTC")
    view = View(
        ViewId(call.operation), _name(name), query.strip(), sort, reverse, arranged(columns), call.actor, shared, 1
    )
    known = own(tx, call.actor, view.name)
    if known is None:
        tx.views.insert(view)
        return _told(call, tx, view)
    if over is None:
        raise Refused("view.exists", view=known.name)
    return _put(call, tx, replace(view, id=known.id), expected=over)


def rename(call: Call, tx: Transaction, view: ViewId, version: int | None, *, name: str) -> View:
    """Give one's own view another name.

    Raises:
        BadInput: ``view.name``.
        Refused: ``view.exists``, ``view.built_in``.
        Forbidden: ``view.not_yours``.
        NotFound, Conflict: ``view.unknown``, ``view.changed``.
    """
    known = _to_change(call, tx, view)
    other = own(tx, call.actor, name)
    if other is not None and other.id != view:
        raise Refused("view.exists", view=other.name)
    return _put(call, tx, replace(known, name=_name(name)), expected=version or known.version)


def share(call: Call, tx: Transaction, view: ViewId, version: int | None, *, shared: bool = True) -> View:
    """Show one's own view to everybody, or to oneself again. Raises as ``rename`` does, but for names."""
    known = _to_change(call, tx, view)
    return _put(call, tx, replace(known, shared=shared), expected=version or known.version)


def unshare(call: Call, tx: Transaction, view: ViewId, version: int | None) -> View:
    """Keep one's own view to oneself again. Raises as ``share`` does."""
    return share(call, tx, view, version, shared=False)


def delete(call: Call, tx: Transaction, view: ViewId, version: int | None) -> View:
    """Forget one's own view; gives it as it was. Raises as ``share`` does."""
    known = _to_change(call, tx, view)
    if not tx.views.delete(view, expected=version or known.version):
        raise _changed(call, known)
    tx.journal.append_definition(call, "view", view, known.version + 1)
    return known


def arranged(columns: Sequence[str]) -> tuple[str, ...]:
    """Chosen columns as they are stored: each once, the subject among them, those that always come first left out.

    Raises:
        BadInput: ``view.column``.
    """
    chosen = tuple(dict.fromkeys(column for column in columns if column not in ALWAYS_FIRST))
    for column in chosen:
        if column not in COLUMNS:
            near = difflib.get_close_matches(column, COLUMNS, n=1)
            raise BadInput("view.column", column=column[:LONGEST_NAME], suggestion=near[0] if near else "")
    if chosen and SUBJECT not in chosen:
        chosen = (*chosen, SUBJECT)
    return () if chosen == DEFAULT_COLUMNS else chosen


def _name(name: str) -> str:
    """A name that fits into the row of views. Raises BadInput ``view.name``, Refused ``view.built_in``."""
    told = " ".join(name.split())
    if not told or len(told) > LONGEST_NAME or safe_text(told, one_line=True) != told:
        raise BadInput("view.name", most=LONGEST_NAME)
    if fold(told) in BUILT_IN:
        raise Refused("view.built_in", view=told)
    return told


def own(tx: Transaction, me: PersonId, name: str) -> View | None:
    """One's own view of this name."""
    wanted = fold(" ".join(name.split()))
    return next((view for view in tx.views.seen_by(me) if view.owner == me and fold(view.name) == wanted), None)


def _to_change(call: Call, tx: Transaction, view: ViewId) -> View:
    require(call, tx, Permission.work)
    if view in BUILT_IN:
        raise Refused("view.built_in", view=view)
    known = tx.views.get(view)
    if known.owner == call.actor:
        return known
    if known.shared:
        raise Forbidden("view.not_yours", view=known.name, owner=known.owner or "")
    raise NotFound("view.unknown", view=view)  # somebody's own view looks like none to everybody else


def _put(call: Call, tx: Transaction, view: View, *, expected: int) -> View:
    if not tx.views.save(view, expected=expected):
        raise _changed(call, view)
    return _told(call, tx, replace(view, version=expected + 1))


def _changed(call: Call, view: View) -> Conflict:
    return Conflict("view.changed", changed_by=view.owner or "", at=call.at, view=view.name)


def _told(call: Call, tx: Transaction, view: View) -> View:
    tx.journal.append_definition(call, "view", view.id, view.version)
    return view
