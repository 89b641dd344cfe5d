"""A watch over a database, with the site's channels."""

import os
import socket

from supporttui.bootstrap.outside import channels_of
from supporttui.bootstrap.places import Env, Place, words_of
from supporttui.domain.people import Person
from supporttui.i18n import catalogue
from supporttui.i18n.catalogue import Words
from supporttui.settings import Loaded
from supporttui.watch import Watch, WatchOptions


def build_watch(place: Place, loaded: Loaded, env: Env) -> Watch:
    """The watch of a database, not yet running. Raises as ``settings.fill`` does."""

    def words_for(person: Person | None) -> Words:
        if person is None:
            return words_of(loaded, env)
        return catalogue.load(person.language, person.zone, {})

    return Watch(
        place.store,
        channels=channels_of(loaded),
        words_for=words_for,
        clock=place.clock,
        holder=f"{socket.gethostname()}:{os.getpid()}",
        feed=place.store.feed(),
        follow=place.follow,
        options=loaded.part(WatchOptions, "watch"),
    )
