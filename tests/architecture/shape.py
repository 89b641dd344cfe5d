"""The shape of the source as numbers: what ``test_shape.py`` holds and ``python -m tests.architecture.shape`` prints."""

import ast
import io
import statistics
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "supporttui"
SAME_LINES = 6
"""So many equal lines in two places are a pair that should be one."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file: its text and its tree."""

    path: Path
    text: str = field(repr=False)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self) -> tuple[tuple[ast.Import | ast.ImportFrom, bool], ...]:
        """Those that the program executes; whether each stands in a function."""
        checked = [node for node in self.nodes if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)]
        hidden = {id(inner) for node in checked for inner in ast.walk(node)}
        found = [node for node in self.nodes if isinstance(node, (ast.Import, ast.ImportFrom))]
        own = {id(node) for node in _at_import(self.tree)} if found else set()
        return tuple((node, id(node) not in own) for node in found if id(node) not in hidden)

    @cached_property
    def calls(self) -> frozenset[str]:
        """What is called with a dot: ``time.time``."""
        called = (node.func for node in self.nodes if isinstance(node, ast.Call))
        return frozenset(ast.unparse(what) for what in called if isinstance(what, ast.Attribute))

    @cached_property
    def name(self) -> str:
        """As it is imported."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def functions(self) -> Iterator[Function]:
        yield from (node for node in self.nodes if isinstance(node, Function))

    def public(self) -> Iterator[Function | ast.ClassDef]:
        """Classes and functions without an underscore, methods of such classes included."""
        yield from _public(self.tree.body)


def _public(body: Sequence[ast.stmt]) -> Iterator[Function | ast.ClassDef]:
    for node in body:
        if isinstance(node, (Function, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Whatever stands in no function."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (Function, ast.expr)):
            yield child
            yield from _at_import(child)


def modules(folder: Path = SOURCE) -> tuple[Module, ...]:
    """Every file of the package but the migrations, which are frozen when they are written."""
    paths = sorted(path for path in folder.rglob("*.py") if "versions" not in path.parts)
    return tuple(Module(path, path.read_text("utf-8")) for path in paths)


# --- sizes --------------------------------------------------------------------------------------------


def length(function: Function) -> int:
    """Lines of a function, without its docstring and its decorators."""
    body = function.body
    documented = ast.get_docstring(function, clean=False) is not None
    doc = (body[0].end_lineno or 0) - body[0].lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - doc


def percentile(values: Sequence[int], share: float) -> int:
    """The value under which a share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def comment_lines(module: Module) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(module.text).readline)
    return sum(token.type == tokenize.COMMENT for token in tokens)


def docstring_lines(module: Module) -> int:
    """Lines of docstrings, those under fields included."""
    total = 0
    for node in module.nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            total += (node.end_lineno or 0) - node.lineno + 1
    return total


# --- imports ------------------------------------------------------------------------------------------


def imports(module: Module, *, inside: bool | None = None) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    """Import statements with the module named; ``inside`` asks for those in functions (or at the top) alone."""
    for node, in_function in module.imports:
        if inside is None or inside == in_function:
            for name in _names(node):
                yield node, name


def _names(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    else:
        for alias in node.names:
            yield f"{node.module}.{alias.name}"


def cycles(found: Sequence[Module]) -> list[tuple[str, ...]]:
    """Groups of modules that import each other, at import or inside functions."""
    known = {module.name for module in found}
    graph: dict[str, set[str]] = defaultdict(set)
    for module in found:
        for _, name in imports(module):
            target = name if name in known else name.rpartition(".")[0]
            if target in known and target != module.name:
                graph[module.name].add(target)
    return [group for group in _components(graph) if len(group) > 1]


def _components(graph: dict[str, set[str]]) -> list[tuple[str, ...]]:
    """Strongly connected ones, by Tarjan."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[tuple[str, ...]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in sorted(graph.get(node, ())):
            if target not in index:
                visit(target)
            if target in stack:
                low[node] = min(low[node], low[target])
        if low[node] == index[node]:
            place = stack.index(node)
            groups.append(tuple(stack[place:]))
            del stack[place:]

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return groups


# --- habits -------------------------------------------------------------------------------------------


def wall_clock_readers(found: Sequence[Module]) -> list[str]:
    """Modules that read the wall clock."""
    readers = {"time.time", "datetime.now", "datetime.utcnow", "date.today", "arrow.now", "arrow.utcnow"}
    return [module.name for module in found if readers & module.calls]


def mutable_state(found: Sequence[Module]) -> list[str]:
    """Names at module level whose value some code of the module changes: state that outlives a call."""
    return [f"{module.name}.{name}" for module in found for name in sorted(_bound(module.tree) & _changed(module))]


_CHANGING = frozenset(
    {
        "append",
        "add",
        "update",
        "pop",
        "clear",
        "extend",
        "insert",
        "remove",
        "discard",
        "setdefault",
        "popitem",
        "sort",
    }
)


def _bound(tree: ast.Module) -> set[str]:
    assigns = [node for node in tree.body if isinstance(node, (ast.Assign, ast.AnnAssign))]
    targets = [t for node in assigns for t in (node.targets if isinstance(node, ast.Assign) else [node.target])]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _changed(module: Module) -> set[str]:
    """Names that are item-assigned, item-deleted or called by a method that changes them."""
    names: set[str] = set()
    for node in module.nodes:
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            names.add(ast.unparse(node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGING:
            names.add(ast.unparse(node.func.value))
    return names


def globals_written(found: Sequence[Module]) -> list[str]:
    return [m.name for m in found if any(isinstance(node, ast.Global) for node in m.nodes)]


def broad_excepts(found: Sequence[Module]) -> list[str]:
    """Modules that catch every exception."""
    return [
        module.name
        for module in found
        for node in module.nodes
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "Exception")
    ]


def unannotated(found: Sequence[Module]) -> list[str]:
    """Functions that lack an annotation."""
    names = []
    for module in found:
        for function in module.functions():
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            bare = [a for a in arguments if a.annotation is None and a.arg not in ("self", "cls")]
            if bare or (function.returns is None and function.name != "__init__"):
                names.append(f"{module.name}.{function.name}")
    return names


def same_places(found: Sequence[Module]) -> list[tuple[str, str]]:
    """Pairs of modules that share ``SAME_LINES`` lines of code; imports and docstrings are none."""
    places: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for module in found:
        telling = list(_telling(module))
        for start in range(len(telling) - SAME_LINES + 1):
            window = telling[start : start + SAME_LINES]
            places[tuple(text for _, text in window)].append(f"{module.name}:{window[0][0]}")
    pairs: dict[tuple[str, ...], tuple[str, str]] = {}
    for where in places.values():
        if len(where) > 1:
            key = tuple(sorted({place.partition(":")[0] for place in where}))
            pairs.setdefault(key, (where[0], where[1]))
    return sorted(pairs.values())


def _telling(module: Module) -> Iterator[tuple[int, str]]:
    silent: set[int] = set()
    for node in module.nodes:
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, (ast.Import, ast.ImportFrom)) or text:
            silent.update(range(node.lineno, (node.end_lineno or 0) + 1))
    for number, line in enumerate(module.text.splitlines(), 1):
        if number not in silent and len(line.strip()) > 3 and not line.lstrip().startswith("#"):
            yield number, line.strip()


# --- the table ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shape:
    """The numbers."""

    found: tuple[Module, ...]
    tests: tuple[Module, ...]

    @cached_property
    def figures(self) -> dict[str, object]:
        """Name → value, as printed."""
        sizes = [module.lines for module in self.found]
        functions = [length(f) for module in self.found for f in module.functions()]
        lines = sum(sizes)
        return {
            "files": len(sizes),
            "lines": lines,
            "longest file": max(sizes),
            "median file": int(statistics.median(sizes)),
            "longest function": max(functions),
            "median function": int(statistics.median(functions)),
            "90th percentile of functions": percentile(functions, 0.9),
            "import cycles": len(cycles(self.found)),
            "imports inside functions": len(list(self.inner_imports())),
            "readers of the wall clock": len(wall_clock_readers(self.found)),
            "mutable names at module level": len(mutable_state(self.found)) + len(globals_written(self.found)),
            "functions without annotations": len(unannotated(self.found)),
            "public docstrings %": round(100 * self.documented(self.found)),
            "comments %": round(100 * sum(map(comment_lines, self.found)) / lines, 1),
            "docstrings %": round(100 * sum(map(docstring_lines, self.found)) / lines, 1),
            "test lines per line": round(sum(module.lines for module in self.tests) / lines, 2),
            "pairs of six equal lines": len(same_places(self.found)),
        }

    def inner_imports(self) -> Iterator[tuple[Module, ast.Import | ast.ImportFrom]]:
        seen: set[int] = set()
        for module in self.found:
            for node, _ in imports(module, inside=True):
                if id(node) not in seen:
                    seen.add(id(node))
                    yield module, node

    @staticmethod
    def documented(found: Sequence[Module]) -> float:
        """The share of public classes and functions with a docstring."""
        public = [node for module in found for node in module.public()]
        return sum(ast.get_docstring(node) is not None for node in public) / len(public)


def shape() -> Shape:
    """Of the package and its tests as they are on disk."""
    return Shape(modules(), modules(ROOT / "tests"))


def main() -> None:
    """Print the table."""
    figures = shape().figures
    width = max(map(len, figures))
    for name, value in figures.items():
        print(f"{name:<{width}}  {value}")  # noqa: T201  a table for people


if __name__ == "__main__":
    main()
