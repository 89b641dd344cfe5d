"""The screen of the procedures for a ticket: step by step, each told as it is done, by whoever is there."""

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.actions import by_id
from supporttui.domain.faults import Forbidden, NotFound, SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.states import StepResult
from supporttui.tui.asking.questions import choose, typed
from supporttui.tui.batch import Batch, Target
from supporttui.tui.desk import Link, LinkState
from supporttui.tui.doing import Doing
from supporttui.tui.moving import ListMoves
from supporttui.tui.procedures.view import Look, StepRow, detail
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.line_table import LineTable, Window
from supporttui.tui.widgets.lines import Lines
from supporttui.tui.widgets.message_line import Severity
from supporttui.tui.windows.prompt import Option
from supporttui.usecases import procedures
from supporttui.usecases.ports import Changed
from supporttui.usecases.procedures import Offered, OnTicket

ACTION = "ticket.step"


class ProcedureScreen(Doing, ListMoves):
    """What was begun on the ticket, else what says most about it; ``n`` goes to the next that fits."""

    NAME = "procedure"
    DEFAULT_CSS = """
    ProcedureScreen #heading, ProcedureScreen #notes { height: 1; }
    ProcedureScreen #detail { height: 30%; min-height: 4; }
    """

    def __init__(self, ticket: TicketId) -> None:
        super().__init__()
        self._ticket = ticket
        self._found: OnTicket | None = None
        self._chosen = ""
        """The procedure that was chosen by key; empty: the first."""
        self._source = False
        self._moves_on = True
        """The next answer puts the cursor on the step to do next."""

    def body(self) -> ComposeResult:
        """Its name, what was learnt, its steps, and all that is known of the one under the cursor."""
        yield Line(id="heading")
        notes = Lines(id="notes")
        notes.can_focus = False
        yield notes
        yield LineTable[StepRow](self._look(), self.frame.parts.clock, id="list")
        told = Lines(id="detail", pages=True)
        told.can_focus = False
        yield told

    @property
    def table(self) -> LineTable[StepRow]:
        """The steps."""
        return self.query_one("#list", LineTable)

    @property
    def offered(self) -> Offered | None:
        """The procedure that is shown."""
        if self._found is None or not self._found.offered:
            return None
        known = {one.told.procedure.id: one for one in self._found.offered}
        return known.get(self._chosen, self._found.offered[0])

    def _look(self) -> Look:
        return Look(
            self.words, self.size.width, self.frame.prefix, self.now, self._found, self.offered, self._source,
            self.frame.parts.me,
        )  # fmt: skip

    # --- what it is told ------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """First frame, then the procedure."""
        super().on_mount()
        self.frame.hold_keys()
        self.reload()

    def on_resize(self, event: Resize) -> None:
        """Lines break by the width."""
        super().on_resize(event)
        self.relabelled()

    def changed(self, changed: Changed) -> None:
        """A colleague did a step, or somebody wrote another version."""
        if self._ticket in changed.tickets or changed.definitions:
            self.reload()

    def linked(self, link: Link) -> None:
        """The first answer may come late."""
        if link.state is not LinkState.live:
            self.frame.release_keys()
        elif self._found is None:
            self.reload()

    def reload(self) -> None:
        """Ask again."""
        self.desk.ask(
            procedures.on_ticket, self._ticket, self.now, language=self.words.language,
            then=self._show, refused=self._refused, group="procedure",
        )  # fmt: skip

    def relabelled(self) -> None:
        """Another language or width."""
        if not self.is_mounted:
            return
        look = self._look()
        self.table.look = look
        self.table.note = (("dim", f" {look.nothing()}"),) if self._found is not None else ()
        self.table.fill(Window(look.rows()))
        self.table.relook()
        self.query_one("#heading", Line).show(look.heading())
        notes, block = look.notes(), self.query_one("#notes", Lines)
        block.styles.height = min(len(notes), max(1, self.size.height // 3))
        block.show(notes)
        self._paint_detail()

    def on_line_table_moved(self) -> None:
        """Another step."""
        self._paint_detail()

    def _show(self, found: OnTicket) -> None:
        self._found = found
        self.relabelled()
        offered = self.offered
        if self._moves_on and offered is not None and offered.following is not None:
            self.table.move_to(offered.following - 1)
        self._moves_on = False
        self._paint_detail()
        self.frame.release_keys()

    def _refused(self, fault: SupportError) -> None:
        self.frame.refuse(fault)
        self.frame.release_keys()
        if self._found is None and self.is_current and isinstance(fault, NotFound | Forbidden):
            self.dismiss(None)

    def _paint_detail(self) -> None:
        self.query_one("#detail", Lines).show(detail(self._look(), self.table.current), from_top=True)

    # --- keys -----------------------------------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """The ticket, as shown."""
        if self._found is None:
            return ()
        ticket = self._found.ticket
        return (Target(ticket.id, ticket.version, ticket.state, ticket.merged_into is not None, ticket.void),)

    def action_procedure_done(self) -> None:
        """The step is done; at the end of all, the first begins it again."""
        row = self._to_tell()
        if row is None:
            return
        if self._at_end:
            self._ask_again(row)
        elif row.done is not None:
            text = self.words.t("Step {step} is told already. Another key says something else of it.", step=row.number)
            self.frame.say(text, Severity.warning)
        else:
            self._tell(row, StepResult.done)

    def action_procedure_text(self) -> None:
        """It is done, and what was seen."""
        if (row := self._to_tell()) is not None:
            label = self.words.t("Step {step} is done. What was seen?", step=row.number)
            typed(self, label, lambda text: self._tell(row, StepResult.done, text))

    def action_procedure_skip(self) -> None:
        """It is left out, and why."""
        if (row := self._to_tell()) is not None:
            label = self.words.t("Step {step} is skipped. Why?", step=row.number)
            typed(self, label, lambda text: self._tell(row, StepResult.skipped, text))

    def action_procedure_fail(self) -> None:
        """It did not work, and what was seen."""
        if (row := self._to_tell()) is not None:
            label = self.words.t("Step {step} did not work. What happened?", step=row.number)
            typed(self, label, lambda text: self._tell(row, StepResult.failed, text))

    def action_procedure_next(self) -> None:
        """The next procedure that fits; after the last comes the first."""
        offered = self.offered
        if self._found is None or offered is None:
            return
        ids = [one.told.procedure.id for one in self._found.offered]
        if len(ids) == 1:
            self.frame.say(self.words.t("No other procedure is for this ticket."))
            return
        self._chosen = ids[(ids.index(offered.told.procedure.id) + 1) % len(ids)]
        self._moves_on = True
        self._show(self._found)

    def action_procedure_language(self) -> None:
        """As it was written, or in the reader's language."""
        self._source = not self._source
        self.relabelled()

    def action_procedure_close(self) -> None:
        """The key that opened it closes it."""
        self.frame.go_back()

    # --- telling --------------------------------------------------------------------------------------

    @property
    def _at_end(self) -> bool:
        offered = self.offered
        return offered is not None and offered.shown_run is not None and offered.following is None

    def _to_tell(self) -> StepRow | None:
        """The step under the cursor, if this desk may say what became of it; else it says why not."""
        row = self.table.current
        if row is None:
            if self._found is not None:
                self.frame.say(self._look().nothing(), Severity.warning)
            return None
        return row if self.may(ACTION) and not self.hindered(ACTION, self.targets()) else None

    def _ask_again(self, row: StepRow) -> None:
        if row.number > 1:
            self.frame.say(self.words.t("All steps are behind. Step 1 begins it again."), Severity.warning)
            return
        options = (Option("y", self.words.t("begin it again: step 1 is done"), "again"),)
        title = self.words.t("All steps are behind.")
        choose(self, title, options, lambda _: self._tell(row, StepResult.done), enter=False)

    def _tell(self, row: StepRow, result: StepResult, text: str = "") -> None:
        offered = self.offered
        if offered is None:
            return
        args = {
            "result": result.value, "text": text, "number": row.number, "procedure": offered.told.procedure.id,
        }  # fmt: skip
        self.attempt(by_id()[ACTION], self.targets(), args, self._told)

    def _told(self, batch: Batch) -> None:
        self._moves_on = bool(batch.done)
        self.told(by_id()[ACTION], {}, batch)
        self.reload()
