"""Passwords of databases: asked of a program, or of a person, and kept nowhere."""

import subprocess
from collections.abc import Sequence

from supporttui.domain.faults import StoreUnavailable
from supporttui.storage.location import Secret

PATIENCE_SECONDS = 20
"""A password safe may want to be unlocked first."""


def typed(password: str) -> Secret:
    """What a person typed, for this run."""
    return lambda: password


def by_command(argv: Sequence[str]) -> Secret | None:
    """The first line that a program prints, asked anew at each connection, for it may be good for minutes only.

    The secret raises StoreUnavailable ``store.password_command``, which tells nothing of what was printed: a safe may
    be locked for now.
    """
    return (lambda: _printed(argv)) if argv else None


def _printed(argv: Sequence[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603  the person's or the site's own program, as an argument list
            argv, check=False, capture_output=True, text=True, timeout=PATIENCE_SECONDS, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        raise _failed(argv, error.strerror or "") from None
    except (subprocess.TimeoutExpired, UnicodeDecodeError) as error:
        raise _failed(argv, type(error).__name__) from None
    lines = done.stdout.splitlines()
    if done.returncode or not lines or not lines[0]:
        raise _failed(argv, f"{done.returncode}")
    return lines[0]


def _failed(argv: Sequence[str], reason: str) -> StoreUnavailable:
    return StoreUnavailable("store.password_command", program=argv[0], reason=reason)
