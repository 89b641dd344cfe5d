"""What the queue's screen asks the database: the built-in views, the names a filter knows, their badges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from supporttui.domain.filter import Names
from supporttui.domain.ids import PersonId, TeamId
from supporttui.domain.marking import mark_in
from supporttui.domain.queue import And, Node, Op, Term
from supporttui.domain.spans import Instant

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.usecases.ports import Transaction

BADGE_MOST = 100
"""Badges count so far and no further: ``99+``."""


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to name, and the teams of the person who looks."""

    names: Names = field(default_factory=Names)
    teams: tuple[TeamId, ...] = ()


def known(tx: Transaction, me: PersonId) -> Known:
    """The names of people, teams and services, for filters."""
    people, teams, services = tx.definitions.people(), tx.definitions.teams(), tx.definitions.services()
    mine = next((person.teams for person in people if person.id == me), ())
    names = Names(
        people={person.id: person.name for person in people}, teams={team.id: team.name for team in teams},
        services={service.id: service.name for service in services}, prefix=tx.definitions.site().get("prefix", "T-"),
    )  # fmt: skip
    return Known(names, mine)


@dataclass(frozen=True, slots=True)
class View:
    """A built-in view: a label and a filter."""

    id: str
    label: tuple[str, str]
    query: Node


_OPEN = Term("is", Op.eq, ("open",))


def views(teams: Sequence[TeamId]) -> tuple[View, ...]:
    """The views everybody has; a person without a team sees every team's tickets as the team's."""
    team = (Term("team", Op.eq, tuple(teams)),) if teams else ()
    return (
        View("mine", mark_in("view", "Mine"), And((_OPEN, Term("is", Op.eq, ("mine",))))),
        View("team", mark_in("view", "Team"), And((_OPEN, *team))),
        View("unassigned", mark_in("view", "Unassigned"), And((_OPEN, Term("is", Op.eq, ("unassigned",))))),
        View("breaching", mark_in("view", "Breaching"), And((_OPEN, Term("is", Op.eq, ("breached",))))),
        View("all", mark_in("view", "All"), _OPEN),
    )


def badges(tx: Transaction, asked: Sequence[View], *, now: Instant, me: PersonId) -> Mapping[str, str]:
    """How many tickets each view has, in few characters."""
    counts = {view.id: tx.tickets.count(view.query, now=now, me=me, most=BADGE_MOST) for view in asked}
    return {name: "99+" if count >= BADGE_MOST else str(count) for name, count in counts.items()}
