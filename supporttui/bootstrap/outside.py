"""The ways out: channels for notices, links to other helpdesks."""

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from supporttui import channels, helpdesks
from supporttui.channels import ChannelKind
from supporttui.domain.faults import BadInput
from supporttui.helpdesks import HelpdeskKind, HelpdeskLink
from supporttui.settings import Loaded, checking, fill
from supporttui.usecases.ports import Channel


def channels_of(loaded: Loaded) -> dict[str, Channel]:
    """The site's channels by name. Raises as ``settings.fill`` does."""
    return _made(loaded, "channels", channels.KINDS, default=channels.DEFAULT_KIND)


def kinds_of(loaded: Loaded) -> dict[str, str]:
    """The kind of each channel of the site by its name, also of those that cannot be made."""
    return {name: str(table.get("kind", channels.DEFAULT_KIND)) for name, table in loaded.settings.channels.items()}


def missing_extras(loaded: Loaded) -> dict[str, str]:
    """Channels that are set and cannot send because something is not installed → the extra that brings it."""
    needed = {name: channels.KINDS[kind].needs for name, kind in kinds_of(loaded).items() if kind in channels.KINDS}
    return {name: needs[1] for name, needs in needed.items() if needs is not None and find_spec(needs[0]) is None}


def links_of(loaded: Loaded) -> dict[str, HelpdeskLink]:
    """The other helpdesks by the name that references carry. Raises as ``settings.fill`` does."""
    return _made(loaded, "helpdesks", helpdesks.KINDS, default=helpdesks.DEFAULT_KIND)


def option_faults(loaded: Loaded) -> Iterator[BadInput]:
    """Every fault in the options of channels and helpdesks."""
    yield from _faults(loaded, "channels", channels.KINDS, default=channels.DEFAULT_KIND)
    yield from _faults(loaded, "helpdesks", helpdesks.KINDS, default=helpdesks.DEFAULT_KIND)


def _faults(
    loaded: Loaded, key: str, kinds: Mapping[str, ChannelKind] | Mapping[str, HelpdeskKind], *, default: str
) -> Iterator[BadInput]:
    for name, table in getattr(loaded.settings, key).items():
        at, options = f"{key}.{name}", dict(table)
        kind = kinds.get(options.pop("kind", default))
        if kind is None:
            found = str(table["kind"])[:40]
            yield loaded.not_allowed(f"{at}.kind", found=found, allowed=", ".join(kinds))
        else:
            yield from checking.faults_in(kind.options, options, at=at, origins=loaded.origins)


def _made(
    loaded: Loaded, key: str, kinds: Mapping[str, ChannelKind] | Mapping[str, HelpdeskKind], *, default: str
) -> dict[str, Any]:
    made = {}
    for name, table in getattr(loaded.settings, key).items():
        at, options = f"{key}.{name}", dict(table)
        chosen = options.pop("kind", default)
        if chosen not in kinds:
            raise loaded.not_allowed(f"{at}.kind", found=str(chosen), allowed=", ".join(kinds))
        kind = kinds[chosen]
        made[name] = kind.make(name, fill(kind.options, options, at=at, origins=loaded.origins))
    return made
