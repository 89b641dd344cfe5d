"""``:hours``: when services are open, all of them or one, in a window to read."""

from collections.abc import Sequence

from supporttui.domain.text import safe_text
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.panes import hours
from supporttui.tui.styles import Run
from supporttui.tui.windows.reader import Reader
from supporttui.usecases import service_hours
from supporttui.usecases.service_hours import Open, ServiceHours


def show(screen: BaseScreen, named: str | None) -> None:
    """The hours of this service or calendar; without a name of which services are open."""
    words, now = screen.words, screen.now

    def show_all(found: tuple[Open, ...]) -> None:
        def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
            return _with(hours.every(words, found, now, width), wanted)

        screen.app.push_screen(Reader(words.t("Service hours"), read))

    def show_one(found: ServiceHours) -> None:
        def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
            return _with(hours.one(words, found, width), wanted)

        name = safe_text(found.subject.name, one_line=True, limit=40)
        screen.app.push_screen(Reader(words.t("Service hours: {service}", service=name), read))

    if named:
        screen.desk.ask(service_hours.of, named, now, then=show_one, refused=screen.frame.refuse)
    else:
        screen.desk.ask(service_hours.every, now, then=show_all, refused=screen.frame.refuse)


def _with(lines: Sequence[Sequence[Run]], wanted: str) -> Sequence[Sequence[Run]]:
    """The lines that have a text in them."""
    return [line for line in lines if wanted.casefold() in "".join(text for _, text in line).casefold()]
