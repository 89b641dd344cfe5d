"""The words of one language: a value that is handed on, so that the language can change while running."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations

from supporttui.domain.marking import mark
from supporttui.i18n import files
from supporttui.i18n.negotiation import ENGLISH, formats_of, negotiate, wish

__all__ = ["Words", "languages", "load", "mark"]

PLACE = re.compile(r"\{(\w+)\}")
"""A placeholder and the name in it."""


@dataclass(frozen=True, slots=True)
class Words:
    """A language, its catalogue, and the zone in which its reader tells the time.

    The texts are literals in English with named placeholders (``{ticket}``): extraction finds no others.
    A placeholder is a name and nothing else; what is put in is never itself read for placeholders.
    """

    language: str
    """As the directory of its catalogue is called: ``en``, ``de``, ``zh_Hant``."""
    zone: str = "UTC"
    locale: str = "en_001"
    """For dates and numbers: the language with a territory, in Babel's form."""
    catalogue: NullTranslations = NullTranslations()  # noqa: RUF009  holds nothing that changes

    def t(self, text: str, /, **names: object) -> str:
        """The text in this language; in English if its translation asks for a name that is not given."""
        if not text:
            return ""
        return _filled(self.catalogue.gettext(text), text, names)

    def n(self, one: str, many: str, n: int, /, **names: object) -> str:
        """The text in the form that the number ``{n}`` takes."""
        english = one if n == 1 else many
        return _filled(self.catalogue.ngettext(one, many, n), english, {"n": n, **names})

    def p(self, context: str, text: str, /, **names: object) -> str:
        """A short text whose context tells it from others that look alike (``open``, a state or a verb)."""
        return _filled(self.catalogue.pgettext(context, text), text, names)


def load(language: str | None, zone: str, env: Mapping[str, str], *, configured: str | None = None) -> Words:
    """The words for a wish: ``language`` is the option, ``configured`` the setting, ``env`` the environment.

    What is unknown gives English, never an error; neither the process's locale nor the system's list of
    locales is looked at.
    """
    places = files.roots()
    found = negotiate(wish(language, configured, env), (ENGLISH, *files.available(places)))
    return Words(found, zone, formats_of(found, env), files.read(found, places))


def languages() -> tuple[str, ...]:
    """Every language that can be loaded, English first."""
    others = (name for name in files.available(files.roots()) if name != ENGLISH)
    return (ENGLISH, *others)


def _filled(text: str, english: str, names: Mapping[str, object]) -> str:
    if "{" not in text:
        return text
    try:
        return PLACE.sub(lambda match: str(names[match[1]]), text)
    except KeyError:
        return PLACE.sub(lambda match: str(names.get(match[1], match[0])), english)
