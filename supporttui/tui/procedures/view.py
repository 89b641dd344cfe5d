"""A procedure on a ticket in cells: its steps and what became of each, and all that is known of one. No Textual."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain import procedures as rules
from supporttui.domain.lessons import Lesson
from supporttui.domain.procedures import Done, Told, ToldStep
from supporttui.domain.spans import Instant
from supporttui.domain.states import StepResult
from supporttui.domain.text import safe_text
from supporttui.i18n import beside_labels, procedure_labels, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run
from supporttui.usecases.procedures import Offered, OnTicket

Line = tuple[Run, ...]
_BOXES: Mapping[StepResult, str] = {StepResult.done: "[x]", StepResult.skipped: "[-]", StepResult.failed: "[!]"}
_MOST_LESSONS = 3
_MOST_LESSON_LINES = 2


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step, and the last word on it."""

    number: int
    """1 is the first."""
    told: ToldStep
    done: Done | None


@dataclass(frozen=True, slots=True)
class Look:
    """How a procedure looks to one reader at one width."""

    words: Words
    width: int
    prefix: str
    now: Instant
    found: OnTicket | None = None
    offered: Offered | None = None
    """The one that is shown; ``None``: none fits."""
    source: bool = False
    """In the language it was written in, not in the reader's."""
    me: str = ""

    @property
    def told(self) -> Told | None:
        """The procedure in the language that is wanted."""
        return None if self.offered is None else rules.told(self.offered.told.procedure, self.wanted)

    @property
    def wanted(self) -> str:
        """The language that the steps should be in."""
        if self.source and self.offered is not None:
            return self.offered.told.procedure.language
        return self.words.language

    def rows(self) -> tuple[StepRow, ...]:
        """The steps in their order."""
        told, run = self.told, None if self.offered is None else self.offered.shown_run
        if told is None:
            return ()
        return tuple(StepRow(n, one, None if run is None else run.of(n)) for n, one in enumerate(told.steps, 1))

    def key(self, row: StepRow) -> Hashable:
        """The cursor follows the number."""
        return row.number

    def runs(self, row: StepRow, *, now: Instant, cursor: bool, marked: bool) -> Sequence[Run]:
        """One step on one line: what became of it, what it is, who did it when."""
        del now, marked
        following = self.offered is not None and row.number == self.offered.following
        box = "[ ]" if row.done is None else _BOXES[row.done.result]
        head = f"{'>' if cursor else ' '}{'*' if following else ' '}{box}{row.number:3}. "
        who = self._who(row.done)
        space = max(8, self.width - cell_width(head) - (cell_width(who) + 2 if who else 0) - 1)
        style = "cursor" if cursor else "bold" if following else "dim" if row.done is not None else ""
        told = (("", f"  {who}"),) if who else ()
        return ((style, f"{head}{fit(self._text(row.told), space)}"), *told)

    def name(self, person: str) -> str:
        """A person's name; the reader is "you"."""
        names = {} if self.found is None else self.found.names
        return self.words.t("you") if person == self.me else safe_text(names.get(person, person), one_line=True)

    def _who(self, done: Done | None) -> str:
        if done is None:
            return ""
        room = max(8, self.width // 6)
        name = self.name(done.by)
        name = name if cell_width(name) <= room else fit(name, room)
        return f"{name} {times.near(done.at, self.now, self.words.zone)}"

    def _text(self, step: ToldStep) -> str:
        told = self.told
        assert told is not None
        _, text = next(procedure_labels.step(self.words, step, told, self.wanted))
        return safe_text(text, one_line=True)

    # --- around the steps -----------------------------------------------------------------------------

    def heading(self) -> Line:
        """``T-12  Mail is down (version 2)`` and at the right how far it is."""
        if self.found is None:
            return ()
        code = f"{self.prefix}{self.found.ticket.id}"
        told = self.told
        if self.offered is None or told is None:
            return (("title", f" {code}  {self.words.t('No procedure')}"),)
        name = procedure_labels.title(self.words, safe_text(told.name, one_line=True), self.offered.version)
        right = f"  {beside_labels.progress(self.words, self.offered)}{self._place()} "
        return (("title", fit(f" {code}  {name}", max(1, self.width - cell_width(right)))), ("", right))

    def _place(self) -> str:
        """Which of the procedures that fit, where there are several."""
        assert self.found is not None
        assert self.offered is not None
        if len(self.found.offered) < 2:
            return ""
        place = [one.told.procedure.id for one in self.found.offered].index(self.offered.told.procedure.id)
        return f"  {self.words.t('{place} of {total}', place=place + 1, total=len(self.found.offered))}"

    def notes(self) -> tuple[Line, ...]:
        """Above the steps: what was learnt, then what one must know before the first step."""
        if self.found is None:
            return ()
        lines = [line for one in self.found.lessons[:_MOST_LESSONS] for line in self._lesson(one)]
        more = len(self.found.lessons) - _MOST_LESSONS
        if more > 0:
            lines.append((("dim", f" {self.words.n('{n} more lesson', '{n} more lessons', more)}"),))
        told = self.told
        if self.offered is not None and told is not None:
            due = self.offered.review_due
            for note in procedure_labels.notes(self.words, told, self.wanted, review_due=due):
                lines += _wrapped(self.width, "warning" if due else "dim", note)
        return tuple(lines)

    def _lesson(self, one: Lesson) -> Iterator[Line]:
        text = self.words.t("Lesson: {text}", text=one.text)
        source = "" if one.ticket is None else f" ({self.prefix}{one.ticket})"
        lines = wrap(f"{safe_text(text, one_line=True)}{source}", max(10, self.width - 2))
        kept = lines[:_MOST_LESSON_LINES]
        if len(lines) > len(kept):
            kept = (*kept[:-1], fit(" ".join(lines[_MOST_LESSON_LINES - 1 :]), max(10, self.width - 2)))
        yield from ((("bold", f" {line}"),) for line in kept)

    def nothing(self) -> str:
        """Why there are no steps."""
        return self.words.t("No procedure is for this ticket.")

    def how_to_write_one(self) -> tuple[Line, ...]:
        """How there will be some."""
        text = self.words.t("To write one: [[procedures]] in a pack, then supporttui pack apply FILE.")
        return tuple(_wrapped(self.width, "dim", text))


def detail(look: Look, row: StepRow | None) -> tuple[Line, ...]:
    """Below the list: all that is known of a step; without a procedure, how one is written."""
    told = look.told
    if row is None or told is None:
        return look.how_to_write_one() if look.found is not None else ()
    lines: list[Line] = []
    for label, text in procedure_labels.step(look.words, row.told, told, look.wanted):
        shown = f"{label}: {text}" if label else f"{row.number}. {text}"
        lines += _wrapped(look.width, "" if label else "title", shown, indent="   " if label else "")
    if row.done is not None:
        names = {row.done.by: look.name(row.done.by)}
        lines += _wrapped(look.width, "bold", procedure_labels.done(look.words, row.done, names), indent="   ")
    return tuple(lines)


def _wrapped(width: int, style: str, text: str, indent: str = "") -> Iterator[Line]:
    for line in wrap(safe_text(text, one_line=True), max(10, width - 2 - len(indent))):
        yield ((style, f" {indent}{line}"),)
