"""``supporttui calendar review``: what came from other calendars, and whether it counts."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.rota import shapes as rota_shapes
from supporttui.cli.rota.effects import dry_run
from supporttui.cli.rota.known import id_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.exchange.review import Entry, Receiver
from supporttui.domain.faults import BadInput
from supporttui.i18n import pack_labels, review_labels, rota_costs, rota_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases.exchange.foretelling import Foretold, foretell
from supporttui.usecases.exchange.reviewing import Decided, decide, waiting
from supporttui.usecases.ports import Transaction


def command(words: Words) -> click.Command:
    """The group ``review``."""
    which = argument("entries", nargs=-1, metavar=words.t("ENTRY…"))
    every = option("--all", "every", is_flag=True, help=words.t("All that wait."))
    accept = verb(words, "accept", _accept, params=[which, every, dry_run(words)],
                  help=words.t("Let entries count: as holidays from now on, or as absences."))  # fmt: skip
    reject = verb(words, "reject", _reject, params=[which, every],
                  help=words.t("Let entries never count, also when they come again."))  # fmt: skip
    listed = verb(words, "list", _list, help=words.t("What waits for a decision, and where it came from."))

    def alone() -> None:
        context = click.get_current_context()
        if context.invoked_subcommand is None:
            context.invoke(listed)

    return group(words, "review", [listed, accept, reject], alone=alone,
                 help=words.t("What came from other calendars and does not count yet."))  # fmt: skip


def _list(session: Session) -> None:
    found = session.ask(waiting)
    if session.json:
        output.show_json(entries=[entry_json(one) for one in found])
        return
    words = session.words
    if not found:
        output.show(words.t("Nothing waits for a decision."))
        return
    head = (words.t("Entry"), words.t("For"), words.t("When"), words.t("Name"), words.t("Source"))
    rows = [
        (rota_labels.short(one.id), one.key, review_labels.when(words, one), one.name or "-", one.source)
        for one in found
    ]
    output.show(output.table(head, rows))
    output.say(words.t("Decide: supporttui calendar review accept ENTRY… (or --all), or reject."))


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry for machines; ``first`` and ``last`` where it is of whole dates."""
    dates = entry.dates
    return {
        "id": entry.id, "for": entry.receiver.value, "key": entry.key, "name": entry.name,
        "start": shapes.iso(entry.start), "end": shapes.iso(entry.end), "zone": entry.zone,
        "first": str(dates[0]) if dates else None, "last": str(dates[1]) if dates else None,
        "source": entry.source, "verdict": entry.verdict.value,
        "kind": entry.kind.value if entry.receiver is Receiver.person else None,
        "found_at": shapes.iso(entry.found_at), "decided_by": entry.decided_by or None,
        "decided_at": shapes.iso(entry.decided_at),
    }  # fmt: skip


def _accept(session: Session, *, entries: Sequence[str], every: bool, dry_run: bool) -> None:
    if dry_run:
        _foretell(session, _chosen(session, entries, every=every))
    else:
        _decide(session, entries, every=every, accept=True)


def _reject(session: Session, *, entries: Sequence[str], every: bool) -> None:
    _decide(session, entries, every=every, accept=False)


def _foretell(session: Session, ids: Sequence[str]) -> None:
    """What would change, and which timers and duties with it; tried out, and taken back."""
    session.require_writing()
    found: Foretold = session.do(foretell, ids)
    timers = found.preview.timers
    if session.json:
        moved = {"moved": timers.moved, "made_late": timers.made, "saved": timers.saved}
        output.show_json(dry_run=True, calendars=[one.id for one in found.pack.calendars], timers=moved,
                         absences=[rota_shapes.absence(one) for one in found.away],
                         conflicts=[rota_shapes.clash(one) for one in found.clashes])  # fmt: skip
        return
    output.show("\n".join(_foretold(session, found)))
    output.say(session.words.t("Nothing was changed."))


def _foretold(session: Session, found: Foretold) -> Iterator[str]:
    prefix = session.prefix
    if found.pack.calendars:
        yield from pack_labels.preview(session.words, found.preview, lambda number: f"{prefix}{number}", session.now())
    for clash in found.clashes:
        yield from rota_costs.clash(session.words, clash)


def _chosen(session: Session, entries: Sequence[str], *, every: bool) -> Sequence[str]:
    if bool(entries) == every:
        raise BadInput("review.which")
    return session.ask(lambda tx: _ids(tx, entries, every=every))


def _decide(session: Session, entries: Sequence[str], *, every: bool, accept: bool) -> None:
    session.require_writing()
    done: Decided = session.do(decide, _chosen(session, entries, every=every), accept=accept)
    if session.json:
        output.show_json(entries=[entry_json(one) for one in done.entries], calendars=dict(done.calendars),
                         absences=done.absences)  # fmt: skip
        return
    output.show("\n".join(review_labels.decided(session.words, done, accept=accept)))


def _ids(tx: Transaction, entries: Sequence[str], *, every: bool) -> Sequence[str]:
    if every:
        return [one.id for one in waiting(tx)]
    known = [one.id for one in tx.exchange.entries()]
    return [id_of(text, known) for text in entries]
