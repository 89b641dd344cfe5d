"""Marks texts in tables that are built at import, so that they are found for translation."""


def mark(text: str) -> str:
    """The text itself; ``Words.t`` translates it where it is shown.

    >>> mark("Queue")
    'Queue'
    """
    return text


def mark_in(context: str, text: str) -> tuple[str, str]:
    """Context and text; ``Words.p(*pair)`` translates them where they are shown.

    >>> mark_in("column", "Age")
    ('column', 'Age')
    """
    return context, text
