"""The reply to a requester: a template in their language to begin with, the text to look at, then it leaves."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import cast

from supporttui import usecases
from supporttui.domain import replies
from supporttui.domain.faults import Refused, SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.i18n import cause_labels, moments, terms
from supporttui.i18n.catalogue import Words
from supporttui.tui.asking.asker import Writer
from supporttui.tui.asking.questions import choose
from supporttui.tui.batch import Target
from supporttui.tui.widgets.fields import Field
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import Option
from supporttui.usecases.reply_views import Draft, TemplateChoice

ACTION = "ticket.reply"
BLANK = "-"
KEYS = "123456789"


def reply(screen: Writer, targets: Sequence[Target]) -> None:
    """Go on with a draft, or choose what to begin with."""
    if screen.frame.drafts.of_action(ACTION, targets[0].id).draft is not None:
        _write(screen, targets, "", "")
        return
    words = screen.words
    title = words.t("Reply to {tickets}, begin with", tickets=screen.codes(targets))
    question = choose(screen, title, (), partial(_chosen, screen, targets))

    def know(templates: tuple[TemplateChoice, ...]) -> None:
        if not (question.is_attached and question.is_current):
            return
        if templates:
            options = [Option(key, _name(words, one), one.id) for key, one in zip(KEYS, templates, strict=False)]
            question.offer(title, [*options, Option("0", words.t("nothing"), BLANK)])
        else:
            question.answer(BLANK)

    screen.desk.ask(
        usecases.replies.templates, targets[0].id, then=know, refused=screen.frame.refuse, group="choices"
    )  # fmt: skip


def _name(words: Words, one: TemplateChoice) -> str:
    """What it is for, in which language; that this is not the requester's is marked."""
    name, language = terms.template(words, one.kind, one.name), one.language or "?"
    if one.fallback:
        # Translators: a template of replies that is not in the requester's language, which is marked by !.
        return words.t("{template} ({language}!)", template=name, language=language)
    return words.t("{template} ({language})", template=name, language=language)


def _chosen(screen: Writer, targets: Sequence[Target], template: str) -> None:
    """One text for one requester; for several each gets the template with the text in its place."""
    if len(targets) > 1:
        _write(screen, targets, "", "" if template == BLANK else template)
        return
    me = screen.frame.parts.me
    draft = "" if template == BLANK else template

    def drafted(found: Draft) -> None:
        _write(screen, targets, found.text, "", found=found)

    def refused(fault: SupportError) -> None:
        screen.frame.forget_keys()
        screen.frame.refuse(fault)

    screen.frame.hold_keys()
    screen.desk.ask(usecases.replies.draft, targets[0].id, draft, me, then=drafted, refused=refused)


def _write(screen: Writer, targets: Sequence[Target], text: str, template: str, *, found: Draft | None = None) -> None:
    words = screen.words

    def save(values: Mapping[str, object]) -> None:
        form.leave_as_draft()
        until = cast("Instant | None", values["promise"])
        screen.reply(targets, text=str(values["text"]), template=template, promise=until)

    title = words.t("Reply to {tickets}", tickets=screen.codes(targets))
    field = Field(
        "text", words.t("Text"), replies.named(text, _places(words)), hint=_hint(words, found), required=not template,
        long=True, read=partial(_filled, words, targets[0].id), gap=partial(_first_gap, words),
    )  # fmt: skip
    slot = screen.frame.drafts.of_action(ACTION, targets[0].id)
    form = Form(title, save, slot=slot, fields=[field, _promise(screen)], tall=True)
    screen.app.push_screen(form)


def _promise(screen: Writer) -> Field:
    """By when the requester hears next, if the reply says so."""
    words = screen.words
    return Field(
        "promise", words.t("Next update by"), hint=words.t("such as 17:00, fri 9:00, 2h"),
        read=lambda text: moments.chosen(words, text, screen.now), empty=None,
    )  # fmt: skip


def _places(words: Words) -> Mapping[str, str]:
    return {place: terms.place(words, place) for place in replies.PLACES}


def _gaps(words: Words, text: str) -> tuple[tuple[int, str], ...]:
    """Under the names of this language, and under their codes: a draft may have been begun in another one."""
    return replies.gaps(text, dict.fromkeys((*_places(words).values(), *replies.PLACES)))


def _first_gap(words: Words, text: str) -> tuple[int, int] | None:
    return next(((start, start + len(replies.gap(name))) for start, name in _gaps(words, text)), None)


def _filled(words: Words, ticket: TicketId, text: str) -> str:
    if unfilled := dict.fromkeys(name for _, name in _gaps(words, text)):
        raise Refused("reply.unfilled", ticket=ticket, places=", ".join(unfilled))
    return text


def _hint(words: Words, found: Draft | None) -> str:
    """In which language it is, what is missing, where it goes; that it cannot be sent is said before it is written."""
    if found is None:
        return ""
    said = []
    if found.fallback and found.wanted:
        said.append(words.t("In {language}: there is no {wanted} text.", language=found.language, wanted=found.wanted))
    if found.missing:
        said.append(
            words.t("Fill in: {places}.", places=", ".join(terms.place(words, place) for place in found.missing))
        )
    if found.obstacle:
        said.append(words.t("Will not be sent: {why}.", why=cause_labels.cause(words, found.obstacle)))
    elif found.address:
        said.append(words.t("Goes to {address}.", address=found.address))
    return " ".join(said)
