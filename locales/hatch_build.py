"""Compiles the catalogues when a wheel is built, so that .mo files never have to be committed."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """A wheel gets ``supporttui/locales/…/supporttui.mo``; an editable install the .mo beside its .po.

    The files forced into an editable wheel would land in site-packages, while the program runs from the
    checkout and would not find them.
    """

    _scratch: str | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue to where this kind of wheel will look for it."""
        sources = sorted((Path(self.root) / "locales").glob("*/LC_MESSAGES/*.po"))
        if version == "editable":
            for source in sources:
                compile_to(source, source.with_suffix(".mo"))
            return
        self._scratch = tempfile.mkdtemp(prefix="supporttui-locales-")
        for source in sources:
            place = source.relative_to(self.root).with_suffix(".mo")
            target = Path(self._scratch) / place
            target.parent.mkdir(parents=True)
            compile_to(source, target)
            build_data["force_include"][str(target)] = f"supporttui/{place.as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled for the wheel."""
        del version, build_data, artifact_path
        if self._scratch is not None:
            shutil.rmtree(self._scratch)


def compile_to(source: Path, target: Path) -> None:
    """Write the compiled form of a .po file; fuzzy entries are left out."""
    with source.open("rb") as text, target.open("wb") as compiled:
        write_mo(compiled, read_po(text, locale=source.parents[1].name))
