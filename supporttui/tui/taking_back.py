"""``u`` and ``U``: undo the last step, or withdraw what it sends; do it again. The seconds in which it can be."""

from functools import partial

from textual.app import App

from supporttui import usecases
from supporttui.domain.faults import SupportError
from supporttui.domain.ids import OperationId
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import Words
from supporttui.tui.desk import Desk
from supporttui.tui.parts import AppParts
from supporttui.tui.undo import Step, UndoStack
from supporttui.tui.widgets.message_line import Message, Messages, Severity


class TakingBack(App[int]):
    """Mixed into the app."""

    parts: AppParts
    words: Words
    desk: Desk
    undo: UndoStack
    messages: Messages
    _leaving: Step | None = None

    def say(self, text: str, severity: Severity = Severity.info) -> None:
        """Put a text on the message line."""
        raise NotImplementedError

    def refuse(self, fault: SupportError) -> None:
        """Word a fault."""
        raise NotImplementedError

    def repaint_messages(self) -> None:
        """The message line of every screen."""
        raise NotImplementedError

    # --- what leaves after a delay --------------------------------------------------------------------

    @property
    def message(self) -> Message | None:
        """What the message line shows now: a page or a reply that waits goes before what was said last."""
        step, now = self._leaving, self.parts.clock()
        if step is None or step.send_at is None:
            return self.messages.current
        left = max(0, step.send_at - now)
        if step.letter:
            text = self.words.t("{reply} leaves in {seconds}s - u withdraw", reply=step.text, seconds=left)
        else:
            text = self.words.t("Paging {whom} in {seconds}s - u withdraw", whom=step.text, seconds=left)
        return Message(now, text, Severity.warning)

    @property
    def page_waiting(self) -> bool:
        """Whether a page or a reply of this desk has not left yet."""
        return self._leaving is not None

    def page_waits(self) -> None:
        """A page or a reply was queued with its delay."""
        self._leaving = self.undo.newest
        self.count_pages(self.parts.clock())
        self.repaint_messages()

    def count_pages(self, now: Instant) -> None:
        """A second less; at the end it has left."""
        step = self._leaving
        if step is None or step.send_at is None:
            return
        if now >= step.send_at:
            self._leaving = None
            if step.letter:
                self.say(self.words.t("{reply} leaves now.", reply=step.text))
            else:
                self.say(self.words.t("Paged {whom}.  u tells them it is withdrawn", whom=step.text))
        self.repaint_messages()

    # --- back and forth -------------------------------------------------------------------------------

    def take_back(self) -> None:
        """Undo the last step of this session, all of its tickets or none; what cannot be undone says why."""
        step = self.undo.pop()
        if step is None:
            self.say(self.words.t("Nothing to undo."))
        elif step.here is not None:
            step.here.back()
            self.undo.undone(step)
            self.say(self.words.t('Undone: "{what}"', what=step.text))
        elif step.send_at is not None and not step.letter:
            self._withdraw(step)
        else:
            self._undo(step)

    def _undo(self, step: Step) -> None:
        if step is self._leaving:
            self._leaving = None

        def undone(_: object) -> None:
            if not step.letter:
                self.undo.undone(_with(step, operation))
                self.say(self.words.t('Undone: "{what}"  U does it again', what=step.text))
            elif step.send_at is not None:
                self.say(self.words.t("Withdrawn before it left: {whom}.", whom=step.text))
            else:
                self.say(self.words.t('Undone: "{what}"', what=step.text))

        operation = self.desk.do(usecases.tickets.undo, step.operation, then=undone, refused=self.refuse)

    def _withdraw(self, step: Step) -> None:
        def withdrawn(count: int) -> None:
            if count:
                self.say(self.words.t("Withdrawn before it left: {whom}.", whom=step.text))
            else:
                self.say(self.words.t("Too late: {whom} is told that it is withdrawn.", whom=step.text))

        self._leaving = None
        self.desk.do(usecases.escalation.withdraw, step.operation, then=withdrawn, refused=self.refuse)

    def do_again(self) -> None:
        """Do again what was undone last."""
        step = self.undo.pop_undone()
        if step is None:
            self.say(self.words.t("Nothing to do again."))
        elif step.here is not None:
            step.here.again()
            self._redone(step, "")
        else:
            redone = partial(self._redone, step)
            operation = self.desk.do(
                usecases.tickets.redo, step.operation, then=lambda _: redone(operation), refused=self.refuse
            )

    def _redone(self, step: Step, operation: str) -> None:
        self.undo.redone(_with(step, OperationId(operation)))
        self.say(self.words.t('Done again: "{what}"  u undo', what=step.text))


def _with(step: Step, operation: OperationId) -> Step:
    return Step(step.text, operation, here=step.here)
