"""Commands at work: what was typed after ``:`` is done on the screen that it was typed on."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from supporttui.actions import Action, Scope
from supporttui.actions.handover import HANDOVER_ACTIONS
from supporttui.actions.rota import PEOPLE_ACTIONS, ROTA_ACTIONS
from supporttui.domain.faults import BadInput, NotFound, SupportError
from supporttui.domain.filter.spelling import quoted
from supporttui.domain.ids import OperationId, ServiceId, TicketId
from supporttui.domain.queue import SortBy
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.tui import asking
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.batch import Target
from supporttui.tui.command_values import moment, values
from supporttui.tui.commands import Command
from supporttui.tui.handover.screen import HandoverScreen
from supporttui.tui.queue.screen import QueueScreen
from supporttui.tui.rota import view
from supporttui.tui.rota.look import Look
from supporttui.tui.rota.screen import RotaScreen
from supporttui.tui.running_codes import acknowledge
from supporttui.tui.running_windows import OPENING
from supporttui.tui.styles import Run
from supporttui.tui.ticket_actions import TicketActions
from supporttui.tui.windows import major, suggesting
from supporttui.tui.windows.reader import Reader
from supporttui.tui.windows.themes import ThemesScreen
from supporttui.usecases import escalation, queue, rota, tickets
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import Choice, OnCall, QueueItem


def run(screen: BaseScreen, command: Command) -> None:
    """Run a command on the screen that it was typed on."""
    try:
        if command.action.scope is Scope.ticket:
            _on_tickets(screen, command)
        else:
            _HERE[command.action.id](screen, command)
    except SupportError as fault:
        screen.frame.refuse(fault)


def check(screen: BaseScreen, command: Command) -> None:
    """Whether every value can be read that can be read without the database. Raises BadInput, NotFound."""
    if command.action.id not in _READ_THERE:
        values(screen, command)


_READ_THERE = ("ticket.escalate", "list.open")
"""A step is known only to the ticket's policy, the number of another system only to the database."""


# --- verbs that look or move ------------------------------------------------------------------------


def _queue(screen: BaseScreen, command: Command) -> None:
    screen.frame.show_queue(filter=command.texts.get("filter", ""))


def _the_queue(screen: BaseScreen) -> QueueScreen:
    """Go there."""
    screen.frame.show_screen("queue")
    shown = screen.app.get_screen("queue")
    assert isinstance(shown, QueueScreen)
    return shown


def _sort(screen: BaseScreen, command: Command) -> None:
    """Without an order: the one of SLAs, as ``queue`` without a filter shows all."""
    found = values(screen, command)
    _the_queue(screen).sort_by(SortBy(found.get("sort", SortBy.sla)), reverse="direction" in found)


def _export(screen: BaseScreen, command: Command) -> None:
    """Without a file: the question which one."""
    file, queue = command.texts.get("file", ""), _the_queue(screen)
    if file:
        queue.export(file)
    else:
        queue.action_list_export()


def _columns(screen: BaseScreen, command: Command) -> None:
    """Without names: the window to choose them in."""
    names, queue = command.texts.get("columns", ""), _the_queue(screen)
    if names:
        queue.show_columns(names.replace(",", " ").split())
    else:
        queue.action_list_columns()


def _view(screen: BaseScreen, command: Command) -> None:
    """Show a saved view, or do something with it."""
    queue, name = _the_queue(screen), command.texts.get("view", "")
    match command.action.id:
        case "view.save":
            queue.save_view(command.texts["name"])
        case "view.rename":
            queue.rename_view(queue.view_called(name), command.texts["name"])
        case "view.share" | "view.unshare":
            queue.share_view(queue.view_called(name), on=command.action.id == "view.share")
        case "view.delete":
            queue.delete_view(queue.view_called(name))
        case _:
            queue.go_to_view(queue.view_called(name))


def _open(screen: BaseScreen, command: Command) -> None:
    """A number of ours, or one under which another system knows the ticket."""
    status, typed = screen.frame.status, command.texts["ticket"]
    number = typed.casefold().removeprefix(status.prefix.casefold() if status else "t-")
    if number.isascii() and number.isdigit():
        screen.frame.open_ticket(TicketId(int(number)))
    else:
        screen.frame.show_queue(filter=f"ref:{quoted(typed)}")
        queue = _the_queue(screen)
        queue.go_to_view(queue.view_called("all"))  # no team and no state hides it


def _preview(screen: BaseScreen, _: Command) -> None:
    """On or off, in the queue."""
    screen.frame.show_screen("queue")
    shown = screen.app.screen
    if isinstance(shown, QueueScreen):
        shown.action_list_preview()


def _rota(screen: BaseScreen, command: Command) -> None:
    at = values(screen, command).get("week")
    screen.frame.show_screen("rota")
    shown = screen.app.screen
    if at is not None and isinstance(shown, RotaScreen):
        shown.show_week_of(at)


def _on_rota(screen: BaseScreen, command: Command) -> None:
    """What its key does there."""
    at = values(screen, command).get("at")
    screen.frame.show_screen("rota")
    shown = screen.app.get_screen("rota")
    assert isinstance(shown, RotaScreen)
    if at is not None:
        shown.why_at(at)
    else:
        getattr(shown, f"action_{command.action.id.replace('.', '_')}")()


def _on_people(screen: BaseScreen, command: Command) -> None:
    """Over the rota, which shows what became of it."""
    found = values(screen, command)
    screen.frame.show_screen("rota")
    shown = screen.app.get_screen("rota")
    assert isinstance(shown, RotaScreen)
    if command.action.id == "person.leave":
        shown.leave(found["person"], found.get("at"))
    else:
        shown.stay(found["person"])


def _undo(screen: BaseScreen, command: Command) -> None:
    """The last step of this session, or the operation that is named."""
    named = command.texts.get("operation")
    again = command.action.id == "app.redo"
    if named is None:
        (screen.frame.do_again if again else screen.frame.take_back)()
        return
    usecase: Callable[..., object] = escalation.withdraw if command.action.id == "ticket.withdraw" else tickets.undo
    said = screen.words.t('Undone: "{what}"', what=named[:60])
    if again:
        usecase, said = tickets.redo, screen.words.t('Done again: "{what}"', what=named[:60])
    screen.desk.do(
        usecase, OperationId(named), then=lambda _: screen.frame.say(said), refused=screen.frame.refuse
    )  # fmt: skip


def _on_call(screen: BaseScreen, command: Command) -> None:
    """Every line of support, or those of one service, in a window of their own; what was kept where it must be."""
    if screen.frame.is_away:
        screen.frame.show_continuity()
        return
    at = moment(screen, command)
    service = command.texts.get("service")
    screen.desk.ask(_who, at, service, then=partial(_show_on_call, screen, at), refused=screen.frame.refuse)


def _who(tx: Transaction, at: Instant, service: str | None) -> tuple[OnCall, ...]:
    if service is None:
        return rota.who(tx, at)
    wanted = service.casefold()
    for known in tx.definitions.services():
        if wanted in (known.id.casefold(), known.name.casefold()):
            return rota.who(tx, at, ServiceId(known.id))
    raise NotFound("service.unknown", service=service[:60])


def _show_on_call(screen: BaseScreen, at: Instant, lines: Sequence[OnCall]) -> None:
    words, me = screen.words, screen.frame.parts.me

    def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
        look = Look(words, words.zone, width, at, me)
        shown: list[Sequence[Run]] = []
        for name in dict.fromkeys(line.rota_name for line in lines):
            here = view.on_call_lines(look, [line for line in lines if line.rota_name == name])
            shown += [view.heading(name), *here, ()]
        told = shown or [(("dim", f" {words.t('No rota says who is on call.')}"),)]
        return [line for line in told if wanted.casefold() in "".join(text for _, text in line).casefold()]

    screen.app.push_screen(Reader(words.t("On call"), read))


def _theme(screen: BaseScreen, command: Command) -> None:
    """Without a name: the list of them."""
    if name := command.texts.get("theme", ""):
        screen.frame.wear(name)
    else:
        screen.app.push_screen(ThemesScreen(screen))


def _new(screen: BaseScreen, command: Command) -> None:
    """Open a ticket from what was typed."""
    if isinstance(screen, TicketActions) and screen.may(command.action.id):
        asking.describing.create(screen, values(screen, command), refused=screen.frame.refuse)


def _log(screen: BaseScreen, command: Command) -> None:
    """A call from what was typed."""
    if isinstance(screen, TicketActions) and screen.may(command.action.id):
        asking.capturing.log(screen, values(screen, command), refused=screen.frame.refuse)


def _handover(screen: BaseScreen, command: Command) -> None:
    """What its key does there."""
    screen.frame.show_screen("handover")
    shown = screen.app.get_screen("handover")
    if isinstance(shown, HandoverScreen) and command.action.id != "screen.handover":
        shown.when_known(command.action.id, command.texts.get("text", ""))


_HERE: Mapping[str, Callable[[BaseScreen, Command], object]] = {
    "screen.queue": _queue,
    "list.filter": _queue,
    "list.sort": _sort,
    "list.columns": _columns,
    "list.export": _export,
    "list.facets": lambda screen, _: _the_queue(screen).action_list_facets(),
    "list.view": _view,
    "view.list": lambda screen, _: _the_queue(screen).action_view_list(),
    "view.save": _view,
    "view.rename": _view,
    "view.share": _view,
    "view.unshare": _view,
    "view.delete": _view,
    "list.open": _open,
    "ticket.new": _new,
    "ticket.log": _log,
    "screen.rota": _rota,
    **dict.fromkeys((action.id for action in ROTA_ACTIONS), _on_rota),
    **dict.fromkeys((action.id for action in PEOPLE_ACTIONS), _on_people),
    **OPENING,
    "app.on_call": _on_call,
    "screen.escalations": lambda screen, _: screen.frame.show_screen("escalations"),
    **dict.fromkeys((action.id for action in HANDOVER_ACTIONS), _handover),
    "list.preview": _preview,
    "app.palette": lambda screen, _: screen.frame.show_palette(),
    "app.help": lambda screen, _: screen.frame.show_help(),
    "app.refresh": lambda screen, _: screen.frame.reload(),
    "app.theme": _theme,
    "app.language": lambda screen, command: screen.frame.speak(command.texts["language"]),
    "app.undo": _undo,
    "app.redo": _undo,
    "ticket.withdraw": _undo,
    "app.quit": lambda screen, _: screen.frame.ask_to_leave(),
}


# --- verbs that change tickets ----------------------------------------------------------------------


def _on_tickets(screen: BaseScreen, command: Command) -> None:
    """On the tickets that were named, as they are now; without names on those that the screen means."""
    if not isinstance(screen, TicketActions):
        raise BadInput("cli.no_ticket")
    if command.codes:
        acknowledge(screen, command)
        return
    if not command.tickets:
        _go_on(screen, command, screen.targets())
        return
    numbers = tuple(TicketId(number) for number in dict.fromkeys(command.tickets))

    def found(items: tuple[QueueItem, ...]) -> None:
        rows = {item.row.id: item.row for item in items}
        unknown = next((number for number in numbers if number not in rows), None)
        if unknown is not None:
            screen.frame.refuse(NotFound("ticket.unknown", ticket=unknown))
            return
        _go_on(screen, command, tuple(Target.of(rows[n]) for n in numbers))

    screen.desk.ask(queue.items, numbers, screen.now, then=found, refused=screen.frame.refuse)


def _go_on(screen: TicketActions, command: Command, targets: tuple[Target, ...]) -> None:
    """An escalation's step is read against the policy of the first ticket."""
    if not targets:
        screen.frame.refuse(BadInput("cli.no_ticket"))
        screen.none_meant()
    elif command.action.id == "ticket.copy":
        screen.copy_as(targets, values(screen, command).get("form", "id"))
    elif (look := _LOOKS.get(command.action.id)) is not None:
        look(screen, targets)
    elif command.action.id == "ticket.escalate":
        typed = command.texts.get("kind")
        kind = next((one for one in EscalationKind if one.value == typed), EscalationKind.functional)
        ask = partial(escalation.choices, ticket=targets[0].id, now=screen.now, kind=kind)
        screen.desk.ask(ask, then=partial(_act, screen, command, targets), refused=screen.frame.refuse)
    else:
        _act(screen, command, targets)


_LOOKS: Mapping[str, Callable[[TicketActions, tuple[Target, ...]], object]] = {
    "ticket.links": lambda screen, targets: screen.show_links(targets),
    "ticket.why": lambda screen, targets: screen.show_why(targets),
    "ticket.suggest": lambda screen, targets: suggesting.show(screen, targets[0].id),
    "ticket.major_show": lambda screen, targets: major.show(screen, targets[0].id),
    "ticket.procedure": lambda screen, targets: screen.show_procedure(targets),
}
"""What opens a window to read."""


def _act(screen: TicketActions, command: Command, targets: tuple[Target, ...], steps: Sequence[Choice] = ()) -> None:
    try:
        found = values(screen, command, steps)
    except SupportError as fault:
        screen.frame.refuse(fault)
        return
    action: Action = command.action
    if action.id == "ticket.escalate":
        screen.escalate(targets, **found)
    elif action.id == "ticket.reply":
        screen.reply(targets, **found)
    else:
        screen.perform(action.id, targets, **found)
