"""Time of every pattern of the package grows no faster than the text, whatever the text repeats.

A pattern is called as the package calls it: searched for, or matched at one place. One that goes back over a run from
each of its characters takes sixteen times as long for four times the text, a linear one four times. Such a pattern is
mended where it stands: possessive quantifiers, bounded repeats, a look behind that lets it begin at a run's start only.
"""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest
import regex

from patterns import find_patterns, repeats

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
