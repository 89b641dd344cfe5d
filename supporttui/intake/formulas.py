"""Cells that a spreadsheet would run: an apostrophe before them makes them text, and comes off when they are read."""

import re

_RUNS = re.compile("'*\\s*[=+\\-@\t\r\n]")
"""At the start; blanks before the sign are skipped by some programs. Apostrophes of the text's own are counted in, so
that exactly one is taken off again."""
_DEFUSED = re.compile("'+\\s*[=+\\-@\t\r\n]")


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula.

    >>> defused("=1+1"), defused("-"), defused("'=x"), defused("5 + 3")
    ("'=1+1", "'-", "''=x", '5 + 3')
    """
    return f"'{text}" if _RUNS.match(text) else text


def meant(text: str) -> str:
    """The text behind a cell that ``defused`` made.

    >>> meant("'=1+1"), meant("''=x"), meant("'tis"), meant("=1")
    ('=1+1', "'=x", "'tis", '=1')
    """
    return text[1:] if _DEFUSED.match(text) else text
