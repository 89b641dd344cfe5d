"""What the source says to people: every text call, and every fault code with its parameters."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from supporttui.domain import faults

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "supporttui"
CODE = re.compile(r"[a-z]\w*\.[a-z]\w*")
ERRORS = {
    name for name, value in vars(faults).items() if isinstance(value, type) and issubclass(value, faults.SupportError)
}


@dataclass(frozen=True)
class Raised:
    """A fault code where it stands, with the parameters given there; ``open`` if others join them later."""

    code: str
    params: frozenset[str]
    open: bool
    where: str


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


@cache
def raised() -> tuple[Raised, ...]:
    """Codes given to a fault class, or to a function that makes one."""
    return tuple(item for path, tree in trees().items() for item in _raised_in(path, tree))


def _raised_in(path: Path, tree: ast.Module) -> Iterator[Raised]:
    makers = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns is not None
        and set(re.findall(r"\w+", ast.unparse(node.returns))) & {*ERRORS, "NoReturn", "Never"}
    }  # fmt: skip
    for call in calls(tree):
        name = name_of(call.func)
        if name not in ERRORS | makers:
            continue
        for code in _codes(call):
            params = {keyword.arg for keyword in call.keywords if keyword.arg}
            is_open = name in makers or any(keyword.arg is None for keyword in call.keywords)
            if name == "ChannelFailed":
                params.add("retry_after")
            yield Raised(code, frozenset(params), is_open, f"{path.relative_to(ROOT)}:{call.lineno}")


def _codes(call: ast.Call) -> Iterator[str]:
    """Literals among the first argument's alternatives: ``a``, or ``a if x else b``."""
    for argument in call.args[:2]:
        for node in ast.walk(argument):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                yield node.value


def literals(prefix: str) -> dict[str, str]:
    """Every string constant that begins so, and where."""
    return {
        node.value: f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees().items()
        if "i18n" not in path.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and node.value.startswith(prefix) and CODE.fullmatch(node.value)
    }  # fmt: skip
