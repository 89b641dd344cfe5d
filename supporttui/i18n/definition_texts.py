"""Parts of definitions in one line, the same in every language, as a form takes them back."""

from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
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
    """``10m Second line: on_call 2, person lea``."""
    name = safe_text(found.name.replace(":", " "), one_line=True, limit=60)
    return f"{length(found.wait)} {name}: {', '.join(map(_address, found.targets))}"


def _address(found: StepTarget) -> str:
    match found.kind:
        case TargetKind.person:
            return f"person {found.person}"
        case TargetKind.team | TargetKind.authority:
            return f"{found.kind.value} {found.team}"
        case _:
            return f"{found.kind.value} {found.level}" + (f" {found.rota}" if found.rota is not None else "")
