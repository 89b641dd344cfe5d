"""What the describing fields of a ticket may hold: read from what was typed, refused by the field's name."""

import re
from collections.abc import Callable, Mapping

from supporttui.domain.faults import BadInput
from supporttui.domain.states import Kind
from supporttui.domain.wall import zone

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def read(fields: Mapping[str, str], services: Mapping[str, str]) -> dict[str, str]:
    """The values as they are stored; ``services`` is id → name of what is supported here.

    Raises:
        BadInput: ``edit.value`` with ``field``, ``found`` and what is ``allowed``, ``edit.missing`` where something
            must be, or ``zone.unknown``.
    """
    return {name: _READERS.get(name, _one_line)(value, services) for name, value in fields.items()}


def _one_line(text: str, _services: Mapping[str, str]) -> str:
    return " ".join(text.split())


def _text(text: str, _services: Mapping[str, str]) -> str:
    return text.strip()


def _service(text: str, services: Mapping[str, str]) -> str:
    wanted = text.strip().casefold()
    for key, name in services.items():
        if wanted in (key.casefold(), name.casefold()):
            return key
    raise _refused("service", text, ", ".join(services))


def _kind(text: str, _services: Mapping[str, str]) -> str:
    wanted = text.strip().casefold()
    if wanted not in Kind.__members__:
        raise _refused("kind", text, ", ".join(Kind))
    return wanted


def _language(text: str, _services: Mapping[str, str]) -> str:
    wanted = text.strip()
    if wanted and not _TAG.fullmatch(wanted):
        raise _refused("language", text, "de, ja, pt-BR")
    return wanted.replace("_", "-")


def _zone(text: str, _services: Mapping[str, str]) -> str:
    wanted = text.strip()
    if wanted:
        zone(wanted)
    return wanted


def _refused(field: str, found: str, allowed: str) -> BadInput:
    if not found.strip():
        return BadInput("edit.missing", field=field, allowed=allowed)
    return BadInput("edit.value", field=field, found=found.strip()[:60], allowed=allowed)


_READERS: Mapping[str, Callable[[str, Mapping[str, str]], str]] = {
    "text": _text,
    "service": _service,
    "kind": _kind,
    "language": _language,
    "zone": _zone,
}
"""Of the fields that are more than one line of text."""
