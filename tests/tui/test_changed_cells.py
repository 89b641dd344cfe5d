"""What the desk leaves out is what the terminal shows already: cell for cell the same as Textual's own way."""

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from supporttui.tui.driver.changed_cells import Sent, narrowed, plainly

WIDTH, HEIGHT = 12, 4
CONSOLE = Console(force_terminal=True, color_system="truecolor", legacy_windows=False)
STYLES = (
    None, Style.parse("bold"), Style.parse("reverse"), Style.parse("default on default"),
    Style.parse("bold default on default"), Style.parse("red on blue"), Style.parse("color(39) on default"),
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> Strip:
    """A line of the whole width, in pieces that look each in its way."""
    texts = draw(st.lists(st.sampled_from(["ab", "x  ", "日本", "....", " "]), min_size=1, max_size=5))
    pieces = [Segment(text, draw(st.sampled_from(STYLES))) for text in texts]
    return Strip(pieces).adjust_cell_length(WIDTH)


whole = st.lists(lines(), min_size=HEIGHT, max_size=HEIGHT).map(
    lambda found: LayoutUpdate([[line] for line in found], Region(0, 0, WIDTH, HEIGHT))
)


@st.composite
def partial(draw: st.DrawFn) -> ChopsUpdate:
    """One line of which a part changed."""
    y = draw(st.integers(0, HEIGHT - 1))
    chops = [{0: draw(lines()) if row == y else None} for row in range(HEIGHT)]
    start = draw(st.integers(0, WIDTH - 1))
    return ChopsUpdate(chops, [(y, start, draw(st.integers(start + 1, WIDTH)))], [[WIDTH]] * HEIGHT)


def shown(updates, sent):
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    for update in updates:
        stream.feed(narrowed(update, sent).render_segments(CONSOLE))
    return [[screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


@given(st.lists(st.one_of(whole, partial()), min_size=1, max_size=8))
def test_after_any_updates_the_terminal_shows_the_same_with_and_without_what_is_left_out(updates):
    assert shown(updates, Sent()) == shown(updates, None)


@given(whole)
def test_a_screen_that_stands_there_is_not_sent_again(update):
    sent = Sent()
    assert narrowed(update, sent).render_segments(CONSOLE)
    assert narrowed(update, sent).render_segments(CONSOLE) == ""


@given(whole)
def test_a_cleared_memory_sends_everything(update):
    sent = Sent()
    first = narrowed(update, sent).render_segments(CONSOLE)
    sent.clear()
    assert narrowed(update, sent).render_segments(CONSOLE) == first


def test_a_colour_whose_number_looks_like_the_terminals_own_is_kept():
    assert plainly("\x1b[38;5;39;49mx\x1b[0m") == "\x1b[38;5;39;49mx\x1b[0m"
