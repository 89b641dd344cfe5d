"""Where in the text of a pack a value stands: from the path that a fault names to its line."""

import re
from collections.abc import Iterator

_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SCALAR = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^,\]}\n#]+""",
    re.DOTALL,
)


def line_of(text: str, path: str) -> int:
    """The line (1 first) of what ``calendars[0].weekly[1].days`` names; of what it is in, where it is missing.

    The text is TOML without faults.
    """
    known = dict(_Walk(text).places())
    while path and path not in known:
        path = re.sub(r"(?:\.?[^.\[\]]+|\[[^\]]*\])$", "", path) if re.search(r"[.\[]", path) else ""
    return known.get(path, 1)


class _Walk:
    """Goes once over a text that is known to be right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def places(self) -> Iterator[tuple[str, int]]:
        """Each path, and its line."""
        table, lists = "", dict[str, int]()
        self._blank()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                line, is_list = self._line(), self._text.startswith("[[", self._at)
                table = self._head(2 if is_list else 1, is_list=is_list, lists=lists)
                yield table, line
            else:
                yield from self._assignment(table)
            self._blank()

    def _head(self, brackets: int, *, is_list: bool, lists: dict[str, int]) -> str:
        """The path of a table; those of lists are counted, and the last of a list is meant by its name."""
        self._at += brackets
        names = self._keys()
        self._at = self._text.index("]" * brackets, self._at) + brackets
        path = ""
        for place, name in enumerate(names):
            path = f"{path}.{name}" if path else name
            if is_list and place == len(names) - 1:
                lists[path] = lists.get(path, -1) + 1
                _forget_below(lists, f"{path}[{lists[path]}]")
            if path in lists:
                path = f"{path}[{lists[path]}]"
        return path

    def _assignment(self, table: str) -> Iterator[tuple[str, int]]:
        line = self._line()
        path = ".".join((*((table,) if table else ()), *self._keys()))
        self._at = self._text.index("=", self._at) + 1
        yield path, line
        yield from self._value(path)

    def _value(self, path: str) -> Iterator[tuple[str, int]]:
        self._blank()
        opening = self._text[self._at]
        if opening == "[":
            yield from self._items(path)
        elif opening == "{":
            yield from self._pairs(path)
        else:
            found = _SCALAR.match(self._text, self._at)
            self._at = found.end() if found is not None else len(self._text)

    def _items(self, path: str) -> Iterator[tuple[str, int]]:
        place = 0
        while self._goes_on("]"):
            yield f"{path}[{place}]", self._line()
            yield from self._value(f"{path}[{place}]")
            place += 1

    def _pairs(self, path: str) -> Iterator[tuple[str, int]]:
        while self._goes_on("}"):
            yield from self._assignment(path)

    def _goes_on(self, closing: str) -> bool:
        """Whether another part comes before the bracket closes; stands on it, or behind the bracket."""
        self._blank(also="[{,")
        if self._at >= len(self._text) or self._text[self._at] == closing:
            self._at += 1
            return False
        return True

    def _blank(self, also: str = "") -> None:
        found = _BLANK.match(self._text, self._at)
        assert found is not None  # it fits nothing too
        self._at = found.end()
        if also and self._text[self._at : self._at + 1] in tuple(also):
            self._at += 1
            self._blank()

    def _keys(self) -> tuple[str, ...]:
        names: list[str] = []
        while (found := _KEY.match(self._text, self._at)) is not None or self._text[self._at : self._at + 1] in " \t.":
            if found is None:
                self._at += 1
            else:
                names.append(found.group().strip("\"'"))
                self._at = found.end()
        return tuple(names)

    def _line(self) -> int:
        return self._text.count("\n", 0, self._at) + 1


def _forget_below(lists: dict[str, int], path: str) -> None:
    """Lists within the table before are not those of this one."""
    for known in [key for key in lists if key.startswith(f"{path}.")]:
        del lists[known]
