"""The filter language of the queue: parsed once into a tree, of which the store makes SQL.

A list needs the tree (``domain/queue.py``) and the names; the grammar is loaded when the first filter is typed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from supporttui.domain.filter.fields import FIELDS, FLAGS, Names, spoken

if TYPE_CHECKING:
    from supporttui.domain.filter.completion import Completion, complete
    from supporttui.domain.filter.grammar import parse
    from supporttui.domain.filter.search import head_of, notes_of
    from supporttui.domain.filter.spelling import in_codes, joined, term_text, under

__all__ = [
    "FIELDS", "FLAGS", "Completion", "Names", "complete", "head_of", "in_codes", "joined", "notes_of",
    "parse", "spoken", "term_text", "under",
]  # fmt: skip

_PLACES = {
    "Completion": "completion", "complete": "completion", "parse": "grammar",
    "head_of": "search", "notes_of": "search", "in_codes": "spelling", "joined": "spelling",
    "term_text": "spelling", "under": "spelling",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
