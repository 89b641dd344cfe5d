"""Who is at this terminal: PostgreSQL says so by the login; on SQLite people say so themselves."""

import getpass

import click

from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.domain.faults import Forbidden
from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.settings import remember


def actor(session: Session) -> PersonId:
    """The person for whom this run acts.

    PostgreSQL: the person with this login. SQLite: ``--as``, the setting ``me``, else asked once and
    kept in the settings; where nobody can be asked, the name at the operating system.

    Raises:
        Forbidden: ``access.unknown_login``.
    """
    people = session.ask(lambda tx: tx.definitions.people())
    if session.place.store.dialect == "postgresql":
        return _by_login(session.place.store.login(), people)
    if told := session.loaded.settings.me:
        return PersonId(told)
    if people and session.may_ask:
        return _asked(session, people)
    return PersonId(getpass.getuser())


def _by_login(login: str, people: tuple[Person, ...]) -> PersonId:
    for person in people:
        if person.login == login:
            return person.id
    if not people:  # a database that is being set up
        return PersonId(login)
    raise Forbidden("access.unknown_login", login=login)


def _asked(session: Session, people: tuple[Person, ...]) -> PersonId:
    words = session.words
    output.say(words.t("Who are you? (asked once; --as or the setting me says otherwise)"))
    for person in people:
        output.say(f"  {person.id:<12} {person.name}")
    known = [person.id for person in people]
    chosen = PersonId(click.prompt(words.t("Your id"), type=click.Choice(known), show_choices=False, err=True))
    path = remember(session.env, "me", chosen)
    output.say(words.t("Kept in {path}.", path=str(path)))
    return chosen
