"""``:period list``: the special periods that hold or begin soon, and those that ended and wait for a decision."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import pack_labels, period_changes, period_labels, times
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import choose, typed
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.rota.preview import Foreseen
from supporttui.tui.styles import Run
from supporttui.tui.windows import listing
from supporttui.tui.windows.listing import Item
from supporttui.tui.windows.prompt import Option
from supporttui.tui.windows.reader import Reader
from supporttui.usecases import periods
from supporttui.usecases.packing import Preview
from supporttui.usecases.periods import Coming, Decision, Review
from supporttui.usecases.periods.foretelling import foretell
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import rules_of

_KEYS = {Decision.keep: "k", Decision.extend: "e", Decision.drop: "d"}


def show(screen: Asker) -> None:
    """What waits for a decision comes first."""
    now = screen.now

    def read(tx: Transaction) -> tuple[Sequence[Coming], Sequence[Review], dict[str, str]]:
        return periods.coming(tx, now), periods.review(tx, now), rules_of(tx).names()

    def listed(found: tuple[Sequence[Coming], Sequence[Review], dict[str, str]]) -> None:
        coming, review, names = found
        items = [Item(_ended(screen, one), partial(_choose, screen, one), "warning") for one in review]
        items += [Item(_holds(screen, one), partial(_read, screen, one, names)) for one in coming]
        listing.show(
            screen, screen.words.t("Special periods"), items, does=screen.words.t("goes on"),
            nothing=screen.words.t("No special period holds, begins soon, or waits for a decision."),
        )  # fmt: skip

    screen.frame.hold_keys()
    screen.desk.ask(read, then=listed, refused=screen.frame.refuse, group="periods")


def _name(one: Coming | Review) -> str:
    return safe_text(one.name, one_line=True, limit=40)


def _moment(screen: Asker, at: Instant) -> str:
    return f"{times.stamp(at, screen.words.zone)} {times.zone_label(at, screen.words.zone)}"


def _ended(screen: Asker, one: Review) -> str:
    words, end = screen.words, _moment(screen, one.end)
    if not one.ended:
        return words.t("{period} ends at {time}: what becomes of it?", period=_name(one), time=end)
    return words.t("{period} ended at {time}: what becomes of it?", period=_name(one), time=end)


def _holds(screen: Asker, one: Coming) -> str:
    start, end = (_moment(screen, at) for at in (one.start, one.end))
    kind = period_labels.kind(screen.words, one.kind)
    return screen.words.t("{period} ({kind}), {start} to {end}", period=_name(one), kind=kind, start=start, end=end)


def _read(screen: Asker, one: Coming, names: dict[str, str]) -> None:
    """What is different while it lasts."""
    told = (*period_changes.changes(screen.words, one, names), safe_text(one.about, one_line=True))

    def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
        found = (text for text in told if text and wanted.casefold() in text.casefold())
        return tuple((("", f" {part}"),) for text in found for part in wrap(text, max(10, width - 2)))

    screen.app.push_screen(Reader(_name(one), read), lambda _: show(screen))


def _choose(screen: Asker, one: Review) -> None:
    """Beside the question: the tickets that it leaves open."""
    words = screen.words
    options = [Option(_KEYS[each], period_labels.decision(words, each), each.value) for each in one.choices]
    title = _name(one)
    if one.tickets:
        shown = ", ".join(screen.code(ticket) for ticket in one.tickets[:4])
        title = words.n("{period} ({n} ticket open: {tickets})", "{period} ({n} tickets open: {tickets})",
                        len(one.tickets), period=title, tickets=shown)  # fmt: skip
    choose(screen, title, options, lambda value: _act(screen, one, Decision(value)), enter=False)


def _act(screen: Asker, one: Review, decision: Decision) -> None:
    if decision is not Decision.extend:
        _foresee(screen, one, decision)
        return
    label = screen.words.t("New last date of {period} (as {date})", period=_name(one), date=str(one.last))
    typed(screen, label, lambda text: _foresee(screen, one, decision, _date(text)), check=_date)


def _date(text: str) -> date:
    """Raises BadInput ``period.date``."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput("period.date", found=text[:60]) from None


def _foresee(screen: Asker, one: Review, decision: Decision, until: date | None = None) -> None:
    """Timers that move, and how many become late; Enter decides."""
    words = screen.words

    def known(found: Preview) -> None:
        title = f"{_name(one)}: {period_labels.decision(words, decision)}"
        window = Foreseen(title, tuple(pack_labels.preview(words, found, screen.code, screen.now)))
        screen.app.push_screen(
            window, lambda answer: _decide(screen, one, decision, until) if answer is not None else None
        )

    screen.frame.hold_keys()
    screen.desk.do(foretell, one.id, decision, until=until, then=known, refused=screen.frame.refuse)


def _decide(screen: Asker, one: Review, decision: Decision, until: date | None = None) -> None:
    """Then the rest of the list."""

    def done(version: int) -> None:
        said = screen.words.t("{period}: {decision}, version {version}.", period=_name(one), version=version,
                              decision=period_labels.decision(screen.words, decision))  # fmt: skip
        screen.frame.say(said)
        screen.frame.ask_figures()
        show(screen)

    screen.desk.do(periods.decide, one.id, decision, until=until, then=done, refused=screen.frame.refuse)
