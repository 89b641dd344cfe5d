"""The only place where parts meet: settings → store, words, clock, channels → desk, watch.

Each part gets its own small frozen options; nobody behind this line reads files, environment or clock.
``places`` opens databases, ``outside`` makes channels and links, ``watching`` a watch, ``desk`` the desk,
``schema`` looks after tables. One module each, so that a verb loads only what it needs; what the desk needs only behind
its first frame is loaded when it is first asked for, as ``bootstrap.outside.links_of``.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supporttui.bootstrap import exports as exports
    from supporttui.bootstrap import outside as outside
    from supporttui.bootstrap import watching as watching


def __getattr__(name: str) -> ModuleType:
    if name not in ("exports", "outside", "watching"):
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
