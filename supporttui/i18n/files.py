"""Where the catalogues lie, and reading them: compiled ones, or a translator's newer source.

In an installed package they lie inside it; in a checkout (also one installed as editable) beside it, in
``locales/``. A ``.po`` that is newer than its ``.mo``, or has none, is compiled in memory, so that a
bare checkout speaks every language and a translator sees each change at once.
"""

import io
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

DOMAIN = "supporttui"


def roots() -> "tuple[Path | Traversable, ...]":
    """The directories that may hold catalogues, the package's own first."""
    package = Path(__file__).parents[1]
    if not package.is_dir():
        # Inside a zip file. Costs more at start than everything else here, so only where it is needed.
        import importlib.resources

        return (importlib.resources.files(DOMAIN) / "locales",)
    return package / "locales", package.parent / "locales"


def available(places: "tuple[Path | Traversable, ...]") -> tuple[str, ...]:
    """The languages that have a catalogue in one of these directories, sorted."""
    return tuple(
        sorted(
            {
                entry.name
                for place in places
                if place.is_dir()
                for entry in place.iterdir()
                if _file(entry, "mo").is_file() or _file(entry, "po").is_file()
            }
        )
    )


def read(language: str, places: "tuple[Path | Traversable, ...]") -> NullTranslations:
    """The catalogue of a language from the first directory that has it; the empty one if none does."""
    for place in places:
        compiled, source = (_file(place / language, kind) for kind in ("mo", "po"))
        if _is_current(compiled, source):
            return GNUTranslations(io.BytesIO(compiled.read_bytes()))
        if source.is_file():
            return GNUTranslations(io.BytesIO(compiled_from(source.read_bytes())))
    return NullTranslations()


def compiled_from(source: bytes) -> bytes:
    """The compiled form of a ``.po`` file; fuzzy entries are left out."""
    # Only a checkout comes here; an installed program never loads babel to find its words.
    from babel.messages import mofile, pofile

    target = io.BytesIO()
    mofile.write_mo(target, pofile.read_po(io.BytesIO(source), domain=DOMAIN))
    return target.getvalue()


def _file(directory: "Path | Traversable", kind: str) -> "Path | Traversable":
    return directory / "LC_MESSAGES" / f"{DOMAIN}.{kind}"


def _is_current(compiled: "Path | Traversable", source: "Path | Traversable") -> bool:
    if not compiled.is_file():
        return False
    # In a checkout an edited ``.po`` counts at once; an installed program has none, and is never asked for its age.
    if not isinstance(compiled, Path) or not isinstance(source, Path) or not source.is_file():
        return True
    return compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns
