"""What a person is asked before something is done, one module a noun.

Each is loaded when it is first asked for, as ``asking.writing.note``: no first frame waits for it.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supporttui.tui.asking import again as again
    from supporttui.tui.asking import answering as answering
    from supporttui.tui.asking import attention as attention
    from supporttui.tui.asking import bonds as bonds
    from supporttui.tui.asking import capturing as capturing
    from supporttui.tui.asking import conflicts as conflicts
    from supporttui.tui.asking import describing as describing
    from supporttui.tui.asking import ending as ending
    from supporttui.tui.asking import escalating as escalating
    from supporttui.tui.asking import foretelling as foretelling
    from supporttui.tui.asking import freezing as freezing
    from supporttui.tui.asking import handing as handing
    from supporttui.tui.asking import later as later
    from supporttui.tui.asking import quieting as quieting
    from supporttui.tui.asking import reading as reading
    from supporttui.tui.asking import refusing as refusing
    from supporttui.tui.asking import reminding as reminding
    from supporttui.tui.asking import replying as replying
    from supporttui.tui.asking import writing as writing

_MODULES = frozenset(
    {
        "again",
        "answering",
        "attention",
        "bonds",
        "capturing",
        "conflicts",
        "describing",
        "ending",
        "escalating",
        "foretelling",
        "freezing",
        "handing",
        "later",
        "quieting",
        "reading",
        "refusing",
        "reminding",
        "replying",
        "writing",
    }
)


def __getattr__(name: str) -> ModuleType:
    if name not in _MODULES:
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
