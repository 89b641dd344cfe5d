"""``supporttui rota gaps|why|ledger|conflicts``: what a plan lacks, why it is so, what it costs, who is away."""

from collections.abc import Iterator, Sequence

import click

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.known import moment_of, moment_or
from supporttui.cli.rota import shapes as rota_shapes
from supporttui.cli.rota.known import month_of, rota_of, rota_or_all
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.domain.spans import Instant, Span
from supporttui.i18n import formats, rota_costs, rota_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import rota as usecases
from supporttui.usecases.rota.costs import Balance
from supporttui.usecases.rota.looking import YEAR, Lacking


def commands(words: Words, which: click.Parameter) -> Sequence[click.Command]:
    """The verbs that only read; ``which`` names the rota."""
    moment = argument("moment", required=False, metavar=words.t("[MOMENT]"))
    line = option("--line", type=int, default=1, metavar="N", help=words.t("The line of support; 1 is called first."))
    start = option(
        "--from", "start", metavar=words.t("MOMENT"), help=words.t("From this moment; without it this month.")
    )
    until = option("--until", metavar=words.t("MOMENT"), help=words.t("Up to this moment."))
    told = words.t("Mark who is on duty for more of the time than this; a site has a limit too.")
    limit = option("--limit", type=click.IntRange(1, 100), metavar=words.t("PERCENT"), help=told)
    return [
        verb(words, "gaps", _gaps, params=[until, which],
             help=words.t("Where nobody is on duty, too few are, or nobody speaks a language, and why; for a year.")),
        verb(words, "why", _why, params=[moment, which, line],
             help=words.t("Why somebody is on duty, now or at a moment, or nobody.")),
        verb(words, "ledger", _ledger, params=[start, until, which, limit],
             help=words.t("What duty costs each person: hours, nights, weekends, holidays, night pages, short rests.")),
        verb(words, "conflicts", _conflicts, params=[until, which],
             help=words.t("Who is on duty while away, and who could be there instead.")),
    ]  # fmt: skip


def no_rota(words: Words) -> str:
    """What stands in place of an empty answer."""
    return words.t("There is no rota yet. supporttui init makes one to start from.")


# --- gaps ---------------------------------------------------------------------------------------------


def _gaps(session: Session, *, until: str | None, rota: str | None) -> None:
    now = session.now()
    end = moment_or(session, until, Instant(now + YEAR))
    found = session.ask(lambda tx: usecases.lacking(tx, now, end, rota_or_all(session, tx, rota)))
    if session.json:
        told = [rota_shapes.lacking(one) for one in found]
        output.show_json(start=shapes.iso(now), end=shapes.iso(end), rotas=told)
        return
    output.show("\n\n".join(_lacking(session.words, one) for one in found) or no_rota(session.words))


def _lacking(words: Words, found: Lacking) -> str:
    head = f"{found.name}  {formats.span(words, found.span.start, found.span.end)}"
    rows = sorted(_rows(words, found))
    if not rows:
        return f"{head}\n{words.t('No gaps.')}"
    columns = (words.t("From"), words.t("Until"), words.t("Line"), words.t("Missing"), words.t("Because"))
    cells = [
        (*rota_labels.bounds(words, span.start, span.end), str(level), what, why) for span, level, what, why in rows
    ]
    return f"{head}\n{output.table(columns, cells)}"


def _rows(words: Words, found: Lacking) -> Iterator[tuple[Span, int, str, str]]:
    for gap in found.gaps:
        what = words.t("nobody, on purpose") if gap.intended else words.t("NOBODY")
        yield gap.duty.span, gap.duty.level, what, rota_labels.gap_cause(words, gap, found.names)
    for short in found.shortfalls:
        here = rota_labels.people(words, short.duty.people, found.names)
        yield short.duty.span, short.duty.level, rota_labels.lack(words, short), here
    for double in found.overlaps:
        yield double.span, double.level, *rota_labels.overlap(words, double)


# --- why ----------------------------------------------------------------------------------------------


def _why(session: Session, *, moment: str | None, rota: str | None, line: int) -> None:
    at = moment_or(session, moment, session.now())
    found = session.ask(lambda tx: usecases.why(tx, at, rota_of(session, tx, rota), line))
    if session.json:
        output.show_json(**rota_shapes.explained(found))
        return
    words = session.words
    head = words.t(
        "{rota}, line {line}, {moment}: {people}",
        rota=found.rota_name, line=line, moment=formats.moment(words, at),
        people=rota_labels.people(words, found.duty.people, found.names),
    )  # fmt: skip
    output.show("\n".join([head, *(f"- {rota_labels.reason(words, one, found.names)}" for one in found.reasons)]))


# --- the ledger ---------------------------------------------------------------------------------------


def _ledger(session: Session, *, start: str | None, until: str | None, rota: str | None, limit: int | None) -> None:
    month = month_of(session)
    begin = month.start if start is None else moment_of(session, start, past=True)
    end = moment_or(session, until, month.end if start is None else session.now())
    found = session.ask(
        lambda tx: usecases.balance(tx, begin, end, now=session.now(), rota=rota_or_all(session, tx, rota), limit=limit)
    )
    if session.json:
        output.show_json(**rota_shapes.balance(found))
    else:
        output.show("\n".join(_balance(session.words, found)))


def _balance(words: Words, found: Balance) -> Iterator[str]:
    yield formats.span(words, found.span.start, found.span.end)
    if not found.entries:
        yield words.t("Nobody is on duty.")
        return
    head = rota_costs.heads(words)
    rows = [rota_costs.row(words, entry, found) for entry in found.entries]
    yield output.table(head, rows, right=range(1, len(head)))
    yield from rota_costs.notes(words, found)


# --- conflicts ----------------------------------------------------------------------------------------


def _conflicts(session: Session, *, until: str | None, rota: str | None) -> None:
    now = session.now()
    end = moment_or(session, until, Instant(now + YEAR))
    found = session.ask(lambda tx: usecases.clashes(tx, now, end, rota_or_all(session, tx, rota)))
    if session.json:
        output.show_json(conflicts=[rota_shapes.clash(one) for one in found])
    elif found:
        output.show("\n".join(line for one in found for line in rota_costs.clash(session.words, one)))
    else:
        output.show(session.words.t("Nobody is on duty while away."))
