"""A step of an escalation policy as it is typed: the form that ``i18n/definition_texts`` shows."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from supporttui.domain.escalation.policy import Silence, Step, StepHours, StepTarget, TargetKind
from supporttui.domain.faults import BadInput
from supporttui.domain.sla.calendars import Window
from supporttui.tui.windows.definition_parts import whole
from supporttui.tui.windows.definition_promises import length

_STEP = re.compile(r"(?P<wait>\S+)\s+(?P<name>[^:]*\S)\s*:\s*(?P<targets>[^;]+)(?P<asked>(?:;[^;]*)*)")
_WINDOW = re.compile(r"(?P<start>\d{2}:\d{2}(?::\d{2})?)-(?P<end>\d{2}:\d{2}(?::\d{2})?)(?:/(?P<days>[1-7]+))?")


def step(line: str) -> Step:
    """``10m Second line: on_call 2, person lea; acks 2``. Raises BadInput ``form.step``, ``form.length``."""
    found = _STEP.fullmatch(line.strip())
    if found is None:
        raise BadInput("form.step", found=line[:60])
    targets = tuple(_target(text) for text in found["targets"].split(","))
    asked: dict[str, Any] = {}
    for text in found["asked"].split(";")[1:]:
        asked |= _asked(text)
    return Step(found["name"], length(found["wait"]), targets, **asked)


def _target(text: str) -> StepTarget:
    word, *rest = text.split() or [""]
    if word not in set(TargetKind) or (not rest and word != TargetKind.resolver.value):
        raise BadInput("form.step", found=text.strip()[:60])
    kind, which, rota = TargetKind(word), (rest or [""])[0], rest[1] if len(rest) > 1 else None
    more: Any
    match kind:
        case TargetKind.person:
            more = {"person": which}
        case TargetKind.team | TargetKind.authority:
            more = {"team": which}
        case TargetKind.round_robin:
            more = {"people": tuple(which.split("+"))}
        case TargetKind.resolver:
            more = {}
        case TargetKind.command:
            more = {"channel": which}
        case TargetKind.speaker:
            more = {"language": "" if which == "*" else which, "rota": rota}
        case _:
            more = {"level": whole(which), "rota": rota}
    return StepTarget(kind, **more)


def _asked(text: str) -> Mapping[str, Any]:
    word, _, rest = text.strip().partition(" ")
    if word not in _ASKED:
        raise BadInput("form.step", found=text.strip()[:60])
    return _ASKED[word](rest.strip())


def _hours(text: str) -> Mapping[str, Any]:
    zone, *windows = text.split()
    return {"hours": StepHours(zone, tuple(map(_window, windows)))}


def _window(text: str) -> Window:
    found = _WINDOW.fullmatch(text)
    if found is None:
        raise BadInput("form.step", found=text[:60])
    days = tuple(int(day) for day in found["days"]) if found["days"] else (1, 2, 3, 4, 5)
    return Window(found["start"], found["end"], days)


_ASKED: Mapping[str, Callable[[str], Mapping[str, Any]]] = {
    "acks": lambda text: {"acks": 0 if text == "all" else whole(text)},
    "repeat": lambda text: {"silence": Silence.repeat, "repeats": whole(text)},
    "jump": lambda text: {"silence": Silence.jump, "jump_to": whole(text)},
    "only": lambda text: {"priorities": tuple(whole(one) for one in text.replace(",", " ").split())},
    "hours": _hours,
    "keep": lambda _: {"skip_if_empty": False},
}
