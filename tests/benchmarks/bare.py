"""The least a Textual app can be: what every figure is held against."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Bare(App):
    """One line of text, which tells how many keys it has heard."""

    heard = 0

    def compose(self) -> ComposeResult:
        """READY, and nothing else."""
        yield Static("READY 0")

    def on_key(self, event: Key) -> None:
        """The floor of every key: one event, one widget, one cell."""
        self.heard += 1
        self.query_one(Static).update(f"READY {self.heard}")


if __name__ == "__main__":
    Bare().run()
