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
from supporttui.domain.access import Permission
from supporttui.domain.faults import Conflict, Refused, SupportError
from supporttui.domain.marking import mark
from supporttui.domain.states import OPEN_STATES, EscalationKind
from supporttui.i18n.catalogue import Words
from supporttui.tui import asking
from supporttui.tui.batch import Batch, Target, batch_of, left_out
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
    "ticket.unmerge": mark("On its own again: {tickets}."),
    "ticket.unacknowledge": mark("Not acknowledged any more: {tickets}."),
    "ticket.accept": mark("Yours now: {tickets}."),
    "ticket.decline": mark("Declined: {tickets}."),
    "ticket.flag": mark("Early warning set: {tickets}."),
    "ticket.unflag": mark("Early warning over: {tickets}."),
    "ticket.first_look": mark("Written down: {tickets}."),
    "ticket.rate": mark("First look scored: {tickets}."),
    "ticket.fix": mark("Fix recorded: {tickets}."),
    "ticket.chase": mark("Counted: asked again about {tickets}."),
    "ticket.step": mark("Step told: {tickets}."),
    "ticket.learn": mark("Lesson written down: {tickets}."),
    "ticket.attend": mark("Attention raised: {tickets}."),
    "ticket.announce": mark("Announced: {tickets}."),
    "ticket.retract": mark("Announcement taken back: {tickets}."),
    "ticket.promise": mark("Update promised: {tickets}."),
    "ticket.unpromise": mark("Promise taken back: {tickets}."),
    "ticket.major": mark("Run as a major incident: {tickets}."),
    "ticket.major_role": mark("Role given: {tickets}."),
    "ticket.major_say": mark("Communication logged: {tickets}."),
    "ticket.major_degraded": mark("Degradation logged: {tickets}."),
    "ticket.major_end": mark("Major incident over: {tickets}."),
    "ticket.deescalate": mark("Attention taken back: {tickets}."),
}
"""What is said afterwards."""
Told = Callable[[Batch], None]


class Performing(CopyActions):
    """Mixed into a screen that can say which tickets are meant."""

    def kind_meant(self) -> EscalationKind | None:
        """Which of a ticket's escalations the cursor stands on, where the screen shows those."""
        return None

    def targets(self) -> tuple[Target, ...]:
        """The marked tickets that are listed, or the current one, as shown now."""
        raise NotImplementedError

    def acted(self, targets: Sequence[Target]) -> None:
        """An action was started on the targets; their marks may go."""

    def not_acted(self, targets: Sequence[Target]) -> None:
        """Nothing was done to them after all; marks may come back."""

    def may(self, action_id: str) -> bool:
        """Whether this desk can change anything; says why not."""
        action = by_id()[action_id]
        return not action.changes or self.may_work(action.permission)

    def may_work(self, permission: Permission = Permission.work) -> bool:
        """Whether this desk can change anything that needs a permission; says why not."""
        options, status = self.frame.parts.options, self.frame.status
        if options.as_of is not None:
            self.frame.say(self.words.t("This is the past; nothing can be changed."), Severity.warning)
            return False
        if options.read_only:
            self.frame.say(self.words.t("This desk is read-only."), Severity.warning)
            return False
        if status is not None:
            fault = usecases.access.denial(status.role, self.frame.parts.me, permission)
            if fault is not None:
                self.frame.refuse(fault)
            return fault is None
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
        self.acted(targets)

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
            texts += self._done_texts(action, args, batch)
            # What cannot be undone is a step too: ``u`` says why it stays.
            self.frame.undo.push(Step("  ".join(texts), batch.operation))
            if batch.left_out:
                texts.append(_left_out_text(self.words, batch.left_out))
            if action.undoable:
                texts.append(self.words.t("u undo"))
        texts += [self.fault_text(fault) for _, fault in batch.refused[:1]]
        self.frame.say("  ".join(texts), Severity.warning if batch.refused else Severity.info)
        self.performed(action, args, batch)
        for target, fault in batch.refused[:1]:
            if isinstance(fault, Conflict):
                self.contested(action, args, target, fault)

    def _done_texts(self, action: Action, args: Mapping[str, object], batch: Batch) -> Sequence[str]:
        """What was done; of what somebody is asked to own first, that they are asked; of a sleep, until when."""
        if action.id == "ticket.hush":
            return [asking.answering.hushed(self, args, self.codes(batch.done_targets))]
        offered: Mapping[Target, str] = {}
        if action.id == "ticket.transfer":
            offered = asking.handing.offered(self, batch.done)
        texts = [self.words.t("{what}: {text}", what=self.codes([one]), text=text) for one, text in offered.items()]
        if rest := tuple(target for target in batch.done_targets if target not in offered):
            texts.append(self.words.t(DONE[action.id], tickets=self.codes(rest)))
        return texts

    def fault_text(self, fault: SupportError) -> str:
        """A fault in words, with the site's prefix and everybody's name."""
        return self.frame.fault_text(fault)

    def codes(self, targets: Sequence[Target]) -> str:
        """``T-1042, T-1044``; of many the first few and how many more, and how many marked ones are left out."""
        text = ", ".join(self.code(target.id) for target in targets[:3])
        if len(targets) > 3:
            text = self.words.t("{tickets} and {n} more", tickets=text, n=len(targets) - 3)
        if n := left_out(targets):
            # Translators: after the tickets that an action is for; n marked ones are not listed, and left out.
            text = self.words.t("{tickets} ({n} not listed left out)", tickets=text, n=n)
        return text

    def _with_targets(self, action_id: str, go_on: Callable[[tuple[Target, ...]], None]) -> None:
        """Ask what the action needs, unless it would be refused whatever is answered."""
        targets = self.meant()
        if targets and self.may(action_id) and not self.hindered(action_id, targets):
            go_on(targets)

    def hindered(self, action_id: str, targets: Sequence[Target]) -> bool:
        """Whether no target allows the action in the state that is shown; then the first says why."""
        faults = [fault for target in targets if (fault := hindrance(by_id()[action_id], target)) is not None]
        if len(faults) < len(targets):
            return False
        self.frame.refuse(faults[0])
        return True


def hindrance(action: Action, target: Target) -> SupportError | None:
    """Why a ticket in this state does not allow an action, in the words of the use case that would refuse it."""
    if target.void and action.changes:
        return Refused("ticket.void", ticket=target.id)
    if target.state is None or target.state in action.states:
        reopens = target.merged and action.id == "ticket.reopen"
        return Refused("ticket.goes_on", ticket=target.id) if reopens else None
    if target.state in OPEN_STATES:
        return Refused("ticket.is_open", ticket=target.id)
    return Refused("ticket.not_open", ticket=target.id, state=target.state.value)


def _left_out_text(words: Words, n: int) -> str:
    # Translators: at most 30 cells, behind what was done; so many marked tickets are not listed, and were left out.
    return words.n("{n} not listed, left out.", "{n} not listed, left out.", n)
