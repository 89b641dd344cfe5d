"""Opening a database of a server: its password by the person's program, else asked here and kept for this run only."""

from collections.abc import Callable
from typing import Protocol, TypeVar

import click

from supporttui.bootstrap import secrets
from supporttui.domain.faults import Forbidden, SupportError
from supporttui.i18n.catalogue import Words
from supporttui.settings import Loaded
from supporttui.storage.location import Secret

T = TypeVar("T")
TRIES = 3
"""Passwords that are asked for before the fault is told."""
WANTED = ("store.password_missing", "store.password_wrong")


class Asker(Protocol):
    """What of a run is needed to ask for a password, and to remember it until the run ends."""

    secret: Secret | None

    @property
    def words(self) -> Words:
        """Of the person."""

    @property
    def loaded(self) -> Loaded:
        """Settings."""

    @property
    def may_ask(self) -> bool:
        """Whether somebody is there to answer."""

    def tell_fault(self, fault: SupportError) -> None:
        """Say what went wrong."""


def unlocked(session: Asker, open_it: Callable[[Secret | None], T]) -> T:
    """What ``open_it`` gives once the password is right. Raises as it does, and Forbidden ``store.password_…``."""
    secret = session.secret or secrets.by_command(session.loaded.settings.password_command)
    for left in range(TRIES, -1, -1):
        try:
            found = open_it(secret)
        except Forbidden as fault:
            if fault.code not in WANTED or not left or not session.may_ask:
                raise
            if fault.code == "store.password_wrong":
                session.tell_fault(fault)
            secret = _ask(session, fault)
        except SupportError:
            session.secret = secret  # it was let in; what is wrong is behind the door
            raise
        else:
            session.secret = secret
            return found
    raise AssertionError(TRIES)


def _ask(session: Asker, fault: Forbidden) -> Secret:
    """The password that a person types; nothing shows it and nothing keeps it."""
    user, where = str(fault.params.get("user", "-")), str(fault.params.get("where", "-"))
    text = session.words.t("Password of {user} at {where} (not shown, not kept)", user=user, where=where)
    return secrets.typed(click.prompt(text, hide_input=True, default="", show_default=False, err=True))
