"""What was typed for an action and not sent, as a form made from the action's arguments: to be put right and sent."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial

from supporttui import arguments
from supporttui.actions import Action, Arg, ArgKind
from supporttui.domain.spans import Instant
from supporttui.i18n import labels, times
from supporttui.i18n.catalogue import Words
from supporttui.tui import windows
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import send
from supporttui.tui.batch import Target
from supporttui.tui.widgets.fields import Field, Known


def texts_of(words: Words, args: Mapping[str, object]) -> Mapping[str, str]:
    """Values as somebody would type them; those of fields (``edit``) by their own names."""
    found: dict[str, str] = {}
    for name, value in args.items():
        if isinstance(value, Mapping):
            found |= {str(field): str(text) for field, text in value.items()}
        elif value is not None:
            found[name] = (
                times.iso(Instant(value), words.zone) if name == "until" and isinstance(value, int) else _text(value)
            )
    return found


def _text(value: object) -> str:
    return value.value if isinstance(value, StrEnum) else str(value)


def go_on(screen: Asker, action: Action, targets: Sequence[Target]) -> None:
    """The form with what the draft holds; saving does it."""
    words = screen.words

    def save(values: Mapping[str, object]) -> None:
        send(screen, form, action.id, targets, **{name: value for name, value in values.items() if value is not None})

    title = words.t("{action} {tickets}", action=words.t(action.label), tickets=screen.codes(targets))
    fields = [_field(screen, arg) for arg in action.args]
    form = windows.form.Form(
        title, save, slot=screen.frame.drafts.of_action(action.id, targets[0].id), fields=fields
    )  # fmt: skip
    screen.app.push_screen(form)


def _field(screen: Asker, arg: Arg) -> Field:
    words = screen.words
    reading = arguments.Reading(words, screen.now)
    return Field(
        arg.name, labels.argument(words, arg.name), hint=words.t(arg.help), required=arg.required,
        known=tuple(Known(code, code) for code in arg.choices),
        read=partial(_read, arg, reading), empty=None, long=arg.kind is ArgKind.text and arg.name == "text",
    )  # fmt: skip


def _read(arg: Arg, reading: arguments.Reading, text: str) -> object:
    return arguments.value(arg, text, reading)
