"""A call in one line: what it is about and for whom; which service that means is found by the words."""

from collections.abc import Callable, Mapping
from functools import partial

from supporttui.domain.faults import SupportError
from supporttui.i18n import capture_labels
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.describing import About, about, services_of
from supporttui.tui.widgets.fields import Field
from supporttui.tui.widgets.message_line import Severity
from supporttui.tui.windows.form import Form
from supporttui.usecases import capturing
from supporttui.usecases.capturing import Logged

LOG = "ticket.log"


def ask(screen: Asker) -> None:
    """Line, name, and if the words do not say it the service: Enter goes on, ^s saves from anywhere."""
    words = screen.words

    def save(values: Mapping[str, object]) -> None:
        log(screen, {name: str(value) for name, value in values.items()}, done=form.close, refused=form.complain)

    form = Form(words.t("Log a call"), save, slot=screen.frame.drafts.of_action(LOG, None))
    screen.app.push_screen(form)

    def know(found: About) -> None:
        line = words.t("What it is about, in one line; in front how it came: phone: no line in room 3")
        service = words.t("Empty: the one that the words mean, or that you used last.")
        form.offer(
            [
                Field("text", words.t("Call"), hint=line, required=True),
                Field("requester", words.t("For"), hint=words.t("Who called.")),
                Field("service", words.t("Service"), hint=service, known=services_of(found)),
            ]
        )

    screen.desk.ask(about, None, then=know, refused=screen.frame.refuse)


def log(
    screen: Asker,
    values: Mapping[str, str],
    *,
    done: Callable[[], None] = lambda: None,
    refused: Callable[[SupportError], None],
) -> None:
    """Open it, say for which service and why, and offer to show it."""

    def logged(found: Logged) -> None:
        done()
        prefix = screen.frame.status.prefix if screen.frame.status is not None else ""
        text = capture_labels.logged(screen.words, found, prefix=prefix)
        show = partial(screen.frame.open_ticket, found.ticket.id)
        screen.frame.ask_by_message(f"{text}  {screen.words.t('Enter shows it.')}", {"enter": show}, Severity.info)

    screen.desk.do(capturing.log, then=logged, refused=refused, **values)
