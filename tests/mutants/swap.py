"""A changed statement put into a module that others have imported already.

Needs an imported module of the package and a top-level statement of it; changes functions, classes and patterns where
they are, so that everyone who holds one holds the changed one, and gives a constant its new value wherever it was
imported to. Caches that the module has a part in are emptied.
"""

from __future__ import annotations
import __future__

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from extract.patterns import Pattern

FLAGS = __future__.annotations.compiler_flag


def install(module: ModuleType, statement: ast.stmt) -> None:
    """Put a changed statement, and what the module makes of it at its import, in the place of the old one."""
    changed = _execute(module, statement)
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        for later in parse_module(module).body:
            if isinstance(later, ast.Assign | ast.AnnAssign) and changed & read_names(later):
                changed |= _execute(module, later)
    for holder in depending(module.__name__):
        for cached in _caches(holder):
            cached.cache_clear()


def _execute(module: ModuleType, statement: ast.stmt) -> set[str]:
    names = dict(vars(module))
    exec(compile(ast.Module([statement], []), str(module.__file__), "exec", FLAGS, dont_inherit=True), names)
    written = written_names(statement)
    for name in written:
        _exchange(module, name, names[name])
    return written


def _exchange(module: ModuleType, name: str, new: Any) -> None:
    old = getattr(module, name)
    if isinstance(new, Pattern):
        Pattern.__init__(old, new.pattern, new.flags)
    elif isinstance(new, type):
        for attribute, value in vars(new).items():
            if attribute in vars(old):
                _recode(vars(old)[attribute], value)
    elif callable(new):
        _recode(old, new)
    else:
        for other in modules():
            if other is module or (not name.startswith("_") and vars(other).get(name) is old):
                setattr(other, name, new)


def _recode(old: Any, new: Any) -> None:
    old, new = _function(old), _function(new)
    if isinstance(old, FunctionType) and isinstance(new, FunctionType):
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__


def _function(value: Any) -> Any:
    """The function behind a method, a property or a cache."""
    if isinstance(value, staticmethod | classmethod):
        return value.__func__
    if isinstance(value, property):
        return value.fget
    if isinstance(value, cached_property):
        return value.func
    return inspect.unwrap(value) if callable(value) else value


def modules() -> list[ModuleType]:
    """The modules of the package that are imported."""
    return [module for name, module in sys.modules.items() if name.partition(".")[0] == "extract"]


def depending(name: str) -> list[ModuleType]:
    """A module and those that import it, directly or not."""
    imports = {module.__name__: imported_names(module) for module in modules()}
    found = {name}
    while more := {holder for holder, names in imports.items() if names & found} - found:
        found |= more
    return [module for module in modules() if module.__name__ in found]


@cache
def parse_module(module: ModuleType) -> ast.Module:
    """The source of an imported module as a tree."""
    return ast.parse(Path(str(module.__file__)).read_text("utf-8"))


@cache
def imported_names(module: ModuleType) -> set[str]:
    """The modules that a module names in its imports."""
    return {node.module for node in ast.walk(parse_module(module)) if isinstance(node, ast.ImportFrom) and node.module}


def caches() -> Iterator[Any]:
    """Every cache of the imported modules."""
    for module in modules():
        yield from _caches(module)


def _caches(module: ModuleType) -> Iterator[Any]:
    for value in vars(module).values():
        if hasattr(value, "cache_clear") and value.__module__ == module.__name__:
            yield value


def read_names(statement: ast.AST) -> set[str]:
    """The names that a piece of code asks for."""
    return {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def written_names(statement: ast.stmt) -> set[str]:
    """The names that a top-level statement binds."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.AnnAssign):
        return {statement.target.id} if isinstance(statement.target, ast.Name) and statement.value else set()
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
