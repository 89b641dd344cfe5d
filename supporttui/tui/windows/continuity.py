"""``:continuity``: the rota of the next days, contacts and the plan; while the database is away, as they were last."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from supporttui import kept
from supporttui.domain.faults import BadInput
from supporttui.domain.plain import from_plain, to_plain
from supporttui.i18n import continuity_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.panes.pairs import columns
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run
from supporttui.tui.windows.reader import Reader
from supporttui.usecases.continuity import Sheet


def keep(file: str, found: Sheet) -> None:
    """For when it is needed and cannot be asked for."""
    kept.keep(Path(file), to_plain(found))


def read(file: str) -> Sheet | None:
    """What was kept last; ``None``: nothing."""
    known = kept.read(Path(file)) if file else None
    try:
        return None if known is None else from_plain(Sheet, known)
    except BadInput:
        return None


def show(screen: BaseScreen, found: Sheet, *, stale: bool) -> None:
    """In a window to read, whose first line says how old it is if it is not new."""
    words, now = screen.words, screen.now

    def lines(width: int, wanted: str) -> Iterator[Sequence[Run]]:
        if stale:
            for line in wrap(continuity_labels.age(words, found.at, now), width - 2):
                yield (("warning", f" {line}"),)
            yield ()
        for heading, pairs in continuity_labels.sections(words, found, now):
            fitting = [one for one in pairs if wanted.casefold() in f"{heading} {' '.join(one)}".casefold()]
            if fitting:
                yield (("title", f" {heading}"),)
                yield from columns(fitting, width)
                yield ()

    screen.app.push_screen(Reader(words.t("Continuity"), lambda width, wanted: tuple(lines(width, wanted))))
