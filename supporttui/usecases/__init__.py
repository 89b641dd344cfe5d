"""One function per intention; each runs in one transaction.

Modules that the desk names before its first frame are loaded when one of their functions is first asked for, as
``usecases.queue.page``: no first frame waits for the rules.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supporttui.usecases import access as access
    from supporttui.usecases import ack_codes as ack_codes
    from supporttui.usecases import alerts as alerts
    from supporttui.usecases import announcements as announcements
    from supporttui.usecases import attention as attention
    from supporttui.usecases import bonds as bonds
    from supporttui.usecases import bulk as bulk
    from supporttui.usecases import capturing as capturing
    from supporttui.usecases import conflicts as conflicts
    from supporttui.usecases import continuity as continuity
    from supporttui.usecases import escalation as escalation
    from supporttui.usecases import first_line as first_line
    from supporttui.usecases import looks as looks
    from supporttui.usecases import major as major
    from supporttui.usecases import naming as naming
    from supporttui.usecases import owning as owning
    from supporttui.usecases import periods as periods
    from supporttui.usecases import ports as ports
    from supporttui.usecases import procedures as procedures
    from supporttui.usecases import promises as promises
    from supporttui.usecases import queue as queue
    from supporttui.usecases import replay as replay
    from supporttui.usecases import replies as replies
    from supporttui.usecases import reply_views as reply_views
    from supporttui.usecases import rota as rota
    from supporttui.usecases import saved_views as saved_views
    from supporttui.usecases import tickets as tickets
    from supporttui.usecases import views as views
    from supporttui.usecases import why as why
    from supporttui.usecases import zone_data as zone_data


_LATER = frozenset(
    {
        "access", "ack_codes", "alerts", "announcements", "attention", "bonds", "bulk", "capturing", "conflicts",
        "continuity", "escalation",
        "first_line", "looks", "major", "naming", "owning", "periods", "ports", "procedures", "promises", "queue",
        "replay", "replies", "reply_views", "rota", "saved_views", "tickets", "views", "why", "zone_data",
    }
)  # fmt: skip


def __getattr__(name: str) -> ModuleType:
    if name not in _LATER:
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
