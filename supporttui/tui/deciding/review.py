"""``:calendar review list``: what came from other calendars and does not count yet; Enter decides about one."""

from collections.abc import Iterator, Sequence
from functools import partial

from supporttui.domain.exchange.review import Entry
from supporttui.domain.text import safe_text
from supporttui.i18n import pack_labels, review_labels, rota_costs
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import choose
from supporttui.tui.rota.preview import Foreseen
from supporttui.tui.windows import listing
from supporttui.tui.windows.listing import Item
from supporttui.tui.windows.prompt import Option
from supporttui.usecases.exchange.foretelling import Foretold, foretell
from supporttui.usecases.exchange.reviewing import Decided, decide, waiting


def show(screen: Asker) -> None:
    """The list; of several entries its first line decides about all."""
    screen.frame.hold_keys()
    screen.desk.ask(waiting, then=partial(_listed, screen), refused=screen.frame.refuse, group="review")


def _listed(screen: Asker, found: Sequence[Entry]) -> None:
    words = screen.words
    items = [Item(_line(screen, one), partial(_choose, screen, [one])) for one in found]
    if len(found) > 1:
        every = words.n("All {n} of them", "All {n} of them", len(found))
        items.insert(0, Item(every, partial(_choose, screen, found), "bold"))
    listing.show(screen, words.t("Review of other calendars"), items, does=words.t("decides"),
                 nothing=words.t("Nothing waits for a decision."))  # fmt: skip


def _line(screen: Asker, one: Entry) -> str:
    parts = (review_labels.when(screen.words, one), one.key, one.name or "-", one.source)
    return "  ".join(safe_text(part, one_line=True, limit=60) for part in parts)


def _choose(screen: Asker, entries: Sequence[Entry]) -> None:
    words = screen.words
    options = (
        Option("a", words.t("let it count; shown before"), "accept"),
        Option("x", words.t("never count it; shown before"), "reject"),
    )  # fmt: skip
    title = words.n("{n} entry: {name}", "{n} entries: {name} …", len(entries),
                    name=safe_text(entries[0].name or "-", one_line=True, limit=40))  # fmt: skip
    ids = [one.id for one in entries]
    acts = {"accept": partial(_foresee, screen, ids), "reject": partial(_foresee_nothing, screen, ids)}
    choose(screen, title, options, lambda value: acts[value](), enter=False)


def _foresee(screen: Asker, ids: Sequence[str]) -> None:
    def known(found: Foretold) -> None:
        told = tuple(_told(screen, found)) or (screen.words.t("No timer and no duty is touched."),)
        window = Foreseen(screen.words.t("Let it count"), told)
        screen.app.push_screen(window, lambda answer: _decide(screen, ids, accept=True) if answer is not None else None)

    screen.frame.hold_keys()
    screen.desk.do(foretell, ids, then=known, refused=screen.frame.refuse)


def _foresee_nothing(screen: Asker, ids: Sequence[str]) -> None:
    """What never counts moves nothing, and does not come back by itself."""
    words = screen.words
    told = (words.t("No timer and no duty is touched."), words.t("It stays off this list until its source changes it."))
    screen.app.push_screen(
        Foreseen(words.t("Never count it"), told),
        lambda answer: _decide(screen, ids, accept=False) if answer is not None else None,
    )


def _told(screen: Asker, found: Foretold) -> Iterator[str]:
    if found.pack.calendars:
        yield from pack_labels.preview(screen.words, found.preview, screen.code, screen.now)
    for clash in found.clashes:
        yield from rota_costs.clash(screen.words, clash)


def _decide(screen: Asker, ids: Sequence[str], *, accept: bool) -> None:
    """Then the rest of the list."""

    def done(found: Decided) -> None:
        screen.frame.say(" ".join(review_labels.decided(screen.words, found, accept=accept)))
        screen.frame.ask_figures()
        show(screen)

    screen.desk.do(decide, ids, accept=accept, then=done, refused=screen.frame.refuse)
