"""What is left of a promise, in as few cells as a person at 3 a.m. can read.

Loads nothing, not even ``typing``: the first frame is painted with it.
"""

from supporttui.i18n.cells import cell_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from supporttui.i18n.catalogue import Words

Units = tuple[str, str, str, str, str]
"""Day, hour, minute, second and the word for a clock that stands, in one language."""

ENGLISH: Units = ("d", "h", "m", "s", "hold")

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def units(words: "Words") -> Units:
    """The letters of a language; plain text, so that the snapshot can keep them."""
    # Translators: units of a countdown such as 2d04h; one or two cells each.
    day, hour = words.p("unit", "d"), words.p("unit", "h")
    minute, second = words.p("unit", "m"), words.p("unit", "s")
    # Translators: stands in the countdown's place while the clock is stopped; at most 6 cells.
    return (day, hour, minute, second, words.p("countdown", "hold"))


def countdown(words: "Words", seconds: int | None, *, standing: bool = False) -> str:
    """``12d``, ``2d04h``, ``5h20m``, ``41m``, late ``-12m``; ``None`` is a stopped clock (``hold``).

    What remains is rounded down and lateness up: from one second late it is ``-1m``. ``standing`` marks
    time that does not run at the moment because the hours are closed (``5h20m*``).
    """
    return spell(units(words), seconds, standing=standing)


def spell(units: Units, seconds: int | None, *, standing: bool = False) -> str:
    """``countdown`` for letters at hand.

    >>> [spell(ENGLISH, s) for s in (1_050_000, 187_200, 19_259, 59, 0, -1, -11_041)]
    ['12d', '2d04h', '5h20m', '0m', '0m', '-1m', '-3h05m']
    """
    if seconds is None:
        return units[4]
    late = seconds < 0
    text = _rounded_up(-seconds, units) if late else _rounded_down(seconds, units)
    return f"{'-' if late else ''}{text}{'*' if standing else ''}"


def precise(words: "Words", seconds: int) -> str:
    """To the second below ten minutes (``8m12s``): for the one next breach of the status line."""
    if not 0 <= seconds < 10 * _MINUTE:
        return countdown(words, seconds)
    _, _, minute, second, _ = units(words)
    left = f"{seconds % _MINUTE:02d}{second}"
    return f"{seconds // _MINUTE}{minute}{left}" if seconds >= _MINUTE else f"{seconds}{second}"


def exact(words: "Words", seconds: int) -> str:
    """To the second, in hours however many: what is shown so adds up, and no day of service hours is taken for 24.

    >>> from supporttui.i18n.catalogue import load
    >>> [exact(load("en", "UTC", {}), seconds) for seconds in (144_000, 7_530, 42)]
    ['40h00m', '2h05m30s', '0m42s']
    """
    _, hour, minute, second, _ = units(words)
    hours, rest = divmod(abs(seconds), _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    text = f"{hours}{hour}{minutes:02d}{minute}" if hours else f"{minutes}{minute}"
    return f"{'-' if seconds < 0 else ''}{text}" + (f"{left:02d}{second}" if left else "")


def width(units: Units) -> int:
    """Cells of the widest countdown of a language, a standing one's mark included."""
    day, hour, minute, _, hold = (cell_width(unit) for unit in units)
    digits_or_sign, mark = 4, 1
    return max(hold, digits_or_sign + max(day + hour, hour + minute) + mark)


def _rounded_down(seconds: int, units: Units) -> str:
    day, hour, minute, _, _ = units
    if seconds >= 10 * _DAY:
        return f"{seconds // _DAY}{day}"
    if seconds >= _DAY:
        return f"{seconds // _DAY}{day}{seconds % _DAY // _HOUR:02d}{hour}"
    if seconds >= _HOUR:
        return f"{seconds // _HOUR}{hour}{seconds % _HOUR // _MINUTE:02d}{minute}"
    return f"{seconds // _MINUTE}{minute}"


def _rounded_up(seconds: int, units: Units) -> str:
    """Rounded up to what is shown; from ten hours on whole hours, so that the sign fits too."""
    whole = _up(seconds, _MINUTE)
    if whole < 10 * _HOUR:
        return _rounded_down(whole, units)
    whole = _up(seconds, _HOUR)
    if whole < _DAY:
        return f"{whole // _HOUR}{units[1]}"
    return _rounded_down(whole if whole < 10 * _DAY else _up(seconds, _DAY), units)


def _up(seconds: int, step: int) -> int:
    return -(-seconds // step) * step
