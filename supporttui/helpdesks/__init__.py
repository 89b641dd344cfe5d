"""The registry of other helpdesks: how a reference to one of their tickets becomes an address.

A new one is a module with an options dataclass and a class that fulfils ``HelpdeskLink``, and one line
in ``KINDS``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from supporttui.helpdesks.link_only import LinkOnly, LinkOptions


class HelpdeskLink(Protocol):
    """One other helpdesk, by the name that references carry as ``system``."""

    name: str

    def address(self, key: str) -> str:
        """The web address of their ticket; empty if it cannot be told."""


@dataclass(frozen=True, slots=True)
class HelpdeskKind:
    """How a helpdesk is set, and how its link is made from its name and its options."""

    options: type[Any]
    make: Callable[[str, Any], HelpdeskLink]


KINDS: Mapping[str, HelpdeskKind] = {
    "link": HelpdeskKind(LinkOptions, LinkOnly),
}
"""The ``kind`` of a ``[helpdesks.NAME]`` table → what is behind it."""
DEFAULT_KIND = "link"
