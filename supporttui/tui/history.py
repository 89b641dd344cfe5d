"""What was typed after ``:``, also at the desks before this one."""

from supporttui.tui.memory import Memory

NAME = "commands"
MOST = 200


class History:
    """Goes back and forth through the lines, with what is being typed as the newest."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._lines = list(memory.lines(NAME))
        self._place = len(self._lines)
        self._typed = ""

    def older(self, line: str) -> str:
        """The line before; ``line`` is what stands there now, and is kept if it was only typed."""
        if self._place == len(self._lines):
            self._typed = line
        if self._place == 0:
            return line
        self._place -= 1
        return self._lines[self._place]

    def newer(self, line: str) -> str:
        """The line after; behind the last one what was being typed."""
        if self._place == len(self._lines):
            return line
        self._place += 1
        return self._lines[self._place] if self._place < len(self._lines) else self._typed

    def add(self, line: str) -> None:
        """A line was run; one that was run before moves to the end."""
        kept = [known for known in self._memory.lines(NAME) if known != line]
        self._memory.keep(NAME, (*kept, line)[-MOST:])
