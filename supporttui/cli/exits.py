"""What each fault means to a shell; the codes are frozen."""

from enum import IntEnum

from supporttui.domain.faults import (
    BadInput,
    Conflict,
    Forbidden,
    NotFound,
    StoreUnavailable,
    StoreUnfit,
    SupportError,
)


class Exit(IntEnum):
    """Exit codes; a signal ends with 128 + its number."""

    done = 0
    refused = 1
    usage = 2
    """Wrong options, configuration or a database that is not ours."""
    unreachable = 3
    """The database does not answer: try again."""
    forbidden = 4
    conflict = 5
    not_found = 6
    defect = 70
    """A fault of ours; the log says where."""
    interrupted = 130
    broken_pipe = 141


class Nagios(IntEnum):
    """The exit codes of monitoring plug-ins: ``watch status`` and ``status --format nagios`` use them."""

    ok = 0
    warning = 1
    critical = 2
    unknown = 3


_OF_FAULTS: tuple[tuple[type[SupportError], Exit], ...] = (
    (NotFound, Exit.not_found),
    (Conflict, Exit.conflict),
    (Forbidden, Exit.forbidden),
    (StoreUnavailable, Exit.unreachable),
    (StoreUnfit, Exit.usage),
    (BadInput, Exit.usage),
)
_AREAS_OF_DATA = ("import.", "definition.", "text.", "pack.file", "pack.toml", "pack.offset")
"""Input that is data, and not how the program was called."""


def exit_of(fault: SupportError) -> Exit:
    """The exit code of a fault."""
    if fault.code == "store.read_only":
        return Exit.refused
    if isinstance(fault, BadInput) and fault.code.startswith(_AREAS_OF_DATA):
        return Exit.refused
    return next((code for kind, code in _OF_FAULTS if isinstance(fault, kind)), Exit.refused)
