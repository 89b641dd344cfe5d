"""Windows above a screen: questions, help, messages, the command line.

Each is loaded when it is first put, as ``windows.help.HelpScreen``: no first frame waits for it.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supporttui.tui.windows import command_line as command_line
    from supporttui.tui.windows import conflict as conflict
    from supporttui.tui.windows import continuity as continuity
    from supporttui.tui.windows import copying as copying
    from supporttui.tui.windows import definitions as definitions
    from supporttui.tui.windows import form as form
    from supporttui.tui.windows import help as help  # noqa: A004  the module
    from supporttui.tui.windows import palette as palette
    from supporttui.tui.windows import prompt as prompt
    from supporttui.tui.windows import why as why


_NAMES = frozenset(
    {
        "command_line", "conflict", "continuity", "copying", "definitions", "form", "help", "palette", "prompt", "why",
    }
)  # fmt: skip


def __getattr__(name: str) -> ModuleType:
    if name not in _NAMES:
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
