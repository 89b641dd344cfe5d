"""What a person does to tickets that takes more than a key: something to write, to choose, or to fill in.

What is asked, and how, stands in ``asking/``, one module a noun; here is which key asks what, and what becomes of an
answer: drafts that were sent go, and nobody's change is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from supporttui.actions import Action, ArgKind, by_id
from supporttui.domain.faults import Conflict
from supporttui.domain.ids import TicketId
from supporttui.i18n.times import near
from supporttui.tui import asking, key_names, keymap
from supporttui.tui.batch import Batch, Target
from supporttui.tui.ticket_actions import TicketActions
from supporttui.tui.widgets.message_line import Severity

_WRITTEN = frozenset({ArgKind.text, ArgKind.fields})
"""What somebody types for it is worth keeping."""
_OWN_DRAFTS = frozenset(
    {"ticket.note", "ticket.reply", "ticket.edit", "ticket.transfer", "ticket.refer", "ticket.attend"}
)
"""Their questions open with the draft by themselves."""


class Doing(TicketActions):
    """Mixed into a screen that can say which tickets are meant."""

    # --- actions (keymap ids) -------------------------------------------------------------------------

    def action_ticket_note(self) -> None:
        """Write an internal note."""
        self._with_targets("ticket.note", partial(asking.writing.note, self))

    def action_ticket_reply(self) -> None:
        """Write to the requester."""
        self._with_targets("ticket.reply", partial(asking.replying.reply, self))

    def action_ticket_transfer(self) -> None:
        """Give it to somebody else."""
        self._with_targets("ticket.transfer", partial(asking.handing.transfer, self))

    def action_ticket_edit(self) -> None:
        """Other words for what it is about."""
        self._with_targets("ticket.edit", partial(asking.describing.edit, self))

    def action_ticket_hush(self) -> None:
        """Let its escalation sleep, or wake it."""
        self._with_targets("ticket.hush", partial(asking.quieting.hush, self))

    def action_ticket_unacknowledge(self) -> None:
        """Nobody has it after all."""
        self._with_targets("ticket.unacknowledge", partial(asking.quieting.unacknowledge, self))

    def action_ticket_snooze(self) -> None:
        """Be reminded later."""
        self._with_targets("ticket.snooze", partial(asking.reminding.snooze, self))

    def action_ticket_follow(self) -> None:
        """Be told what becomes of it, or no longer."""
        self._with_targets("ticket.follow", partial(asking.reminding.follow, self))

    def action_ticket_merge(self) -> None:
        """Merge it, or say what it is to another one."""
        self._with_targets("ticket.relate", partial(asking.bonds.merge_or_relate, self))

    def action_ticket_refer(self) -> None:
        """Its number in another system."""
        self._with_targets("ticket.refer", partial(asking.bonds.refer, self))

    def action_ticket_reopen(self) -> None:
        """Not solved after all."""
        self._with_targets("ticket.reopen", partial(asking.ending.reopen, self))

    def action_ticket_void(self) -> None:
        """It should never have been."""
        self._with_targets("ticket.void", partial(asking.ending.void, self))

    def action_ticket_attend(self) -> None:
        """More attention than its priority gives it, or no longer."""
        self._with_targets("ticket.attend", partial(asking.attention.attend, self))

    def action_ticket_chase(self) -> None:
        """The requester asked what becomes of it."""
        self._with_targets("ticket.chase", partial(asking.attention.chase, self))

    def action_ticket_new(self) -> None:
        """Open a ticket by hand."""
        if self.may("ticket.new"):
            asking.describing.new(self)

    def action_ticket_log(self) -> None:
        """A call in one line."""
        if self.may("ticket.log"):
            asking.capturing.ask(self)

    # --- drafts ---------------------------------------------------------------------------------------

    def _with_targets(self, action_id: str, go_on: Callable[[tuple[Target, ...]], None]) -> None:
        """What was typed for it and not sent comes first."""

        def asked(targets: tuple[Target, ...]) -> None:
            if action_id not in _OWN_DRAFTS and self.frame.drafts.of_action(action_id, targets[0].id).draft is not None:
                self.go_on(action_id, targets)
            else:
                go_on(targets)

        super()._with_targets(action_id, asked)

    def go_on(self, action_id: str, targets: Sequence[Target]) -> None:
        """Go on with a draft: its own question, or a form made from the action's arguments."""
        match action_id:
            case "ticket.note":
                asking.writing.note(self, targets)
            case "ticket.reply":
                asking.replying.reply(self, targets)
            case "ticket.edit":
                asking.describing.edit(self, targets)
            case "ticket.attend":
                asking.attention.attend(self, targets)
            case _:
                asking.again.go_on(self, by_id()[action_id], targets)

    def draft_line(self, ticket: TicketId) -> str:
        """``Note draft saved 02:19 - c continues it``: of each draft of a ticket; empty without one."""
        changed, words = self.frame.parts.options.keys, self.words
        texts = []
        for draft in self.frame.drafts.of_ticket(ticket):
            action = by_id().get(f"ticket.{draft.kind}")
            keys = keymap.keys_for(f"ticket.{draft.kind}", changed)
            if action is not None and keys:
                time = near(draft.saved, self.now, words.zone)
                known = {"what": words.t(action.label), "key": key_names.first_shown(keys), "time": time}
                texts.append(words.t("{what} draft saved {time} - {key} continues it", **known))
        return "   ".join(texts)

    # --- what became of it ----------------------------------------------------------------------------

    def performed(self, action: Action, args: Mapping[str, object], batch: Batch) -> None:
        """Drafts that were sent go; of a change that is to wait, and of who took a ticket over, it is said."""
        if any(arg.kind in _WRITTEN for arg in action.args):
            for target, _ in batch.done:
                self.frame.drafts.of_action(action.id, target.id).drop()
        said = self.frame.message
        told = partial(self._tell_frozen, said.text if said is not None else "")
        asking.freezing.note(self, (result for _, result in batch.done), told)
        asking.answering.note(self, action.id, (result for _, result in batch.done), told)
        if action.id == "ticket.transfer":
            asking.handing.note(self, (result for _, result in batch.done), told)

    def _tell_frozen(self, said: str, frozen: str) -> None:
        if frozen:
            self.frame.say(f"{said}  {frozen}".strip(), Severity.warning)

    def contested(self, action: Action, args: Mapping[str, object], target: Target, fault: Conflict) -> None:
        """What I wrote is put beside what somebody faster did; nobody's change is overwritten."""
        asking.conflicts.begin(self, action, args, target, fault)
