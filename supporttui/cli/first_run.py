"""The first start: a made-up night, a file here, or the team's database, which is tried before it is kept."""

import getpass
import shlex
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

import click

from supporttui.bootstrap import places, reference, schema, secrets
from supporttui.bootstrap.files import whole
from supporttui.cli import asked, config_file, output
from supporttui.cli.init import begin
from supporttui.cli.session import Session
from supporttui.cli.verb import verb
from supporttui.domain.faults import SupportError
from supporttui.i18n.catalogue import Words
from supporttui.settings import config_path, remember

NOTHING = "nothing"
PORT = 5432
DATABASE = "supporttui"


def command(words: Words, name: str) -> click.Command:
    """The command that a first start stands for."""
    return verb(words, name, _run, help=words.t("Ask what it shall be: a made-up night, a file, your team's database."))


def _run(session: Session) -> None:
    """The verb that was chosen goes on in its own command."""
    chosen, context = _offer(session), click.get_current_context().find_root()
    root = context.command
    found = root.get_command(context, chosen) if isinstance(root, click.Group) else None
    if found is not None:
        context.invoke(found)


def _offer(session: Session) -> str:
    """Ask what it shall be; the verb that opens it, or ``NOTHING``."""
    words = session.words
    output.show(words.t("Welcome. What shall it be?"))
    _show_choice("1", words.t("Try with demo data (a made-up night; nothing is kept)"))
    _show_choice("2", words.t("Use a file here (SQLite; for yourself, or for people of this machine)"))
    _show_choice("3", words.t("Connect to your team's database (PostgreSQL)"))
    _show_choice("q", words.t("Leave"))
    answer = click.prompt("1, 2, 3, q", type=click.Choice(["1", "2", "3", "q"]), show_choices=False)
    chosen = {"1": lambda _: "demo", "2": _file, "3": _team}.get(answer)
    return chosen(session) if chosen else NOTHING


def _show_choice(key: str, text: str) -> None:
    output.show(f"  {key}  {asked.broken(text, indent='     ')}")


# --- a file here --------------------------------------------------------------------------------------


def _file(session: Session) -> str:
    usual = places.database_of(session.loaded, session.env)
    path = Path(click.prompt(session.words.t("Which file"), default=usual)).expanduser().absolute()
    session.given["db"] = str(path)
    known = path.exists() and path.stat().st_size > 0
    if known:
        _ = session.place  # somebody else's file is refused before it is kept
    _keep(session, {"database": str(path)})
    return "desk" if known else "begin"


# --- the team's database ------------------------------------------------------------------------------


def _team(session: Session) -> str:
    """Ask for the address until a connection came about, or the person has had enough."""
    words = session.words
    while True:
        session.given["db"], session.secret = _address(words), None
        if _opens(session):
            break
        if not asked.confirm(words, words.t("Another address?"), default=True):
            return NOTHING
    _say_what(session)
    kept = {"database": session.url}
    command = _command(session) if session.secret is not None else ()
    _keep(session, {**kept, "password_command": list(command)} if command else kept)
    return "desk"


def _address(words: Words) -> str:
    question = words.t("Address, such as postgresql://host/name or service=NAME (Enter: asked one by one)")
    given = str(click.prompt(asked.broken(question), default="", show_default=False)).strip()
    if given.startswith("service="):
        return f"postgresql:///?{given}"
    if given:
        return given if "://" in given else f"postgresql://{given}"
    host = str(click.prompt(words.t("Host, or the folder of its socket"), default="localhost")).strip()
    port = click.prompt(words.t("Port"), default=PORT, type=click.IntRange(1, 65_535))
    name = str(click.prompt(words.t("Name of the database"), default=DATABASE)).strip()
    login = str(click.prompt(words.t("Your login there"), default=getpass.getuser())).strip()
    return address(host, port, name, login)


def address(host: str, port: int, name: str, login: str) -> str:
    """The address of these parts.

    >>> address("db.example.org", 5432, "desk", "ana"), address("/run/pg", 5433, "desk", "o'hara")
    ('postgresql://ana@db.example.org:5432/desk', 'postgresql://o%27hara@/desk?host=%2Frun%2Fpg&port=5433')
    """
    user, database = quote(login, safe=""), quote(name, safe="")
    if host.startswith("/"):
        return f"postgresql://{user}@/{database}?host={quote(host, safe='')}&port={port}"
    return f"postgresql://{user}@{f'[{host}]' if ':' in host else host}:{port}/{database}"


def _opens(session: Session) -> bool:
    """Whether the database was opened, its tables made or brought up to date if the person wants that."""
    try:
        try:
            _ = session.place
        except SupportError as fault:
            if not _mended(session, fault):
                raise
            _ = session.place
        _ = session.me
    except SupportError as fault:
        session.tell_fault(fault)
        session.close()
        return False
    return True


def _mended(session: Session, fault: SupportError) -> bool:
    """Whether what was missing is there now. Raises ``store.forbidden`` where the login may not make it."""
    words = session.words
    if fault.code == "store.no_tables":
        if not asked.confirm(words, words.t("The database is there, and empty. Make the tables of supporttui in it?")):
            return False
        _upgrade(session)
        starter = words.t("Put starter policies into it: hours, targets, priorities, rota?")
        if asked.confirm(words, starter, default=True):
            begin(session)
        return True
    if fault.code == "store.too_old":
        output.say(words.t("Its tables are older than this program. Whoever uses it then needs this version, too."))
        if not asked.confirm(words, words.t("Bring them up to date?")):
            return False
        _upgrade(session)
        return True
    return False


def _upgrade(session: Session) -> None:
    done = session.unlocked(lambda secret: schema.upgrade(session.url, session.clock(), secret=secret))
    output.say(session.words.t("The tables are now at {version}.", version=done.after))


def _say_what(session: Session) -> None:
    words, about = session.words, session.place.store.about()
    output.say(
        words.t("Connected: {server}, as {login}.", server=about.get("server", "-"), login=about.get("login", "-"))
    )
    if about.get("tls") == "false" and not _is_here(session.url):
        output.say(
            words.t("This connection has no TLS: others on the way can read it. Put ?sslmode=require behind it.")
        )


def _is_here(url: str) -> bool:
    """Whether the server is on this machine."""
    return (urlsplit(url).hostname or "localhost") in ("localhost", "127.0.0.1", "::1")


def _command(session: Session) -> tuple[str, ...]:
    """A program that gives the password that was typed, if the person names one; else what else helps is told."""
    words = session.words
    output.say(words.t("The password is not kept. You are asked each time, unless it stands in ~/.pgpass (mode 0600)"))
    output.say(words.t("or a program prints it."))
    while True:
        question = words.t("Such a program, for example: pass show desk (Enter: none)")
        given = str(click.prompt(asked.broken(question), default="", show_default=False)).strip()
        if not given:
            return ()
        if _gives_it(session, argv := _split(given)):
            return argv


def _split(text: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return (text,)


def _gives_it(session: Session, argv: tuple[str, ...]) -> bool:
    told, printed = session.secret, secrets.by_command(argv)
    assert told is not None
    assert printed is not None
    try:
        if printed() == told():
            return True
    except SupportError as fault:
        session.tell_fault(fault)
        return False
    output.say(session.words.t("It prints something else than the password that let you in."))
    return False


# --- what is kept -------------------------------------------------------------------------------------


def _keep(session: Session, values: Mapping[str, str | list[str]]) -> None:
    """Into the person's settings: a new file explains every key, one that is there keeps all else."""
    path = config_path(session.env)
    if path.exists():
        for key, value in values.items():
            remember(session.env, key, value)
    else:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        origin = session.words.t("the answers at the first start")
        with whole(path, force=True) as beside:
            beside.write_text(config_file.commented(session.words, reference.entries(), values, source=origin), "utf-8")
    output.say(session.words.t("Kept in {path}.", path=str(path)))
