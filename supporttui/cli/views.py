"""``supporttui view``: the views of the queue, built in, one's own, and those that others share."""

from typing import Any

import click

from supporttui import actions
from supporttui.cli import output
from supporttui.cli.known import names_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.filter import in_codes
from supporttui.domain.queue import SortBy
from supporttui.domain.views import COLUMNS, View, everybodys
from supporttui.i18n import terms
from supporttui.i18n.catalogue import Words
from supporttui.usecases import saved_views
from supporttui.usecases.ports import Transaction


def command(words: Words, name: str) -> click.Command:
    """The group ``view``: ``list`` reads, the others change a view of one's own."""
    which = argument("view", metavar=words.t("VIEW"))
    changes = [
        verb(words, "rename", _rename, help=_help(words, "view.rename"),
             params=[which, argument("name", metavar=words.t("NAME"))]),
        verb(words, "share", _share, help=_help(words, "view.share"), params=[which]),
        verb(words, "unshare", _unshare, help=_help(words, "view.unshare"), params=[which]),
        verb(words, "delete", _delete, help=_help(words, "view.delete"), params=[which]),
    ]  # fmt: skip
    listed = verb(words, "list", _list, help=_help(words, "view.list"))
    commands = [listed, _save_command(words), *changes]
    return group(words, name, commands, help=words.t("Read and keep views of the queue."))


def _save_command(words: Words) -> click.Command:
    return verb(
        words, "save", _save, help=_help(words, "view.save"),
        params=[
            argument("name", metavar=words.t("NAME")),
            argument("filter", nargs=-1, metavar=words.t("[FILTER]")),
            option("--sort", type=click.Choice([order.value for order in SortBy]), default=SortBy.sla.value,
                   show_default=True, help=words.t("The order.")),
            option("--reverse", is_flag=True, help=words.t("The other way round.")),
            option("--columns", metavar=words.t("COLUMN,COLUMN"),
                   help=words.t("Which columns, in their order: {columns}.", columns=", ".join(COLUMNS))),
            option("--shared", is_flag=True, help=words.t("Everybody sees it; only you can change it.")),
            option("--force", is_flag=True, help=words.t("Replace your view of that name.")),
        ],
    )  # fmt: skip


def _help(words: Words, action: str) -> str:
    return words.t(actions.by_id()[action].help)


def _list(session: Session) -> None:
    views = session.ask(lambda tx: (*everybodys(_teams(session, tx)), *_seen(session, tx)))
    if session.json:
        output.show_json(views=[as_json(view) for view in views])
        return
    words = session.words
    head = (words.t("View"), words.p("view", "Owner"), words.t("Order"), words.t("Filter"))
    output.show(output.table(head, [_row(session, view) for view in views]))


def _teams(session: Session, tx: Transaction) -> tuple[Any, ...]:
    return next((person.teams for person in tx.definitions.people() if person.id == session.reader), ())


def _seen(session: Session, tx: Transaction) -> tuple[View, ...]:
    return saved_views.seen(tx, session.reader)


def as_json(view: View) -> dict[str, Any]:
    """A view for machines; a built-in one has no owner."""
    return {
        "id": view.id, "name": view.name, "query": view.query, "sort": view.sort.value, "reverse": view.reverse,
        "columns": list(view.columns), "owner": view.owner, "shared": view.shared, "version": view.version,
    }  # fmt: skip


def _row(session: Session, view: View) -> tuple[str, ...]:
    words = session.words
    order = f"{view.sort.value}, {words.t('reversed')}" if view.reverse else view.sort.value
    if view.is_built_in:
        return terms.view(words, view.id), words.p("view", "built in"), order, view.query
    owner = f"{view.owner}, {words.t('shared')}" if view.shared else str(view.owner)
    return view.name, owner, order, view.query


def _save(
    session: Session, *, name: str, filter: tuple[str, ...], sort: str, reverse: bool, columns: str | None,  # noqa: A002
    shared: bool, force: bool,
) -> None:  # fmt: skip
    session.require_writing()
    query = session.ask(lambda tx: in_codes(" ".join(filter), names_of(session, tx)))
    over = session.ask(lambda tx: saved_views.own(tx, session.me, name)) if force else None
    view = session.do(
        saved_views.save, name=name, query=query, sort=SortBy(sort), reverse=reverse,
        columns=[column.strip() for column in (columns or "").split(",") if column.strip()],
        shared=shared, over=None if over is None else over.version,
    )  # fmt: skip
    _tell(session, view, session.words.t('Saved as view "{view}".', view=view.name))


def _rename(session: Session, *, view: str, name: str) -> None:
    known = _mine(session, view)
    renamed = session.do(saved_views.rename, known.id, known.version, name=name)
    _tell(session, renamed, session.words.t("The view has another name."))


def _share(session: Session, *, view: str) -> None:
    known = _mine(session, view)
    shared = session.do(saved_views.share, known.id, known.version)
    _tell(session, shared, session.words.t("Everybody sees the view now."))


def _unshare(session: Session, *, view: str) -> None:
    known = _mine(session, view)
    own = session.do(saved_views.unshare, known.id, known.version)
    _tell(session, own, session.words.t("Only you see the view now."))


def _delete(session: Session, *, view: str) -> None:
    known = _mine(session, view)
    deleted = session.do(saved_views.delete, known.id, known.version)
    _tell(session, deleted, session.words.t('View "{view}" deleted.', view=deleted.name))


def _mine(session: Session, name: str) -> View:
    session.require_writing()
    return session.ask(saved_views.named, session.me, name)


def _tell(session: Session, view: View, text: str) -> None:
    if session.json:
        output.show_json(view=as_json(view))
    else:
        output.show(text)
