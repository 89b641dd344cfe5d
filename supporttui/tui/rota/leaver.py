"""Somebody leaves, or stays after all: what that does is shown before it is done."""

from collections.abc import Sequence

from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.i18n import leaving_labels
from supporttui.tui.rota import fields
from supporttui.tui.rota.changing import Reversible
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.rota.preview import preview
from supporttui.usecases import rota
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.leaving import Leaving


def ask(screen: Chosen, person: PersonId, at: Instant | None) -> None:
    """Duties lost, gaps, who could do it instead, open tickets; then the duty ends."""
    words = screen.words
    shown: list[Leaving] = []

    def tell(found: Leaving) -> Sequence[str]:
        shown.append(found)
        return (leaving_labels.said(words, found), *leaving_labels.lines(words, found, screen.code))

    def go() -> None:
        (found,) = shown
        put = Reversible(screen, lambda call, tx: _leave(call, tx, found), lambda call, tx, _: _back(call, tx, found))
        put.do(leaving_labels.said(words, found))

    preview(screen, words.t("{person} leaves", person=fields.name_of(screen, person)),
            lambda tx: rota.whatif_leaves(tx, person, at, screen.now), tell, go)  # fmt: skip


def ask_stay(screen: Chosen, person: PersonId) -> None:
    """Duties that come back; then they do."""
    words = screen.words
    shown: list[Leaving] = []

    def tell(found: Leaving) -> Sequence[str]:
        shown.append(found)
        return tuple(leaving_labels.lines(words, found, screen.code))

    def go() -> None:
        (found,) = shown
        put = Reversible(screen, lambda call, tx: _stay(call, tx, found), lambda call, tx, _: _back(call, tx, found))
        put.do(leaving_labels.said(words, found))

    preview(screen, words.t("{person} stays", person=fields.name_of(screen, person)),
            lambda tx: rota.whatif_stays(tx, person, screen.now), tell, go)  # fmt: skip


def _leave(call: Call, tx: Transaction, found: Leaving) -> str:
    """Not before now, where the preview was looked at for a while."""
    assert found.at is not None
    rota.leave(call, tx, found.person, at=Instant(max(found.at, call.at)))
    return found.person


def _stay(call: Call, tx: Transaction, found: Leaving) -> str:
    rota.stay(call, tx, found.person)
    return found.person


def _back(call: Call, tx: Transaction, found: Leaving) -> None:
    """What was said of them before."""
    if found.before is None:
        rota.stay(call, tx, found.person)
    else:
        rota.leave(call, tx, found.person, at=Instant(max(found.before, call.at)))
