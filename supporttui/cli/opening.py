"""Opening the desk: what most starts are for, so neither click nor the other verbs are loaded for it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from supporttui.bootstrap import places
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.domain.faults import SupportError
from supporttui.domain.ids import PersonId

VALUES: Mapping[str, str] = {
    "--db": "db", "--config": "config", "--lang": "lang", "--zone": "zone", "--as": "me", "--me": "me",
}  # fmt: skip
"""Global options with a value that a start of the desk may have → their name in the session."""
FLAGS: Mapping[str, str] = {"--read-only": "read_only", "--no-input": "no_input"}


def desk_options(args: Sequence[str]) -> Mapping[str, Any] | None:
    """The global options by name if these arguments ask for the desk and nothing is wrong with them, else None.

    What is not understood here is for ``commands.py``, which knows every option and words every refusal.
    """
    given: dict[str, Any] = {}
    rest = iter(args)
    for arg in rest:
        name, equals, value = arg.partition("=")
        if arg in FLAGS:
            given[FLAGS[arg]] = True
        elif name in VALUES and (value := value if equals else _next(rest)):
            given[VALUES[name]] = value
        elif arg != "desk":
            return None
    return given if list(args).count("desk") <= 1 else None


def _next(rest: Iterator[str]) -> str:
    value = next(rest, "")
    return "" if value.startswith("-") else value


def can_open_desk(session: Session) -> bool:
    """Whether the terminal can carry a desk: all three ends, and not a dumb one."""
    return output.is_terminal() and session.env.get("TERM", "dumb") not in ("dumb", "") and not session.json


def opens_desk(session: Session) -> bool:
    """Whether nothing stands between these options and the desk: a terminal, and a database that was chosen."""
    options = desk_options(session.args)
    if options is None or not can_open_desk(session):
        return False
    session.given.update(options)
    return places.has_database(session.loaded, session.env)


def run_desk(session: Session) -> None:
    """Open the desk and give its exit code to the run.

    Who is known without asking the database need not wait for it: it is opened behind the first frame. Where the desk
    needs a database that is away, what was kept of rota, contacts and plan is shown instead.
    """
    try:
        _run_desk(session)
    except SupportError as fault:
        from supporttui.cli import continuity  # only where the desk did not open

        if not continuity.shown_instead(session, fault):
            raise


def _run_desk(session: Session) -> None:
    from supporttui.bootstrap import desk  # brings Textual, which a command that prints must not load

    me = session.known_me
    as_of = None
    if me is None:
        as_of = session.place.as_of
        me = session.me if as_of is None else session.reader or PersonId("")
    start = desk.Start(
        opening=lambda: session.place,
        clock=session.clock if as_of is None else session.place.clock,
        me=me,
        words=session.words,
        argv=("supporttui", *session.args),
        encoding=output.encoding(),
        database=session.url,
        drafts=session.drafts,
        as_of=as_of,
    )
    session.exit_code = desk.run_desk(start, session.loaded, session.env)
