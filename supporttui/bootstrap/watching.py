"""A watch over a database, with the site's channels."""

import os
import socket
import uuid
from collections.abc import Mapping

from supporttui.bootstrap.outside import channels_of
from supporttui.bootstrap.places import Env, Place, words_of
from supporttui.channels.heartbeat import heartbeat_of
from supporttui.channels.silent import SilentChannel
from supporttui.domain.people import Person
from supporttui.domain.site import DEMO_OFFSET
from supporttui.i18n import catalogue
from supporttui.i18n.catalogue import Words
from supporttui.settings import Loaded
from supporttui.usecases.ports import Channel
from supporttui.usecases.replies import CHANNEL
from supporttui.watch import Watch, WatchOptions


def build_watch(place: Place, loaded: Loaded, env: Env) -> Watch:
    """The watch of a database, not yet running. Raises as ``settings.fill`` does."""

    def words_for(person: Person | None) -> Words:
        if person is None:
            return words_of(loaded, env)
        return catalogue.load(person.language, person.zone, {})

    options = loaded.part(WatchOptions, "watch")
    return Watch(
        place.store,
        channels=_channels(place, loaded),
        words_for=words_for,
        clock=place.clock,
        # Two containers may share name and process number, and must not take each other's lease for their own.
        holder=f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:6]}",
        feed=place.store.feed(),
        follow=place.follow,
        options=options,
        heartbeat=None if DEMO_OFFSET in place.site else heartbeat_of(options.heartbeat_url, options.heartbeat_command),
    )


def _channels(place: Place, loaded: Loaded) -> Mapping[str, Channel]:
    """The site's channels; a demo's people are made up, and nothing may really leave for their addresses."""
    if DEMO_OFFSET not in place.site:
        return channels_of(loaded)
    with place.store.read() as tx:
        names = {contact.channel for person in tx.definitions.people() for contact in person.contacts}
    names |= {place.site.get(CHANNEL, "")}
    return {name: SilentChannel(name) for name in names if name}
