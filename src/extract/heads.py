"""What an issue or a document says of itself: title, number, publisher, date, and the region it speaks for.

Needs a `Plan` and the articles; gives an `IssueHead`. An issue says it on its cover and in its masthead, a single
document in its title, its date line and the name of the congress it was delivered to.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from extract.document import ArticleSpan, IssueHead
from extract.grammar.regions import RegionMention, find_regions
from extract.notes import read_date
from extract.patterns import Pattern
from extract.pieces import Plan
from extract.press import squash

_TITLE = Pattern(
    r"《([^《》]{2,16})》\s?(?:编辑部|杂志社|编委会|编辑委员会|编审委员会|编辑室|特约)|^《?(\p{Han}{2,10})》?\s*\d{4}\s?(?:年|第|[·./])"
)
_NUMBERS = (
    Pattern(r"(?P<year>\d{4})\s?(?:年\s?第?|第)\s?(?P<number>\d{1,3})\s?期"),
    Pattern(r"(?P<year>\d{4})\s?[·.•/\-—]\s?(?P<number>\d{1,2})(?![\d.\-/年])"),
    Pattern(r"(?P<year>\d{4})\s?年\s?(?P<number>\d{1,2})\s?月(?!\s?\d)"),
)
_YEAR = Pattern(r"(?P<year>(?:19|20)\d\d)\s?年")
_TOTAL = Pattern(r"总\s?第?\s?(\d{1,5})\s?期")
_ORGANISER = Pattern(r"主办(?:单位)?[：:](?P<after>\S+)|^(?P<before>\S{4,40}?)(?:主办|主管主办)$")
_PERMIT = Pattern(
    r"(?:准印证号?|准印号|内部资料准印证号?|国内统一(?:连续出版物号|刊号)|国内刊号|刊号)\s?[：:]?\s?(?P<permit>\S[^；，。]{2,40}?)(?=\s{2}|[；，。]|$)"
)
_MONTH = Pattern(
    r"出版日期\D{0,3}(\d{4})年(\d{1,2})月|^\D{0,6}(\d{4})\s?年\s?(\d{1,2})\s?月(?:号|刊|出版|\d{1,2}日(?:出版|印))"
)
# How many months one number spans: 双月刊 every two months, 季刊 every quarter; 半月刊 and 旬刊 several in a month.
_SPANS = (("双月刊", 2, 1), ("季刊", 3, 1), ("半年刊", 6, 1), ("半月刊", 1, 2), ("旬刊", 1, 3))
_CONGRESS = Pattern(r"(?P<place>\p{Han}{2,16}?)第[一二三四五六七八九十百]+(?:届|次)(?:人民代表大会|委员会|代表大会)")
# A region that the gazetteer lacks (an old county, a new one), where a title or an organiser starts with it.
_UNKNOWN = Pattern(
    r"(?:中共|政协|中国共产党|\d{4}年|——|\d{4}年\d{1,2}月\d{1,2}日在|日|在)*+((?!第|在)(?:(?![全本各我])\p{Han}){1,5}?(?:自治区|自治州|自治县|自治旗|省|市|州|盟|县|旗))(?!域|情|区|场|级|长|委书|直)"
)
# （某省）2019年某县工作报告: filed under the province, of the county
_FILED = Pattern(r"^（\p{Han}{2,8}）")
_NAME = Pattern(r"《?\p{Han}{2,10}》?$")
_NO_NAMES = ("主办", "主管", "资料", "交流", "期", "刊")
_RELATIVE = Pattern(r"[全我本]([省市县区州旗])")
_LONGEST_SCAN = 20_000
_FEWEST_MENTIONS = 3
_SHORT_TEXT = 3_000
_LONGEST_TAIL = 4
_LONGEST_NAME = 4
_WEIGHTS = {"title": 8, "organiser": 8, "congress": 10, "head": 3}


@dataclass(frozen=True, slots=True)
class Place:
    """The region that a document speaks for, and its GB/T 2260 code."""

    name: str
    code: str | None


def find_head(plan: Plan, articles: Sequence[ArticleSpan], folded: str) -> IssueHead:
    """The head of an issue or a single document; fields that nothing tells are None.

    `date` is the last day of the issue's month, or the day a single document was delivered or is dated.
    """
    lines = _head_lines(plan)
    article = articles[0] if plan.single and articles else None
    title = article.title if article is not None else _read_title(lines)
    organiser = _read_organiser(lines) or (article.authors[0] if article and _is_body(article) else None)
    place = find_place(title, organiser, lines, folded)
    year, number = _read_number(lines) if article is None else (None, None)
    if article is None:
        day = _read_month(lines, year, number)
    else:
        day = article.occasion_date or _read_day(plan, lines)
        named = _YEAR.search(title or "")
        year = day.year if day is not None else int(named["year"]) if named else None
    return IssueHead(
        title=title,
        year=year,
        number=number,
        total_number=next((int(found[1]) for line in lines if (found := _TOTAL.search(line))), None),
        organiser=organiser,
        place=place.name if place else None,
        region_code=place.code if place else None,
        permit=next((found["permit"].strip() for line in lines if (found := _PERMIT.search(line))), None),
        date=day,
    )


def _is_body(article: ArticleSpan) -> bool:
    """Whether a document is signed by a body, and not by a person with a post."""
    return bool(article.authors) and not article.author_posts and len(article.authors[0]) > _LONGEST_NAME


def _head_lines(plan: Plan) -> list[str]:
    """The lines that speak of the whole: cover and masthead of an issue, title and head of a document."""
    if plan.single:
        return [line.text for i, line in enumerate(plan.lines) if plan.parts.get(i) in ("title", "byline")][:12]
    first = min((piece.start for piece in plan.pieces), default=0)
    return [
        line.text
        for i, line in enumerate(plan.lines)
        if plan.parts.get(i) == "masthead" or (i < first and plan.parts.get(i) != "caption")
    ]


def _read_title(lines: Sequence[str]) -> str | None:
    """The name of a journal: before 编辑部 and the like, else the first line of the cover that is no label."""
    for line in lines:
        if (found := _TITLE.search(line)) is not None:
            return squash(found[1] or found[2])
    for line in lines:
        flat = squash(line)
        if _NAME.match(flat) and not flat.endswith(_NO_NAMES):
            return flat.strip("《》")
    return None


def _read_organiser(lines: Sequence[str]) -> str | None:
    """The body that publishes the journal, from 主办."""
    for line in lines:
        if (found := _ORGANISER.search(squash(line))) is not None:
            return str(found["after"] or found["before"])
    return None


def _read_number(lines: Sequence[str]) -> tuple[int | None, int | None]:
    """Year and number of the issue."""
    for pattern in _NUMBERS:
        for line in lines:
            found = pattern.search(line)
            if found is not None and 1900 <= int(found["year"]) < 2200:
                return int(found["year"]), int(found["number"])
    return next((int(found["year"]) for line in lines if (found := _YEAR.search(line))), None), None


def _read_month(lines: Sequence[str], year: int | None, number: int | None) -> date | None:
    """The last day of the issue's month, printed or counted from its number."""
    for line in lines:
        if (found := _MONTH.search(squash(line))) is not None:
            return _end_of_month(int(found[1] or found[3]), int(found[2] or found[4]))
    if year is None or number is None:
        return None
    whole = "".join(lines)
    months, issues = next(((m, n) for word, m, n in _SPANS if word in whole), (1, 1))
    return _end_of_month(year, -(-number // issues) * months)


def _end_of_month(year: int, month: int) -> date | None:
    """The last day of a month, None for no month."""
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _read_day(plan: Plan, lines: Sequence[str]) -> date | None:
    """The day of a document: in its head, or as its signature at the end."""
    text = [
        line.text for i, line in enumerate(plan.lines) if plan.parts.get(i) in ("title", "byline", "note") and i < 12
    ]
    tail = [line.text for line in plan.lines[-_LONGEST_TAIL:] if len(line.text) <= 24 and "。" not in line.text]
    return next((day for line in (*text, *lines, *tail) if (day := read_date(line)) is not None), None)


def find_place(title: str | None, organiser: str | None, lines: Iterable[str], folded: str) -> Place | None:
    """The region that 全市, 我省 or 本县 stand for in a document, None where nothing tells it.

    Each region named in the title, by the organiser, in the name of a congress or in the lines of the head votes for
    itself; among equals the one that the text names most. A document of the whole country speaks for no region.
    """
    votes: Counter[Place] = Counter()
    lines = tuple(lines)
    _vote(votes, _FILED.sub("", title or ""), _WEIGHTS["title"])
    _vote(votes, organiser or "", _WEIGHTS["organiser"])
    for line in lines:
        congress = _CONGRESS.search(squash(line))
        _vote(votes, congress["place"] if congress else "", _WEIGHTS["congress"])
        _vote(votes, squash(line), _WEIGHTS["head"])
    if not votes:
        return _most_named(folded)
    return max(votes, key=lambda place: (votes[place], folded.count(place.name), place.name))


def _most_named(folded: str) -> Place | None:
    """The region of the level that 全市, 我省 or 本县 name, where most mentions of that level are of it alone."""
    units = Counter(_RELATIVE.findall(folded, 0, _LONGEST_SCAN))
    if not units:
        return None
    unit = max(units, key=lambda found: (units[found], found))
    named = Counter(
        Place(mention.name, mention.code)
        for mention in find_regions(folded[:_LONGEST_SCAN])
        if _is_own(mention) and mention.name.endswith(unit)
    )
    place, times = max(named.items(), key=lambda pair: (pair[1], pair[0].name), default=(None, 0))
    if len(named) == 1 and len(folded) <= _SHORT_TEXT:
        # a news item names its city once, and then says 全市
        return place
    return place if times >= _FEWEST_MENTIONS and times * 5 >= sum(named.values()) * 3 else None


def _vote(votes: Counter[Place], text: str, weight: int) -> None:
    """Count the first region of a text, relative ones left out; one that no table knows by its unit."""
    if not text:
        return
    mention = next((mention for mention in find_regions(text) if _is_own(mention)), None)
    if mention is not None:
        votes[Place(mention.name, mention.code)] += weight
    elif (found := _UNKNOWN.match(text)) is not None:
        votes[Place(found[1], None)] += weight


def _is_own(mention: RegionMention) -> bool:
    """Whether a mention names one region of its own."""
    return mention.level not in ("relative", "group", "country")
