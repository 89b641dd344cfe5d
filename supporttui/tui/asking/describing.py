"""What a ticket is about: a new one, and other words for one that is there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from supporttui import usecases
from supporttui.actions import Arg, by_id
from supporttui.domain.charters import Referral
from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.priorities import Level
from supporttui.domain.services import Service
from supporttui.domain.states import Kind
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Ticket
from supporttui.i18n import charter_labels, labels, terms
from supporttui.i18n.catalogue import Words
from supporttui.tui.asking import freezing
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import choose, send
from supporttui.tui.batch import Target
from supporttui.tui.widgets.fields import Field, Known
from supporttui.tui.widgets.message_line import Severity
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import Option
from supporttui.usecases import charters
from supporttui.usecases.ports import Transaction

NEW, EDIT = "ticket.new", "ticket.edit"
_ORDER = ("title", "service", "text", "requester", "language", "kind", "category", "zone")
_NEEDED = ("title", "service")
_MOST_LANGUAGES = 40


@dataclass(frozen=True, slots=True)
class About:
    """What the forms offer: services, languages that people here speak, and the ticket that is edited."""

    services: tuple[Service, ...]
    languages: tuple[str, ...]
    ticket: Ticket | None = None


def about(tx: Transaction, ticket: TicketId | None) -> About:
    """What can be chosen."""
    spoken = {language for person in tx.definitions.people() for language in (person.language, *person.speaks)}
    services = sorted(tx.definitions.services(), key=lambda one: one.name.casefold())
    found = tx.tickets.get(ticket) if ticket is not None else None
    return About(tuple(services), tuple(sorted(spoken))[:_MOST_LANGUAGES], found)


def new(screen: Asker) -> None:
    """A form for a ticket that is not there yet."""
    words = screen.words

    def save(values: Mapping[str, object]) -> None:
        given = {name: value for name, value in values.items() if value not in (None, "")}
        create(screen, given, done=form.close, refused=form.complain)

    form = Form(words.t("New ticket"), save, slot=screen.frame.drafts.of_action(NEW, None))
    screen.app.push_screen(form)

    def know(found: About) -> None:
        args = {arg.name: arg for arg in by_id()[NEW].args}
        described = [
            _field(
                words,
                found,
                name,
                hint=args[name].help if name in args.keys() - _NEEDED else "",
                required=name in _NEEDED,
            )
            for name in _ORDER
        ]
        levels = [_level(words, args[name]) for name in ("impact", "urgency")]
        form.offer([*described[:3], *levels, *described[3:]])

    screen.desk.ask(about, None, then=know, refused=screen.frame.refuse)


def create(
    screen: Asker,
    values: Mapping[str, object],
    *,
    done: Callable[[], None] = lambda: None,
    refused: Callable[[SupportError], None],
) -> None:
    """Open it, and offer to show it; what the charter says belongs elsewhere may be closed with that at once."""

    def open_it(refer: str = "no") -> None:
        screen.desk.do(usecases.tickets.create, then=opened, refused=refused, **{**values, "refer": refer})

    def know(found: Referral | None) -> None:
        if found is None:
            open_it()
        else:
            _ask_refer(screen, found, open_it)

    def opened(ticket: Ticket) -> None:
        done()
        freezing.note(screen, [ticket], partial(told, ticket))

    def told(ticket: Ticket, frozen: str) -> None:
        text = screen.words.t("Opened {ticket}. Enter shows it.", ticket=screen.code(ticket.id))
        show = partial(screen.frame.open_ticket, ticket.id)
        severity = Severity.warning if frozen else Severity.info
        screen.frame.ask_by_message(f"{text}  {frozen}".strip(), {"enter": show}, severity)

    service, category = str(values.get("service", "")), str(values.get("category", ""))
    if category and "refer" not in values:
        ask = charters.referral
        screen.desk.ask(ask, screen.now, service=service, category=category, then=know, refused=refused)
    else:
        open_it(str(values.get("refer", "no")))


def _ask_refer(screen: Asker, found: Referral, then: Callable[[str], None]) -> None:
    words = screen.words
    options = (
        Option("y", words.t("close it as referred there"), "yes"),
        Option("n", words.t("open it here all the same"), "no"),
    )
    title = safe_text(charter_labels.elsewhere(words, found), one_line=True)
    choose(screen, title, options, then, enter=False)


def edit(screen: Asker, targets: Sequence[Target]) -> None:
    """The fields of one ticket; of several only what is filled in is set, on all of them."""
    words, one = screen.words, len(targets) == 1

    def save(values: Mapping[str, object]) -> None:
        before = form.initial
        fields = {name: str(value) for name, value in values.items() if str(value) != before.get(name, "")}
        send(screen, form, EDIT, targets, fields=fields)

    slot = screen.frame.drafts.of_action(EDIT, targets[0].id)
    form = Form(words.t("Edit {tickets}", tickets=screen.codes(targets)), save, slot=slot)
    screen.app.push_screen(form)

    def know(found: About) -> None:
        form.offer([_field(words, found, name, required=one and name in _NEEDED) for name in _ORDER])

    screen.desk.ask(about, targets[0].id if one else None, then=know, refused=screen.frame.refuse)


def _field(words: Words, found: About, name: str, *, required: bool, hint: str = "") -> Field:
    known = _known(words, found, name)
    value = str(getattr(found.ticket, name)) if found.ticket is not None else ""
    return Field(
        name, labels.field(words, name), _label_of(known, value), hint=words.t(hint), required=required,
        long=name == "text", known=known, free=name == "language",
    )  # fmt: skip


def _known(words: Words, found: About, name: str) -> tuple[Known, ...]:
    match name:
        case "service":
            return services_of(found)
        case "kind":
            return tuple(Known(terms.kind(words, kind), kind.value) for kind in Kind)
        case "language":
            return tuple(Known(language, language) for language in found.languages)
        case _:
            return ()


def services_of(found: About) -> tuple[Known, ...]:
    """The services by name."""
    return tuple(Known(safe_text(one.name, one_line=True, limit=40), one.id) for one in found.services)


def _label_of(known: Sequence[Known], value: str) -> str:
    return next((one.label for one in known if one.value == value), value)


def _level(words: Words, arg: Arg) -> Field:
    levels = tuple(Known(f"{level} {terms.level(words, level)}", str(level)) for level in (1, 2, 3))
    return Field(
        arg.name, labels.field(words, arg.name), levels[1].label, hint=words.t(arg.help), known=levels,
        read=lambda text: Level(int(text)), empty=None,
    )  # fmt: skip
