"""``^p``: everything there is, found by typing a part of its name in one's own language or in English."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar, Protocol, runtime_checkable

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import Input

from supporttui.actions import Action, Scope, by_id
from supporttui.domain.marking import mark
from supporttui.domain.queue import QueueRow
from supporttui.domain.text import safe_text
from supporttui.domain.views import BUILT_IN
from supporttui.i18n import terms, titles
from supporttui.tui import commands, key_names, keymap, palette
from supporttui.tui.base_screen import BaseModal, BaseScreen
from supporttui.tui.completing import LETTERS, Known
from supporttui.tui.palette import Entry
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines
from supporttui.tui.windows.command_line import REST_SECONDS, Run, nameable
from supporttui.usecases import finding

_LOOKS = frozenset({"app.palette", "app.command", "app.escape"})
"""What makes no sense to choose here."""


@runtime_checkable
class Chosen(Protocol):
    """A screen on which tickets can be chosen."""

    def targets(self) -> Sequence[object]:
        """Those that an action would be done to."""


class Palette(BaseModal):
    """An input above, what fits below it; up and down move, Enter runs."""

    DEFAULT_CSS = """
    Palette { background: $background; layout: vertical; }
    Palette #title, Palette #hint { height: 1; }
    Palette #meaning { height: 2; }
    Palette Input { height: 1; border: none; padding: 0 1; background: $background; }
    """
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", mark("Close")),
        Binding("down,ctrl+n", "move(1)", mark("Down"), priority=True),
        Binding("up", "move(-1)", mark("Up"), priority=True),
        Binding("pagedown", "page(1)", mark("Page down"), priority=True),
        Binding("pageup", "page(-1)", mark("Page up"), priority=True),
    ]

    def __init__(self, below: BaseScreen, run: Run) -> None:
        """``run`` runs a command on the screen below."""
        super().__init__()
        self._below = below
        self._run = run
        self._known = Known()
        self._tickets: tuple[Entry, ...] = ()
        self._shown: tuple[Entry, ...] = ()
        self._place = 0
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """What is typed; what fits; how to go on."""
        yield Line((("reverse", f" {self.words.t('Everything by its name')} "),), id="title")
        yield Input(id="input", compact=True)
        yield Lines(id="lines")
        yield Lines(id="meaning")
        hint = self.words.t("Type a part of a name   Up Down choose   Enter runs   Esc closes")
        yield Line((("dim", f" {hint}"),), id="hint")

    def on_mount(self) -> None:
        """Views and people come from the database; actions are there at once."""
        self.desk.ask(nameable, self.frame.parts.me, self.now, self.words, then=self._know, group="nameable")

    def on_resize(self, event: Resize) -> None:
        """Other lines fit."""
        del event
        self._find()

    def _know(self, known: Known) -> None:
        self._known = known
        self._find()

    # --- finding --------------------------------------------------------------------------------------

    @property
    def _wanted(self) -> str:
        return self.query_one(Input).value

    def on_input_changed(self, event: Input.Changed) -> None:
        """What fits is shown at once; tickets are looked for when the typing rests."""
        self._place = 0
        self._find()
        if self._timer is not None:
            self._timer.stop()
        text = event.value.strip()
        if len(text) >= LETTERS or text.isdigit():
            self._timer = self.set_timer(REST_SECONDS, partial(self._seek, text))
        else:
            self._tickets = ()

    def _seek(self, text: str) -> None:
        self.desk.ask(
            finding.tickets, text, self.now, me=self.frame.parts.me, prefix=self.frame.prefix,
            then=partial(self._found, text), group="finding",
        )  # fmt: skip

    def _found(self, text: str, rows: tuple[QueueRow, ...]) -> None:
        self._tickets = tuple(self._ticket(row, text) for row in rows)
        if self.is_attached:
            self._find()

    def _find(self) -> None:
        memory = self.frame.parts.memory
        entries = (*self._actions(), *self._own(), *self._verbs(), *self._named(), *self._tickets)
        self._shown = palette.ranked(entries, self._wanted, palette.recent(memory))
        self._place = max(0, min(self._place, len(self._shown) - 1))
        self._paint()

    def _paint(self) -> None:
        block = self.query_one("#lines", Lines)
        width = self.size.width
        lines = [palette.line(one, width, current=place == self._place) for place, one in enumerate(self._shown)]
        if not lines:
            nothing = self.words.t("Nothing is called {text}.", text=safe_text(self._wanted, one_line=True, limit=40))
            lines = [(("dim", f" {nothing}"),)]
        top = max(0, self._place - max(1, block.size.height) + 1)
        block.show(lines[top : top + max(1, block.size.height)], from_top=True)
        meaning = self._shown[self._place].meaning if self._shown else ""
        self.query_one("#meaning", Lines).show([((("dim", f" {part}"),)) for part in wrap(meaning, width - 2)])

    # --- entries --------------------------------------------------------------------------------------

    def _actions(self) -> Iterator[Entry]:
        """What the keys of the screen below do, each with its key."""
        changed = self.frame.parts.options.keys
        english = {key.id: keymap.label(key) for key in keymap.keys_of(self._below.NAME)}
        ranks = keymap.ranks(self._below.NAME)
        found: dict[str, ActiveBinding] = {}
        for bound in self._below.active_bindings.values():
            if bound.binding.id and bound.binding.id not in _LOOKS:
                found.setdefault(bound.binding.id, bound)
        for name, bound in sorted(found.items(), key=lambda one: ranks.get(one[0], len(found) + 1000)):
            action = by_id().get(name)
            keys = key_names.split(changed.get(name, bound.binding.key))
            yield Entry(
                name, self.words.t(english[name]) if name in english else bound.binding.description,
                partial(self._press, bound), self.words.p("palette", "Action"),
                names=(english.get(name, ""), *self._names_of(action)), meaning=self._meaning(action),
                key=key_names.first_shown(keys), why_not=self._why_not(action),
            )  # fmt: skip

    def _verbs(self) -> Iterator[Entry]:
        """What can only be typed."""
        keys = {key.id for key in keymap.keys_of(self._below.NAME)}
        for verb, action in commands.verbs().items():
            if action.id in keys:
                continue
            run = partial(self._type, f"{verb} ") if action.args else partial(self._do, verb)
            yield Entry(
                f"verb.{verb}", self.words.t(action.label), run, self.words.p("palette", "Command"),
                names=self._names_of(action), meaning=self._meaning(action), key=f":{verb}",
                why_not=self._why_not(action),
            )  # fmt: skip

    def _own(self) -> Iterator[Entry]:
        """The person's own commands."""
        options = self.frame.parts.options
        why_not = self.words.t("This desk is read-only.") if options.read_only else ""
        for command in options.commands:
            yield Entry(
                command.id, safe_text(command.name, one_line=True, limit=60),
                partial(self.frame.run_own, command.word), self.words.p("palette", "Command"), names=(command.word,),
                key=key_names.first_shown(key_names.split(command.key)) or f":{command.word}", why_not=why_not,
            )  # fmt: skip

    def _names_of(self, action: Action | None) -> tuple[str, ...]:
        return () if action is None else (action.label, action.verb or "", self._meaning(action), action.help)

    def _meaning(self, action: Action | None) -> str:
        return "" if action is None else self.words.t(action.help)

    def _named(self) -> Iterator[Entry]:
        """Views, people, and what can be set."""
        view, person = self.words.p("palette", "View"), self.words.p("palette", "Person")
        setting = self.words.p("palette", "Setting")
        for name in self._known.views:
            label = terms.view(self.words, name) if name in BUILT_IN else safe_text(name, one_line=True, limit=60)
            yield Entry(f"view.{name}", label, partial(self._do, f"view {name}"), view, names=(name,))
        for key, name in self._known.names.people.items():
            label = safe_text(name, one_line=True, limit=60)
            yield Entry(f"person.{key}", label, partial(self._do, f"queue owner:{key}"), person, names=(key,))
        for key, value in self.frame.parts.settings.items():
            yield Entry(f"setting.{key}", key, partial(self._tell_setting, key, value), setting)

    def _ticket(self, row: QueueRow, text: str) -> Entry:
        label = f"{self.code(row.id)} {safe_text(titles.title(self.words, row), one_line=True, limit=200)}"
        ticket = self.words.p("palette", "Ticket")
        return Entry(f"ticket.{row.id}", label, partial(self.frame.open_ticket, row.id), ticket, names=(text,))

    def _why_not(self, action: Action | None) -> str:
        options, below = self.frame.parts.options, self._below
        if action is None:
            return ""
        if action.changes and options.as_of is not None:
            return self.words.t("This is the past; nothing can be changed.")
        if action.changes and options.read_only:
            return self.words.t("This desk is read-only.")
        if action.scope is Scope.ticket and not (isinstance(below, Chosen) and below.targets()):
            return self.words.t("No ticket is chosen here.")
        return ""

    # --- doing ----------------------------------------------------------------------------------------

    async def _press(self, bound: ActiveBinding) -> None:
        await self.app.run_action(bound.binding.action, bound.node)

    def _type(self, line: str) -> None:
        self.frame.show_command_line(line)

    def _do(self, line: str) -> None:
        self._run(self._below, commands.parse(line))

    def _tell_setting(self, key: str, value: str) -> None:
        told = self.words.t("{key} is {value}. supporttui config show tells from where.", key=key, value=value)
        self.frame.say(told)

    # --- keys -----------------------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Run what the cursor stands on, or say why that cannot be done."""
        event.stop()
        if not self._shown:
            return
        entry = self._shown[self._place]
        if entry.why_not:
            self.query_one("#hint", Line).show((("warning", f" {entry.why_not}"),))
            return
        palette.choose(self.frame.parts.memory, entry)
        self.answer(None)
        self.app.call_later(entry.run)

    def action_close(self) -> None:
        """Nothing was chosen."""
        self.answer(None)

    def action_move(self, rows: int) -> None:
        """To another row."""
        self._place = max(0, min(self._place + rows, len(self._shown) - 1))
        self._paint()

    def action_page(self, pages: int) -> None:
        """A screen on or back."""
        self.action_move(pages * max(1, self.query_one("#lines", Lines).size.height - 1))
