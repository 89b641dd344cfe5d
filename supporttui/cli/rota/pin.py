"""``supporttui rota pin|unpin``: the shifts of a while, set by hand over layers, overrides and swaps."""

from collections.abc import Iterator, Sequence

import click

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.rota.effects import dry_run, told_after, told_before
from supporttui.cli.rota.known import lasting, meant, person_of, rota_of, span_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.spans import Span
from supporttui.i18n import formats, rota_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import rota as usecases
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.wishes import Pin, Unpin


def commands(words: Words) -> tuple[click.Command, ...]:
    """``pin`` and ``unpin``."""
    which = option("--rota", metavar=words.t("ROTA"), help=words.t("Of this rota."))
    pin = verb(
        words, "pin", _pin,
        help=words.t("Set the shifts of a while by hand, over layers, overrides and swaps. Without a time: list them."),
        params=[
            argument("start", required=False, metavar=words.t("[START]")),
            argument("end", required=False, metavar=words.t("[END]")),
            option("--person", multiple=True, metavar=words.t("PERSON"),
                   help=words.t("On duty all of the time; may be given again.")),
            option("--shift", nargs=3, multiple=True, metavar=words.t("START END PERSON"),
                   help=words.t("On duty for a part of it; may be given again. Several: ana+ben.")),
            option("--line", type=int, default=1, metavar="N", help=words.t("The line of support; 1 is called first.")),
            option("--rest", type=click.Choice([one.value for one in PinnedFallback]), show_default=True,
                   default=PinnedFallback.layers.value,
                   help=words.t("Where no shift is: nobody (gap), or whoever the layers give.")),
            option("--reason", default="", metavar=words.t("REASON"), help=words.t("Why.")),
            which, dry_run(words),
        ],
    )  # fmt: skip
    unpin = verb(
        words, "unpin", _unpin, help=words.t("Let a plan set by hand end now; the layers hold again."),
        params=[argument("period", metavar=words.t("PLAN")), which, dry_run(words)],
    )  # fmt: skip
    return pin, unpin


def _pin(
    session: Session,
    *,
    start: str | None,
    end: str | None,
    person: Sequence[str],
    shift: Sequence[tuple[str, str, str]],
    line: int,
    rest: str,
    reason: str,
    rota: str | None,
    dry_run: bool,
) -> None:
    if start is None:
        _list(session, rota)
        return
    if end is None:
        raise BadInput("pinned.no_end")
    span = span_of(session, start, end)

    def wish(tx: Transaction) -> Pin:
        shifts = tuple(_shifts(session, tx, span, person, shift, line=line))
        period = PinnedPeriod(
            session.call().operation, span.start, span.end, shifts, PinnedFallback(rest), reason=reason.strip()
        )
        return Pin(rota_of(session, tx, rota), period)

    asked = session.ask(wish)
    if told_before(session, session.ask(usecases.whatif, asked, session.now()), dry=dry_run):
        return
    found = session.do(usecases.change, asked)
    told_after(session, lambda: _stands(session.words, asked.period), found, pinned=_shape(asked.rota, asked.period))


def _shifts(
    session: Session, tx: Transaction, span: Span, people: Sequence[str], parts: Sequence[tuple[str, str, str]], *,
    line: int,
) -> Iterator[PinnedShift]:  # fmt: skip
    if people:
        yield PinnedShift(span.start, span.end, _people(tx, people), line)
    for start, end, who in parts:
        part = span_of(session, start, end)
        yield PinnedShift(part.start, part.end, _people(tx, who.split("+")), line)


def _people(tx: Transaction, names: Sequence[str]) -> tuple[PersonId, ...]:
    found = (person_of(tx, name) for name in names)
    return tuple(one for one in found if one is not None)


def _stands(words: Words, period: PinnedPeriod) -> str:
    return words.t(
        "The plan {period} stands. Let it end: supporttui rota unpin {period}", period=rota_labels.short(period.id)
    )


def _unpin(session: Session, *, period: str, rota: str | None, dry_run: bool) -> None:
    def wish(tx: Transaction) -> Unpin:
        return Unpin(*meant(session, tx, period, lasting(session, tx, rota, tx.rotas.pinned), rota))

    asked = session.ask(wish)
    if told_before(session, session.ask(usecases.whatif, asked, session.now()), dry=dry_run):
        return
    found = session.do(usecases.change, asked)
    told_after(session, lambda: session.words.t("The plan set by hand does not hold any more."), found,
               pinned=asked.period)  # fmt: skip


def _list(session: Session, rota: str | None) -> None:
    found = session.ask(lambda tx: lasting(session, tx, rota, tx.rotas.pinned))
    if session.json:
        output.show_json(pinned=[_shape(key, one) for key, one in found])
        return
    words = session.words
    names = session.ask(lambda tx: {person.id: person.name for person in tx.definitions.people()})
    head = (
        words.t("Plan"), words.t("Rota"), words.t("From"), words.t("Until"), words.t("On duty"), words.t("Reason"),
    )  # fmt: skip
    rows = [
        (
            rota_labels.short(one.id), key, *rota_labels.bounds(words, one.start, one.end),
            "; ".join(_shift_text(words, shift, names) for shift in one.shifts) or words.t("NOBODY"), one.reason,
        )
        for key, one in found
    ]  # fmt: skip
    output.show(output.table(head, rows) if rows else words.t("No plan is set by hand."))


def _shift_text(words: Words, shift: PinnedShift, names: dict[str, str]) -> str:
    return f"{rota_labels.people(words, shift.people, names)} {formats.span_month(words, shift.start, shift.end)}"


def _shape(rota: RotaId, found: PinnedPeriod) -> dict[str, object]:
    return {
        "id": found.id, "rota": rota, "start": shapes.iso(found.start), "end": shapes.iso(found.end),
        "rest": found.fallback.value, "reason": found.reason,
        "shifts": [
            {
                "start": shapes.iso(one.start), "end": shapes.iso(one.end), "people": list(one.people),
                "level": one.level,
            }
            for one in found.shifts
        ],
    }  # fmt: skip
