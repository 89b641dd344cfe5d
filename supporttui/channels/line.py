"""A line to a server within the time that is left: the look-up of its name counts, and each of its addresses."""

import socket
from collections.abc import Callable, Sequence
from typing import Any

from supporttui.channels.patience import Patience, within

Place = tuple[Any, ...]
"""A host and a port, as ``socket.connect`` takes them."""
Address = tuple[int, Place]
"""The family and place of a name."""


def addresses(host: str, port: int) -> Sequence[Address]:
    """By the resolver of the machine, which knows no time limit. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as fault:
        raise OSError(str(fault)) from None
    return [(family, place) for family, _, _, _, place in found]


def opened(address: Address, seconds: float) -> socket.socket:
    """A line to one address. Raises OSError."""
    family, place = address
    line = socket.socket(family, socket.SOCK_STREAM)
    try:
        line.settimeout(seconds)
        line.connect(place)
    except OSError:
        line.close()
        raise
    return line


def connect(
    host: str,
    port: int,
    patience: Patience,
    *,
    look_up: Callable[[str, int], Sequence[Address]] = addresses,
    open_one: Callable[[Address, float], socket.socket] = opened,
) -> socket.socket:
    """A line to the first address that answers.

    Raises:
        TimeoutError: there is no time left.
        OSError: the name is unknown, or the last address does not answer.
    """
    found, last = within(patience, lambda: look_up(host, port)), OSError()
    for address in found:
        if not patience.left:
            raise TimeoutError
        try:
            return open_one(address, patience.left)
        except OSError as fault:
            last = fault
    raise last
