"""Places: which region a stretch of text speaks of.

Needs the reading (or any text) and, where it is known, the code of the document's own region; gives `RegionMention`
spans, sorted, without overlap.

Full names are found by their unit (省市县区州盟旗), short names by their first two characters; a full name claims its
span before a short one, and a name that is also a common word counts only behind the region it lies in. What stands
directly behind a region and lies in it is read with it as one mention of the smaller one (河南省濮阳市华龙区).

Why `re` for the one scan for short names: `regex` walks a class of 400 characters one by one, 7.5 ms for 61,000
characters against 0.8 ms. A segmenter would cost more than all stages together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import regex

from extract.grammar.gazetteer import (
    UNIT_ENDS,
    Entry,
    Level,
    Region,
    full_index,
    lies_in,
    load_marks,
    short_children,
    short_index,
)  # fmt: skip
from extract.patterns import Pattern


class RegionMention(NamedTuple):
    """A place as it stands in the text, half-open.

    `name` is the official name (濮阳市 for 濮阳), as printed where the table has none. `code` is the GB/T 2260 code,
    None for what has no code and for a name that several regions bear. `level` is `relative` for 全市, 我省; `group`
    for several regions together (五县, 县域, 京津冀) and for a level of government (市直).
    `body`: an office is meant (省委, 市政府). `within_name`: the place opens the name of a firm, school or agency.
    """

    start: int
    end: int
    name: str
    code: str | None
    level: Level
    body: bool = False
    within_name: bool = False


class _Token(NamedTuple):
    start: int
    end: int
    entry: Entry


_UNIT = re.compile(f"[{UNIT_ENDS}]")
_EACH = Pattern(
    r"各(?:省辖市|设区市|地级市|[省市县区州盟旗乡镇]{1,4}|地市)(?<!市(?=场))(?<!区(?=域))"
    r"(?:[（(][省市县区州盟旗乡镇、]{1,7}[）)])?(?:[区市](?![场域]))?"
)
# 五县, 5个县（区）, 三省; 8个省产业园 counts what belongs to the province, 三个省会 capitals
_COUNT = Pattern(r"(?<![第\d.〇零一二三四五六七八九十百])(?:\d{1,3}|[二三四五六七八九十两]{1,3}) ?(?:个?县|个省|省)$")
_COUNT_TAIL = Pattern(
    r"(?:[（(][市区、]{1,3}[）)]|[市区](?![场域]))?(?![级委长会域])(?<!个省)|(?<=个省)(?=[份（、，。市]|区(?!域))"
)
_BETWEEN = Pattern(r"\p{Han}{0,3}")
_EDGE = frozenset("\n \t，。；：、！？（）“”《》【】在到赴对和与及至往于给向由从")
_LISTED = frozenset("、和与及")
_NO_COMMITTEE = frozenset("托派外")
_DIGITS = {ord(digit): str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {ord("两"): "2"}


def find_regions(
    text: str, claimed: Sequence[tuple[int, int]] | None = None, home: str | None = None
) -> list[RegionMention]:
    """Find every mention of a region, left to right, without overlap; none inside a `claimed` span (sorted).

    `home` is the code of the document's own region: the regions beside and below it then answer to their short names,
    and a name that several regions bear is taken to be the one at home.

    >>> [(m.name, m.code) for m in find_regions("江苏南通和安徽省亳州市涡阳县的两家企业")]
    [('南通市', '320600'), ('涡阳县', '341621')]
    >>> [(m.name, m.level) for m in find_regions("全市5县中清丰增长最快", home="410900")]
    [('全市5县', 'group'), ('清丰县', 'county')]
    >>> find_regions("健全市场体系，重大理论成果万古长春")
    []
    """
    tokens = _disjoint(_full_tokens(text, home), _short_tokens(text, home))
    if claimed:
        starts = [start for start, _ in claimed]
        tokens = [token for token in tokens if not _is_claimed(token, claimed, starts)]
    return _Reader(text, home).read(tokens)


def _is_claimed(token: _Token, claimed: Sequence[tuple[int, int]], starts: list[int]) -> bool:
    at = bisect_left(starts, token.end)
    return at > 0 and claimed[at - 1][1] > token.start


def _full_tokens(text: str, home: str | None) -> list[_Token]:
    entries, widths = full_index()
    tokens: list[_Token] = []
    for match in _UNIT.finditer(text):
        end = match.end()
        for width in widths.get(text[end - 2 : end], ()):
            start = end - width
            entry = entries.get(text[start:end]) if start >= 0 else None
            if entry and _stands(text, start, end):
                tokens.append(_Token(start, end, _weighed(entry, text, start, home)))
                break
        else:
            if match.group() in "县省":
                tokens += _counted(text, end)
    return tokens


def _counted(text: str, end: int) -> list[_Token]:
    """The group whose unit, 县 or 省, ends there (五县, 5个县（区）); none where no number stands in front."""
    count = _COUNT.search(text, max(end - 7, 0), end)
    tail = _COUNT_TAIL.match(text, end) if count else None
    if count is None or tail is None:
        return []
    return [_Token(count.start(), tail.end(), Entry(text[count.start() : tail.end()], "count"))]


def _weighed(entry: Entry, text: str, start: int, home: str | None) -> Entry:
    """A county of two characters (范县) needs an edge in front of it, unless it is one at home."""
    if entry.kind != "place" or entry.bound or len(entry.surface) > 2:
        return entry
    near = home is not None and any(lies_in(region.code, _middle(home)) for region in entry.regions)
    return entry if near or start == 0 or text[start - 1] in _EDGE else entry._replace(bound=True)


def _short_tokens(text: str, home: str | None) -> list[_Token]:
    entries, widths = short_index(home)
    tokens: list[_Token] = []
    for match in _starts(home).finditer(text):
        start = match.start()
        for width in widths.get(text[start : start + 2], ()):
            end = start + width
            entry = entries.get(text[start:end])
            if entry and _stands(text, start, end):
                tokens.append(_Token(start, end, entry))
                break
    tokens += (_Token(*match.span(), Entry(match.group(), "each")) for match in _EACH.finditer(text))
    return tokens


@cache
def _starts(home: str | None) -> re.Pattern[str]:
    edges = sorted(short_index(home).widths)
    first, second = ("".join(sorted({edge[place] for edge in edges})) for place in (0, 1))
    return re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")


def _stands(text: str, start: int, end: int) -> bool:
    """Whether the name at that place is one, and not a part of other words (健全市场, 重大理论)."""
    marks = load_marks()
    if text[end : end + 1] and text[end] in marks.after.get(text[end - 1], ""):
        return False
    for offset, phrase in marks.friends.get(text[start:end], ()):
        if start >= offset and text.startswith(phrase, start - offset):
            return False
    return True


def _disjoint(full: list[_Token], short: list[_Token]) -> list[_Token]:
    """Full names first, bound ones and short names where they leave room; at one place the longest.

    A bound name is left out at once where no other name ends at it or one character before it.
    """
    strong = _leftmost(token for token in full if not token.entry.bound)
    starts = [token.start for token in strong]
    ends = {token.end + gap for token in (*full, *short) for gap in (0, 1)}
    bound = (token for token in full if token.entry.bound and token.start in ends)
    weak: list[_Token] = []
    for token in _leftmost([*bound, *short]):
        at = bisect_left(starts, token.end)
        if at == 0 or strong[at - 1].end <= token.start:
            weak.append(token)
    return sorted([*strong, *weak])


def _leftmost(tokens: Iterable[_Token]) -> list[_Token]:
    kept: list[_Token] = []
    for token in sorted(tokens, key=lambda token: (token.start, -token.end)):
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


def _middle(code: str) -> str:
    """The prefecture a code lies in; the province for a code above it."""
    return code if code.endswith("0000") else code[:4] + "00"


def _chosen(token: _Token, last: RegionMention | None, touches: bool, home: str | None) -> Region | None:
    """The region that a name means: in the region before it, beside the one before it, at home, or the only one."""
    candidates = token.entry.regions
    if len(candidates) == 1:
        return candidates[0]
    scopes = [last.code if touches else _middle(last.code)] if last and last.code else []
    if home:
        scopes += [_middle(home), home[:2] + "0000"]
    for scope in scopes:
        near = [region for region in candidates if lies_in(region.code, scope)]
        if near and (len(near) == 1 or near[1].until):
            return near[0]
    newest = max(region.until or "now" for region in candidates)
    left = [region for region in candidates if (region.until or "now") == newest]
    return left[0] if len(left) == 1 else None


class _Reader:
    """Reads tokens from left to right into mentions; what stands before decides what a doubtful name is."""

    def __init__(self, text: str, home: str | None) -> None:
        self.text = text
        self.home = home
        self.marks = load_marks()
        self.mentions: list[RegionMention] = []

    def read(self, tokens: list[_Token]) -> list[RegionMention]:
        limits = [*(token.start for token in tokens[1:]), len(self.text)]
        for token, limit in zip(tokens, limits, strict=False):
            start, end, entry = token
            if self.mentions and start < self.mentions[-1].end:
                continue
            if entry.kind == "place":
                self._place(token, limit)
            elif entry.kind in ("local_zone", "zone_unit"):
                self._zone(token)
            elif entry.kind in ("group", "counties", "count", "each"):
                self._group(token)
            elif entry.kind == "own":
                body = self.marks.own.match(self.text, end) is not None
                self.mentions.append(RegionMention(start, end, entry.surface, None, "group", body))
            else:
                self._add(start, end, entry.surface, None, _level(entry.kind))
        return self.mentions

    def _before(self, start: int) -> tuple[RegionMention | None, bool]:
        """The mention that touches this place or is joined to it by 、 or 和, and whether it touches."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or last.body:
            return None, False
        gap = self.text[last.end : start]
        return (last, not gap) if not gap or gap in _LISTED else (None, False)

    def _place(self, token: _Token, limit: int) -> None:
        start, end, entry = token
        last, touches = self._before(start)
        region = _chosen(token, last, touches, self.home)
        outer = last.code if last else None
        if region and outer and touches and region.code != outer and lies_in(region.code, outer):
            start = self.mentions.pop().start
        elif entry.bound and not (region and outer and not touches and _middle(region.code) == _middle(outer)):
            return
        if region is None:
            self._add(start, end, entry.surface, None, entry.regions[0].level)
            return
        while below := self._child_behind(region.code, end, limit):
            region, end = below, end + len(below.short)
        town = self.marks.township.match(self.text, end, limit) if region.level in ("county", "district") else None
        if town:
            level: Level = "village" if town["village"] else "township"
            self._add(start, town.end(), self.text[start : town.end()], None, level)
        else:
            self._add(start, end, region.name, region.code, region.level)

    def _child_behind(self, code: str, end: int, limit: int) -> Region | None:
        below = short_children(code)
        for width in (4, 3, 2):
            region = below.get(self.text[end : end + width])
            if region and end + width <= limit and _stands(self.text, end, end + width):
                return region
        return None

    def _zone(self, token: _Token) -> None:
        """A zone with the name of its place, in a list of places, or (经开区, 高新区) alone."""
        start, end, entry = token
        last = self.mentions[-1] if self.mentions else None
        gap = self.text[last.end : start] if last and start - last.end <= 3 else None
        beside = last is not None and last.level in ("prefecture", "county", "district", "zone")
        if beside and gap is not None and gap in _LISTED:
            self._add(start, end, entry.surface, None, "zone")
        elif last and last.level in ("province", "prefecture", "county", "district") and self._joins(gap):
            self.mentions.pop()
            self._add(last.start, end, self.text[last.start : end], None, "zone")
        elif entry.kind == "local_zone" and gap != "" and self.text[start - 1 : start] not in self.marks.zone_kinds:
            self._add(start, end, entry.surface, None, "zone")

    def _joins(self, gap: str | None) -> bool:
        return gap is not None and _BETWEEN.fullmatch(gap) is not None and self.marks.zone_breaks.isdisjoint(gap)

    def _group(self, token: _Token) -> None:
        start, end, entry = token
        name = _arabic(entry.surface) if entry.kind == "count" else entry.surface
        last, touches = self._before(start)
        if (
            last
            and touches
            and entry.kind != "group"
            and "省" not in name
            and last.level in ("relative", "province", "prefecture")
        ):
            start = self.mentions.pop().start
            name = last.name + name
        self._add(start, end, name, None, "group")

    def _add(self, start: int, end: int, name: str, code: str | None, level: Level) -> None:
        text, marks = self.text, self.marks
        body = within_name = False
        following = text[end : end + 1]
        if following == "委" and text[end + 1 : end + 2] not in _NO_COMMITTEE:
            body = True
            end -= code is not None and text[end - 1] in UNIT_ENDS
        elif following in marks.heads and marks.head.match(text, end):
            body = True
        elif level not in ("relative", "group"):
            within_name = _opens_name(text[end : end + 18])
        self.mentions.append(RegionMention(start, end, name, code, level, body, within_name))


def _opens_name(following: str) -> bool:
    """Whether a place name with this behind it opens the name of a firm, school or agency.

    >>> _opens_name("工业职业技术学院"), _opens_name("的三所学院"), _opens_name("建设学院")
    (True, False, False)
    """
    marks = load_marks()
    if marks.tail_ends.isdisjoint(following):
        return False
    ending = marks.tail.search(following)
    if ending is None or ending.start() > 12:
        return False
    between = following[: ending.start()].replace("（", "").replace("）", "")
    plain = not between or (between.isalpha() and marks.breaks.isdisjoint(between))
    return plain and not any(word in between for word in marks.break_words)


def _level(kind: str) -> Level:
    return "relative" if kind == "relative" else "zone" if kind == "zone" else "country"


def _arabic(surface: str) -> str:
    """The count as the column has it: 五个县 and 5 县 are both 5县.

    >>> _arabic("十二县"), _arabic("5 个县"), _arabic("二十县")
    ('12县', '5县', '20县')
    """
    words = surface.replace("个", "").replace(" ", "").translate(_DIGITS)
    words = regex.sub(r"^十", "1十", words)
    return regex.sub(r"十(?=\d)", "", words).replace("十", "0")
