"""Time of every pattern of the package grows no faster than the text, whatever the text repeats.

A pattern is called as the package calls it: searched for, or matched at one place. One that goes back over a run from
each of its characters takes sixteen times as long for four times the text, a linear one four times. Such a pattern is
mended where it stands: possessive quantifiers, bounded repeats, a look behind that lets it begin at a run's start only.
"""

from __future__ import annotations

import ast
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import regex

from extract.patterns import Pattern
from patterns import find_patterns, load_modules, repeats

SHORT, LONG = 1500, 6000
MOST_GROWTH = 8
QUICK = 0.008
"""Seconds in which no text of this length is read character by character from each character."""
LONGEST = 0.5

ONCE = frozenset(["match", "fullmatch"])


def seconds(pattern: Any, methods: set[str], text: str) -> float:
    """Processor time to go through a text, by each method once; at most `LONGEST` where the engine can be stopped."""
    limit = {"timeout": LONGEST} if isinstance(pattern, regex.Pattern) else {}
    started = process_time()
    try:
        for method in methods & ONCE:
            getattr(pattern, method)(text, **limit)
        if methods - ONCE:
            for _ in pattern.finditer(text, **limit):
                pass
    except TimeoutError:
        return LONGEST
    return process_time() - started


def is_linear(pattern: Any, methods: set[str], short: str, long: str) -> bool:
    """Whether the longer text takes at most in proportion; other work on the machine may slow a measurement or two."""
    for _ in range(4):
        taken = seconds(pattern, methods, long)
        if taken >= LONGEST:
            return False
        if taken < QUICK or taken < MOST_GROWTH * seconds(pattern, methods, short):
            return True
    return False


def slow_texts(pattern: Any, methods: set[str]) -> list[str]:
    """The first repeat, if any, that a pattern takes more than its share of time for."""
    for short, long in zip(repeats(pattern.pattern, SHORT), repeats(pattern.pattern, LONG), strict=True):
        if not is_linear(pattern, methods, short, long):
            return [f"{long[:4]!r}..{long[-2:]!r}"]
    return []


def test_every_pattern_is_linear() -> None:
    patterns = find_patterns()
    assert len(patterns) > 300
    slow = {name: found for name, (pattern, methods) in patterns.items() if (found := slow_texts(pattern, methods))}
    assert slow == {}


@pytest.mark.parametrize("source", [r"[0-9]+元", r"(?:一|二)+$", r"\s*号", r"(?:a|a)+b", r"二是|一+是"])
def test_a_slow_pattern_is_seen(source: str) -> None:
    assert slow_texts(regex.compile(source), {"finditer"})


@pytest.mark.parametrize("source", [r"(?<![0-9])[0-9]++元", r"[0-9]{1,9}元", r"号"])
def test_a_linear_pattern_passes(source: str) -> None:
    assert slow_texts(regex.compile(source), {"finditer"}) == []


def open_matches() -> dict[str, Any]:
    """The patterns that are matched at a place inside a text with no end given, by module and name."""
    found = {}
    for module in load_modules():
        for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ONCE):
                continue
            inside = len(node.args) == 2 and ast.unparse(node.args[0]).endswith("text")
            if inside and isinstance(node.func.value, ast.Name):
                pattern = vars(module).get(node.func.value.id)
                if isinstance(pattern, Pattern):
                    found[f"{module.__name__}.{node.func.value.id}"] = pattern
    return found


def test_a_match_at_one_place_does_not_look_through_the_text() -> None:
    """`regex` looks for the letters that a pattern requires, up to the end that it is given, before it matches."""
    long = "茶" * 400_000
    patterns = open_matches()
    assert len(patterns) > 30
    slow = []
    for name, pattern in patterns.items():
        pattern.match(long, 5)
        least = min(seconds_of(pattern, long) for _ in range(3))
        slow += [name] if least > 0.0005 else []
    assert slow == []


def seconds_of(pattern: Any, text: str) -> float:
    """Processor time of ten matches in the middle of a text."""
    started = process_time()
    for _ in range(10):
        pattern.match(text, 1000)
    return process_time() - started
