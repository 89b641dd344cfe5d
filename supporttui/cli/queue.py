"""``supporttui queue``: the tickets, the most pressing first, with what is left of their promises."""

from typing import Any

import click

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.known import filter_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.domain.filter import under
from supporttui.domain.queue import SortBy
from supporttui.domain.sla.timer import sign_at
from supporttui.i18n import labels, times, titles
from supporttui.i18n.catalogue import Words
from supporttui.usecases import queue, saved_views
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import Ask, QueueItem, QueuePage

OPEN = "is:open"
DEFAULT_LIMIT = 200
MOST = queue.MOST
"""Tickets are counted so far and no further."""


def command(words: Words, name: str) -> click.Command:
    """The command ``queue [FILTER]``."""
    return verb(
        words, name, _run,
        help=words.t("Show the tickets, the most pressing first. Without a filter: the open ones."),
        params=[
            argument("filter", nargs=-1, metavar=words.t("[FILTER]")),
            option("--filter", "filter_", metavar=words.t("FILTER"),
                   help=words.t("Which tickets, such as: is:breached team:network")),
            option("--view", metavar=words.t("VIEW"), help=words.t("A view by its name: its filter and its order.")),
            option("--sort", type=click.Choice([order.value for order in SortBy]),
                   help=words.t("The order; sla, or the view's, without it.")),
            option("--reverse", is_flag=True, help=words.t("The other way round.")),
            option("--limit", type=click.IntRange(1, 100_000), default=DEFAULT_LIMIT, show_default=True, metavar="N",
                   help=words.t("At most so many tickets.")),
        ],
    )  # fmt: skip


def _run(
    session: Session, *, filter: tuple[str, ...], filter_: str | None, view: str | None, sort: str | None,  # noqa: A002
    reverse: bool, limit: int,
) -> None:  # fmt: skip
    ask = ask_of(session, filter_ or " ".join(filter), view=view, sort=sort, reverse=reverse, limit=limit)
    page = session.ask(queue.page, ask, session.now())
    if session.json:
        output.show_json(**as_json(session, page))
    else:
        output.show(as_text(session, page))


def ask_of(
    session: Session, text: str, *, view: str | None, sort: str | None, reverse: bool, limit: int = DEFAULT_LIMIT
) -> Ask:
    """What a filter, a view, or both ask for; without either the open tickets.

    Raises:
        BadInput: ``filter.…``.
        NotFound: ``view.unknown``.
    """
    order, backwards = SortBy.sla, False
    if view is not None:
        shown = session.ask(saved_views.named, session.reader, view)
        text = session.ask(lambda tx: under(shown, text, filter_of(session, tx, text)))
        order, backwards = shown.sort, shown.reverse
    query = session.ask(lambda tx: filter_of(session, tx, text or OPEN))
    return Ask(query, SortBy(sort) if sort else order, limit, reverse=backwards != reverse, me=session.reader)


def page_of(
    session: Session, text: str, *, sort: SortBy = SortBy.sla, limit: int = DEFAULT_LIMIT, reverse: bool = False
) -> QueuePage:
    """The queue under a filter. Raises BadInput ``filter.…``."""

    def read(tx: Transaction) -> QueuePage:
        ask = Ask(filter_of(session, tx, text), sort, limit, reverse=reverse, me=session.reader)
        return queue.page(tx, ask, session.now())

    return session.ask(read)


def as_json(session: Session, page: QueuePage) -> dict[str, Any]:
    """The object that ``queue --json`` prints."""
    rows = [shapes.row(session.words, item, page.now, names=page.names, prefix=session.prefix) for item in page.items]
    return {"as_of": shapes.iso(page.now), "total": page.total, "tickets": rows}


def as_text(session: Session, page: QueuePage) -> str:
    """The queue as a table, and a line that says when and how many."""
    words = session.words
    head = ("", words.t("Ticket"), words.t("Left"), words.p("column", "P"), words.t("State"), words.t("With"),
            words.t("Service"), words.t("Title"))  # fmt: skip
    lines = [_line(session, page, item) for item in page.items]
    at = f"{times.stamp(page.now, words.zone)} {times.zone_label(page.now, words.zone)}"
    if not lines:
        return words.t("No ticket fits. ({moment})", moment=at)
    shown = words.n("{n} ticket, {moment}", "{n} tickets, {moment}", len(lines), moment=at)
    more = page.total - len(lines)
    rest = [words.n("{n} more; --limit shows them", "{n} more; --limit shows them", more)] if more > 0 else []
    if page.total >= MOST and more >= 0:
        rest = [words.t("More than {n} in all; --limit shows more", n=MOST)]
    return "\n".join([output.table(head, lines, right=(2,)), "", shown, *rest])


def _line(session: Session, page: QueuePage, item: QueueItem) -> tuple[str, ...]:
    row, words = item.row, session.words
    person = row.owner or row.acknowledged_by
    return (
        labels.glyph(sign_at(item.segment, row.seconds, page.now), unicode=session.unicode)
        + ("E" if row.escalated else ""),
        f"{session.prefix}{row.id}",
        shapes.countdown_of(words, item.segment, page.now),
        labels.priority_short(row.priority),
        labels.state_short(words, row.state),
        page.names.get(person, person) if person else page.names.get(row.team, row.team),
        page.names.get(row.service, row.service),
        titles.title(words, row),
    )
