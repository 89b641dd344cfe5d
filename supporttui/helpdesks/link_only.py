"""Another helpdesk of which only the web address of a ticket is known; nothing is ever fetched."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """``[helpdesks.NAME]`` of kind ``link``."""

    url: str
    """An address with ``{key}`` where their number goes."""


class LinkOnly:
    """Makes addresses from a template."""

    def __init__(self, name: str, options: LinkOptions) -> None:
        self.name = name
        self._url = options.url

    def address(self, key: str) -> str:
        """The template with the number in it, escaped so that it stays within its place."""
        return self._url.replace("{key}", quote(key, safe=""))
