"""That somebody leaves or stays, in words: the same in the shell and at the desk."""

from collections.abc import Callable, Iterator

from supporttui.domain.text import safe_text
from supporttui.i18n import formats, rota_costs, rota_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases.rota.leaving import Leaving

MOST = 6
"""Duties that are told one by one with who could do them; tickets twice as many."""


def said(words: Words, found: Leaving) -> str:
    """In one sentence that it is so."""
    name = safe_text(found.name, one_line=True, limit=40)
    if found.at is None:
        return words.t("{person} stays.", person=name)
    return words.t("{person} leaves: {moment}.", person=name, moment=formats.moment(words, found.at))


def lines(words: Words, found: Leaving, code: Callable[[int], str]) -> Iterator[str]:
    """What it does: rota by rota, then who could do the duties that are left, then the tickets."""
    if not found.effects:
        yield words.t("No duty is touched.")
    for one in found.effects:
        yield f"{safe_text(one.rota_name, one_line=True, limit=40)}:"
        yield from rota_labels.effect(words, one)
    if found.clashes:
        yield words.t("Who could do it instead:")
    for clash in found.clashes[:MOST]:
        yield from rota_costs.left(words, clash)
    if (rest := len(found.clashes) - MOST) > 0:
        yield words.n("and {n} more duty", "and {n} more duties", rest)
    if found.tickets:
        shown = ", ".join(code(ticket) for ticket in found.tickets[: 2 * MOST])
        yield words.n("{n} open ticket stays theirs: {tickets}", "{n} open tickets stay theirs: {tickets}",
                      len(found.tickets), tickets=shown)  # fmt: skip
