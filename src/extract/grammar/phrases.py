"""Closed phrases: names, numbering, contacts. They claim their span before any open phrase can read a figure in it.

Needs the reading; gives `Phrase` spans, sorted, without overlap (at one place the earlier start wins, then the longer).

Why closed phrases first: “三个一批” is a campaign and not three of something, 第四次会议 is not four meetings, and no
amount of context after the fact tells them apart as surely as their own form does.

Why a rule is looked up by the character beside the numeral: an alternation of all patterns costs a hundred times more
than one scan for numerals that asks, for each, only the one or two rules its neighbours allow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from extract.grammar.mentions import Phrase
from extract.patterns import Pattern

_CN = "〇零一二两三四五六七八九十百千万"
_RUN = Pattern(rf"[{_CN}]+|\d+(?:\.\d+)?")


class Rule(NamedTuple):
    """A closed phrase: its name and role, and the pattern that must match where the numeral starts."""

    name: str
    role: str
    pattern: Pattern


def _rule(name: str, role: str, pattern: str) -> Rule:
    return Rule(name, role, Pattern(pattern))


_N = rf"(?:[{_CN}]{{1,16}}|\d{{1,16}})"
_MEETING = "全会|全体|党代|代表大会|常委|常务|会议|中全会|人大|政协"

# by the character before the numeral; the phrase then starts at that character
_BEFORE: dict[str, Rule] = {
    # 第十四届, 第四次会议, 第二批, 第6条, 第一，, 第8.5代
    "第": _rule(
        "ordinal.di",
        "ordinal",
        rf"(?:[{_CN}]{{1,16}}|\d{{1,16}}+(?:\.\d{{1,2}}+)?+)(?:[次届批期个条章节款项部轮版卷号代类级步集站天场座家所支只例台套篇块枚方]|(?=，)|(?=、(?![一二三四1-4]))|(?![季一二三四五六七八九十\d]))",
    ),
    # 其一, 其三
    "其": _rule("ordinal.enumerator", "ordinal", r"[一二三四五六](?=[，是、：])"),
    # 首10批, 前十期
    "首": _rule("ordinal.batch", "ordinal", rf"{_N}[批期届]"),
    "前": _rule("ordinal.batch", "ordinal", rf"{_N}[批期届]"),
    # （一）, （12）
    "（": _rule("ordinal.heading", "ordinal", r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})）"),
    # 〔2023〕15号
    "〔": _rule("name.document_number", "name", r"\d{4}〕\s?\d+\s?号|\d{4}〕"),
    # 附件2, 表1 (at the head of a block), 图3
    "件": _rule("ordinal.annex", "ordinal", r"(?<=附件)\d{1,2}(?!\d)"),
    "表": _rule("ordinal.annex", "ordinal", r"(?<=(?:\n|附)表)\d{1,2}(?!\d)"),
    "图": _rule("ordinal.annex", "ordinal", r"(?<=(?:\n|附|如)图)\d{1,2}(?!\d)"),
}

# by the character after the numeral; the phrase starts at the numeral
_AFTER: dict[str, tuple[Rule, ...]] = {
    # 百亿以上产业, 千亿以上集群: a size without a unit
    "以": (
        _rule(
            "condition.magnitude",
            "condition",
            r"[十百千]{1,8}[万亿](?=以[上下](?:[一-鿿]{0,8})(?:产业|企业|集群|县|园区|项目|强))",
        ),
    ),
    # 十四届二次会议, 八届六次全会, 二十届三中全会
    "届": (_rule("ordinal.session", "ordinal", rf"{_N}届(?:{_N}次|[一二三四五六七八九]中全会)?(?![世毕])"),),
    # 六次全会, with the body's name before it
    "次": (_rule("ordinal.meeting", "ordinal", rf"{_N}次(?=(?:[、和]{_N}次)*(?:{_MEETING}))"),),
    # 党的二十大, 十八大以来; 十大战略, 6大产业集群
    "大": (
        _rule("ordinal.congress", "ordinal", r"(?:十[一二三四五六七八九]|二十[一二]?)大"),
        _rule("name.great_set", "name", rf"{_N}大(?=[一-鿿“])(?![小量幅批])"),
        _rule("idiom.one", "idiom", r"一大批"),
    ),
    # 二期工程; a count of issues carries 共 or a verb and stays open
    "期": (_rule("ordinal.phase", "ordinal", r"(?<=[一-鿿A-Za-z])[一二三四五六七八九十]期(?![间货权待望])"),),
    # 世界500强, 百强县
    "强": (_rule("name.top_list", "name", r"(?:\d{1,16}|[百千十五]{1,16})强(?![劲烈度化调大势])"),),
    # 一批, 一系列, 一些
    "批": (_rule("idiom.one", "idiom", r"一批"),),
    "系": (_rule("idiom.one", "idiom", r"一系列"),),
    "些": (_rule("idiom.one", "idiom", r"一些"),),
    # 3号线, 2号机组, 一号文件; 158号 of a street
    "号": (
        _rule("contact.street", "contact", r"(?<=[路街道巷里弄]\s?)\d+号(?!线)"),
        _rule(
            "name.numbered", "name", rf"{_N}号(?=线|机|楼|文件|公路|国道|令|院|改革|工程|地块|矿|井|台风|煤|港|塔|星)"
        ),
    ),
    # 1+14, 1+3+N
    "+": (_rule("name.formula", "name", r"\d+(?:\+[\dNnXx]+)+"),),
    # 36条长效机制, 十条措施: the size of a titled list
    "条": (
        _rule(
            "name.titled_list",
            "name",
            rf"{_N}条(?=[^\d，。；、“”]{{0,9}}(?:措施|意见|举措|政策|机制|规定|要求|办法|禁令|红线|清单))",
        ),
    ),
    "项": (
        _rule(
            "name.titled_list",
            "name",
            rf"{_N}项(?=[^\d，。；、“”]{{0,8}}(?:专项行动|行动计划|攻坚行动|清单|实事|规定))",
        ),
    ),
    "件": (_rule("name.titled_list", "name", rf"{_N}件(?=(?:重点)?(?:民生)?实事)"),),
    # 一是, 二要: numbering in running text; 一、 at the start of a block
    "是": (_rule("ordinal.enumerator", "ordinal", r"(?<=[，。；：！？）\n ])[一二三四五六七八九十]{1,3}(?=是)"),),
    "要": (_rule("ordinal.enumerator", "ordinal", r"(?<=[，。；：！？）\n ])[一二三四五六七八九十]{1,3}(?=要)"),),
    "、": (_rule("ordinal.item", "ordinal", r"(?<![^\n])(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?=、)"),),
    ".": (_rule("ordinal.item", "ordinal", r"(?<![^\n。；：！？）])\d{1,2}(?=[.．](?!\d))"),),
    "）": (_rule("ordinal.item", "ordinal", r"(?<![^\n])\d{1,2}(?=）)"),),
}
# 1．or 1) at the head of a block share the full stop's rule
_AFTER["．"] = _AFTER["."]

# tokens with Latin letters: 5G, PM2.5, 4K, ISO9001, P14, CO2
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]*+")
_MIXED = Pattern(
    r"(?:(?<![A-Za-z\-])|(?<=[\d.]-))[A-Za-z][A-Za-z\-]*+\d[\dA-Za-z.\-]*+|(?<!\d)\d++(?:\.\d++)?[A-Za-z]++[\dA-Za-z]*+"
)
_UNIT_TOKENS = frozenset(
    [
        "kw",
        "mw",
        "gw",
        "kwh",
        "mwh",
        "gwh",
        "km",
        "m",
        "mm",
        "cm",
        "kg",
        "g",
        "t",
        "l",
        "ml",
        "hz",
        "khz",
        "mhz",
        "ghz",
        "v",
        "kv",
        "kva",
        "mva",
        "mbps",
        "gbps",
        "kb",
        "mb",
        "gb",
        "tb",
        "pb",
        "eb",
        "teu",
        "w",
        "p",
        "km2",
        "m2",
        "m3",
        "h",
        "db",
        "ppm",
        "ha",
        "tce",
        "usd",
        "rmb",
        "cny",
        "ph",
        "gwp",
        "kwp",
        "mwp",
    ]
)
_MAIL = Pattern(r"(?<![A-Za-z0-9_.\-])[A-Za-z0-9_.\-]++@[A-Za-z0-9\-]++(?:\.[A-Za-z0-9\-]++)++")
_LINK = Pattern(r"(?:https?://|www\.)[A-Za-z0-9_./?=&%\-]++")
_PHONE = Pattern(r"(?<!\d)(?:0\d{2,3}\s?[-—]{1,2}\s?\d{7,8}|1[3-9]\d{9})(?!\d)")
_BOOK = Pattern(r"《[^《》\n]{1,80}》")
_QUOTED = Pattern(r"“[^“”\n]{1,16}”")
_PLAN = Pattern(r"十[一二三四五六]五|^“[一二三四五六七八九]五”$")
_HAS_NUMERAL = Pattern(rf"[\d{_CN}]")
_FIGURE = Pattern(r"\d(?:%|[万亿]?元|个百分点|平方公里|[万亿]?(?:吨|亩|千瓦|人次)|公里)|倍增|翻番|年内")


def find_phrases(text: str) -> list[Phrase]:
    """Every closed phrase of a reading, in order, without overlap.

    >>> text = "市委八届三次全会部署“五个一批”，5G先行"
    >>> [(p.role, text[p.start:p.end]) for p in find_phrases(text)]
    [('ordinal', '八届三次'), ('name', '“五个一批”'), ('name', '5G')]
    >>> find_phrases("粮食产量达到五十亿斤")
    []
    """
    found = [Phrase(m.start(), m.end(), "name", "name.book_title") for m in _BOOK.finditer(text)]
    found += _quoted_names(text)
    found += _latin(text)
    found += _numbered(text)
    return _without_overlap(found)


def _quoted_names(text: str) -> Iterable[Phrase]:
    for match in _QUOTED.finditer(text):
        inside = match.group()
        if _HAS_NUMERAL.search(inside) and not _PLAN.search(inside) and not _FIGURE.search(inside):
            yield Phrase(match.start(), match.end(), "name", "name.quoted")


def _latin(text: str) -> Iterable[Phrase]:
    at = text.find("@")
    while at >= 0:
        end = min(len(text), at + 64)
        while end < len(text) and text[end].isascii() and text[end].isalnum():
            end += 1
        if match := _MAIL.search(text, max(0, at - 64), end):
            yield Phrase(match.start(), match.end(), "contact", "contact.address")
        at = text.find("@", at + 1)
    for match in _LINK.finditer(text):
        yield Phrase(match.start(), match.end(), "contact", "contact.address")
    for match in _PHONE.finditer(text):
        yield Phrase(match.start(), match.end(), "contact", "contact.phone")
    for run in _TOKEN.finditer(text):
        if run[0].isdigit() or run[0].isalpha():
            continue
        token = _MIXED.search(text, *run.span())
        if token is None:
            continue
        letters = token.group().lstrip("0123456789.")
        if letters.lower() not in _UNIT_TOKENS or letters == "G":
            yield Phrase(token.start(), token.end(), "name", "name.token")


def _numbered(text: str) -> Iterable[Phrase]:
    end_of_text = len(text)
    claimed = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        if start < claimed:
            continue
        before = _BEFORE.get(text[start - 1]) if start else None
        if before is not None and (match := before.pattern.match(text, start)):
            claimed = match.end()
            yield Phrase(start - 1, claimed, before.role, before.name)
            continue
        if end < end_of_text:
            for rule in _AFTER.get(text[end], ()):
                if match := rule.pattern.match(text, start):
                    claimed = match.end()
                    yield Phrase(start, claimed, rule.role, rule.name)
                    break


def _without_overlap(found: list[Phrase]) -> list[Phrase]:
    found.sort(key=lambda p: (p.start, -p.end))
    kept: list[Phrase] = []
    for phrase in found:
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
    return kept
