"""What ties tickets: to one another, and to their numbers in other systems."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from supporttui import arguments, usecases
from supporttui.actions import Arg, ArgKind
from supporttui.domain.faults import NotFound, Refused, SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import QueueRow
from supporttui.domain.states import OPEN_STATES, Relation
from supporttui.domain.text import safe_text
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import choose, send
from supporttui.tui.batch import Target
from supporttui.tui.widgets.fields import Field
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import LinePrompt, Option
from supporttui.usecases.views import QueueItem

Refuses = Callable[[QueueRow], SupportError | None]
"""Why a ticket cannot be the other one."""
MERGE, UNRELATE = "merge", "unrelate"
_TICKET = Arg("other", ArgKind.ticket, "")


def merge_or_relate(screen: Asker, targets: Sequence[Target]) -> None:
    """What they are to another ticket, then which one; merging says how it is taken back."""
    words, codes = screen.words, screen.codes(tuple(targets))  # the first question tells what is left out

    def chosen(value: str) -> None:
        if value == MERGE:
            _ask_into(screen, targets)
        elif value == UNRELATE:
            label = words.t("{tickets} no longer related to:", tickets=codes)
            _ask_ticket(screen, label, words.t("A number; u undoes it."), partial(_unrelate, screen, targets))
        else:
            label = words.t("{tickets}: {relation}:", tickets=codes, relation=dict(_relations(screen))[value])
            relate, refuses = partial(_relate, screen, targets, value), partial(_itself, "relate.itself", targets)
            _ask_ticket(screen, label, words.t("A number; u undoes it."), relate, refuses=refuses)

    options = [
        Option(key, label, value)
        for key, (value, label) in zip("rdpcbw", _relations(screen), strict=True)
    ]  # fmt: skip
    options += [
        Option("n", words.t("no longer related to"), UNRELATE),
        Option("M", words.t("merge into (:unmerge undoes it)"), MERGE),
    ]
    choose(screen, words.t("{tickets} is", tickets=screen.codes(targets)), options, chosen, enter=False)


def _ask_into(screen: Asker, targets: Sequence[Target]) -> None:
    if not screen.hindered("ticket.merge", targets):
        label = screen.words.t("Merge {tickets} into:", tickets=screen.codes(tuple(targets)))
        hint = screen.words.t("A number; :unmerge undoes it.")
        refuses = partial(_no_target_of_a_merge, targets)
        _ask_ticket(screen, label, hint, partial(_merge, screen, targets), refuses=refuses)


def _relations(screen: Asker) -> tuple[tuple[str, str], ...]:
    words = screen.words
    return (
        (Relation.related.value, words.p("relation", "related to")),
        (Relation.duplicate.value, words.p("relation", "duplicate of")),
        (Relation.parent.value, words.p("relation", "parent of")),
        (Relation.child.value, words.p("relation", "child of")),
        (Relation.blocks.value, words.p("relation", "blocks")),
        (Relation.blocked_by.value, words.p("relation", "blocked by")),
    )


def _merge(screen: Asker, targets: Sequence[Target], into: TicketId) -> None:
    screen.perform("ticket.merge", targets, into=into)


def _relate(screen: Asker, targets: Sequence[Target], relation: str, other: TicketId) -> None:
    screen.perform("ticket.relate", targets, other=other, relation=relation)


def _unrelate(screen: Asker, targets: Sequence[Target], other: TicketId) -> None:
    screen.perform("ticket.unrelate", targets, other=other)


def _itself(code: str, targets: Sequence[Target], other: QueueRow) -> SupportError | None:
    """Of several the others may still be."""
    return Refused(code, ticket=other.id) if [target.id for target in targets] == [other.id] else None


def _no_target_of_a_merge(targets: Sequence[Target], other: QueueRow) -> SupportError | None:
    if other.state not in OPEN_STATES:
        return Refused("merge.closed", ticket=other.id, state=other.state.value)
    return _itself("merge.itself", targets, other)


def _anything(_: QueueRow) -> SupportError | None:
    return None


def _ask_ticket(
    screen: Asker, label: str, hint: str, then: "partial[None]", *, refuses: Refuses = _anything
) -> None:  # fmt: skip
    prompt = TicketPrompt(screen, label, hint=hint, refuses=refuses)

    def answered(text: str | None) -> None:
        if text is not None and prompt.found is not None:
            then(prompt.found)

    screen.app.push_screen(prompt, answered)


class TicketPrompt(LinePrompt):
    """A ticket's number; its title stands under it before Enter takes it, or why it cannot be this one."""

    def __init__(self, screen: Asker, label: str, *, hint: str, refuses: Refuses) -> None:
        super().__init__(label, hint=hint, typed=self._look_up)
        self._screen = screen
        self._refuses = refuses
        self.found: TicketId | None = None
        """The ticket that is shown."""

    def submitted(self, text: str) -> None:
        """Only a ticket that was seen."""
        if self.found is not None:
            self.answer(text)

    def _look_up(self, text: str) -> None:
        self.found = None
        if not text.strip():
            self.complain("")
            return
        try:
            number = arguments.value(_TICKET, text.strip(), arguments.Reading(self.words, self.now))
        except SupportError as fault:
            self.refuse(fault)
            return
        show = partial(self._show, number)
        self._screen.desk.ask(
            usecases.queue.items, (number,), self.now, then=show, refused=self.refuse, group="other ticket"
        )

    def _show(self, number: TicketId, items: tuple[QueueItem, ...]) -> None:
        if not self.is_attached:
            return
        if not items:
            self.refuse(NotFound("ticket.unknown", ticket=number))
            return
        row = items[0].row
        if (fault := self._refuses(row)) is not None:
            self.refuse(fault)
            return
        self.found = number
        begin, end = f" {self._screen.code(number)}  ", f"  {self._hint}"
        room = self.size.width - cell_width(begin) - cell_width(end)  # what cannot be undone is said to the end
        title = fit(safe_text(row.title, one_line=True, limit=200), max(1, room)).rstrip()
        self.tell((("bold", f"{begin}{title}"), ("dim", end)))


def refer(screen: Asker, targets: Sequence[Target]) -> None:
    """The system, the number there, and where to find it."""
    words = screen.words

    def save(values: Mapping[str, object]) -> None:
        send(screen, form, "ticket.refer", targets, **values)

    fields = [
        Field("system", words.t("System"), hint=words.t("As the site calls it, such as jira."), required=True),
        Field("key", words.t("Number there"), hint=words.t("Such as OPS-4711."), required=True),
        Field("url", words.t("Address"), hint=words.t("Where to find it: https://…")),
    ]
    slot = screen.frame.drafts.of_action("ticket.refer", targets[0].id)
    form = Form(words.t("Add a reference to {tickets}", tickets=screen.codes(targets)), save, slot=slot, fields=fields)
    screen.app.push_screen(form)
