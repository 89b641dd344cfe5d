"""Two on one ticket: what I wanted stays a draft, is shown beside theirs, and is saved, edited or dropped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from supporttui import usecases
from supporttui.actions import Action, ArgKind
from supporttui.domain.faults import Conflict
from supporttui.i18n import labels
from supporttui.tui import windows
from supporttui.tui.asking import again
from supporttui.tui.asking.asker import Asker
from supporttui.tui.batch import Target
from supporttui.tui.panes import both
from supporttui.tui.panes.both import Mine
from supporttui.usecases.conflicts import Since


@dataclass(frozen=True, slots=True)
class Contested:
    """What I wanted to do to one ticket when somebody else was faster."""

    screen: Asker
    action: Action
    args: Mapping[str, object]
    target: Target
    """As I saw it."""

    @property
    def has_text(self) -> bool:
        """Whether anything was typed that can be kept."""
        return any(isinstance(value, str | Mapping) and value for value in self.args.values())


def begin(screen: Asker, action: Action, args: Mapping[str, object], target: Target, fault: Conflict) -> None:
    """Keep mine, ask what they did, and say both in one line."""
    mine = Contested(screen, action, args, target)
    if mine.has_text:
        screen.frame.drafts.of_action(action.id, target.id).typed(again.texts_of(screen.words, args))
    screen.desk.ask(
        usecases.conflicts.since, target.id, target.version, screen.now,
        then=partial(_tell, mine, fault), refused=screen.frame.refuse,
    )  # fmt: skip


def _tell(mine: Contested, fault: Conflict, since: Since) -> None:
    screen = mine.screen
    text = both.message(
        screen.words, since, fault, ticket=screen.code(mine.target.id), now=screen.now, width=screen.app.size.width - 1
    )
    keys: Mapping[str, Callable[[], None]] = {"enter": partial(show, mine, since), "u": partial(drop, mine)}
    screen.frame.ask_by_message(text, keys)


def show(mine: Contested, since: Since) -> None:
    """Both, in a window of their own."""
    screen = mine.screen

    def answered(answer: str | None) -> None:
        now = since.detail.ticket
        target = replace(mine.target, version=now.version)
        if answer == windows.conflict.AGAIN:
            screen.perform(mine.action.id, [target], **mine.args)
        elif answer == windows.conflict.EDIT:
            screen.go_on(mine.action.id, [target])
        elif answer == windows.conflict.DROP:
            drop(mine)
        elif mine.has_text:
            screen.frame.say(screen.words.t("Not saved; the draft is kept."))

    screen.app.push_screen(windows.conflict.ConflictScreen(_mine(mine, since), since), answered)


def drop(mine: Contested) -> None:
    """Theirs stays, mine goes."""
    screen = mine.screen
    screen.frame.drafts.of_action(mine.action.id, mine.target.id).drop()
    ticket = screen.code(mine.target.id)
    screen.frame.say(screen.words.t("Yours is dropped; {ticket} is as it was saved.", ticket=ticket))


def _mine(mine: Contested, since: Since) -> Mine:
    words, names = mine.screen.words, since.detail.names
    parts: list[tuple[str, str]] = []
    for arg in mine.action.args:
        value = mine.args.get(arg.name)
        if isinstance(value, Mapping):
            parts += [(labels.argument(words, name), str(text)) for name, text in value.items()]
        elif value not in (None, ""):
            text = str(value) if arg.kind is ArgKind.text else both.value_text(words, arg.name, value, names)
            parts.append((labels.argument(words, arg.name), text))
    return Mine(words.t(mine.action.label), tuple(parts))
