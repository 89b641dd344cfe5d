"""Which catalogue serves a wish such as ``de_AT.UTF-8``, ``zh_TW`` or ``sr_RS@latin``; never an error."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

ENGLISH = "en"

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:[_-](?P<script>[a-z]{4}))?(?:[_-](?P<territory>[a-z]{2}|\d{3}))?"
    r"(?:\.[\w-]+)?(?:@(?P<variant>\w+))?",
    re.IGNORECASE,
)
_VARIANTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}
_SCRIPTS = {
    "zh": "Hans", "zh_TW": "Hant", "zh_HK": "Hant", "zh_MO": "Hant",
    "sr": "Cyrl", "sr_ME": "Latn", "uz": "Latn", "uz_AF": "Arab", "pa": "Guru", "pa_PK": "Arab",
}  # fmt: skip
"""The script meant where none is said, for languages written in several."""
_NAMES = {"no": "nb", "iw": "he", "in": "id", "ji": "yi"}


class Tag(NamedTuple):
    """A language, with its script where the language has several, and its territory; empty if not said."""

    language: str
    script: str = ""
    territory: str = ""

    def __str__(self) -> str:
        """In the form that directories and Babel use: ``zh_Hant_TW``."""
        return "_".join(part for part in self if part)


def parse(name: str) -> Tag | None:
    """The tag behind a name of POSIX or BCP 47; ``None`` for ``C``, ``POSIX`` and what is no name at all."""
    match = _TAG.fullmatch(name.strip())
    if match is None:
        return None
    language = match["language"].lower()
    language = _NAMES.get(language, language)
    territory = (match["territory"] or "").upper()
    script = (match["script"] or "").title() or _VARIANTS.get((match["variant"] or "").lower(), "")
    default = _SCRIPTS.get(f"{language}_{territory}", _SCRIPTS.get(language, ""))
    return Tag(language, (script or default) if default else script, territory)


def negotiate(wish: str, available: Sequence[str]) -> str:
    """The available language nearest to a wish: with script and territory, script, language; else English."""
    tag = parse(wish)
    if tag is None:
        return ENGLISH
    best = max(available, key=lambda name: _nearness(tag, parse(name)), default=ENGLISH)
    return best if _nearness(tag, parse(best)) > 0 else ENGLISH


def _nearness(wish: Tag, offer: Tag | None) -> int:
    if offer is None or offer.language != wish.language:
        return 0
    same_script = not wish.script or offer.script in ("", wish.script)
    same_place = offer.territory == wish.territory
    return 1 + 4 * same_script + 2 * same_place + (not offer.territory)


def wish(chosen: str | None, configured: str | None, env: Mapping[str, str]) -> str:
    """The language asked for: option, SUPPORTTUI_LANGUAGE, configuration, LC_ALL, LC_MESSAGES, LANG.

    The first that is not empty decides, also when there is no catalogue for it.
    """
    asked = (
        chosen, env.get("SUPPORTTUI_LANGUAGE"), configured,
        env.get("LC_ALL"), env.get("LC_MESSAGES"), env.get("LANG"),
    )  # fmt: skip
    return next((name for name in asked if name), "C")


def formats_of(language: str, env: Mapping[str, str]) -> str:
    """The locale for dates and numbers: the language with the territory the environment gives it, if any.

    ``de`` under ``LC_TIME=de_AT.UTF-8`` is ``de_AT``; under ``LC_TIME=en_US`` it stays ``de``. English
    without a territory is the international one, which writes the day before the month.
    """
    mine = parse(language) or Tag(ENGLISH)
    if mine.territory:
        return str(mine)
    names = (env.get(key, "") for key in ("LC_ALL", "LC_TIME", "LANG"))
    place = parse(next((name for name in names if name), "")) or Tag("")
    if (place.language, place.script) == (mine.language, mine.script):
        return str(place)
    return "en_001" if mine.language == ENGLISH else str(mine)
