"""Who is at this terminal: PostgreSQL says so by the login; on SQLite people say so themselves."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from supporttui.cli import output
from supporttui.domain.faults import Forbidden
from supporttui.domain.ids import PersonId
from supporttui.domain.states import Role
from supporttui.i18n.catalogue import Words
from supporttui.settings import remember

if TYPE_CHECKING:  # for the type checker alone: a known person is not looked up
    from supporttui.domain.people import Person

_SHOWN = 16
"""People who are named when somebody is asked who they are."""


def by_login(login: str, people: Sequence[Person]) -> PersonId:
    """The person with this login; on a database without people, which is being set up, the login itself.

    Raises:
        Forbidden: ``access.unknown_login``.
    """
    if not people:
        return PersonId(login)
    for person in people:
        if login == (person.login or person.id):
            return person.id
    raise Forbidden("access.unknown_login", login=login)


def by_system() -> PersonId:
    """Under the name at the operating system."""
    return PersonId(getpass.getuser())


def asked(words: Words, env: Mapping[str, str], people: Sequence[Person]) -> PersonId:
    """The person who says so, kept in the settings so that it is asked once."""
    import click  # nobody who is known waits for it

    output.say(words.t("Who are you? (asked once; --as or the setting me says otherwise)"))
    reachable_first = sorted(people, key=lambda person: (not person.contacts, person.role is Role.agent))
    for person in reachable_first[:_SHOWN]:
        output.say(f"  {person.id:<12} {person.name}")
    if (more := len(people) - _SHOWN) > 0:
        output.say(words.n("  and {n} more person", "  and {n} more people", more))
    known = [person.id for person in people]
    chosen = PersonId(click.prompt(words.t("Your id"), type=click.Choice(known), show_choices=False, err=True))
    output.say(words.t("Kept in {path}.", path=str(remember(env, "me", chosen))))
    return chosen
