"""What a definition says of others: by their names, where they are known, and not by the keys of files."""

from collections.abc import Mapping
from typing import Any

from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.text import safe_text
from supporttui.i18n import terms
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import exact
from supporttui.usecases.packing import Part

Names = Mapping[tuple[Part, str], str]
"""Section and key of a definition → its name."""

_MEANS: Mapping[str, Part] = {
    "team": Part.teams,
    "teams": Part.teams,
    "authority": Part.teams,
    "partner": Part.teams,
    "person": Part.people,
    "last_resort": Part.people,
    "fallback": Part.people,
    "turns": Part.people,
    "calendar": Part.calendars,
    "targets": Part.target_sets,
    "matrix": Part.matrices,
    "rota": Part.rotas,
    "policy": Part.policies,
    "management": Part.policies,
    "service": Part.services,
    "services": Part.services,
}


def named(names: Names, field: str, value: Any) -> Any:
    """The value of a field with names for keys; what is no key, or of nobody known, stays as it is."""
    part = _MEANS.get(field)
    if part is None or not isinstance(value, (str, tuple)):
        return value
    if isinstance(value, str):
        return names.get((part, value), value)
    return tuple(named(names, field, one) for one in value)


def step(words: Words, found: Step, names: Names) -> str:
    """``10m Second line: L2 Follow the sun, Lena Çelik``."""
    targets = ", ".join(target(words, one, names) for one in found.targets)
    return safe_text(f"{exact(words, found.wait)} {found.name}: {targets}", one_line=True, limit=400)


def target(words: Words, found: StepTarget, names: Names) -> str:
    """Whom a step calls."""
    match found.kind:
        case TargetKind.person:
            return str(named(names, "person", found.person))
        case TargetKind.team | TargetKind.authority:
            return str(named(names, "team", found.team))
        case TargetKind.round_robin:
            return words.t("in turn: {who}", who=", ".join(named(names, "turns", found.people)))
        case TargetKind.resolver:
            return words.t("who works on it")
        case TargetKind.command:
            return terms.channel(words, found.channel)
        case _:
            line = _line(words, found)
    return line if found.rota is None else f"{line} {named(names, 'rota', found.rota)}"


def _line(words: Words, found: StepTarget) -> str:
    match found.kind:
        case TargetKind.on_call_next:
            return words.t("next of L{level}", level=found.level)
        case TargetKind.on_call_previous:
            return words.t("L{level} before", level=found.level)
        case TargetKind.speaker:
            language = found.language or words.t("the requester's language")
            return words.t("who speaks {language}", language=language)
        case _:
            return words.t("L{level}", level=found.level)
