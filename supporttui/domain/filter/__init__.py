"""The filter language of the queue: parsed once into a tree, read by SQL and by Python alike."""

from supporttui.domain.filter.completion import Completion, complete
from supporttui.domain.filter.fields import FIELDS, FLAGS, Names
from supporttui.domain.filter.grammar import parse
from supporttui.domain.filter.matching import matches
from supporttui.domain.filter.search import search_form

__all__ = ["FIELDS", "FLAGS", "Completion", "Names", "complete", "matches", "parse", "search_form"]
