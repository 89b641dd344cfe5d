"""What reaches other people after some seconds, and can be withdrawn until then: pages and replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from supporttui import usecases
from supporttui.actions import by_id
from supporttui.domain.faults import Conflict
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.text import safe_text
from supporttui.i18n import cause_labels
from supporttui.tui import asking
from supporttui.tui.batch import Batch, Target
from supporttui.tui.performing import Performing
from supporttui.tui.undo import Step

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.reply_views import Answer
    from supporttui.usecases.views import Escalated


class Sending(Performing):
    """Mixed into a screen that can say which tickets are meant."""

    def escalate(
        self, targets: Sequence[Target], *, step: int | None = None, text: str = "",
        kind: str = EscalationKind.functional.value,
    ) -> None:  # fmt: skip
        """Page a step, or the next one, for the targets, each person once; the pages leave after the delay."""
        args = {"step": step, "text": text, "delay": self.frame.parts.options.page_delay, "kind": str(kind)}
        self.attempt(by_id()["ticket.escalate"], targets, args, partial(self._sent, "ticket.escalate", args))

    def reply(
        self, targets: Sequence[Target], *, text: str = "", template: str = "", delay: int | None = None,
        promise: Instant | None = None,
    ) -> None:  # fmt: skip
        """Write to the requesters; the replies leave after the delay. An edited draft comes without template."""
        wait = self.frame.parts.options.page_delay if delay is None else delay
        args = {"text": text, "template": template, "delay": wait, "promise": promise}
        self.attempt(by_id()["ticket.reply"], targets, args, partial(self._sent, "ticket.reply", args))

    def _sent(self, action_id: str, args: Mapping[str, object], batch: Batch) -> None:
        if batch.done:
            if action_id == "ticket.escalate":
                self._escalated(batch, EscalationKind(str(args["kind"])))
            else:
                self._replied(batch)
        self.performed(by_id()[action_id], args, batch)
        for target, fault in batch.refused[:1]:
            if isinstance(fault, Conflict):
                self.contested(by_id()[action_id], args, target, fault)
            else:
                self.frame.refuse(fault)

    def _escalated(self, batch: Batch, kind: EscalationKind) -> None:
        found = [result for _, result in batch.done if isinstance(result, usecases.views.Escalated)]
        whom = ", ".join(dict.fromkeys(map(self._whom, found)))
        if kind is EscalationKind.hierarchical:
            whom = f"{asking.escalating.kind_label(self.words, kind)}: {whom}"
        tickets = self.codes(batch.done_targets)
        send_at = max(result.send_at for result in found)
        self.frame.undo.push(Step(f"{whom}, {tickets}", batch.operation, send_at))
        self.frame.page_waits()

    def _whom(self, result: Escalated) -> str:
        names = ", ".join(safe_text(reach.name, one_line=True, limit=24) for reach in result.people)
        step = safe_text(result.step_name, one_line=True, limit=20)
        return f"{step} ({names})" if names else self.words.t("{step} (nobody)", step=step)

    def _replied(self, batch: Batch) -> None:
        """Of replies of which nothing leaves the person is told, and gets the text to send it another way."""
        found = [result for _, result in batch.done if isinstance(result, usecases.reply_views.Answer)]
        leaving = [result.send_at for result in found if result.send_at is not None]
        kept = [result for result in found if result.send_at is None]
        text = self.words.t("Reply on {tickets}", tickets=self.codes(batch.done_targets))
        self.frame.undo.push(Step(text, batch.operation, max(leaving, default=None), letter=True))
        if leaving:
            self.frame.page_waits()
        if kept:
            self._not_sent(kept)

    def _not_sent(self, kept: Sequence[Answer]) -> None:
        codes = ", ".join(self.code(answer.ticket.id) for answer in kept[:3])
        text = self.words.t(
            "{tickets} recorded, NOT SENT: {why}. y copies it",
            tickets=codes, why=cause_labels.cause(self.words, kept[0].obstacle),
        )  # fmt: skip
        letter = "\n\n".join(answer.text for answer in kept)
        copy = partial(self.frame.copy, letter, self.words.t("the reply"))
        self.frame.ask_by_message(text, {"y": copy})
