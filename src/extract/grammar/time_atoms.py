"""The atoms of time expressions: 2023年, 1—11月, 28日, 第三季度, 今年, 近5年, “十四五”, 19:00.

Needs the reading; gives every atom with its span, in reading order, without overlap. `periods` joins and links them.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extract.grammar.calendar import Week, given_year
from extract.grammar.time_eras import find_eras
from extract.grammar.time_lists import CHINESE, TO, Found, find_lists, quarters
from extract.grammar.time_words import ALONE, CLOCK, DAY, PART, YEAR, Atom, TimeWords, WeekWords, load_time_words
from extract.patterns import Pattern

_YEAR_LED = Pattern(r"(?:19|20)[0-9]{2}[-/.·—–－~～至到\x20]")
# 2016-12-25, 2016/12/25, 2016.12.25, 2019.03, and the masthead's 2024.1 and 2024·1
_NUMERIC = Pattern(
    r"""(?<![0-9.])(?P<year>(?:19|20)[0-9]{2})(?:
        (?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?![0-9]|[-/.][0-9]) |
        [-/.](?P<month>0[1-9]|1[0-2])(?![0-9.%％‰\p{Han}]|[-—–~～至/][0-9](?![0-9]{3})) |
        (?<=^[0-9]{4})\.(?P<month>[1-9])$ | (?=·[0-9])
    )""",
    regex.VERBOSE | regex.MULTILINE,
)
_BARE_YEARS = Pattern(
    rf"(?<![0-9.])((?:19|20)[0-9]{{2}})\x20?(?:{TO})\x20?((?:19|20)[0-9]{{2}})(?![0-9.%％‰\p{{Han}}A-Za-z])"
)
_MINUTE_LED = Pattern(r"[0-2][0-9][:：][0-5]")
_CLOCK = Pattern(r"(?<![0-9:.])(?:[01][0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9])?+(?![0-9:])")
_QUARTER = Pattern(r"Q([1-4])(?<![0-9A-Za-z]..)(?![0-9A-Za-z])")
_LUNAR = Pattern(
    r"[农阴]历闰?[正腊冬一二三四五六七八九十]{1,2}月(?:[初廿卅]?[一二三四五六七八九十]{1,3})?|"
    r"[正腊]月(?:初[一二三四五六七八九十]|[廿卅][一二三四五六七八九]|[一二三]?十[一二三四五六七八九]?)"
)


def find_atoms(text: str, claimed: bytearray | None = None) -> list[Found]:
    """Every atom of a reading, in order, without overlap; none that touches a claimed character.

    >>> text = "2024年前三季度，连续3年"
    >>> [(a.atom.rule, text[a.start : a.end]) for a in find_atoms(text)]
    [('date.year', '2024年'), ('date.quarters', '前三季度'), ('duration.recent', '连续3年')]
    >>> find_atoms("建成100个，用时3小时")
    []
    """
    words = load_time_words()
    found = [*_fixed(text, words), *_plans(text, words), *_weeks(text, words.week), *_lunar(text, words.lunar)]
    found += [*_digit_led(text), *find_eras(text, words.eras), *find_lists(text, words, claimed)]
    found.sort(key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    end = 0
    for atom in found:
        if atom.start >= end and (claimed is None or claimed.find(1, atom.start, atom.end) < 0):
            kept.append(atom)
            end = atom.end
    return kept


def _positions(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _beside(text: str, at: int, characters: str) -> bool:
    """Whether the character at an offset, if there is one, is among some."""
    return 0 <= at < len(text) and text[at] in characters


def _fixed(text: str, words: TimeWords) -> Iterator[Found]:
    """The fixed words of the lexicon."""
    lengths = range(words.longest, 1, -1)
    for ending in words.endings.finditer(text, overlapped=True):
        end = ending.end()
        for length in lengths:
            word = words.words.get(text[end - length : end]) if length <= end else None
            if word is not None:
                start = end - length
                if not (_beside(text, start - 1, word.not_after) or _beside(text, end, word.not_before)):
                    yield Found(start, end, word.atom)
                break


def _digit_led(text: str) -> Iterator[Found]:
    """Dates of digits and marks alone, years without 年, clock times, Q1."""
    for hit in _YEAR_LED.finditer(text):
        start = hit.start()
        if match := _NUMERIC.match(text, start):
            yield Found(start, match.end(), _numeric(match["year"], match["month"], match["day"]))
        elif match := _BARE_YEARS.match(text, start):
            years = given_year(int(match[1])), given_year(int(match[2]))
            yield Found(start, match.end(), Atom(YEAR, "span", "date.years", years))
    for hit in _MINUTE_LED.finditer(text):
        if match := _CLOCK.match(text, hit.start()):
            yield Found(match.start(), match.end(), Atom(CLOCK, "time", "date.clock"))
    for match in _QUARTER.finditer(text):
        yield Found(match.start(), match.end(), quarters(int(match[1]), int(match[1])))


def _numeric(year: str, month: str | None, day: str | None) -> Atom:
    years = (given_year(int(year)), given_year(int(year)))
    if month is None:
        return Atom(YEAR, "year", "date.year", years)
    if day is None:
        return Atom(PART, "month", "date.numeric", years, (int(month), 1), (int(month), 0))
    return Atom(DAY, "day", "date.numeric", years, (int(month), int(day)), (int(month), int(day)))


def _plans(text: str, words: TimeWords) -> Iterator[Found]:
    """“十四五”规划, 十三五时期: a name of three characters in quotes or before a word of plans, of two before one."""
    for at in _positions(text, "五"):
        for length in (3, 2):
            start, end = at + 1 - length, at + 1
            years = words.plans.get(text[start:end]) if start >= 0 else None
            if years is None or _beside(text, start - 1, CHINESE):
                continue
            quoted = text[end : end + 1] in ("”", '"', "’")
            time = words.plan_time.match(text, end + quoted)
            said = time or words.plan_said.match(text, end + quoted)
            if (length == 3 and (quoted or said)) or (said and (time or said[0] in ("规划", "计划"))):
                if quoted and text[start - 1 : start] in ("“", '"', "‘"):
                    start, end = start - 1, end + 1
                given = given_year(years[0]), given_year(years[1])
                yield Found(start, time.end() if time else end, Atom(YEAR, "plan", "date.plan", given))
            break


def _weeks(text: str, words: WeekWords) -> Iterator[Found]:
    """上周, 本周五, 下个星期, 星期三, 周末."""
    for name in words.names:
        for at in _positions(text, name):
            end = at + len(name)
            start = at - (text[at - 1 : at] == "个")
            shift = words.shifts.get(text[start - 1 : start]) if start else None
            start = at if shift is None else start - 1
            day = words.days.find(text[end]) if end < len(text) else -1
            weekend = text[end : end + 1] == "末"
            end += day >= 0 or weekend
            if _beside(text, end, words.not_before) or _beside(text, start - 1, words.not_after):
                continue
            if shift is None and not (day >= 0 and _is_weekday(text, start, end, name, words)):
                continue
            first, last = (5, 6) if weekend else (0, 6) if day < 0 else (min(day, 6), min(day, 6))
            grain = "day" if day >= 0 else "span"
            yield Found(start, end, Atom(DAY, grain, "word.week", form=Week(shift or 0, first, last)))


def _is_weekday(text: str, start: int, end: int, name: str, words: WeekWords) -> bool:
    """Whether 周三 is a day: a surname or 每周三次 has other neighbours. 星期三 has no such doubles."""
    if start and text[start - 1] in words.day_not_after:
        return False
    return len(name) > 1 or end == len(text) or text[end] in words.day_before


def _lunar(text: str, marks: tuple[str, ...]) -> Iterator[Found]:
    """Days of the lunar calendar, which are named and not computed."""
    for mark in marks:
        for at in _positions(text, mark):
            if match := _LUNAR.match(text, at):
                yield Found(at, match.end(), Atom(ALONE, "day", "date.lunar"))
