"""What is put above whatever is shown: help, the command line, the palette, the definitions."""

from types import ModuleType

from textual.app import App

from supporttui.tui import windows
from supporttui.tui.base_screen import BaseScreen


class Above(App[int]):
    """Mixed into the app."""

    def show_help(self) -> None:
        """The keys of the screen on top."""
        if isinstance(self.screen, BaseScreen):
            self.push_screen(windows.help.HelpScreen(self.screen))

    def show_command_line(self, value: str = "") -> None:
        """The ``:`` line."""
        running = _running()
        if isinstance(self.screen, BaseScreen):
            line = windows.command_line.CommandLine(self.screen, running.run, running.check, value=value)
            self.push_screen(line)

    def show_palette(self) -> None:
        """Everything by its name."""
        running = _running()
        if isinstance(self.screen, BaseScreen):
            self.push_screen(windows.palette.Palette(self.screen, running.run))

    def show_definitions(self) -> None:
        """Everything that the site has agreed."""
        windows.definitions.show(self)


def _running() -> ModuleType:
    """Commands at work."""
    from supporttui.tui import running  # not before somebody asks

    return running
