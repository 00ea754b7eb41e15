"""The noun phrase that a figure measures, cut out of the clause before or behind it.

Needs the bounds of the stretch to cut from; gives spans of the reading. The words that are no part of a noun phrase
are in `nouns.toml`.

Why no tagger: the boundary of such a phrase is set by a small class of words (particles, light verbs, adverbs), and a
tagger that knows the same words costs more than the whole rest of the grammar.
"""

from __future__ import annotations

from functools import cache

from extract.grammar.cues import cue_behind
from extract.grammar.words import split_words
from extract.lexicon.loader import load_toml
from extract.patterns import Pattern

_EDGE = " 的了、 ：:“”\t·—-*+•"
_FRONT = _EDGE + "）)"
# 3.中小水库: behind the number of an item 中 follows nothing
_ITEM_ENDS = frozenset(("", "\n", ".", "）"))
_GENERIC = frozenset(
    [
        "数量",
        "比重",
        "比例",
        "总数",
        "总量",
        "规模",
        "数",
        "占比",
        "增速",
        "水平",
        "情况",
        "企业",
        "项目",
        "人员",
        "家",
        "部分",
        "收入",
        "投资",
        "面积",
    ]
)
# 重点实验室: a kind of its own, where 重点推进 is an adverb
_KEYED = (
    "实验室",
    "高校",
    "大学",
    "中学",
    "学科",
    "专科",
    "文物",
    "项目",
    "工程",
    "企业",
    "产业链",
    "人群",
    "税源",
    "镇",
    "湖泊",
    "流域",
    "林业",
)
# 解决率, 投入额: a light verb before one of these is part of the noun
_SUFFIX = frozenset("率额量数值度面期价")
# verbs that are nouns too when nothing else is left: 投资, 销售
_LAST_RESORT = frozenset(
    ["投资", "销售", "生产", "出口", "进口", "支出", "收入", "服务", "投入", "备案", "培训", "改造", "奖励", "救助"]
)
# 农业对地区生产总值的贡献率: what contributes, and to what
_CONTRIBUTION = Pattern(r"(?:[一-鿿]{2,16}?)?(对)[一-鿿]{2,16}贡献率$")
# 技术全国领先、产能: what is said of the item before
_PREDICATE = Pattern(r"(?:领先|先进|最[大高多优早]|一流|居首|唯一)$")
_PAREN = Pattern(r"（[^（）]{0,40}）$")
_PUNCT = Pattern(r"[，。；：！？（）、“”《》\t\n]")
# 亿元以上重点制造业项目, 投资超10亿元的项目: the threshold is no part of the name
# 426公里增至: what follows the figure moves it, and is no noun
_MOVES = frozenset(["endpoint", "growth_up", "growth_down", "share", "rank", "gap", "reach"])
# 多晶硅价格由每吨23万元: the unit of reference is no part of the noun
_PER = Pattern(r"(?:平均)?每[一-鿿]{1,3}$")
# nouns that begin like a word of change
_GROWING = ("增长点", "增长极", "提升工程", "提升行动", "压缩机")
_WHOLE_WORDS = frozenset(["指数", "天数", "系数", "总数", "次数", "人数", "户数", "初中", "高中"])
_FACTOR = ("因素", "口径", "计算", "统计", "来看", "方面看")
# nouns of one character that are counted
_SINGLE = frozenset("男女人县村厂店树桥路校企房车船科室站所队组班社乡镇区矿坝闸井塔库馆院园港渠塘窑庙")
ONLY = Pattern(r"(?<=[一-鿿])仅(?!次)(?=[一-鿿])")
_RELATIVE = Pattern(r"(?:来自|涉及|具有|具备|符合|获得|荣获|从事|拥有|位于|为期)[^，。；：]{1,36}?的(?:不同|各)?")
_RELATIVE_VERBS = frozenset("来具符获荣从拥位为涉")
_THRESHOLD = Pattern(
    r"(?:总?投资|概算投资|单体投资|固定资产投资)?(?:超过?|不低于)?[\d.千百十]*(?:[—\-至~][\d.]+)?[万亿]元?级?(?:及?以[上下内])?的?(?=[一-鿿“])"
)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load_toml("nouns")[kind]["words"])


@cache
def _tails() -> tuple[frozenset[str], int]:
    words = _words("tail")
    return words, max(map(len, words))


def trim_front(text: str, start: int, end: int) -> int:
    """Where the noun phrase begins inside `[start, end)`, behind adverbs and light verbs.

    >>> phrase = "同时力争规模以上工业增加值"
    >>> phrase[trim_front(phrase, 0, len(phrase)):]
    '规模以上工业增加值'
    """
    words = _words("lead")
    if text.startswith("其中", start, end):
        start += 2
    for low, high in split_words(text, start, end):
        if text[low] in _FRONT and not (text[low] == "“" and text.find("”", low, end) > 0):
            start = high
        elif (
            text[low:high] not in words
            or (high < end and text[high] in _SUFFIX)
            or _opens_item(text, low, high)
            or (text[low:high] == "重点" and text.startswith(_KEYED, high, end))
        ):
            break
        elif high == end or end - high >= 2:
            start = high
        else:
            break
    return start


def _opens_item(text: str, low: int, high: int) -> bool:
    """Whether a 中 stands behind the number of an item, where it is inside nothing."""
    return text[low:high] == "中" and text[low - 1 : low] in _ITEM_ENDS


def trim_back(text: str, start: int, end: int) -> int:
    """Where the noun phrase ends inside `[start, end)`: generic words, a closed bracket and particles cut off.

    >>> phrase = "高新技术企业总数"
    >>> phrase[:trim_back(phrase, 0, len(phrase))]
    '高新技术企业'
    """
    words, longest = _tails()
    while start < end:
        if text[end - 1] in _EDGE and not (text[end - 1] == "”" and "“" in text[start : end - 1]):
            end -= 1
            continue
        if text[end - 1] == "中" and end - start > 2 and text[end - 2] in "目业县人户业位校区市":
            end -= 1
            continue
        if text[end - 1] == "每":
            # 电话普及率为每百人1.8部
            end -= 1 + (text[end - 2] in "为达是")
            continue
        if per := _PER.search(text, start, end):
            # 最低标准从每人每月2295元
            end = per.start() - (text[per.start() - 1] in "由从")
            continue
        if text[end - 1] == "）" and (match := _PAREN.search(text[start:end])):
            end = start + match.start()
            continue
        for length in range(min(longest, end - start - 4), 0, -1):
            if text[end - length : end] in words and text[end - length - 1 : end] not in _WHOLE_WORDS:
                end -= length
                break
        else:
            break
    return end


def noun_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that ends near `end`; None when nothing but particles and verbs stands there.

    >>> noun_before("带动工业税收", 0, 6)
    (2, 6)
    >>> noun_before("同时", 0, 2) is None
    True
    """
    end = trim_back(text, start, end)
    if (contribution := _CONTRIBUTION.search(text, start, end)) is not None:
        return trim_front(text, contribution.start(), contribution.start(1)), end
    start = _last_item(text, trim_front(text, start, end), end)
    cut = text.rfind("的", start, end)
    if cut >= 0 and end - cut > 2 and text[cut + 1 : end] not in _GENERIC:
        start = trim_front(text, cut + 1, end)
    for low, high in reversed(split_words(text, start, end)):
        word = text[low:high]
        # 水库、灌区等水利设施: the class behind 等 is what is counted
        if low > start and end - high >= 2 and (word in _words("split") or word == "等"):
            start = trim_front(text, high, end)
            break
    if end - start < 2 and text[start:end] not in _SINGLE:
        return None
    if text.endswith(_FACTOR, start, end):
        return None
    if text.count("“", start, end) != text.count("”", start, end):
        return None
    return start, end


def _last_item(text: str, start: int, end: int) -> int:
    """Where the last item of a list begins when the items before it are clauses or the list is long."""
    cut = text.rfind("、", start, end)
    if cut >= 0 and end - cut > 2 and _PREDICATE.search(text, start, cut):
        return trim_front(text, cut + 1, end)
    if cut < 0 or end - cut < 5 or text.count("“", start, cut) != text.count("”", start, cut):
        return start
    stops = _words("stop")
    wordy = end - start > 18 or any(text[a:b] in stops for a, b in split_words(text, start, cut))
    return trim_front(text, cut + 1, end) if wordy else start


def noun_after(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that begins at `start`, up to a verb, a particle or a mark; None when none begins there.

    >>> noun_after("优秀干部担任首席服务员", 0, 11)
    (0, 4)
    >>> noun_after("，同比增长", 0, 5) is None
    True
    """
    end = min(end, start + 120)
    while start < end and text[start] in "的 ":
        start += 1
    if text.startswith("规模", start, end) and not text.startswith(("以上", "以下"), start + 2, end):
        start += 3 if text.startswith("的", start + 2, end) else 2
    threshold = _THRESHOLD.match(text, start, min(end, start + 24))
    if threshold:
        start = threshold.end()
    if start >= end or (_PUNCT.match(text, start) and text[start] != "“"):
        return None
    if cue_behind(text, start, end) in _MOVES and not text.startswith(_GROWING, start, end):
        return None
    clause = _RELATIVE.match(text, start, end)
    if clause and text[clause.start()] in _RELATIVE_VERBS:
        start = clause.end()
    if start >= end:
        return None
    opening = [text[slice(*span)] for span in split_words(text, start, min(end, start + 8))[:2]]
    if opening[0] in _words("stop") or opening[1:] == ["了"]:
        return None
    if opening[0] in _words("soft_stop") and (
        len(opening) < 2 or opening[1] not in _words("head") | _words("soft_stop")
    ):
        return None
    end = _phrase_end(text, start, end)
    if end - start > 2 and text[end - 1] in "和与及":
        end -= 1
    cut = text.rfind("的", start, end)
    if cut == end - 1:
        end = cut
    elif cut > start and is_noun_phrase(text, start, cut) and text.find("的", start) == cut:
        # 三所高校的师资力量: three of the first noun
        end = cut
    elif cut >= 0 and end - cut > 2:
        start = cut + 1
    end = trim_back(text, start, end)
    if text.endswith(("项目建设", "工程建设"), start, end):
        end -= 2
    return (start, end) if end - start >= 2 or text[start:end] in _SINGLE else None


# 图片都由探测器拍摄的: what stands behind these is said of the noun
_SAID = frozenset(["都", "由", "均", "已", "已经", "都由"])


def _phrase_end(text: str, start: int, end: int) -> int:
    at = start
    if at < end and text[at] == "“":
        close = text.find("”", at, min(end, at + 30))
        at = close + 1 if close > 0 else at + 1
    limit = min(_first_mark(text, at, end), start + 40)
    relative = text.rfind("的", start, limit)
    said = any(text[a:b] in _SAID for a, b in split_words(text, start, relative)) if relative > start else False
    if start < relative < limit - 1 and relative - start <= 24 and not said:
        # 5个具有鲜明特色的公共空间: the clause before 的 holds verbs, the noun stands behind it
        at = relative + 1
    stops, soft, heads = _words("stop"), _words("soft_stop"), _words("head")
    words = split_words(text, at, limit)
    for i, (low, high) in enumerate(words):
        word = text[low:high]
        if word in soft or word[:2] in soft:
            # 计划开工项目, 上市企业: a verb before its head belongs to the noun
            if word not in soft and (word[2:] in heads or word.endswith("性")):
                continue
            following = next((text[a:b] for a, b in words[i + 1 :] if text[a:b] not in soft), "")
            if following in heads or following[-2:] in heads:
                continue
            if low > start:
                return low
        elif low > start and (word.endswith("了") or text.startswith("了", high, limit)):
            # 公社通了汽车: what 了 follows is a verb
            return low
        elif low > start and word in stops and not (word == "以上" and text[low - 1] in "级及模"):
            return low
    return limit


def trim_to_agent(text: str, start: int, end: int) -> int:
    """Where a phrase of persons or firms ends, before what they do; `end` where none is named.

    >>> phrase = "教师城乡双向交流"
    >>> phrase[: trim_to_agent(phrase, 0, len(phrase))]
    '教师'
    """
    agents = _words("agent")
    for low, high in reversed(split_words(text, start, end)):
        if text[low:high] in agents or (high - low > 2 and text[high - 2 : high] in agents):
            return high if text.count("“", start, high) == text.count("”", start, high) else end
    return end


# 县（市、区）获评: the bracket only completes the noun
_DIVISIONS = frozenset("县市区旗州盟、含")


def _first_mark(text: str, at: int, end: int) -> int:
    """The first mark that ends a phrase; a closed quotation on the way belongs to it."""
    while True:
        mark = _PUNCT.search(text, at, end)
        if not mark:
            return end
        if text[mark.start()] == "（":
            # 乡镇（街道）应急站: what goes on behind a short bracket is the same noun
            close = text.find("）", mark.start(), min(end, mark.start() + 9))
            units = set(text[mark.start() + 1 : close]) <= _DIVISIONS
            if close > 0 and not units and "一" <= text[close + 1 : close + 2] <= "鿿" and close + 1 < end:
                at = close + 1
                continue
        if text[mark.start()] != "“":
            return mark.start()
        close = text.find("”", mark.start(), end)
        if close < 0:
            return mark.start()
        at = close + 1


def is_noun_phrase(text: str, start: int, end: int) -> bool:
    """Whether no verb or particle that ends a noun phrase stands inside `[start, end)`.

    >>> phrase = "单个项目平均投资"
    >>> is_noun_phrase(phrase, 0, len(phrase))
    True
    >>> is_noun_phrase("企业均已复工", 0, 6)
    False
    """
    stops, soft = _words("stop"), _words("soft_stop")
    words = [text[a:b] for a, b in split_words(text, start, end)]
    return not any(word in stops for word in words) and (words[-1] not in soft or words[-1] in _LAST_RESORT)
