"""Every compiled pattern of the package, and texts made to keep it busy."""

from __future__ import annotations

import ast
import gc
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from itertools import pairwise
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import regex

import extract
from extract.patterns import Pattern

KINDS = (regex.Pattern, re.Pattern, Pattern)
WARM = "2021年，全市生产总值增长5%，居浙江省第3位。\n5月6日，市长秦岭主持召开会议。\n"
SAMPLES = {r"\d": "5", r"\s": " ", r"\w": "茶a", r"\S": "茶", r"\D": "茶", r"\p{Han}": "茶", r"\n": "\n", r"\t": "\t"}
ESCAPE = regex.compile(r"\\[pP]\{\w+\}|\\[a-zA-Z]|\(\?(?:[:>=!|]|<[=!]|P?<\w+>)|\{\d*,?\d*\}")
MOST_CHARACTERS = 24
MOST_PAIRS = 36


def load_modules() -> list[ModuleType]:
    """Every module of the package, its word lists loaded and its patterns made."""
    names = [found.name for found in pkgutil.walk_packages(extract.__path__, "extract.")]
    modules = [importlib.import_module(name) for name in names]
    for module in modules:
        for value in list(vars(module).values()):
            if isinstance(value, _lru_cache_wrapper) and not inspect.signature(value).parameters:
                value()
    extract.extract_text(WARM)
    return modules


def find_patterns() -> dict[str, tuple[Any, set[str]]]:
    """The patterns by module and source, wherever a module holds them (names, containers, classes, closures, caches),
    and the methods by which the package calls each."""
    found: dict[str, tuple[Any, set[str]]] = {}
    seen: set[int] = set()
    modules = load_modules()
    uses = _uses(modules)
    for module in modules:
        for pattern in _reachable(vars(module), seen):
            methods = uses.get(id(pattern), {"finditer"})
            compiled = regex.compile(pattern.pattern, pattern.flags) if isinstance(pattern, Pattern) else pattern
            known = found.setdefault(f"{module.__name__}: {pattern.pattern}", (compiled, set()))
            known[1].update(methods)
    return found


def _uses(modules: list[ModuleType]) -> dict[int, set[str]]:
    """The methods called on each pattern that has a name; one that is handed on under another may be called anyhow."""
    uses: dict[int, set[str]] = {}
    for module in modules:
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        called: dict[int, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called[id(node.value)] = node.attr
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                value = vars(module).get(node.id)
                if isinstance(value, KINDS):
                    method = called.get(id(node), "finditer")
                    if method not in ("pattern", "flags"):
                        uses.setdefault(id(value), set()).add(method)
    return uses


def _reachable(root: Any, seen: set[int]) -> Iterator[Any]:
    """The patterns that an object leads to, without leaving the package; `seen` holds what was visited."""
    pending = [root]
    while pending:
        holder = pending.pop()
        for value in gc.get_referents(holder):
            if isinstance(value, KINDS):
                if id(value) not in seen:
                    seen.add(id(value))
                    yield value
            elif id(value) not in seen and gc.is_tracked(value) and _is_own(value):
                seen.add(id(value))
                pending.append(value)


def _is_own(value: Any) -> bool:
    """Whether a value belongs to the module it was reached from: other modules, and what others define, lead out."""
    if isinstance(value, ModuleType):
        return False
    if isinstance(value, type | FunctionType):
        return (value.__module__ or "").startswith("extract")
    return not isinstance(value, dict) or "__builtins__" not in value  # the names of another module


def repeats(source: str, size: int) -> Iterator[str]:
    """Texts of about a size that a pattern goes through again and again: what it names, repeated, and no end to it."""
    letters, words = _alphabet(source)
    tail = "\x00" + "\x00".join([*letters, *words])  # what the pattern asks for is there, but out of reach
    for unit in [*letters, *words]:
        yield unit * (size // len(unit))
        yield unit * (size // len(unit)) + tail
    pairs = [*pairwise(letters), *zip(letters, reversed(letters), strict=True)]
    for one, other in pairs[:: max(1, len(pairs) // MOST_PAIRS)]:
        yield (one + other) * (size // 2)
        yield one * (size // 2) + other * (size // 2) + tail


def _alphabet(source: str) -> tuple[list[str], list[str]]:
    """Characters and literal words of a pattern's source, a sample of either; classes by a character of theirs."""
    sampled = "".join(SAMPLES.get(escape, "") for escape in ESCAPE.findall(source))
    plain = ESCAPE.sub("\x00", source)
    classes = "茶5a" if "[^" in plain or "." in plain else ""
    letters = list(dict.fromkeys(sampled + classes + "".join(regex.findall(r"[^\x00\\^$?*+|()\[\]{}]", plain))))
    words = list(dict.fromkeys(regex.findall(r"[\p{Han}A-Za-z0-9]{2,}", plain)))
    return _sample(letters), _sample(words)


def _sample(found: list[str]) -> list[str]:
    """At most so many, from all over."""
    return found[:: max(1, -(-len(found) // MOST_CHARACTERS))]
