"""The queue screen. Its windows are loaded when they are first opened: no first frame waits for them."""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supporttui.tui.queue import arranger as arranger
    from supporttui.tui.queue import exporting as exporting
    from supporttui.tui.queue import facet_picker as facet_picker
    from supporttui.tui.queue import filter_prompt as filter_prompt
    from supporttui.tui.queue import views_window as views_window


def __getattr__(name: str) -> ModuleType:
    if name not in ("arranger", "exporting", "facet_picker", "filter_prompt", "views_window"):
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
