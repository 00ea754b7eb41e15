"""Patterns compiled when they are first asked: a start pays only for those that its text meets.

Needs the text of a pattern; gives an object with the methods of `regex.Pattern` that the package uses. A module writes
`_WORD = Pattern(r"...")` where it would write `regex.compile(r"...")`.

Why not a property that compiles: asked thirty thousand times for one issue, it costs more than it saves. Each method
stands in a slot, at first one that compiles, then the compiled pattern's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import regex

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
_Find = Callable[..., "regex.Match[str] | None"]


class Pattern:
    """A pattern of `regex` that is compiled at the first call of one of its methods.

    >>> year = Pattern(r"(\\d{4})年")
    >>> year.search("到2025年底")[1], year.match("到2025年底")
    ('2025', None)
    """

    __slots__ = ("flags", "pattern", *_METHODS)

    search: _Find
    match: _Find
    fullmatch: _Find
    finditer: Callable[..., Iterator[regex.Match[str]]]
    findall: Callable[..., list[Any]]
    sub: Callable[..., str]
    split: Callable[..., list[str | Any]]

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags
        for method in _METHODS:
            setattr(self, method, partial(self._first, method))

    def __repr__(self) -> str:
        return f"Pattern({self.pattern!r}, {int(self.flags)})"

    def compile(self) -> None:
        """Compile now; `regex.error` for a pattern that is none."""
        compiled = regex.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))

    def _first(self, method: str, *values: Any, **named: Any) -> Any:
        self.compile()
        return getattr(self, method)(*values, **named)
