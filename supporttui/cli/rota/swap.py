"""``supporttui rota swap``: asks for cover or an exchange, takes it, takes it back."""

from collections.abc import Sequence

import click

from supporttui.cli import output
from supporttui.cli.known import moment_or
from supporttui.cli.rota import shapes
from supporttui.cli.rota.effects import dry_run, told_after, told_before
from supporttui.cli.rota.known import id_of, person_of, piece_of, rota_of, rota_or_all, span_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.rota.swaps import SwapPiece, SwapRequest, SwapState
from supporttui.domain.spans import BEGINNING
from supporttui.i18n import formats, rota_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import rota as usecases
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.swapping import Swapped, SwapView


def command(words: Words) -> click.Command:
    """The group ``swap``."""
    which = option("--rota", metavar=words.t("ROTA"), help=words.t("Of this rota."))
    one = argument("swap", metavar=words.t("SWAP"))
    commands = [
        verb(words, "list", _list, params=[which], help=words.t("Who asks to be covered, and what became of it.")),
        _ask_command(words, which),
        verb(words, "take", _take, help=words.t("Take a duty that somebody asks to be covered for."),
             params=[one, option("--person", metavar=words.t("PERSON"), help=words.t("Who; without it you.")),
                     dry_run(words)]),
        verb(words, "withdraw", _withdraw, params=[one],
             help=words.t("Take a request back; a lead may also undo one that was taken.")),
        verb(words, "approve", _approve, params=[one], help=words.t("Agree, as a lead, to a swap that needs it.")),
    ]  # fmt: skip
    return group(words, "swap", commands, help=words.t("Ask to be covered, and cover others."))


def _ask_command(words: Words, which: click.Parameter) -> click.Command:
    return verb(
        words, "ask", _ask,
        help=words.t("Ask to be covered: from START to END, or for the duty that runs at START, or for your next one."),
        params=[
            argument("start", required=False, metavar=words.t("[START]")),
            argument("end", required=False, metavar=words.t("[END]")),
            option("--line", type=int, default=1, metavar="N", help=words.t("The line of support; 1 is called first.")),
            option("--give-back", nargs=2, multiple=True, metavar=words.t("START END"),
                   help=words.t("Duty of theirs that you do instead; may be given again.")),
            option("--to", metavar=words.t("PERSON"), help=words.t("Whom you ask; without it everybody.")),
            option("--person", metavar=words.t("PERSON"), help=words.t("Who; without it you.")),
            option("--deadline", metavar=words.t("MOMENT"), help=words.t("Until when it may be taken.")),
            option("--approval", is_flag=True, help=words.t("A lead must agree to it.")),
            option("--reason", default="", metavar=words.t("REASON"), help=words.t("Why.")),
            which,
        ],
    )  # fmt: skip


def _ask(
    session: Session,
    *,
    start: str | None,
    end: str | None,
    line: int,
    give_back: Sequence[tuple[str, str]],
    to: str | None,
    person: str | None,
    deadline: str | None,
    approval: bool,
    reason: str,
    rota: str | None,
) -> None:
    session.require_writing()

    def read(tx: Transaction) -> tuple[RotaId, PersonId, SwapPiece, PersonId | None]:
        key, asking = rota_of(session, tx, rota), person_of(tx, person) or session.me
        piece = piece_of(session, tx, key, person=asking, span=(start, end), line=line)
        return key, asking, piece, person_of(tx, to)

    key, asking, piece, asked = session.ask(read)
    swap: SwapRequest = session.do(
        usecases.ask, key, [piece], person=asking, to=asked, approval=approval, reason=reason,
        give_back=[SwapPiece(span_of(session, *span), line) for span in give_back],
        deadline=moment_or(session, deadline, None, kept=True),
    )  # fmt: skip
    if session.json:
        output.show_json(swap=shapes.swap(swap))
        return
    words = session.words
    output.show(
        words.t(
            "Asked: {pieces}. It is yours until somebody takes it: supporttui rota swap take {swap}",
            pieces=rota_labels.pieces(words, swap.pieces), swap=rota_labels.short(swap.id),
        )
    )  # fmt: skip


def _take(session: Session, *, swap: str, person: str | None, dry_run: bool) -> None:
    key = _id(session, swap)
    taker = session.ask(lambda tx: person_of(tx, person)) or session.me
    effect = session.ask(usecases.whatif_taken, key, taker, session.now())
    if not told_before(session, effect, dry=dry_run):
        _tell(session, session.do(usecases.take, key, person=taker))


def _withdraw(session: Session, *, swap: str) -> None:
    session.require_writing()
    _tell(session, session.do(usecases.withdraw, _id(session, swap)))


def _approve(session: Session, *, swap: str) -> None:
    session.require_writing()
    _tell(session, session.do(usecases.approve, _id(session, swap)))


def _tell(session: Session, done: Swapped) -> None:
    told_after(session, lambda: _told(session, done.swap), done.effect, swap=shapes.swap(done.swap))


def _told(session: Session, swap: SwapRequest) -> str:
    words = session.words
    if swap.state is SwapState.withdrawn:
        return words.t("The request is withdrawn; {person} is on duty then.", person=session.name_of(swap.asked_by))
    if swap.taken_by is None:
        return words.t("You have agreed; it is still to be taken by somebody.")
    name = session.name_of(swap.taken_by)
    if swap.state is SwapState.taken:
        return words.t("{person} has taken it: {pieces}.", person=name, pieces=rota_labels.pieces(words, swap.pieces))
    return words.t("{person} takes it as soon as a lead agrees.", person=name)


def _list(session: Session, *, rota: str | None) -> None:
    found = session.ask(lambda tx: usecases.swaps(tx, session.now(), rota=rota_or_all(session, tx, rota)))
    if session.json:
        output.show_json(swaps=[shapes.swap(view.swap, view) for view in found])
        return
    words = session.words
    names = session.ask(lambda tx: {person.id: person.name for person in tx.definitions.people()})
    head = (words.t("Swap"), words.t("Asked by"), words.t("Duty"), words.t("State"), words.t("Reason"))
    rows = [
        (
            rota_labels.short(view.swap.id), names.get(view.swap.asked_by, view.swap.asked_by),
            rota_labels.pieces(words, view.swap.pieces), _state(words, view, names), view.swap.reason,
        )
        for view in found
    ]  # fmt: skip
    output.show(output.table(head, rows) if rows else words.t("Nobody asks to be covered."))


def _state(words: Words, view: SwapView, names: dict[str, str]) -> str:
    swap = view.swap
    by = names.get(swap.taken_by or "", swap.taken_by or "")
    if view.awaits_approval:
        return words.t("{person} takes it as soon as a lead agrees.", person=by)
    if swap.state is SwapState.taken:
        return words.t("taken by {person}", person=by)
    if not view.fits:
        return words.t("the rota has changed; ask anew")
    if swap.state is SwapState.asked and swap.deadline is not None:
        return words.t("to be taken by {moment}", moment=formats.moment(words, swap.deadline))
    return rota_labels.swap_state(words, swap.state)


def _id(session: Session, text: str) -> str:
    return session.ask(lambda tx: id_of(text, (one.id for one in tx.rotas.swaps(since=BEGINNING))))
