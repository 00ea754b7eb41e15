"""Word boundaries of a short stretch, by jieba's dictionary fed with the indicators of `indicators.toml`.

Needs a stretch of a few dozen characters; gives its words. The dictionary is read when a boundary is first asked for.

Why maximum matching over jieba's word list, from both ends, and not its own cutter: a noun phrase of official prose
has few ambiguities that fewer and longer words do not settle, the search for the likeliest path takes far longer, and
jieba's start-up (two seconds, and a cache written to the shared temporary folder) costs more than reading an issue.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from extract.grammar.concepts import indicator_words
from extract.lexicon.loader import load_toml

_LONGEST = 6


@cache
def dictionary() -> frozenset[str]:
    """Every word known: jieba's words, the indicators' aliases and the words of `words.toml`, without its `no_words`."""
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("jieba is not installed; run: pip install jieba")
    # one word a line: word, frequency, tag
    fields = Path(spec.submodule_search_locations[0], "dict.txt").read_text("utf-8").split()
    listed = load_toml("words")
    words = {*fields[0::3], *indicator_words(), *listed["words"]}
    return frozenset(words.difference(listed["no_words"]))


def split_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words of `[start, end)` as spans, left to right: the longest from the left or from the right.

    >>> phrase = "新签约项目大都开工"
    >>> [phrase[a:b] for a, b in split_words(phrase, 0, len(phrase))]
    ['新', '签约', '项目', '大都', '开工']
    """
    return [(start + low, start + high) for low, high in _split(text[start:end])]


@lru_cache(maxsize=4096)
def _split(text: str) -> list[tuple[int, int]]:
    """The words of a stretch; the same few nouns stand before most figures of a document."""
    words = dictionary()
    forward = _from_left(words, text, 0, len(text))
    if not any(high - low == 1 for low, high in forward):
        return forward
    backward = _from_right(words, text, 0, len(text))
    return min(backward, forward, key=lambda spans: (len(spans), sum(high - low == 1 for low, high in spans)))


def _from_left(words: frozenset[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while start < end:
        length = min(_LONGEST, end - start)
        while length > 1 and text[start : start + length] not in words:
            length -= 1
        spans.append((start, start + length))
        start += length
    return spans


def _from_right(words: frozenset[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while start < end:
        length = min(_LONGEST, end - start)
        while length > 1 and text[end - length : end] not in words:
            length -= 1
        spans.append((end - length, end))
        end -= length
    spans.reverse()
    return spans
