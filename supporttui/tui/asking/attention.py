"""Attention beside priority: raised in a form that says what it displaces, taken back with a verdict; and chases."""

from collections.abc import Mapping, Sequence

from supporttui.domain.attention import LEVELS
from supporttui.domain.faults import SupportError
from supporttui.domain.priorities import Level
from supporttui.domain.text import safe_text
from supporttui.i18n import attention_labels, moments, terms
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import choose, send, typed
from supporttui.tui.batch import Target
from supporttui.tui.widgets.fields import Field, Known
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import Option
from supporttui.usecases import attention
from supporttui.usecases.attention import Cost

RAISE, LOWER, CHASE = "ticket.attend", "ticket.deescalate", "ticket.chase"
CHANGE = "change"


def attend(screen: Asker, targets: Sequence[Target]) -> None:
    """Raise it; where it is raised, take it back or change it."""

    def know(cost: Cost) -> None:
        if cost.ticket.attention:
            _ask_back(screen, targets, cost)
        else:
            _form(screen, targets, cost)

    def refused(fault: SupportError) -> None:
        screen.frame.forget_keys()
        screen.frame.refuse(fault)

    screen.frame.hold_keys()
    screen.desk.ask(attention.cost, targets[0].id, screen.now, then=know, refused=refused, group="attention")


def _ask_back(screen: Asker, targets: Sequence[Target], cost: Cost) -> None:
    words = screen.words

    def chosen(verdict: str) -> None:
        if verdict == CHANGE:
            _form(screen, targets, cost)
            return
        label = words.t("{tickets}: attention taken back. Why?", tickets=screen.codes(tuple(targets)))
        typed(screen, label, lambda text: screen.perform(LOWER, targets, reason=text, verdict=verdict))

    options = (
        Option("t", words.t("take it back"), "justified"),
        Option("i", words.t("take it back: the impact was less than stated"), "inflated"),
        Option("c", words.t("change it"), CHANGE),
    )
    level = terms.attention(words, cost.ticket.attention)
    title = words.t("{tickets}: attention {level}", tickets=screen.codes(targets), level=level)
    choose(screen, title, options, chosen, enter=False)


def _form(screen: Asker, targets: Sequence[Target], cost: Cost) -> None:
    words = screen.words

    def save(values: Mapping[str, object]) -> None:
        send(screen, form, RAISE, targets, **values)

    def tells(texts: Mapping[str, str]) -> Sequence[str]:
        who = texts.get("asker", "").strip() or screen.frame.parts.me
        record = cost.asker(who)
        told = [attention_labels.displaced(words, cost)]
        if record is not None:
            told.append(attention_labels.record(words, record, cost.names.get(record.by, record.by)))
        return [safe_text(line, one_line=True) for line in told]

    title = words.t("Raise attention: {tickets}", tickets=screen.codes(targets))
    slot = screen.frame.drafts.of_action(RAISE, targets[0].id)
    form = Form(title, save, slot=slot, fields=_fields(screen, cost), tells=tells)
    screen.app.push_screen(form)


def _fields(screen: Asker, cost: Cost) -> tuple[Field, ...]:
    words, ticket = screen.words, cost.ticket
    levels = tuple(Known(terms.attention(words, one), str(one)) for one in LEVELS)
    impacts = tuple(Known(f"{one} {terms.level(words, one)}", str(one)) for one in (1, 2, 3))
    chosen = max(ticket.attention, LEVELS[0])
    return (
        Field("reason", words.t("Reason"), ticket.attention_reason, required=True),
        Field(
            "impact", words.t("Stated impact"), _label(impacts, ticket.attention_impact),
            words.t("What is said to be hit."), required=True, known=impacts, read=lambda text: Level(int(text)),
        ),
        Field("level", words.p("column", "Attention"), _label(levels, chosen), required=True, known=levels),
        Field(
            "until", words.t("Until"), hint=words.t("such as 17:00, fri 9:00, 2h; a day if left out"),
            read=lambda text: moments.chosen(words, text, screen.now), empty=None,
        ),
        Field("asker", words.t("Asked by"), ticket.attention_by, words.t("Who asked for it, if not you.")),
    )  # fmt: skip


def _label(known: Sequence[Known], value: int | None) -> str:
    return next((one.label for one in known if value is not None and one.value == str(value)), "")


def chase(screen: Asker, targets: Sequence[Target]) -> None:
    """The requester asked again: counted, with what was said if anything was."""
    label = screen.words.t("{tickets}: asked again. What was said?", tickets=screen.codes(tuple(targets)))
    hint = screen.words.t("Enter counts it, also without a text; Esc does not.")
    typed(screen, label, lambda text: screen.perform(CHASE, targets, text=text), hint=hint)
