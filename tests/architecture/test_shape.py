"""The shape of the code: aims to look at (``python -m tests.architecture.shape`` prints them), held here."""

import ast

import pytest

from tests.architecture import shape
from tests.architecture.shape import Module, Shape

pytestmark = pytest.mark.xdist_group("shape")
"""One worker reads the whole source, once."""

INNER_IMPORTS = 23
"""Each for start-up time or an optional library, with its reason beside it."""


@pytest.fixture(scope="module")
def house() -> Shape:
    return shape.shape()


def test_files_are_short_enough_to_read(house):
    assert [module.name for module in house.found if module.lines > 400] == []
    assert house.figures["median file"] <= 150


def test_functions_are_short(house):
    figures = house.figures
    assert figures["longest function"] <= 50
    assert figures["90th percentile of functions"] <= 25
    assert figures["median function"] <= 8


def test_nothing_imports_in_a_circle_also_not_inside_functions(house):
    assert shape.cycles(house.found) == []


def test_imports_inside_functions_are_few_and_give_their_reason(house):
    found = list(house.inner_imports())
    silent = [f"{module.name}:{node.lineno}" for module, node in found if not _reason(module, node)]
    assert silent == []
    assert len(found) <= INNER_IMPORTS


def _reason(module: Module, node: ast.stmt) -> bool:
    """A comment on the line, or above the block of imports that it belongs to."""
    lines = module.text.splitlines()
    if "#" in lines[node.lineno - 1]:
        return True
    above = node.lineno - 2
    while lines[above].strip().startswith(("from ", "import ")):
        if "#" in lines[above]:
            return True
        above -= 1
    return lines[above].strip().startswith("#")


def test_the_wall_clock_is_read_in_one_place(house):
    """And before that place can be loaded, once, for the age of the early frame."""
    assert shape.wall_clock_readers(house.found) == ["supporttui.__main__", "supporttui.clock"]


def test_no_module_keeps_state(house):
    assert shape.globals_written(house.found) == []
    assert shape.mutable_state(house.found) == []


def test_everything_is_annotated(house):
    assert shape.unannotated(house.found) == []


def test_what_is_public_is_documented(house):
    core = [m for m in house.found if m.name.startswith(("supporttui.domain", "supporttui.usecases"))]
    assert Shape.documented(core) == 1.0
    assert Shape.documented(house.found) >= 0.8


def test_every_exception_is_caught_only_where_a_defect_must_be_outlived(house):
    places = {"supporttui.cli.main", "supporttui.tui.desk", "supporttui.tui.driver.quiet", "supporttui.watch"}
    assert set(shape.broad_excepts(house.found)) <= places


def test_few_places_say_the_same(house):
    assert len(shape.same_places(house.found)) <= 4


def test_docstrings_say_enough_and_not_more(house):
    assert 10 <= house.figures["docstrings %"] <= 20


# --- the checkers themselves --------------------------------------------------------------------------


def made(text: str, name: str = "made") -> Module:
    return Module(shape.ROOT / f"{name}.py", text)


def test_the_checkers_see_what_they_look_for():
    """A checker that never finds anything proves nothing."""
    a, b = made("import b\n", "a"), made("def f():\n    import a\n", "b")
    assert len(shape.cycles([a, b])) == 1
    assert shape.wall_clock_readers([made("import time\nnow = time.time()\n")]) == ["made"]
    assert shape.mutable_state([made("cache = {}\ndef f():\n    cache[1] = 2\n")]) == ["made.cache"]
    assert shape.globals_written([made("def f():\n    global x\n    x = 1\n")]) == ["made"]
    assert shape.broad_excepts([made("try:\n    pass\nexcept Exception:\n    pass\n")]) == ["made"]
    assert shape.unannotated([made("def f(x): ...\n")]) == ["made.f"]
    inner = made("try:\n    import a\nexcept ImportError:\n    import b\ndef f():\n    if x:\n        import c\n")
    assert [name for _, name in shape.imports(inner, inside=True)] == ["c"]
    assert [name for _, name in shape.imports(inner, inside=False)] == ["a", "b"]
    block = "".join(f"value_{n} = compute({n})\n" for n in range(6))
    assert len(shape.same_places([made(block, "a"), made(block, "b")])) == 1
