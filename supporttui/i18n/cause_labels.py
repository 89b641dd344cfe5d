"""Why nobody is on duty, why nobody was paged, why time does not count: causes by their code."""

from collections.abc import Mapping

from supporttui.domain.marking import mark
from supporttui.i18n.catalogue import Words

_CAUSES: Mapping[str, str] = {
    "gap.restriction": mark("no layer is active at this time"),
    "gap.nobody": mark("nobody is planned"),
    "gap.buffer": mark("too few people are planned"),
    "gap.intended": mark("intended gap"),
}


def cause(words: Words, code: str) -> str:
    """The cause in words; a code that a site or a later version brought is its own label."""
    text = _CAUSES.get(code)
    return words.t(text) if text else code
