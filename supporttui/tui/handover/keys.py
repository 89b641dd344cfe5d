"""The keys of the handover screen: each is about the handover that is shown, or the item under its cursor."""

from collections.abc import Callable, Mapping, Sequence

from supporttui.domain.faults import SupportError
from supporttui.domain.handover.filling import given
from supporttui.domain.handover.handover import OFFER_SECONDS, Handover, HandoverState, Item
from supporttui.domain.handover.sheet import Sheet
from supporttui.domain.text import safe_text
from supporttui.i18n import handover_labels, moments, times
from supporttui.i18n.countdown import countdown
from supporttui.i18n.handover_texts import document
from supporttui.tui.asking.questions import choose, typed
from supporttui.tui.doing import Doing
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.undo import Step
from supporttui.tui.widgets.fields import Field
from supporttui.tui.widgets.message_line import Severity
from supporttui.tui.windows import listing
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import CheckedPrompt, Option
from supporttui.tui.windows.reader import Reader
from supporttui.usecases.handover import reading, taking, unsigning, writing
from supporttui.usecases.handover.gathering import draft_item
from supporttui.usecases.handover.reading import HandoverView, Side
from supporttui.usecases.ports import Versioned

DRAFT = "handover"
"""Kind of the draft in which note and risks are kept while they are typed; it is given with the handover itself."""


class HandoverKeys(Doing):
    """Mixed into the screen, which says what is shown and what is chosen."""

    @property
    def view(self) -> HandoverView | None:
        """What is shown; ``None`` while nothing is."""
        raise NotImplementedError

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        raise NotImplementedError

    def show_one(self, handover: str | None) -> None:
        """Show this one; ``None``: the one that concerns the reader most."""
        raise NotImplementedError

    def drafts_here(self) -> tuple[Item, ...]:
        """What was typed at this desk and not sent."""
        kept = self.frame.drafts.all()
        return tuple(draft_item(one.kind, one.ticket, one.saved) for one in kept if one.kind != DRAFT)

    # --- giving ---------------------------------------------------------------------------------------

    def action_handover_step(self) -> None:
        """What comes next on the ticket under the cursor."""
        view, item = self._to_write(), self.item
        if view is None or item is None:
            return
        if item.ticket is None:
            self.frame.say(self.words.t("That is no ticket; only a ticket has a next step."), Severity.warning)
            return
        ticket, step = item.ticket, view.handover.step_of(item.ticket)
        said = step.text if step is not None else view.before.get(ticket, "")

        def answered(text: str | None) -> None:
            if text is not None:
                self._carry_out(writing.next_step, view, ticket=ticket, text=text)

        label = self.words.t("{ticket}, next step:", ticket=self.code(ticket))
        hint = self.words.t("Enter saves, Esc does not.")
        self.app.push_screen(CheckedPrompt(label, value=said, hint=hint), answered)

    def action_handover_promise(self) -> None:
        """What somebody promised; on a promise: that it is done."""
        view, item = self._to_write(), self.item
        if view is None:
            return
        if item is not None and item.key.startswith("promise:"):
            self._end_promise(view, item)
            return
        typed(self, self.words.t("Promised:"), lambda text: self._ask_by_when(view, text))

    def _end_promise(self, view: HandoverView, item: Item) -> None:
        words, key = self.words, item.key.removeprefix("promise:")
        title = safe_text(item.title, one_line=True, limit=60)

        def chosen(value: str) -> None:
            if value == "done":
                self._carry_out(writing.fulfil, view, promise=key)
            else:
                typed(self, words.t("Promised:"), lambda text: self._ask_by_when(view, text))

        options = (Option("d", words.t("it is done"), "done"), Option("n", words.t("note another one"), "new"))
        choose(self, title, options, chosen, enter=False)

    def _ask_by_when(self, view: HandoverView, said: str) -> None:
        words = self.words

        def answered(text: str) -> None:
            until = moments.chosen(words, text, self.now) if text.strip() else None
            self._carry_out(writing.promise, view, text=said, until=until)

        hint = words.t("such as 17:00, fri 9:00, 2h; empty for no time")
        typed(self, words.t("By when?"), answered, hint=hint, check=self._moment_or_none)

    def _moment_or_none(self, text: str) -> object:
        return moments.chosen(self.words, text, self.now) if text.strip() else None

    def action_handover_text(self) -> None:
        """Note and risks, in a form."""
        view = self._to_write()
        if view is None:
            return
        words, handover = self.words, view.handover

        def save(values: Mapping[str, object]) -> None:
            self.desk.do(
                writing.write, handover.id, note=str(values["note"]), risks=str(values["risks"]), then=done,
                refused=form.complain,
            )  # fmt: skip

        def done(stored: Versioned[Handover]) -> None:
            form.close()
            self.show_one(stored.value.id)

        fields = (
            Field("note", words.t("Note"), handover.note, words.t("How the shift went."), long=True),
            Field("risks", words.t("Risks"), handover.risks, words.t("What might happen."), long=True),
        )
        slot = self.frame.drafts.at(DRAFT, None)
        form = Form(words.t("What the next shift should know"), save, slot=slot, fields=fields)
        self.app.push_screen(form)

    def action_handover_sign(self) -> None:
        """Give it, once that is confirmed."""
        view = self._to_write()
        if view is None:
            return
        handover = view.handover
        if handover.lacking(handover.items):
            self._carry_out(writing.sign, view)  # refused, with the ticket that lacks its next step
            return
        taking_it = ", ".join(map(view.sheet.name, handover.joint.taking))
        count, who = len(given(handover, handover.items)), safe_text(taking_it, one_line=True)
        title = self.words.n("Give {n} item to {person}?", "Give {n} items to {person}?", count, person=who)
        left = handover.joint.span.end - self.now
        if left > OFFER_SECONDS:
            title += " " + self.words.t("Your shift still lasts {time}.", time=countdown(self.words, left))
        options = (Option("y", self.words.t("sign"), "yes"),)

        def signed(_: str) -> None:
            drafts = self.drafts_here()
            self._carry_out(writing.sign, view, done=self._signed, version=view.version or None, drafts=drafts)

        choose(self, title, options, signed, enter=False)

    def _signed(self, stored: Versioned[Handover]) -> str:
        """A step that ``u`` takes back."""
        said = self.words.t("The handover is signed.")
        self.frame.undo.push(Step(said, stored.value.signed_operation, letter=True))
        return f"{said}  {self.words.t('u undo')}"

    def action_handover_unsign(self) -> None:
        """Take the signature back."""
        view = self._to_write()
        if view is not None:
            said = self.words.t("The signature is taken back. It can be changed, and signed again.")
            self._carry_out(unsigning.unsign, view, version=view.version or None, done=lambda _: said)

    # --- both sides -----------------------------------------------------------------------------------

    def action_handover_toggle(self) -> None:
        """Giving: whether the item goes. Taking: whether it was understood; then the next one."""
        view, item = self.view, self.item
        if view is None or item is None or not self.may_work():
            return
        if view.handover.state is HandoverState.draft:
            on = item.key not in view.handover.kept
            self._carry_out(writing.keep, view, item=item.key, on=on, drafts=self.drafts_here())
        else:
            on = item.key not in view.handover.understood
            self._carry_out(taking.read, view, items=[item.key], on=on)
            if on:
                self.read_on()

    def read_on(self) -> None:
        """To the next item."""
        raise NotImplementedError

    def action_handover_question(self) -> None:
        """Ask about the item, or answer."""
        view, item = self.view, self.item
        if view is None or item is None or not self.may_work():
            return
        words = self.words
        label = words.t("Your answer:") if view.side is Side.giving else words.t("Your question:")
        hint = words.t("Enter sends it to the other side, Esc does not.")
        typed(self, label, lambda text: self._carry_out(taking.ask, view, item=item.key, text=text), hint=hint)

    def action_handover_accept(self) -> None:
        """Answer for it from now on; what was not read is asked about."""
        view = self.view
        if view is None or not self.may_work():
            return
        unread = len(view.handover.unread()) if view.handover.state is HandoverState.signed else 0
        if not unread or view.side is Side.giving:
            self._accept(view)
            return
        title = self.words.n("{n} item is unread", "{n} items are unread", unread)
        options = (Option("y", self.words.t("I have understood all of it and accept"), "all"),)
        choose(self, title, options, lambda _: self._accept(view, everything=True), enter=False)

    def _accept(self, view: HandoverView, *, everything: bool = False) -> None:
        said = self.words.t("Accepted. You answer for it now.")
        version = view.version or None
        self._carry_out(taking.accept, view, version=version, everything=everything, done=lambda _: said)

    # --- reading --------------------------------------------------------------------------------------

    def action_handover_list(self) -> None:
        """Those of the past in which some words stand."""
        typed(self, self.words.t("Search past handovers:"), self.search, hint=self.words.t("Enter alone shows all."))

    def search(self, text: str) -> None:
        """Show those in which these words stand."""
        self.frame.hold_keys()
        asked, then, refused = reading.MOST + 1, self._listed, self.frame.refuse
        self.desk.ask(reading.listed, self.now, text=text, limit=asked, then=then, refused=refused)

    def _listed(self, found: Sequence[Sheet]) -> None:
        words = self.words

        def go(handover: str) -> Callable[[], None]:
            return lambda: self.show_one(handover)

        items = [
            listing.Item(
                f"{times.stamp(one.handover.joint.span.end, words.zone)}  "
                f"{handover_labels.heading_short(words, one)}  {handover_labels.state(words, one.handover.state)}",
                go(one.handover.id),
            )
            for one in found[: reading.MOST]
        ]  # fmt: skip
        if len(found) > reading.MOST:
            self.frame.say(words.t("More than {n} in all: search by more words.", n=reading.MOST))
        listing.show(self, words.t("Past handovers"), items, does=words.t("shows it"),
                     nothing=words.t("No handover is like that."))  # fmt: skip

    def action_handover_preview(self) -> None:
        """All of it as text."""
        view, words = self.view, self.words
        if view is None:
            return

        def read(width: int, wanted: str) -> list[tuple[tuple[str, str], ...]]:
            lines = [line for line in document(words, view.sheet).split("\n") if wanted.casefold() in line.casefold()]
            return [(("", f" {part}"),) for line in lines for part in (wrap(line, max(10, width - 2)) or [""])]

        self.app.push_screen(Reader(handover_labels.heading_short(words, view.sheet), read))

    def action_handover_export(self) -> None:
        """The whole of it on the clipboard."""
        view, words = self.view, self.words
        if view is None:
            return

        def chosen(form: str) -> None:
            text = document(words, view.sheet, markdown=form == "markdown")
            self.frame.copy(text, words.t("the handover"))

        options = (Option("m", "Markdown", "markdown"), Option("t", words.t("plain text"), "text"))
        choose(self, words.t("Copy the handover as"), options, chosen)

    # --- what all of them do --------------------------------------------------------------------------

    def _to_write(self) -> HandoverView | None:
        """What is shown, if this desk may write for it; else it says why not."""
        return self.view if self.view is not None and self.may_work() else None

    def _carry_out(
        self,
        usecase: Callable[..., Versioned[Handover]],
        view: HandoverView,
        *,
        done: Callable[[Versioned[Handover]], str] | None = None,
        **args: object,
    ) -> None:
        def told(stored: Versioned[Handover]) -> None:
            if done is not None:
                self.frame.say(done(stored))
            self.frame.ask_figures()
            self.show_one(view.handover.id)

        def refused(fault: SupportError) -> None:
            self.frame.refuse(fault)
            self.show_one(view.handover.id)

        self.desk.do(usecase, view.handover.id, then=told, refused=refused, **args)
