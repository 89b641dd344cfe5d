"""What the rota answers in windows: why, gaps of a year, the ledger of a month, languages by the hour."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from supporttui.domain.ids import RotaId
from supporttui.domain.rota.matrix import Cell as Spoken
from supporttui.domain.spans import Instant, Span
from supporttui.i18n import formats, rota_costs, rota_labels, terms
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.rota import fields
from supporttui.tui.rota.cell import Cell
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.rota.look import Line
from supporttui.tui.windows import listing
from supporttui.tui.windows.listing import Item
from supporttui.tui.windows.reader import Reader
from supporttui.usecases import rota
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.costs import Balance
from supporttui.usecases.rota.looking import YEAR, Explained, Lacking
from supporttui.usecases.rota.speaking import Speaking

MOST_HANDS = 12
"""So many pieces of one day are explained."""


def _read(screen: Chosen, title: str, lines: Sequence[tuple[str, str]]) -> None:
    """Put a window of sentences, broken by the width, later lines indented."""

    def read(width: int, wanted: str) -> list[Line]:
        kept = (one for one in lines if wanted.casefold() in one[1].casefold())
        return [line for style, text in kept for line in _broken(style, text, width)]

    screen.app.push_screen(Reader(title, read))


def _broken(style: str, text: str, width: int) -> Iterator[Line]:
    indent = len(text) - len(text.lstrip()) + 2 if text.startswith((" ", "-")) else 0
    first, *more = wrap(text, max(10, width - 2 - indent)) if text.strip() else ("",)
    yield ((style, f" {first}"),)
    for line in more:
        yield ((style, f" {' ' * indent}{line}"),)


# --- why ----------------------------------------------------------------------------------------------


def why(screen: Chosen, cell: Cell) -> None:
    """Each hand of the cell's day, with every reason in the order in which they act."""
    day = cell.day
    starts = [max(piece.span.start, day.start) for piece in cell.pieces] or [day.start]
    if screen.now in day and len(starts) == 1:
        starts = [screen.now]
    screen.frame.hold_keys()
    screen.desk.ask(
        partial(_why, key=cell.rota.id, level=cell.level, starts=starts[:MOST_HANDS]),
        then=partial(_show_why, screen), refused=screen.frame.refuse, group="rota why",
    )  # fmt: skip


def why_at(screen: Chosen, cell: Cell, at: Instant) -> None:
    """The same at one instant, whatever is shown."""
    screen.desk.ask(
        partial(_why, key=cell.rota.id, level=cell.level, starts=[at]),
        then=partial(_show_why, screen), refused=screen.frame.refuse, group="rota why",
    )  # fmt: skip


def _why(tx: Transaction, *, key: RotaId, level: int, starts: Sequence[Instant]) -> tuple[Explained, ...]:
    return tuple(rota.why(tx, at, key, level) for at in starts)


def _show_why(screen: Chosen, found: tuple[Explained, ...]) -> None:
    words, name = screen.words, fields.safe(found[0].rota_name)
    title = words.t("{rota}, line {line}: why?", rota=name, line=found[0].duty.level)
    _read(screen, title, why_lines(replace(words, zone=screen.zone_name), found))


def why_lines(words: Words, found: Sequence[Explained]) -> list[tuple[str, str]]:
    """The reasons of each, all times in the zone of the words."""
    lines: list[tuple[str, str]] = []
    for one in found:
        who = rota_labels.people(words, one.duty.people, one.names)
        lines.append(("bold", f"{formats.moment(words, one.at)}: {who}"))
        lines += [("", f"- {rota_labels.reason(words, reason, one.names)}") for reason in one.reasons]
        lines.append(("", ""))
    return lines


# --- gaps ---------------------------------------------------------------------------------------------


def gaps(screen: Chosen, key: RotaId) -> None:
    """What the rota lacks within a year, with the cause; Enter goes there."""
    now = screen.now
    screen.frame.hold_keys()
    screen.desk.ask(
        rota.lacking, now, Instant(now + YEAR), key, then=partial(_show_gaps, screen), refused=screen.frame.refuse
    )


def _show_gaps(screen: Chosen, found: tuple[Lacking, ...]) -> None:
    words = screen.words
    items = [item for one in found for item in gap_items(screen, one)]
    title = words.t("Gaps of the next 12 months: {rota}", rota=fields.safe(found[0].name if found else ""))
    listing.show(screen, title, items, does=words.t("goes there"), nothing=words.t("No gaps."))


def gap_items(screen: Chosen, found: Lacking) -> list[Item]:
    """Each by time: when, in which line, what is missing and why."""
    words = screen.words
    told: list[tuple[Span, int, str, str]] = []
    for gap in found.gaps:
        what = words.t("nobody, on purpose") if gap.intended else words.t("NOBODY")
        text = f"{what}: {rota_labels.gap_cause(words, gap, found.names)}"
        told.append((gap.duty.span, gap.duty.level, "dim" if gap.intended else "warning", text))
    for short in found.shortfalls:
        here = rota_labels.people(words, short.duty.people, found.names)
        told.append((short.duty.span, short.duty.level, "", f"{rota_labels.lack(words, short)} ({here})"))
    told += [(one.span, one.level, "dim", ": ".join(rota_labels.overlap(words, one))) for one in found.overlaps]
    return [
        Item(f"{_when(screen, span)} {screen.look.level(level)}  {text}",
             partial(screen.show_cell, found.rota, max(span.start, screen.now), level), style)
        for span, level, style, text in sorted(told)
    ]  # fmt: skip


def _when(screen: Chosen, span: Span) -> str:
    """With the year's month, as a gap may be far away."""
    return formats.span(screen.words, span.start, span.end, zone=screen.zone_name)


# --- the ledger ---------------------------------------------------------------------------------------


def ledger(screen: Chosen, span: Span, key: RotaId | None) -> None:
    """What duty costs each person in a month."""
    screen.frame.hold_keys()
    screen.desk.ask(
        rota.balance, span.start, span.end, now=screen.now, rota=key, then=partial(_show_ledger, screen),
        refused=screen.frame.refuse,
    )  # fmt: skip


def _show_ledger(screen: Chosen, found: Balance) -> None:
    words = screen.words
    span = formats.span(words, found.span.start, found.span.end, zone=screen.zone_name)

    def read(width: int, wanted: str) -> list[Line]:
        lines = ledger_lines(screen, found, width)
        return [line for line in lines if wanted.casefold() in "".join(text for _, text in line).casefold()]

    screen.app.push_screen(Reader(words.t("What duty costs: {span}", span=span), read))


def ledger_lines(screen: Chosen, found: Balance, width: int) -> list[Line]:
    """The table; who is over the limit is marked, and told below it."""
    words = screen.words
    if not found.entries:
        return [(("dim", f" {words.t('Nobody is on duty.')}"),)]
    rows = [rota_costs.row(words, entry, found) for entry in found.entries]
    marks = ["!" if entry.over_limit else " " for entry in found.entries]
    lines: list[Line] = [
        (("title" if number == 0 else "", f"{mark}{text}"),)
        for number, (mark, text) in enumerate(
            zip((" ", *marks), table([rota_costs.heads(words), *rows], width - 1), strict=True)
        )
    ]
    lines.append(())
    notes = rota_costs.notes(replace(words, zone=screen.zone_name), found)
    return [*lines, *(line for text in notes for line in _broken("", text, width))]


def table(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Columns as wide as they must be, the first as wide as it may; figures to the right."""
    widths = [max(cell_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    first = max(6, min(widths[0], width - sum(widths[1:]) - 2 * (len(widths) - 1)))
    return [
        "  ".join(
            (fit(row[0], first), *(fit(text, room, right=True) for text, room in zip(row[1:], widths[1:], strict=True)))
        )
        for row in rows
    ]


# --- languages ----------------------------------------------------------------------------------------


def languages(screen: Chosen, span: Span) -> None:
    """In which language somebody can be spoken to, hour by hour, over the days that are shown."""
    screen.frame.hold_keys()
    start = max(span.start, screen.now) if span.end > screen.now else span.start
    screen.desk.ask(
        rota.spoken, start, span.end, zone=screen.zone_name, then=partial(_show_languages, screen),
        refused=screen.frame.refuse,
    )  # fmt: skip


def _show_languages(screen: Chosen, found: Speaking) -> None:
    words = screen.words
    lines = language_lines(screen, found)

    def read(_: int, wanted: str) -> list[Line]:
        return [line for line in lines if wanted.casefold() in "".join(text for _, text in line).casefold()]

    screen.app.push_screen(Reader(words.t("Languages by the hour of {zone}", zone=found.zone), read))


def language_lines(screen: Chosen, found: Speaking) -> list[Line]:
    """A row for each language and priority, two cells an hour."""
    words = screen.words
    rows = [(key, list(cells)) for key, cells in groupby(found.cells, key=lambda cell: (cell.language, cell.priority))]
    if not rows:
        return [(("dim", f" {words.t('No service asks for a language.')}"),)]
    names = [f"{formats.language(words, key[0])} {terms.priority_short(key[1])}" for key, _ in rows]
    label = min(24, max(map(cell_width, names)) + 1)
    head = "".join(f"{hour:02d}" for hour in range(24))
    lines: list[Line] = [(("title", f" {fit('', label)}{head}"),)]
    for name, (_, cells) in zip(names, rows, strict=True):
        alarming = any(cell.percent < 100 for cell in cells)
        lines.append((("warning" if alarming else "", f" {fit(name, label)}{''.join(map(_sign, cells))}"),))
    told = words.t("## always   50 per cent of the days   -- never")
    span = formats.span(words, found.span.start, found.span.end, zone=found.zone)
    return [*lines, (), (("dim", f" {told}"),), (("dim", f" {span}"),)]


def _sign(cell: Spoken) -> str:
    """Two cells: always, how many per cent, or never."""
    return "##" if cell.percent == 100 else f"{cell.percent:02d}" if cell.covered else "--"
