"""The questions of the actions on tickets: what a wait waits for, what solved it, how pressing it is, whom to page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from supporttui import usecases
from supporttui.domain.faults import SupportError
from supporttui.domain.priorities import Priority
from supporttui.domain.states import State
from supporttui.i18n import terms
from supporttui.tui import asking, windows
from supporttui.tui.batch import Target
from supporttui.tui.sending import Sending

CODES = ("fixed", "workaround", "answered", "duplicate", "no_fault", "referred", "other")
CODE_KEYS = "fwadnro"
BY_HAND = "?"
"""Stands for the reason while it is not yet typed, so that can be said what would come of it."""


class TicketActions(Sending):
    """Mixed into a screen that can say which tickets are meant."""

    # --- actions (keymap ids) -------------------------------------------------------------------------

    def action_ticket_acknowledge(self) -> None:
        """I have seen it."""
        self.perform("ticket.acknowledge", self.meant())

    def action_ticket_take(self) -> None:
        """It is mine."""
        self.perform("ticket.take", self.meant())

    def action_ticket_wait(self) -> None:
        """Wait for somebody or a date, or go on working."""
        self._with_targets("ticket.wait", self._ask_wait)

    def action_ticket_resolve(self) -> None:
        """Solved: a code, then a text."""
        self._with_targets("ticket.resolve", self._ask_resolve)

    def action_ticket_priority(self) -> None:
        """Another priority, and why."""
        self._with_targets("ticket.priority", self._ask_priority)

    def action_ticket_escalate(self) -> None:
        """Choose who is paged; Enter takes the next step."""
        self._with_targets("ticket.escalate", lambda targets: asking.escalating.ask(self, targets))

    # --- asking ---------------------------------------------------------------------------------------

    def _type(
        self, label: str, typed: Callable[[str], None], *, hint: str = "", tries: Callable[[str], None] | None = None
    ) -> windows.prompt.LinePrompt:
        """``tries`` hears each change while the person types."""

        def answered(text: str | None) -> None:
            if text is not None:
                typed(text)

        hint = hint or self.words.t("Enter saves, Esc does not; u undoes it.")
        prompt = windows.prompt.LinePrompt(label, hint=hint, typed=tries)
        self.app.push_screen(prompt, answered)
        return prompt

    def _choose(
        self, title: str, options: Sequence[windows.prompt.Option], chosen: Callable[[str], None], *, enter: bool = True
    ) -> windows.prompt.LineChoice:
        def answered(value: str | None) -> None:
            if value is not None:
                chosen(value)

        question = windows.prompt.LineChoice(title, options, enter=enter)
        self.app.push_screen(question, answered)
        return question

    def _ask_wait(self, targets: tuple[Target, ...]) -> None:
        def chosen(value: str) -> None:
            if value == "resume":
                self.perform("ticket.resume", targets)
            elif value == State.scheduled.value:
                self._ask_until(targets)
            else:
                self.perform("ticket.wait", targets, state=State(value))

        words = self.words
        options = [
            windows.prompt.Option("r", words.t("requester"), State.waiting_requester.value),
            windows.prompt.Option("v", words.t("vendor"), State.waiting_vendor.value),
            windows.prompt.Option("d", words.t("until a date"), State.scheduled.value),
        ]
        if any(target.waiting for target in targets):
            options.insert(0, windows.prompt.Option("g", words.t("go on working"), "resume"))
        title = words.t("{tickets} waits for:", tickets=self.codes(targets))
        question = self._choose(title, options, chosen)
        acts: dict[str, asking.foretelling.Act] = {
            state.value: ("ticket.wait", {"state": state}) for state in (State.waiting_requester, State.waiting_vendor)
        }
        acts["resume"] = ("ticket.resume", {})
        asking.foretelling.beside(self, question, title, options, targets, acts=acts)

    def _ask_until(self, targets: tuple[Target, ...]) -> None:
        def typed(text: str) -> None:
            try:
                until = asking.later.moment(self, text)
            except SupportError as fault:
                self.frame.refuse(fault)
            else:
                self.perform("ticket.wait", targets, state=State.scheduled, until=until)

        def tries(text: str) -> None:
            try:
                until = asking.later.moment(self, text)
            except SupportError:
                prompt.foretell(())
            else:
                asking.foretelling.above(self, prompt, targets, "ticket.wait", state=State.scheduled, until=until)

        hint = self.words.t("such as 17:00, fri 9:00, 2h")
        prompt = self._type(self.words.t("Until when?"), typed, hint=hint, tries=tries)

    def _ask_resolve(self, targets: tuple[Target, ...]) -> None:
        def chosen(code: str) -> None:
            label = self.words.t(
                "{tickets} {code}. What solved it?",
                tickets=self.codes(tuple(targets)),  # the first question told what is left out
                code=terms.resolution(self.words, code),
            )
            prompt = self._type(label, lambda text: self.perform("ticket.resolve", targets, code=code, text=text))
            asking.foretelling.above(self, prompt, targets, "ticket.resolve", code=code)

        options = [
            windows.prompt.Option(key, terms.resolution(self.words, code), code)
            for key, code in zip(CODE_KEYS, CODES, strict=True)
        ]
        self._choose(self.words.t("Resolve {tickets}:", tickets=self.codes(targets)), options, chosen)

    def _ask_priority(self, targets: tuple[Target, ...]) -> None:
        def chosen(value: str) -> None:
            label = self.words.t("P{priority} for {tickets}. Why?", priority=value, tickets=self.codes(tuple(targets)))
            priority = Priority(int(value))
            prompt = self._type(
                label, lambda text: self.perform("ticket.priority", targets, priority=priority, reason=text)
            )
            asking.foretelling.above(self, prompt, targets, "ticket.priority", priority=priority, reason=BY_HAND)

        title = self.words.t("Priority of {tickets}:", tickets=self.codes(targets))
        question = self._choose(title, (), chosen, enter=False)

        def answered(known: tuple[Priority, ...]) -> None:
            if question.is_attached and question.is_current:
                options = [windows.prompt.Option(str(p), terms.priority(self.words, p), str(p)) for p in known]
                question.offer(title, options)
                acts: dict[str, asking.foretelling.Act] = {
                    str(p): ("ticket.priority", {"priority": p, "reason": BY_HAND}) for p in known
                }
                asking.foretelling.beside(self, question, title, options, targets, acts=acts)

        ask = usecases.tickets.priorities
        self.desk.ask(ask, targets[0].id, then=answered, refused=self.frame.refuse, group="choices")
