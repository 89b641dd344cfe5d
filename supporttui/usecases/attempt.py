"""Doing something within a transaction to see what comes of it, and taking it back."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from supporttui.usecases.ports import Transaction

T = TypeVar("T")


class _TakeBack(Exception):
    """Ends an attempt that is not to be kept; no error."""


def tried(tx: Transaction, work: Callable[[], T], *, keep: Callable[[T], bool] = lambda _: False) -> T:
    """What ``work`` gives; what it wrote is taken back, unless what it gives is to be kept. Raises as it does."""
    found: list[T] = []
    with suppress(_TakeBack), tx.attempt():
        found.append(work())
        if not keep(found[0]):
            raise _TakeBack  # leaving the attempt by an exception is what takes it back
    return found[0]
