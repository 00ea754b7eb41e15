"""Which script a text is written in; what is not simplified Chinese is declined by name.

Needs the decoded text; raises `StructureError` or gives nothing. The grammar knows simplified characters: read as it
is, a traditional text would give a few wrong rows (億元 without its number) and look as if it held no others.

Why no folding to simplified: it is not one to one (乾, 幹 and 干 are one; 著 and 着 are two by meaning), and OpenCC does it
with a dictionary of words. Traditional characters quoted in a simplified text stay far below the share that counts.
"""

from __future__ import annotations

import re
from functools import cache

from extract.errors import StructureError
from extract.lexicon.loader import load_toml

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_SYLLABLES = (
    ("Japanese: kana", re.compile("[\u3041-\u30fa\uff66-\uff9d]")),
    ("Korean: Hangul", re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")),
)
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+(?=\s)")
_FEWEST_WORDS = 12
_FEWEST_HAN = 20
_FEWEST_TRADITIONAL = 5
_MOST_TRADITIONAL = 0.1
_FEWEST_LETTERS = 40
_MOST_SYLLABLES = 0.15
_LEAST_HAN = 0.05


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(load_toml('traditional')['characters'].split())}]")


def check_script(text: str) -> None:
    """Refuse a text that is not in simplified Chinese.

    The reason is `traditional_script` where a tenth or more of the Chinese characters are ones that simplified texts
    lack, `other_language` where the text is Japanese or Korean by its syllables, or has next to no Chinese characters
    beside its words. Texts of a line or two are never refused.

    >>> check_script("全縣糧食產量" + "增长" * 40)
    >>> check_script("全縣糧食總產達到12萬噸，比上年增長3%。" * 4)
    Traceback (most recent call last):
    extract.errors.StructureError: traditional characters, 縣 at 1 the first of 28 among 60 Chinese ones; convert the text to simplified ones (opencc -c t2s.json) and read that
    """
    found = _traditional().findall(text)
    if len(found) < _FEWEST_TRADITIONAL and _is_plain(text):
        return
    han = _count_han(text)
    for name, pattern in _SYLLABLES:
        syllables = pattern.findall(text)
        if len(syllables) + han >= _FEWEST_LETTERS and len(syllables) >= (han + len(syllables)) * _MOST_SYLLABLES:
            raise _declined(text, syllables, name)
    if han < len(text) * _LEAST_HAN:
        words = _WORD.findall(text)
        if len(words) >= _FEWEST_WORDS and han < sum(map(len, words)) * _LEAST_HAN:
            raise _declined(text, words, "another language: words")
    if han < _FEWEST_HAN:
        return
    if len(found) >= _FEWEST_TRADITIONAL and len(found) >= han * _MOST_TRADITIONAL:
        at = text.index(found[0])
        message = (
            f"traditional characters, {found[0]} at {at} the first of {len(found)} among {han} Chinese ones; "
            "convert the text to simplified ones (opencc -c t2s.json) and read that"
        )
        raise StructureError(message, reason="traditional_script", start=at, end=at + 1)


def _is_plain(text: str) -> bool:
    """Whether no kana and no Hangul stands in a text, and enough Chinese in its beginning alone: the usual case."""
    if any(pattern.search(text) for _, pattern in _SYLLABLES):
        return False
    return _count_han(text[: len(text) // 8]) >= len(text) * _LEAST_HAN


def _count_han(text: str) -> int:
    return len(text) - len(_HAN.sub("", text))


def _declined(text: str, found: list[str], name: str) -> StructureError:
    at = text.index(found[0])
    message = f"{name}, {found[0]} at {at} the first of {len(found)}; only Chinese is read: leave the file out"
    return StructureError(message, reason="other_language", start=at, end=at + 1)
