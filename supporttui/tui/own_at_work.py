"""From a person's own command to what it said: values, a question if it wants one, the program, its output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from supporttui.domain.faults import SupportError, Unavailable
from supporttui.domain.ids import TicketId
from supporttui.i18n.catalogue import Words
from supporttui.tui import custom, editing, running_own, windows
from supporttui.tui.custom import CustomCommand, Shows
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.running_own import Outcome
from supporttui.tui.styles import Run
from supporttui.tui.widgets.message_line import Severity
from supporttui.tui.windows.reader import Reader
from supporttui.usecases import custom as facts
from supporttui.usecases.ports import Transaction

if TYPE_CHECKING:
    from supporttui.tui.app import SupportApp

Job = tuple[tuple[str, ...], Mapping[str, str]]
"""An argv, and the values that were filled into it."""


def begin(app: SupportApp, command: CustomCommand, tickets: Sequence[TicketId]) -> None:
    """Ask for the values of the tickets, then go on; without tickets the command runs once."""
    me = app.parts.me

    def read(tx: Transaction) -> Sequence[Mapping[str, str]]:
        return facts.values(tx, tickets, me) if tickets else (facts.of_desk(tx, me),)

    app.desk.ask(read, then=partial(_filled, app, command), refused=app.refuse)


def _filled(app: SupportApp, command: CustomCommand, values: Sequence[Mapping[str, str]]) -> None:
    """Everything is filled in before the first one runs: what cannot be, stops all of it."""
    try:
        jobs = [(custom.filled(command, one), one) for one in values]
    except SupportError as fault:
        app.refuse(fault)
        return
    if command.confirm:
        _confirm(app, command, jobs)
    else:
        _start(app, command, jobs)


def _confirm(app: SupportApp, command: CustomCommand, jobs: Sequence[Job]) -> None:
    words, shown = app.words, custom.quoted(jobs[0][0])
    title = words.t("Run {command}?", command=shown)
    if len(jobs) > 1:
        title = words.n(
            "Run {command}, and {n} more like it?", "Run {command}, and {n} more like it?", len(jobs) - 1, command=shown
        )
    options = [
        windows.prompt.Option("n", words.t("leave it"), "no"),
        windows.prompt.Option("y", words.t("run it"), "yes"),
    ]

    def answered(value: str | None) -> None:
        if value == "yes":
            _start(app, command, jobs)

    app.push_screen(windows.prompt.LineChoice(title, options, enter=False), answered)


def _start(app: SupportApp, command: CustomCommand, jobs: Sequence[Job]) -> None:
    if command.shows is Shows.terminal:
        _in_terminal(app, command, jobs)
        return
    app.say(app.words.t("{command} runs …", command=command.name))
    app.run_worker(_run(app, command, jobs), group=command.id, exit_on_error=False)


def _in_terminal(app: SupportApp, command: CustomCommand, jobs: Sequence[Job]) -> None:
    """One after the other; the first that fails is the last."""
    for argv, values in jobs:
        try:
            code = editing.lend(app, argv, running_own.environment(command, app.parts.programs.env, values))
        except Unavailable as fault:
            app.refuse(fault)
            return
        if code != 0:
            _failed(app, command, Outcome(code))
            return
    app.say(app.words.t("{command} is done.", command=command.name))


async def _run(app: SupportApp, command: CustomCommand, jobs: Sequence[Job]) -> None:
    """As in the terminal, and then what it wrote."""
    told: list[Outcome] = []
    for argv, values in jobs:
        env = running_own.environment(command, app.parts.programs.env, values)
        try:
            outcome = await running_own.run(command, argv, env)
        except SupportError as fault:
            app.refuse(fault)
            return
        told.append(outcome)
        if outcome.code != 0:
            break
    if told[-1].code != 0:
        _failed(app, command, told[-1])
    else:
        app.say(app.words.t("{command} is done.", command=command.name))
    lines = [line for outcome in told for line in outcome.lines]
    if lines and command.shows is Shows.pager:
        _show(app, command, jobs, told)


def _failed(app: SupportApp, command: CustomCommand, outcome: Outcome) -> None:
    words = app.words
    said = words.t("{command} ended with exit code {code}.", command=command.name, code=outcome.code)
    app.say(f"{said} {outcome.last}".rstrip(), Severity.warning)


def _show(app: SupportApp, command: CustomCommand, jobs: Sequence[Job], told: Sequence[Outcome]) -> None:
    """The output in a window to read, each under what was run when there are several."""
    several = len(told) > 1

    def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
        shown: list[Sequence[Run]] = []
        for (argv, _), outcome in zip(jobs, told, strict=False):
            shown += [(("title", f" {custom.quoted(argv)}"),)] if several else []
            shown += _lines(app.words, outcome, width, wanted)
        return shown

    app.push_screen(Reader(f"{command.name}: {custom.quoted(jobs[0][0])}" if not several else command.name, read))


def _lines(words: Words, outcome: Outcome, width: int, wanted: str) -> Iterator[Sequence[Run]]:
    for line in outcome.lines:
        if wanted.casefold() in line.casefold():
            yield from ((("", f" {piece}"),) for piece in wrap(line, max(10, width - 2)) or [""])
    if outcome.cut:
        yield (("dim", f" {words.t('It wrote more; the rest is left out.')}"),)
    if outcome.code:
        yield (("warning", f" {words.t('Exit code {code}', code=outcome.code)}"),)
