"""``u``: undo the last step, or withdraw the page that it sent; and the seconds a page can still be withdrawn in."""

from functools import partial

from textual.app import App

from supporttui import usecases
from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import Words
from supporttui.tui.batch import Batch, Target
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
    _paging: Step | None = None

    def say(self, text: str, severity: Severity = Severity.info) -> None:
        """Put a text on the message line."""
        raise NotImplementedError

    def refuse(self, fault: SupportError) -> None:
        """Word a fault."""
        raise NotImplementedError

    def repaint_messages(self) -> None:
        """The message line of every screen."""
        raise NotImplementedError

    @property
    def message(self) -> Message | None:
        """What the message line shows now: a page that waits goes before what was said last."""
        step, now = self._paging, self.parts.clock()
        if step is None or step.send_at is None:
            return self.messages.current
        left = max(0, step.send_at - now)
        text = self.words.t("Paging {whom} in {seconds}s - u withdraw", whom=step.text, seconds=left)
        return Message(now, text, Severity.warning)

    @property
    def page_waiting(self) -> bool:
        """Whether a page of this desk has not left yet."""
        return self._paging is not None

    def page_waits(self) -> None:
        """A page was queued with its delay."""
        self._paging = self.undo.newest
        self.count_pages(self.parts.clock())
        self.repaint_messages()

    def count_pages(self, now: Instant) -> None:
        """A second less; at the end the page has left."""
        step = self._paging
        if step is None or step.send_at is None:
            return
        if now >= step.send_at:
            self._paging = None
            self.say(self.words.t("Paged {whom}.  u tells them it is withdrawn", whom=step.text))
        self.repaint_messages()

    def take_back(self) -> None:
        """Undo the last step of this session, all of its tickets, each unless somebody touched it since."""
        step = self.undo.pop()
        if step is None:
            self.say(self.words.t("Nothing to undo."))
            return
        if step.send_at is not None:
            self._withdraw(step)
            return
        batch = Batch(len(step.operations), partial(self._undone, step))
        for operation in step.operations:
            target = Target(TicketId(0), 0)
            self.desk.do(
                usecases.tickets.undo,
                operation,
                then=partial(batch.succeed, target),
                refused=partial(batch.fail, target),
            )

    def _undone(self, step: Step, batch: Batch) -> None:
        for _, fault in batch.refused[:1]:
            self.refuse(fault)
        if batch.done and not batch.refused:
            self.say(self.words.t('Undone: "{what}"', what=step.text))

    def _withdraw(self, step: Step) -> None:
        def withdrawn(count: int) -> None:
            if count:
                self.say(self.words.t("Withdrawn before it left: {whom}.", whom=step.text))
            else:
                self.say(self.words.t("Too late: {whom} is told that it is withdrawn.", whom=step.text))

        self._paging = None
        for operation in step.operations:
            self.desk.do(usecases.escalation.withdraw, operation, then=withdrawn, refused=self.refuse)
