"""``supporttui rota override``: puts somebody on duty for a while, or takes somebody off."""

import click

from supporttui.cli import output
from supporttui.cli.rota import shapes
from supporttui.cli.rota.effects import dry_run, told_after, told_before
from supporttui.cli.rota.known import lasting, meant, person_of, rota_of, span_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.i18n import rota_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import rota as usecases
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.wishes import EndOverride, PutOverride


def command(words: Words) -> click.Command:
    """The group ``override``."""
    which = option("--rota", metavar=words.t("ROTA"), help=words.t("Of this rota."))
    ended = verb(
        words, "end", _end, help=words.t("Take an override back from now on."),
        params=[argument("override", metavar=words.t("OVERRIDE")), which, dry_run(words)],
    )  # fmt: skip
    listed = verb(words, "list", _list, params=[which], help=words.t("The overrides that are not over."))
    puts = [_put_command(words, kind, which) for kind in OverrideKind]
    return group(words, "override", [listed, *puts, ended], help=words.t("Change who is on duty for a while."))


def _put_command(words: Words, kind: OverrideKind, which: click.Parameter) -> click.Command:
    told = {
        OverrideKind.replace: words.t("Put somebody in the place of whoever is on duty."),
        OverrideKind.add: words.t("Put one person more on duty."),
        OverrideKind.remove: words.t("Take somebody off duty; nobody comes instead."),
    }
    person = words.t("Who; without it you.")
    instead = option("--instead-of", metavar=words.t("PERSON"),
                     help=words.t("In whose place; without it whoever is on duty."))  # fmt: skip

    def run(session: Session, **given: str | int | bool | None) -> None:
        _put(session, kind, **given)  # type: ignore[arg-type]

    return verb(
        words, kind.value, run, help=told[kind],
        params=[
            argument("start", metavar=words.t("START")), argument("end", metavar=words.t("END")),
            option("--person", metavar=words.t("PERSON"), help=person),
            *([instead] if kind is OverrideKind.replace else []),
            option("--line", type=int, default=1, metavar="N", help=words.t("The line of support; 1 is called first.")),
            option("--layer", metavar=words.t("LAYER"), help=words.t("Only in this layer.")),
            option("--reason", default="", metavar=words.t("REASON"), help=words.t("Why.")),
            which, dry_run(words),
        ],
    )  # fmt: skip


def _put(
    session: Session,
    kind: OverrideKind,
    *,
    start: str,
    end: str,
    person: str | None,
    line: int,
    layer: str | None,
    reason: str,
    rota: str | None,
    dry_run: bool,
    instead_of: str | None = None,
) -> None:
    span = span_of(session, start, end)

    def wish(tx: Transaction) -> PutOverride:
        wanted = Override(
            session.call().operation, kind, span.start, span.end, person=person_of(tx, person) or session.me,
            in_place_of=person_of(tx, instead_of), layer=layer, level=line if layer is None else None,
            reason=reason.strip(),
        )  # fmt: skip
        return PutOverride(rota_of(session, tx, rota), wanted)

    asked = session.ask(wish)
    before = session.ask(usecases.whatif, asked, session.now())
    if told_before(session, before, dry=dry_run):
        return
    found = session.do(usecases.change, asked)
    kept = shapes.override(asked.rota, asked.override)
    told_after(session, lambda: _stands(session.words, asked.override), found, override=kept)


def _stands(words: Words, override: Override) -> str:
    return words.t(
        "Override {override} stands. Take it back: supporttui rota override end {override}",
        override=rota_labels.short(override.id),
    )


def _end(session: Session, *, override: str, rota: str | None, dry_run: bool) -> None:
    def wish(tx: Transaction) -> EndOverride:
        return EndOverride(*meant(session, tx, override, lasting(session, tx, rota, tx.definitions.overrides), rota))

    asked = session.ask(wish)
    if told_before(session, session.ask(usecases.whatif, asked, session.now()), dry=dry_run):
        return
    found = session.do(usecases.change, asked)
    told_after(session, lambda: session.words.t("The override does not hold any more."), found, override=asked.override)


def _list(session: Session, *, rota: str | None) -> None:
    found = session.ask(lambda tx: lasting(session, tx, rota, tx.definitions.overrides))
    if session.json:
        output.show_json(overrides=[shapes.override(key, one) for key, one in found])
        return
    words, names = session.words, session.ask(_names)
    head = (
        words.t("Override"), words.t("Rota"), words.t("From"), words.t("Until"), words.t("What"), words.t("Reason"),
    )  # fmt: skip
    rows = [
        (
            rota_labels.short(one.id), key, *rota_labels.bounds(words, one.start, one.end),
            rota_labels.override(words, one, names), one.reason,
        )
        for key, one in found
    ]  # fmt: skip
    output.show(output.table(head, rows) if rows else words.t("There are no overrides."))


def _names(tx: Transaction) -> dict[str, str]:
    return {person.id: person.name for person in tx.definitions.people()}
