"""Actions on tickets at work: the marked ones or the current one, in one transaction, told once, undone once.

Ids and versions are taken at the key press, before any question is asked; what is then done can hit no other
ticket, whatever happens to the list meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from supporttui import usecases
from supporttui.actions import Action, by_id
from supporttui.domain.faults import Conflict, SupportError
from supporttui.domain.marking import mark
from supporttui.i18n import fault_labels
from supporttui.tui import asking
from supporttui.tui.batch import Batch, Target, batch_of
from supporttui.tui.copy_actions import CopyActions
from supporttui.tui.undo import Step
from supporttui.tui.widgets.message_line import Severity

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.bulk import Bulk

DONE: Mapping[str, str] = {
    "ticket.acknowledge": mark("Acknowledged {tickets}."),
    "ticket.take": mark("Taken: {tickets}."),
    "ticket.note": mark("Note saved on {tickets}."),
    "ticket.wait": mark("{tickets} waits."),
    "ticket.resume": mark("Work goes on: {tickets}."),
    "ticket.resolve": mark("Resolved {tickets}."),
    "ticket.priority": mark("Priority changed: {tickets}."),
    "ticket.reply": mark("Reply written to {tickets}."),
    "ticket.transfer": mark("Handed over: {tickets}."),
    "ticket.edit": mark("Changed {tickets}."),
    "ticket.follow": mark("You follow {tickets}."),
    "ticket.unfollow": mark("You no longer follow {tickets}."),
    "ticket.snooze": mark("Reminder set: {tickets}."),
    "ticket.relate": mark("Related: {tickets}."),
    "ticket.unrelate": mark("No longer related: {tickets}."),
    "ticket.merge": mark("Merged: {tickets}."),
    "ticket.reopen": mark("Reopened {tickets}."),
    "ticket.close": mark("Closed {tickets}."),
    "ticket.void": mark("Void: {tickets}."),
    "ticket.refer": mark("Reference added to {tickets}."),
}
"""What is said afterwards."""
Told = Callable[[Batch], None]


class Performing(CopyActions):
    """Mixed into a screen that can say which tickets are meant."""

    def targets(self) -> tuple[Target, ...]:
        """The marked tickets, or the current one, as shown now."""
        raise NotImplementedError

    def acted(self) -> None:
        """An action was started on the targets; marks may go."""

    def not_acted(self, targets: Sequence[Target]) -> None:
        """Nothing was done to them after all; marks may come back."""

    def may(self, action_id: str) -> bool:
        """Whether this desk can change anything; says why not."""
        options = self.frame.parts.options
        if by_id()[action_id].changes and options.as_of is not None:
            self.frame.say(self.words.t("This is the past; nothing can be changed."), Severity.warning)
            return False
        if by_id()[action_id].changes and options.read_only:
            self.frame.say(self.words.t("This desk is read-only."), Severity.warning)
            return False
        return True

    def perform(self, action_id: str, targets: Sequence[Target], **args: object) -> None:
        """Run a registered action on all targets in one transaction; tell the outcome once.

        Where several are meant and some would be refused, that is said before anything happens.
        """
        action = by_id()[action_id]
        self.attempt(action, targets, args, partial(self.told, action, args))

    def attempt(
        self,
        action: Action,
        targets: Sequence[Target],
        args: Mapping[str, object],
        told: Told,
        *,
        refused: Callable[[SupportError], None] | None = None,
    ) -> None:
        """The same with another way of telling the outcome; ``refused`` hears that nothing could be tried."""
        if not targets or not self.may(action.id):
            return
        bulk = usecases.bulk
        how = bulk.perform if len(targets) == 1 else bulk.perform_if_none_is_refused

        def answered(found: Bulk[Any]) -> None:
            batch = batch_of(targets, found)
            if found.written:
                told(batch)
            else:
                self.not_acted(targets)
                asking.refusing.ask(self, action, batch, lambda: self._do(bulk.perform, action, batch, args, told=told))

        self._write(how, action, targets, args, then=answered, refused=refused)

    def _do(
        self, how: Callable[..., Any], action: Action, batch: Batch, args: Mapping[str, object], *, told: Told
    ) -> None:
        targets = batch.done_targets
        self._write(how, action, targets, args, then=lambda found: told(batch_of(targets, found)))

    def _write(
        self,
        how: Callable[..., Any],
        action: Action,
        targets: Sequence[Target],
        args: Mapping[str, object],
        *,
        then: Callable[[Bulk[Any]], None],
        refused: Callable[[SupportError], None] | None = None,
    ) -> None:
        assert action.run is not None
        seen = [(target.id, target.version) for target in targets]
        own = self.desk.operations
        self.desk.do(how, action.run, seen, own=own, then=then, refused=refused or self.frame.refuse, **args)
        self.acted()

    # --- what became of it ----------------------------------------------------------------------------

    def go_on(self, action_id: str, targets: Sequence[Target]) -> None:
        """Go on with what was typed for an action and not sent."""

    def performed(self, action: Action, args: Mapping[str, object], batch: Batch) -> None:
        """What became of it is known and said."""

    def contested(self, action: Action, args: Mapping[str, object], target: Target, fault: Conflict) -> None:
        """Somebody was faster; nothing was done to this ticket."""
        del action, args, target
        self.frame.refuse(fault)

    def told(self, action: Action, args: Mapping[str, object], batch: Batch) -> None:
        """Say what became of it, once for all targets."""
        texts: list[str] = []
        if batch.done:
            codes = self.codes(batch.done_targets)
            texts.append(self.words.t(DONE[action.id], tickets=codes))
            # What cannot be undone is a step too: ``u`` says why it stays.
            self.frame.undo.push(Step(texts[0], batch.operation))
            if action.undoable:
                texts.append(self.words.t("u undo"))
        texts += [self.fault_text(fault) for _, fault in batch.refused[:1]]
        self.frame.say("  ".join(texts), Severity.warning if batch.refused else Severity.info)
        self.performed(action, args, batch)
        for target, fault in batch.refused[:1]:
            if isinstance(fault, Conflict):
                self.contested(action, args, target, fault)

    def fault_text(self, fault: SupportError) -> str:
        """A fault in words, with the site's prefix and everybody's name."""
        status = self.frame.status
        if status is None:
            return fault_labels.fault(self.words, fault)
        return fault_labels.fault(self.words, fault, prefix=status.prefix, names=status.names)

    def codes(self, targets: Sequence[Target]) -> str:
        """``T-1042, T-1044``; of many the first few and how many more."""
        shown = ", ".join(self.code(target.id) for target in targets[:3])
        return shown if len(targets) <= 3 else self.words.t("{tickets} and {n} more", tickets=shown, n=len(targets) - 3)

    def _with_targets(self, action_id: str, go_on: Callable[[tuple[Target, ...]], None]) -> None:
        targets = self.targets()
        if targets and self.may(action_id):
            go_on(targets)
