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
from supporttui.domain.queue import Node, Or, SortBy, counted
from supporttui.domain.spans import Instant
from supporttui.domain.views import DEFAULT_COLUMNS, FORECASTS, LOOKOUTS, View, built_in, narrowed
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
        """Built-in views, what will fall due, what no timer shows, one's own, then those that others share."""
        mine = (Tab(view, node) for view, node in built_in(self.teams))
        return (*mine, *map(Tab, (*FORECASTS, *LOOKOUTS, *self.saved)))


def in_row(tabs: Sequence[Tab], current: Tab, counts: Mapping[ViewId, int | None]) -> tuple[Tab, ...]:
    """The views in the row of views. What will fall due has a place there while it is shown; and what nobody will be
    there for, whenever there is any."""  # noqa: D205, D209
    return tuple(tab for tab in _counted(tabs, current) if tab == current or not _is_quiet(tab, counts))


def _counted(tabs: Sequence[Tab], current: Tab) -> tuple[Tab, ...]:
    """Those that may stand in the row, so that their tickets are counted."""
    seen = {current.view.id, UNATTENDED}
    return tuple(tab for tab in tabs if tab.view not in (*FORECASTS, *LOOKOUTS) or tab.view.id in seen)


def _is_quiet(tab: Tab, counts: Mapping[ViewId, int | None]) -> bool:
    return tab.view.id == UNATTENDED and not counts.get(tab.view.id)


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


def counts(
    tx: Transaction, tabs: Sequence[Tab], current: Tab, names: Names, *, now: Instant, me: PersonId, zone: str
) -> Mapping[ViewId, int | None]:
    """How many tickets the views in the row have, as far as their badges say; ``None`` for an unreadable filter.

    Drills are listed and not counted.
    """
    return {tab.view.id: _count(tx, tab, names, now=now, me=me, zone=zone) for tab in _counted(tabs, current)}


def badge(view: View, count: int | None) -> str:
    """The count in few characters; ``?`` where there is none."""
    most = _most(view)
    return "?" if count is None else f"{most - 1}+" if count >= most else str(count)


def total(tx: Transaction, tab: Tab, filter: str, names: Names, *, now: Instant, me: PersonId, zone: str) -> int:
    """How many tickets a view lists under a typed filter, counted as far as a page counts them; drills too."""
    try:
        query = query_of(tab, filter, names, now=now, zone=zone)
    except BadInput:
        return 0
    return tx.tickets.count(query, now=now, me=me, most=usecases.queue.MOST)


def _most(view: View) -> int:
    return BUILT_IN_MOST if view.is_built_in else BADGE_MOST


def _count(tx: Transaction, tab: Tab, names: Names, *, now: Instant, me: PersonId, zone: str) -> int | None:
    try:
        node = node_of(tab, names, now=now, zone=zone)
    except BadInput:
        return None
    return tx.tickets.count(counted(node), now=now, me=me, most=_most(tab.view))
