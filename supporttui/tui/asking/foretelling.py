"""What would become of promises, said in a question before it is answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from supporttui.actions import by_id
from supporttui.domain.ids import OperationId
from supporttui.i18n import whatif_labels
from supporttui.tui.asking.asker import Asker
from supporttui.tui.batch import Target
from supporttui.tui.windows.prompt import LineChoice, LinePrompt, Option
from supporttui.usecases import whatif
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.whatif import Whatif

MOST = 50
"""Tickets for which it is foretold; of more the first."""
GROUP = "foretold"

Act = tuple[str, Mapping[str, object]]
"""An action's id, and its arguments."""


def beside(
    screen: Asker, question: LineChoice, title: str, options: Sequence[Option], targets: Sequence[Target],
    *, acts: Mapping[str, Act],
) -> None:  # fmt: skip
    """Each answer with what it would do, by the answers' values; those that do nothing yet stay as they are."""

    def know(found: Sequence[Whatif]) -> None:
        effects = {value: whatif_labels.brief(screen.words, one) for value, one in zip(acts, found, strict=True)}
        if question.is_attached and question.is_current:
            question.offer(title, [_with(screen, option, effects.get(option.value, "")) for option in options])

    _ask(screen, targets, tuple(acts.values()), know)


def above(screen: Asker, prompt: LinePrompt, targets: Sequence[Target], action_id: str, **args: object) -> None:
    """What an action would do, in lines above the one that is typed."""

    def know(found: Sequence[Whatif]) -> None:
        if prompt.is_attached:
            prompt.foretell(whatif_labels.lines(screen.words, found[0], screen.code))

    _ask(screen, targets, ((action_id, args),), know)


def _with(screen: Asker, option: Option, effect: str) -> Option:
    if not effect:
        return option
    # Translators: an answer, and what it would do to the promises: "vendor (nothing moves)".
    return replace(option, label=screen.words.t("{answer} ({effect})", answer=option.label, effect=effect))


def _ask(
    screen: Asker, targets: Sequence[Target], acts: Sequence[Act], then: Callable[[Sequence[Whatif]], None]
) -> None:
    call = Call(screen.frame.parts.me, screen.now, OperationId(GROUP))
    ask = partial(_foretold, call, targets=targets[:MOST], acts=acts, own=screen.desk.operations)
    screen.desk.ask(ask, then=then, group=GROUP)


def _foretold(
    call: Call, tx: Transaction, *, targets: Sequence[Target], acts: Sequence[Act], own: Sequence[OperationId]
) -> tuple[Whatif, ...]:
    seen = [(target.id, target.version) for target in targets]
    found = []
    for action_id, args in acts:
        run = by_id()[action_id].run
        assert run is not None, "only what changes something is foretold"
        found.append(whatif.of(call, tx, run, seen, own=own, **args))
    return tuple(found)
