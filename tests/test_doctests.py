"""The examples in docstrings are true."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import supporttui

pytestmark = pytest.mark.core

ROOT = Path(str(supporttui.__file__)).parent
EXAMPLES = sorted(
    ".".join(("supporttui", *path.relative_to(ROOT).with_suffix("").parts))
    for path in ROOT.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("module", EXAMPLES)
def test_every_example_gives_what_it_says(module: str) -> None:
    found = doctest.testmod(import_module(module.removesuffix(".__init__")), optionflags=doctest.ELLIPSIS)
    assert (found.failed, found.attempted > 0) == (0, True)
