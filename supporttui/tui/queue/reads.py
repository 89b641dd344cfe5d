"""What the queue's screen asks the database: the views there are, the names a filter knows, how many fit each view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from supporttui import usecases
from supporttui.domain import filter as filters
from supporttui.domain.faults import BadInput
from supporttui.domain.filter import Names
from supporttui.domain.filter.forecasts import UNATTENDED
from supporttui.domain.ids import PersonId, TeamId, ViewId
from supporttui.domain.queue import Node, Or, SortBy
from supporttui.domain.spans import Instant
from supporttui.domain.views import DEFAULT_COLUMNS, FORECASTS, View, built_in, narrowed
from supporttui.i18n.catalogue import Words
from supporttui.i18n.filter_words import aliases

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.usecases.ports import Transaction

BADGE_MOST = 100
"""Badges of saved views count so far and no further: ``99+``."""
BUILT_IN_MOST = 10_000
"""Those of built-in views, which writers keep count of."""
NOTHING: Node = Or(())
"""What a view shows whose filter cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A view in the row of views; a built-in one comes with its tree, so that no grammar is loaded for it."""

    view: View
    node: Node | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """In which order rows stand, and with which columns."""

    sort: SortBy = SortBy.sla
    reverse: bool = False
    columns: tuple[str, ...] = DEFAULT_COLUMNS

    @classmethod
    def of(cls, view: View) -> Arrangement:
        """As a view has it."""
        return cls(view.sort, view.reverse, view.columns or DEFAULT_COLUMNS)


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to name, the teams of the person who looks, and the saved views that they see."""

    names: Names = field(default_factory=Names)
    teams: tuple[TeamId, ...] = ()
    saved: tuple[View, ...] = ()

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """Built-in views, then what will fall due, then one's own, then those that others share."""
        return (*(Tab(view, node) for view, node in built_in(self.teams)), *map(Tab, (*FORECASTS, *self.saved)))


def in_row(tabs: Sequence[Tab], current: Tab, badges: Mapping[str, str]) -> tuple[Tab, ...]:
    """The views in the row of views. What will fall due has a place there while it is shown; and what nobody will be
    there for, whenever there is any."""  # noqa: D205, D209
    hidden = {view.id for view in FORECASTS} - {current.view.id}
    if badges.get(UNATTENDED, "0") not in ("0", "?"):
        hidden.discard(ViewId(UNATTENDED))
    return tuple(tab for tab in tabs if tab.view.id not in hidden)


def known(tx: Transaction, me: PersonId, now: Instant, words: Words) -> Known:
    """The names of people, teams and services, in the reader's words, and the views."""
    names = usecases.naming.names(tx, now, me=me, aliases=aliases(words))
    return Known(names, tuple(map(TeamId, names.my_teams)), usecases.saved_views.seen(tx, me))


def node_of(tab: Tab, names: Names, *, now: Instant, zone: str) -> Node:
    """The tree of a view, relative times counted from ``now``.

    Raises:
        BadInput: ``filter.…`` where somebody or something that it names is gone.
    """
    return tab.node if tab.node is not None else filters.parse(tab.view.query, names, now, zone)


def query_of(tab: Tab, filter: str, names: Names, *, now: Instant, zone: str) -> Node:
    """The tree of a view under a typed filter. Raises BadInput as ``node_of`` does."""
    view = node_of(tab, names, now=now, zone=zone)
    return narrowed(view, filters.parse(filter, names, now, zone), built_in=tab.view.is_built_in) if filter else view


def badges(
    tx: Transaction, tabs: Sequence[Tab], names: Names, *, now: Instant, me: PersonId, zone: str
) -> Mapping[str, str]:
    """How many tickets each view has, in few characters; ``?`` where its filter cannot be read."""
    return {tab.view.id: _badge(tx, tab, names, now=now, me=me, zone=zone) for tab in tabs}


def total(
    tx: Transaction, tab: Tab, filter: str, names: Names, *, now: Instant, me: PersonId, zone: str
) -> int:  # fmt: skip
    """How many tickets a view has under a typed filter, counted as far as a page counts them."""
    try:
        query = query_of(tab, filter, names, now=now, zone=zone)
    except BadInput:
        return 0
    return tx.tickets.count(query, now=now, me=me, most=usecases.queue.MOST)


def _badge(tx: Transaction, tab: Tab, names: Names, *, now: Instant, me: PersonId, zone: str) -> str:
    try:
        node = node_of(tab, names, now=now, zone=zone)
    except BadInput:
        return "?"
    most = BUILT_IN_MOST if tab.view.is_built_in else BADGE_MOST
    count = tx.tickets.count(node, now=now, me=me, most=most)
    return f"{most - 1}+" if count >= most else str(count)
