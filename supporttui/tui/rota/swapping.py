"""Requests to be covered: asked, taken, agreed to, taken back; both sides of a swap at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.processes import LeftOut
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.rota.swaps import SwapPiece, SwapRequest
from supporttui.domain.spans import Instant, Span
from supporttui.i18n import formats, rota_costs, rota_labels
from supporttui.tui.asking.questions import choose
from supporttui.tui.rota import fields
from supporttui.tui.rota.cell import Cell, requests_in
from supporttui.tui.rota.changing import Reversible
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.rota.preview import preview
from supporttui.tui.undo import Here, Step
from supporttui.tui.widgets.fields import Field, Known
from supporttui.tui.windows import listing
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.listing import Item
from supporttui.tui.windows.prompt import Option
from supporttui.usecases import rota
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.certified import not_on
from supporttui.usecases.rota.costs import Clash
from supporttui.usecases.rota.effects import Effect
from supporttui.usecases.rota.swapping import Swapped

AHEAD = 56 * 86_400
"""So far ahead duties are offered to be given back."""
MOST = 60


def ask(screen: Chosen, cell: Cell, piece: Duty) -> None:
    """Ask to be covered for a piece of the cell, of anybody or of one, for nothing or for duty of theirs."""
    me = screen.frame.parts.me
    asking = me if me in piece.people or not piece.people else piece.people[0]
    read = partial(_partners, key=cell.rota.id, piece=piece, start=screen.now)
    screen.frame.hold_keys()
    screen.desk.ask(read, then=partial(_form, screen, cell, piece, asking), refused=screen.frame.refuse)


class _Partners(NamedTuple):
    """The duties that may be given back, and who may not do the one to be covered."""

    coming: tuple[Duty, ...]
    left_out: tuple[LeftOut, ...]


def _partners(tx: Transaction, *, key: RotaId, piece: Duty, start: Instant) -> _Partners:
    plans = rota.plan(tx, start, Instant(start + AHEAD), now=start)
    found = next((plan for plan in plans if plan.rota.id == key), None)
    coming = tuple(duty for duties in found.levels.values() for duty in duties) if found is not None else ()
    return _Partners(coming, not_on(tx, key, piece.level, piece.span))


def _form(screen: Chosen, cell: Cell, piece: Duty, asking: PersonId, partners: _Partners) -> None:
    words = screen.words
    offers, offer = _offers(screen, partners.coming, asking), fields.offer(screen, partners.left_out)
    start, end = max(screen.now, piece.span.start), piece.span.end
    yes = (Known(words.t("no"), ""), Known(words.t("yes"), "yes"))
    others, also = (tuple(one for one in known if one.value != asking) for known in (offer.known, offer.also))

    def save(values: Mapping[str, object]) -> None:
        _preview_asked(screen, form, _request(screen, cell, asking, values, offers))

    form = Form(
        words.t("{person} asks to be covered: {rota}, {row}", person=fields.name_of(screen, asking),
                rota=fields.safe(cell.rota.name), row=cell.row.label),
        save,
        fields=[
            *fields.span(screen, start, end),
            Field("to", words.t("asked of"), known=others, also=also, empty=None,
                  hint="  ".join(filter(None, (words.t("Empty: everybody."), offer.why)))),
            Field("give_back", words.t("in exchange for"), known=tuple(Known(label, label) for label in offers),
                  empty=None, hint=words.t("A duty of theirs that you do instead; empty: none.")),
            Field("deadline", words.t("deadline"), empty=None, read=fields.moment(screen),
                  hint=words.t("It may be taken until then; empty: until the duty is over.")),
            Field("approval", words.t("a lead agrees"), yes[0].label, known=yes),
            Field("reason", words.t("reason"), hint=words.t("Others see it.")),
        ],
    )  # fmt: skip
    screen.app.push_screen(form)


def _offers(screen: Chosen, coming: Sequence[Duty], asking: PersonId) -> Mapping[str, tuple[PersonId, SwapPiece]]:
    """Duties of others to choose from: what they are called → whose they are."""
    found: dict[str, tuple[PersonId, SwapPiece]] = {}
    for duty in sorted(coming, key=lambda one: one.span):
        for person in duty.people:
            if person != asking and duty.span.start > screen.now and len(found) < MOST:
                when = formats.span_short(screen.words, duty.span.start, duty.span.end, zone=screen.zone_name)
                label = f"{fields.name_of(screen, person)} {when} {screen.look.level(duty.level)}"
                found[label] = (person, SwapPiece(duty.span, duty.level))
    return found


def _request(
    screen: Chosen, cell: Cell, asking: PersonId, values: Mapping[str, object],
    offers: Mapping[str, tuple[PersonId, SwapPiece]],
) -> SwapRequest:  # fmt: skip
    start, end, deadline = (values[name] for name in ("start", "end", "deadline"))
    offer = offers.get(str(values["give_back"]))
    to = offer[0] if offer is not None else values["to"]
    return SwapRequest(
        "asked", cell.rota.id, asking, (SwapPiece(Span(Instant(int(str(start))), Instant(int(str(end)))), cell.level),),
        (offer[1],) if offer is not None else (), PersonId(str(to)) if to else None,
        Instant(int(str(deadline))) if deadline else None, approval=values["approval"] == "yes",
        reason=str(values["reason"]), created_at=screen.now,
    )  # fmt: skip


def _preview_asked(screen: Chosen, form: Form, wanted: SwapRequest) -> None:
    words = screen.words
    said = words.t("Asked: {pieces}.", pieces=rota_labels.pieces(words, wanted.pieces))

    def go() -> None:
        put = Reversible(screen, lambda call, tx: _ask(call, tx, wanted), rota.withdraw)
        put.do(said, refused=form.complain, then=form.close)

    def tell(found: Effect | tuple[Clash, ...]) -> Sequence[str]:
        stays = words.t("It is yours until somebody takes it.")
        if not isinstance(found, Effect):
            return (stays, *_could(screen, found))
        by = words.t("Once {person} takes it:", person=fields.name_of(screen, wanted.to or ""))
        return (stays, by, *rota_labels.effect(words, found))

    preview(screen, said, partial(_foresee, wanted=wanted, now=screen.now), tell, go, refused=form.complain)


def _foresee(tx: Transaction, *, wanted: SwapRequest, now: Instant) -> Effect | tuple[Clash, ...]:
    """Of one who is asked what it does, of everybody who could."""
    if wanted.to is None:
        return rota.whatif_open(tx, wanted, now)
    return rota.whatif_asked(tx, wanted, wanted.to, now)


def _could(screen: Chosen, found: Sequence[Clash]) -> Iterator[str]:
    words = screen.words
    if not any(one.conflict.proposals for one in found):
        yield words.t("Nobody is free to take it: it would stay yours.")
        return
    yield words.t("Asked of everybody. Who could take it, the best first:")
    for one in found:
        yield from rota_costs.left(words, one)


def _ask(call: Call, tx: Transaction, wanted: SwapRequest) -> str:
    return rota.ask(
        call, tx, wanted.rota, wanted.pieces, person=wanted.asked_by, give_back=wanted.give_back, to=wanted.to,
        deadline=wanted.deadline, approval=wanted.approval, reason=wanted.reason,
    ).id  # fmt: skip


# --- what was asked -----------------------------------------------------------------------------------


def take(screen: Chosen, cell: Cell | None) -> None:
    """Take the request of the cell; where there is none, or several, choose one of all."""
    me = screen.frame.parts.me
    board = screen.board
    here = requests_in(board, cell) if board is not None and cell is not None else ()
    fitting = [swap for swap in here if swap.asked_by != me and swap.to in (None, me)]
    if len(fitting) == 1:
        ask_take(screen, fitting[0])
    else:
        listed(screen)


def ask_take(screen: Chosen, swap: SwapRequest) -> None:
    """What taking it does, then take it."""
    words, me = screen.words, screen.frame.parts.me
    said = words.t("Taken: {pieces}.", pieces=rota_labels.pieces(words, swap.pieces))

    def go() -> None:
        _Taking(screen, swap.id, said).take()

    title = words.t("Cover {person}", person=fields.name_of(screen, swap.asked_by))
    preview(screen, title, lambda tx: rota.whatif_taken(tx, swap.id, me, screen.now),
            lambda found: rota_labels.effect(words, found), go)  # fmt: skip


@dataclass
class _Taking:
    """A request that is taken, given back by ``u`` and taken again by ``U``: each time it is another one."""

    screen: Chosen
    swap: str
    said: str

    def take(self) -> None:
        """Take it, and remember how to give it back."""
        self.screen.desk.do(rota.take, self.swap, then=self._taken, refused=self.screen.frame.refuse)

    def _taken(self, done: Swapped) -> None:
        words, frame = self.screen.words, self.screen.frame
        if done.effect is None:
            frame.say(words.t("You take it as soon as a lead agrees."))
            return
        frame.undo.push(Step(self.said, here=Here(self._back, self._again)))
        frame.say(f"{self.said}  {words.t('u undo')}")

    def _back(self) -> None:
        self.screen.desk.do(rota.give_back, self.swap, then=self._asked, refused=self.screen.frame.refuse)

    def _asked(self, again: SwapRequest) -> None:
        self.swap = again.id

    def _again(self) -> None:
        self.screen.desk.do(rota.take, self.swap, refused=self.screen.frame.refuse)


def withdraw(screen: Chosen, cell: Cell | None) -> None:
    """Take the request of the cell back; where there is none, or several, choose one of all."""
    board = screen.board
    here = requests_in(board, cell) if board is not None and cell is not None else ()
    if len(here) == 1:
        ask_withdraw(screen, here[0])
    else:
        listed(screen)


def ask_withdraw(screen: Chosen, swap: SwapRequest) -> None:
    """Who is on duty then, then take it back."""
    words = screen.words
    said = words.t("Request taken back: {pieces}.", pieces=rota_labels.pieces(words, swap.pieces))

    def go() -> None:
        put = Reversible(screen, lambda call, tx: _ask(call, tx, swap), rota.withdraw, swap.id)
        put.do(said, ending=True)

    stays = words.t("{person} stays on duty: {pieces}.", person=fields.name_of(screen, swap.asked_by),
                    pieces=rota_labels.pieces(words, swap.pieces))  # fmt: skip
    preview(screen, words.t("Take the request back"), lambda tx: tx.rotas.swap(swap.id), lambda _: (stays,), go)


def ask_approve(screen: Chosen, swap: SwapRequest) -> None:
    """What agreeing does, then agree."""
    words, taker = screen.words, swap.taken_by
    said = words.t("Agreed: {pieces}.", pieces=rota_labels.pieces(words, swap.pieces))

    def go() -> None:
        screen.desk.do(rota.approve, swap.id, then=lambda _: screen.frame.say(said), refused=screen.frame.refuse)

    def foresee(tx: Transaction) -> Effect | None:
        return None if taker is None else rota.whatif_asked(tx, swap, taker, screen.now)

    def tell(found: Effect | None) -> Sequence[str]:
        return (words.t("Nobody has taken it yet."),) if found is None else rota_labels.effect(words, found)

    preview(screen, words.t("Agree to the swap"), foresee, tell, go)


def listed(screen: Chosen) -> None:
    """Every open request; Enter asks what to do with it."""
    words, board = screen.words, screen.board
    views = board.requests if board is not None else ()
    items = []
    for view in views:
        swap = view.swap
        state = words.t("waits for a lead") if view.awaits_approval else "" if view.fits else words.t("has moved")
        parts = (
            fields.name_of(screen, swap.asked_by),
            rota_labels.pieces(words, swap.pieces),
            state,
            fields.safe(swap.reason),
        )
        items.append(Item("  ".join(part for part in parts if part), partial(_choose, screen, swap)))
    listing.show(screen, words.t("Requests to be covered"), items, does=words.t("goes on"),
                 nothing=words.t("Nobody asks to be covered."))  # fmt: skip


def _choose(screen: Chosen, swap: SwapRequest) -> None:
    words, me = screen.words, screen.frame.parts.me
    acts = {"take": ask_take, "withdraw": ask_withdraw, "approve": ask_approve}
    options = []
    if swap.asked_by != me and swap.taken_by is None:
        options.append(Option("t", words.t("take it"), "take"))
    if swap.approval and swap.approved_by is None:
        options.append(Option("a", words.t("agree, as a lead"), "approve"))
    options.append(Option("w", words.t("take the request back"), "withdraw"))
    title = words.t("{person} asks to be covered:", person=fields.name_of(screen, swap.asked_by))
    choose(screen, title, options, lambda value: acts[value](screen, swap), enter=False)
