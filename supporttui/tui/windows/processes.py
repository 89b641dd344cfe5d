"""``:process``, ``:task`` and ``:overflow``: profiles, the task catalogue, overflow rules, in a window to read."""

from collections.abc import Sequence

from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import overflow_labels, process_labels, task_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.panes.pairs import columns
from supporttui.tui.styles import Run
from supporttui.tui.windows.reader import Reader
from supporttui.usecases import overflow, processes, tasks

Pairs = Sequence[tuple[str, str]]


def show_list(screen: BaseScreen) -> None:
    """Every process: how critical it is, what it needs."""
    words = screen.words

    def told(found: Sequence[processes.Listed]) -> None:
        heads = process_labels.heads(words)[1:]
        rows = ((name, *said(heads, cells)) for name, *cells in (process_labels.row(words, one) for one in found))
        read(screen, words.t("Processes"), tuple(rows), nothing=words.t("No process is defined yet."))

    screen.desk.ask(processes.every, then=told, refused=screen.frame.refuse)


def show(screen: BaseScreen, wanted: str) -> None:
    """The profile of a process."""

    def told(found: processes.Profile) -> None:
        read(screen, found.process.name, tuple(process_labels.profile(screen.words, found)))

    screen.desk.ask(processes.profile, wanted, screen.now, then=told, refused=screen.frame.refuse)


def show_tasks(screen: BaseScreen, at: Instant) -> None:
    """The task catalogue at an instant."""
    words = screen.words

    def told(found: Sequence[tasks.Assigned]) -> None:
        heads = task_labels.heads(words)[1:]
        rows = ((name, *said(heads, cells)) for name, *cells in (task_labels.row(words, one, at) for one in found))
        read(screen, words.t("Tasks"), tuple(rows), nothing=words.t("No task is defined yet."))

    screen.desk.ask(tasks.every, at, then=told, refused=screen.frame.refuse)


def show_task(screen: BaseScreen, wanted: str, at: Instant) -> None:
    """A task, and who does it at an instant."""

    def told(found: tasks.Assigned) -> None:
        read(screen, found.task.name, tuple(task_labels.whole(screen.words, found, at)))

    screen.desk.ask(tasks.one, wanted, at, then=told, refused=screen.frame.refuse)


def show_overflow(screen: BaseScreen) -> None:
    """Every rule by which a partner takes tickets of a team, and how things stand with it."""
    words = screen.words

    def told(found: Sequence[overflow.Standing]) -> None:
        heads = overflow_labels.heads(words)[1:]
        rows = ((name, *said(heads, cells)) for name, *cells in (overflow_labels.row(words, one) for one in found))
        read(screen, words.t("Overflow"), tuple(rows), nothing=words.t("No overflow rule is defined yet."))

    screen.desk.ask(overflow.every, screen.now, then=told, refused=screen.frame.refuse)


def said(heads: Sequence[str], cells: Sequence[str]) -> tuple[str]:
    """A row of a table as one text."""
    return ("   ".join(f"{head}: {cell}" for head, cell in zip(heads, cells, strict=True) if cell),)


def read(screen: BaseScreen, title: str, pairs: Pairs, *, nothing: str = "") -> None:
    """A window with names at the left and what is said of them; ``nothing`` where there are none."""
    safe = [(safe_text(left, one_line=True, limit=80), safe_text(right, one_line=True)) for left, right in pairs]

    def shown(width: int, wanted: str) -> Sequence[Sequence[Run]]:
        fitting = [pair for pair in safe if wanted.casefold() in " ".join(pair).casefold()]
        lines: Sequence[Sequence[Run]] = tuple(columns(fitting, width))
        return lines or ((("dim", f" {nothing}"),),) if nothing and not safe else lines

    screen.app.push_screen(Reader(safe_text(title, one_line=True, limit=60), shown))
