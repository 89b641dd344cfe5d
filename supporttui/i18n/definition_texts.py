"""Parts of definitions in one line, the same in every language, as a form takes them back."""

from collections.abc import Iterator

from supporttui.domain.charters import Referral
from supporttui.domain.escalation.criterion import COUNTS, Criterion, CriterionKind
from supporttui.domain.escalation.policy import Silence, Step, StepTarget, TargetKind
from supporttui.domain.people import Line
from supporttui.domain.sla.calendars import Holiday
from supporttui.domain.text import safe_text


def length(seconds: int) -> str:
    """In hours however many.

    >>> length(16_200), length(45), length(0)
    ('4h30m', '45s', '0m')
    """
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    pieces = ((hours, "h"), (minutes, "m"), (left, "s"))
    return "".join(f"{number}{unit}" for number, unit in pieces if number) or "0m"


def holiday(found: Holiday) -> str:
    """``*2026-12-24..2026-12-26 09:00-12:00 Christmas``: a ``*`` says every year, hours that it is open then."""
    first = f"{'*' if found.yearly else ''}{found.first}"
    last = f"..{found.last}" if found.last is not None else ""
    hours = "".join(f" {one.start}-{one.end}" for one in found.windows)
    return f"{first}{last}{hours} {safe_text(found.name, one_line=True, limit=80)}"


def step(found: Step) -> str:
    """``10m Second line: on_call 2, person lea; acks 2; only 1 2``: what stands behind ``;`` only where it is said."""
    name = safe_text(found.name.replace(":", " "), one_line=True, limit=60)
    asked = "".join(f"; {text}" for text in _asked(found))
    return f"{length(found.wait)} {name}: {', '.join(map(_address, found.targets))}{asked}"


CRITERIA = ", ".join(kind.value for kind in CriterionKind)
"""What a criterion can look at, as it is typed."""


def criterion(found: Criterion) -> str:
    """``late: used 80% resolution; from 2; again 1h``: what stands behind ``;`` only where it is said."""
    which = found.period if found.metric is None else found.metric.value
    said = " ".join(part for part in (found.kind.value, _limit(found), which) if part)
    return "; ".join((f"{safe_text(found.id, one_line=True, limit=40)}: {said}", *_more(found)))


def _limit(found: Criterion) -> str:
    if found.kind is CriterionKind.used:
        return f"{found.value}%"
    counted = found.kind in (*COUNTS, CriterionKind.impact)
    return str(found.value) if counted else length(found.value)


def _more(found: Criterion) -> Iterator[str]:
    if found.min_priority is not None:
        yield f"from {found.min_priority}"
    if found.cooldown:
        yield f"again {length(found.cooldown)}"
    if found.most != Criterion.__dataclass_fields__["most"].default:
        yield f"most {found.most}"
    if found.in_hours:
        yield "hours"


def referral(found: Referral) -> str:
    """``printer: Facilities; phone 4711``."""
    place = safe_text(f"{found.category}: {found.to}", one_line=True, limit=200)
    return f"{place}; {safe_text(found.text, one_line=True, limit=200)}" if found.text else place


def line(found: Line) -> str:
    """``+41 44 555 01 99 Hotline; only 1 2``."""
    said = safe_text(f"{found.address} {found.name}".strip(), one_line=True, limit=200)
    return f"{said}; only {' '.join(map(str, found.priorities))}" if found.priorities else said


def _asked(found: Step) -> Iterator[str]:
    if found.acks != 1:
        yield f"acks {found.acks or 'all'}"
    if found.silence is Silence.repeat:
        yield f"repeat {found.repeats}"
    if found.silence is Silence.jump:
        yield f"jump {found.jump_to}"
    if found.priorities:
        yield f"only {' '.join(map(str, found.priorities))}"
    if found.hours is not None:
        windows = " ".join(f"{one.start}-{one.end}/{''.join(map(str, one.days))}" for one in found.hours.windows)
        yield f"hours {found.hours.zone} {windows}"
    if not found.skip_if_empty:
        yield "keep"


def _address(found: StepTarget) -> str:
    return " ".join(str(part) for part in (found.kind.value, *_named(found)) if part is not None)


def _named(found: StepTarget) -> tuple[object, ...]:
    match found.kind:
        case TargetKind.person | TargetKind.team | TargetKind.authority:
            return (found.person or found.team,)
        case TargetKind.round_robin:
            return ("+".join(found.people),)
        case TargetKind.resolver | TargetKind.command:
            return (found.channel or None,)
        case TargetKind.speaker:
            return (found.language or "*", found.rota)
        case _:
            return (found.level, found.rota)
