"""Themes: which there are, which one fits a terminal, and what the colours of timers become in each.

Cells name ANSI colours (``styles.py``). An ANSI theme leaves them to the terminal; every other theme turns them into
the measured colours below, one set for dark and one for light backgrounds.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.color import Color as TextualColor
from textual.filter import LineFilter, NoColor
from textual.theme import BUILTIN_THEMES, Theme

AUTO, MONO = "auto", "mono"
ANSI_DARK, ANSI_LIGHT = "ansi-dark", "ansi-light"

HIGH_CONTRAST = Theme(
    name="high-contrast", dark=True,
    primary="#ffffff", secondary="#ffff00", accent="#ffff00", warning="#ffff00", error="#ff8080", success="#80ff80",
    foreground="#ffffff", background="#000000", surface="#000000", panel="#000000", boost="#000000", text_alpha=1.0,
    variables={
        "block-cursor-foreground": "#000000", "block-cursor-background": "#ffffff",
        "input-selection-background": "#ffffff", "input-selection-foreground": "#000000",
        "border": "#ffffff", "border-blurred": "#ffffff",
    },
)  # fmt: skip
HIGH_CONTRAST_LIGHT = Theme(
    name="high-contrast-light", dark=False,
    primary="#000000", secondary="#000080", accent="#000080", warning="#5e3000", error="#8b0000", success="#004d00",
    foreground="#000000", background="#ffffff", surface="#ffffff", panel="#ffffff", boost="#ffffff", text_alpha=1.0,
    variables={
        "block-cursor-foreground": "#ffffff", "block-cursor-background": "#000000",
        "input-selection-background": "#000000", "input-selection-foreground": "#ffffff",
        "border": "#000000", "border-blurred": "#000000",
    },
)  # fmt: skip
MONOCHROME = Theme(
    name=MONO, ansi=True, dark=True,
    primary="ansi_default", secondary="ansi_default", accent="ansi_default", warning="ansi_default",
    error="ansi_default", success="ansi_default", foreground="ansi_default", background="ansi_default",
    surface="ansi_default", panel="ansi_default", boost="ansi_default",
    variables=BUILTIN_THEMES[ANSI_DARK].variables,
)  # fmt: skip
OWN = (HIGH_CONTRAST, HIGH_CONTRAST_LIGHT, MONOCHROME)

_BLACK, _WHITE, _GREY = (0, 0, 0), (255, 255, 255), (128, 128, 128)


def _terminal(background: tuple[int, int, int], foreground: tuple[int, int, int], **named: str) -> TerminalTheme:
    """Colours by their place among the sixteen; those that no cell uses are grey."""
    plain = [_GREY] * 8
    bright = [_GREY] * 8
    plain[0], plain[7], bright[0], bright[7] = _BLACK, foreground, _GREY, _WHITE
    plain[1], plain[3] = TextualColor.parse(named["breached"]).rgb, TextualColor.parse(named["at_risk"]).rgb
    bright[3], plain[6] = TextualColor.parse(named["critical"]).rgb, TextualColor.parse(named["met"]).rgb
    return TerminalTheme(background, foreground, plain, bright)


DARK = _terminal(_BLACK, _WHITE, breached="#ff7a45", critical="#e69f00", at_risk="#f0e442", met="#56b4e9")
LIGHT = _terminal(_WHITE, _BLACK, breached="#a4001d", critical="#8a4b00", at_risk="#5e5a00", met="#005b96")
"""Contrast at least 6.8:1; glyph, word and attribute carry the meaning (red-blind eyes see the light set alike)."""


def names() -> Sequence[str]:
    """What the setting ``theme`` and ``:theme`` may say."""
    return (AUTO, *sorted(_KNOWN))


def fitting(wished: str, env: Mapping[str, str], *, few: bool) -> str:
    """The theme for a wish on this terminal; ``few``: it has at most sixteen colours, or none are wanted.

    ``auto`` is the terminal's own colours; light ones where the terminal says by ``COLORFGBG`` that it is light.
    """
    light = _is_light(env.get("COLORFGBG", ""))
    if wished in ("", AUTO) or wished not in names():
        return ANSI_LIGHT if light else ANSI_DARK
    if not few or wished in (ANSI_DARK, ANSI_LIGHT, MONO):
        return wished
    return ANSI_DARK if _KNOWN[wished].dark else ANSI_LIGHT


def _is_light(said: str) -> bool:
    """``foreground;background`` as numbers of the sixteen; white and light grey are light."""
    return said.rsplit(";", 1)[-1] in ("7", "15")


class _NoPaleColours(LineFilter):
    """Yellow and cyan cannot be read on a light background that is the terminal's own; attributes and glyphs stay."""

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """The line with those in the terminal's own foreground."""
        del background
        return [segment if not _is_pale(segment.style) else _in_foreground(segment) for segment in segments]


def _is_pale(style: Style | None) -> bool:
    return style is not None and style.color is not None and style.color.name in ("yellow", "bright_yellow", "cyan")


def _in_foreground(segment: Segment) -> Segment:
    assert segment.style is not None
    return Segment(segment.text, segment.style + _FOREGROUND, segment.control)


class _Ground(LineFilter):
    """Lines paint text alone: a theme with colours of its own puts its foreground and the widget's background there."""

    def __init__(self, foreground: str) -> None:
        super().__init__()
        self._foreground = TextualColor.parse(foreground).rich_color

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """The line on the theme's ground; colours that are there already stay."""
        ground = Style(color=self._foreground, bgcolor=background.rich_color)
        return [
            Segment(text, ground if style is None else ground + style, control) for text, style, control in segments
        ]


@lru_cache
def _ground_of(theme: str) -> _Ground:
    """One filter for each theme: what was painted through it is found again."""
    known = _KNOWN[theme]
    foreground = known.foreground or ("#e0e0e0" if known.dark else "#1f1f1f")
    return _Ground(foreground)


_KNOWN: Mapping[str, Theme] = {**BUILTIN_THEMES, **{theme.name: theme for theme in OWN}}
_FOREGROUND = Style(color="default")
_FILTERS: Mapping[str, LineFilter] = {MONO: NoColor(), ANSI_LIGHT: _NoPaleColours()}


def filter_of(theme: str) -> Sequence[LineFilter]:
    """What takes away the colours that do not belong into a theme, or puts its own ones under the text."""
    if theme in _FILTERS:
        return (_FILTERS[theme],)
    return () if _KNOWN[theme].ansi else (_ground_of(theme),)
