"""A handover in cells: its items with what comes next, and below them all that is known of one. No Textual."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from supporttui.domain.handover.handover import Handover, HandoverState, Item
from supporttui.domain.handover.sheet import Sheet
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import handover_labels, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run
from supporttui.usecases.handover.reading import HandoverView, Side

Line = tuple[Run, ...]
_MOST_NUMBERS = 40
_MOST_LINES = 3
"""Of a note, or of the risks, under the items; all of it stands in the export."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the items look to one reader at one width."""

    words: Words
    width: int
    view: HandoverView | None = None

    def key(self, row: Item) -> Hashable:
        """The cursor follows the item."""
        return row.key

    def runs(self, row: Item, *, now: Instant, cursor: bool, marked: bool) -> Sequence[Run]:
        """One item on one line: whether it goes or was read, what it is, and what comes next or why it is listed."""
        del now, marked
        assert self.view is not None
        handover = self.view.handover
        lacks = row.needs_step and handover.step_of(row.ticket) is None
        head = f"{'>' if cursor else ' '}{'!' if lacks else self._sign(row)}{_box(handover, row)} "
        rest = max(10, self.width - cell_width(head) - 1)
        left = max(8, rest * 9 // 20)
        name, why = handover_labels.item(self.words, self.view.sheet, row), self._told(row)
        if name == why:
            return (("cursor" if cursor else "", f"{head}{fit(name, rest)}"),)
        told = fit(why, rest - left - 2)
        return (("cursor" if cursor else "", f"{head}{fit(name, left)}  "), ("warning" if lacks else "", told))

    def _sign(self, row: Item) -> str:
        """``?``: the other side has asked, or answered; ``+``: it came after it was signed; ``~``: changed since."""
        assert self.view is not None
        handover, giving = self.view.handover, self.view.side is Side.giving
        if handover.state is HandoverState.signed and row.key in handover.asked(giving=giving):
            return "?"
        if row.key in handover.added:
            return "+"
        return "~" if row.key in self.view.sheet.changed else " "

    def _told(self, row: Item) -> str:
        assert self.view is not None
        sheet = self.view.sheet
        step, why = handover_labels.next_step(self.words, sheet, row), handover_labels.reasons(self.words, sheet, row)
        return f"{step}  {why}" if step else why

    def heading(self) -> Line:
        """Whose shift gives to whose, and how much."""
        if self.view is None:
            return ()
        handover = self.view.handover
        state = handover_labels.state(self.words, handover.state)
        right = f"{handover_labels.progress(self.words, handover)}  {state} "
        left = fit(
            handover_labels.heading(self.words, self.view.sheet, brief=True), max(1, self.width - cell_width(right) - 2)
        )
        return (("title", f" {left} "), ("", right))

    def standing(self) -> Line:
        """Who answers for it, or what is missing before it can be signed."""
        if self.view is None:
            return ()
        handover = self.view.handover
        missing = len(handover.lacking(handover.items))
        if self.view.side is Side.giving and handover.state is HandoverState.draft and missing:
            text = self.words.n("{n} ticket needs a next step", "{n} tickets need a next step", missing)
            return (("warning", f" {fit(text, max(1, self.width - 1))}"),)
        told = handover_labels.standing(self.words, self.view.sheet)
        if cell_width(told) >= self.width:  # then who is called stands below the list
            told = handover_labels.answering(self.words, self.view.sheet)
        return (("dim", f" {fit(told, max(1, self.width - 1))}"),)


def _box(handover: Handover, row: Item) -> str:
    """Before it is given: whether it goes; after that: whether it was read."""
    if handover.state is HandoverState.draft:
        on = row.needs_step or row.key not in handover.kept
    else:
        on = row.key in handover.understood
    return "[x]" if on else "[ ]"


def detail(look: Look, row: Item | None) -> tuple[Line, ...]:
    """Below the list: all that is known of an item, then what was written for the whole shift."""
    if look.view is None:
        return ()
    return (*(_item(look, row) if row is not None else ()), *_texts(look))


def _item(look: Look, row: Item) -> Iterator[Line]:
    assert look.view is not None
    words, sheet = look.words, look.view.sheet
    yield from _wrapped(look, "title", handover_labels.item(words, sheet, row))
    why = handover_labels.reasons(words, sheet, row)
    if why != handover_labels.item(words, sheet, row):
        yield from _wrapped(look, "", why, indent="   ")
    if row.also:
        numbers = ", ".join(f"{sheet.prefix}{number}" for number in row.also[:_MOST_NUMBERS])
        yield from _wrapped(look, "", f"{numbers} …" if len(row.also) > _MOST_NUMBERS else numbers, indent="   ")
    yield from _step(look, sheet, row)
    for remark in sheet.handover.remarks_on(row.key):
        time = times.near(remark.at, sheet.now, words.zone)
        said = safe_text(f"{time} {sheet.name(remark.by)}: {remark.text}", one_line=True)
        yield from _wrapped(look, "bold", said, indent="   ")
    if row.key in sheet.handover.added:
        yield from _wrapped(look, "warning", words.t("It came after this was signed."), indent="   ")
    elif row.key in sheet.changed:
        yield from _wrapped(look, "warning", words.t("It was changed since this was signed."), indent="   ")


def _step(look: Look, sheet: Sheet, row: Item) -> Iterator[Line]:
    assert look.view is not None
    words, step = look.words, sheet.handover.step_of(row.ticket)
    if step is not None:
        time = times.near(step.at, sheet.now, words.zone)
        told = words.t("next: {text} ({person}, {time})", text=step.text, person=sheet.name(step.by), time=time)
        yield from _wrapped(look, "bold", safe_text(told, one_line=True), indent="   ")
    elif row.ticket in look.view.before:
        told = words.t("said last time: {text}", text=look.view.before[row.ticket])
        yield from _wrapped(look, "dim", safe_text(told, one_line=True), indent="   ")


def _texts(look: Look) -> Iterator[Line]:
    assert look.view is not None
    handover, words = look.view.handover, look.words
    calls = handover_labels.calls(words, look.view.sheet)
    if calls and cell_width(handover_labels.standing(words, look.view.sheet)) >= look.width:
        yield from _wrapped(look, "dim", calls)
    for label, text in ((words.t("Risks"), handover.risks), (words.t("Note"), handover.note)):
        if text:
            lines = wrap(safe_text(f"{label}: {text}", one_line=True), max(10, look.width - 2))
            yield from ((("dim", f" {line}"),) for line in lines[:_MOST_LINES])


def _wrapped(look: Look, style: str, text: str, indent: str = "") -> Iterator[Line]:
    for line in wrap(text, max(10, look.width - 2 - len(indent))):
        yield ((style, f" {indent}{line}"),)
