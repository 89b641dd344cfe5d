"""Commands that open a window to read, or to decide in: action id → what opens it."""

from collections.abc import Callable, Mapping

from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.command_values import asker, moment, values
from supporttui.tui.commands import Command
from supporttui.tui.deciding import messages, periods, reports, review
from supporttui.tui.windows import (
    announcements,
    attention,
    authorities,
    charters,
    definitions,
    drills,
    exposure,
    faq,
    hours,
    major,
    policies,
    procedures,
    processes,
)
from supporttui.tui.windows import reports as figures
from supporttui.tui.windows.help import KeysScreen
from supporttui.tui.windows.messages import MessagesScreen
from supporttui.usecases.ports import NoticeState

OPENING: Mapping[str, Callable[[BaseScreen, Command], object]] = {
    "calendar.review": lambda screen, _: review.show(asker(screen)),
    "period.list": lambda screen, _: periods.show(asker(screen)),
    "notice.list": lambda screen, command: messages.show(asker(screen), _states(command)),
    "notice.why": lambda screen, command: messages.why(asker(screen), command.texts["key"]),
    "notice.release": lambda screen, command: messages.release(asker(screen), command.texts["key"]),
    "notice.drop": lambda screen, command: messages.drop(asker(screen), command.texts["key"]),
    "intake.list": lambda screen, command: reports.show(asker(screen), command.texts.get("source")),
    "intake.calendar": lambda screen, _: announcements.show(screen),
    "intake.show": lambda screen, command: reports.show_ticket(asker(screen), values(screen, command)["ticket"]),
    "intake.ack": lambda screen, command: reports.acknowledge(asker(screen), values(screen, command)["ticket"]),
    "app.continuity": lambda screen, _: screen.frame.show_continuity(),
    "app.hours": lambda screen, command: hours.show(screen, command.texts.get("subject")),
    "overflow.list": lambda screen, _: processes.show_overflow(screen),
    "authority.list": lambda screen, _: authorities.show_list(screen),
    "authority.show": lambda screen, command: authorities.show(screen, command.texts["authority"]),
    "attention.review": lambda screen, _: attention.show_review(screen),
    "report.hotspots": lambda screen, _: figures.show_hotspots(screen),
    "report.attainment": lambda screen, _: figures.show_attainment(screen),
    "criteria.report": lambda screen, command: attention.show_criteria(screen, command.texts.get("ticket")),
    "major.list": lambda screen, _: major.show_list(screen),
    "drill.list": lambda screen, _: drills.show_log(screen),
    "drill.report": lambda screen, command: drills.show(screen, command.texts["ticket"]),
    "person.exposure": lambda screen, command: exposure.show(screen, values(screen, command)["person"]),
    "policy.list": lambda screen, _: policies.show_list(screen),
    "policy.show": lambda screen, command: policies.show(screen, command.texts["policy"]),
    "policy.forecast": lambda screen, command: policies.show_ahead(screen, command.texts.get("policy")),
    "policy.move": lambda screen, command: policies.move(screen, command.texts["policy"]),
    "faq.search": lambda screen, command: faq.show(screen, command.texts.get("text", "")),
    "procedure.list": lambda screen, _: procedures.show_list(screen),
    "procedure.show": lambda screen, command: procedures.show(screen, command.texts["procedure"]),
    "charter.show": lambda screen, command: charters.show(screen, command.texts.get("service", "")),
    "process.list": lambda screen, _: processes.show_list(screen),
    "process.show": lambda screen, command: processes.show(screen, command.texts["process"]),
    "task.list": lambda screen, command: processes.show_tasks(screen, moment(screen, command)),
    "task.show": lambda screen, command: processes.show_task(screen, command.texts["task"], moment(screen, command)),
    "app.definitions": lambda screen, _: definitions.show(screen.app),
    "app.messages": lambda screen, _: screen.app.push_screen(MessagesScreen(screen)),
    "app.keys": lambda screen, _: screen.app.push_screen(KeysScreen(screen)),
}


def _states(command: Command) -> tuple[NoticeState, ...]:
    """The state that was typed; none: what waits, is held or could not be delivered."""
    typed = command.texts.get("state")
    return (NoticeState(typed),) if typed else ()
