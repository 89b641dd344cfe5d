"""The least a Textual app can be: what every figure is held against."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App):
    """One line of text."""

    BINDINGS = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """READY, and nothing else."""
        yield Static("READY")


if __name__ == "__main__":
    Bare().run()
