"""The words between a noun and its figure, read from right to left.

Needs a clause's text before the figure; gives the meanings found and where the noun ends.
"""

from __future__ import annotations

from functools import cache

from extract.lexicon.loader import load_toml

_LONGEST = 8


@cache
def cue_words() -> dict[str, str]:
    """Every cue word with its meaning (the name of its list in `cues.toml`).

    Raises ValueError when a word stands in two lists, naming the word and both lists.
    """
    meanings: dict[str, str] = {}
    for meaning, entry in load_toml("cues").items():
        for word in entry["words"]:
            if word in meanings and meanings[word] != meaning:
                raise ValueError(f"cues.toml: {word} stands in {meanings[word]} and in {meaning}")
            meanings[word] = meaning
    return meanings


def cue_before(text: str, start: int, end: int) -> tuple[str, str] | None:
    """The longest cue word that ends at `end` and does not begin before `start`, with its meaning.

    >>> cue_before("工业投资同比增长", 0, 8)
    ('增长', 'growth_up')
    >>> cue_before("工业投资", 0, 4) is None
    True
    """
    words = cue_words()
    for length in range(min(_LONGEST, end - start), 0, -1):
        word = text[end - length : end]
        if word in words:
            return word, words[word]
    return None


def cue_behind(text: str, start: int, end: int) -> str | None:
    """The meaning of the cue word of two or more characters that begins at `start`.

    >>> cue_behind("增至12家", 0, 5)
    'endpoint'
    >>> cue_behind("企业", 0, 2) is None
    True
    """
    words = cue_words()
    for length in range(min(_LONGEST, end - start), 1, -1):
        if (meaning := words.get(text[start : start + length])) is not None:
            return meaning
    return None
