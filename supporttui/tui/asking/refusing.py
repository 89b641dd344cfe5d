"""Several tickets, some of which would be refused: said before anything happens, with the reasons at a key."""

from collections.abc import Callable, Sequence

from supporttui.actions import Action
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import choose
from supporttui.tui.batch import Batch
from supporttui.tui.styles import Run
from supporttui.tui.windows.prompt import Option
from supporttui.tui.windows.reader import Reader

GO, LIST = "go", "list"


def ask(screen: Asker, action: Action, batch: Batch, go: Callable[[], None]) -> None:
    """``Resolve 5: 4 can be, 1 refused: T-7 is closed …``; Enter does the others, ``l`` lists the refused ones."""

    def answered(value: str) -> None:
        if value == GO:
            go()
        else:
            screen.app.push_screen(
                Reader(words.t("Refused, and why"), lambda width, wanted: _lines(screen, batch, width, wanted)),
                lambda _: ask(screen, action, batch, go),
            )

    words = screen.words
    title = words.t(
        "{action} {n}: {done} can be, {refused} refused: {why}",
        action=words.t(action.label), n=len(batch.done) + len(batch.refused), done=len(batch.done),
        refused=len(batch.refused), why=screen.fault_text(batch.refused[0][1]),
    )  # fmt: skip
    options = [Option("l", words.t("list"), LIST)]
    if batch.done:
        options.insert(0, Option("y", words.t("does {n}", n=len(batch.done)), GO))
    choose(screen, title, options, answered, enter=bool(batch.done))


def _lines(screen: Asker, batch: Batch, width: int, wanted: str) -> Sequence[Sequence[Run]]:
    codes = [screen.code(target.id) for target, _ in batch.refused]
    column = max(map(cell_width, codes)) + 2
    lines = [
        (("bold", f" {fit(code, column)}"), ("", fit(screen.fault_text(fault), max(1, width - column - 1))))
        for code, (_, fault) in zip(codes, batch.refused, strict=True)
    ]
    return [line for line in lines if wanted.casefold() in "".join(text for _, text in line).casefold()]
