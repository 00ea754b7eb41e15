"""Where a figure speaks of: the place named in its clause, or one that speaks for the sentence or the paragraph."""

from __future__ import annotations

from bisect import bisect_left

from extract.document import SentenceSpan
from extract.figures.figure import Carry, Figure, Passage
from extract.grammar.gazetteer import ancestors, load_regions, region_name
from extract.grammar.regions import RegionMention
from extract.patterns import Pattern

_OWN_GROUP = Pattern(r"直$|本级$|县域|\d县$")
# 全省唯一, 全国首个: a rank among places, not the place of the figure
_SUPERLATIVE = Pattern(
    r"唯一|(?:民企|民营企业|企业|服务业|制造业)?(?:\d+|百|千)强|首|最|第|独|重点(?:实验室|文物|学科)|[一-鿿]{0,8}(?:大赛|比赛|锦标赛|博览会|论坛|峰会|大奖)|领先|示范[县市区村镇点基社户园]|文明[单城村]|劳动模范|重要|前列|率先|一流|知名|先进|优秀|顶级|级|各"
)
# 全省排名第3位: among whom, not where
_RANKED = Pattern(r"(?:综合)?(?:排名|排位|位居|位列|名列|排|居|列)第")
_RANKED_IN = frozenset(["relative", "province", "country"])
# 县域经济发展综合评价: a name, not the counties
_COUNTIES_NAMED = Pattern(r"县域(?:经济)?(?:高质量)?(?:发展)?(?:质量|综合|竞争力|实力)*(?:评价|考核|考评|排名)")
# 每县新增1家: the counties together
_EACH_COUNTY = Pattern(r"每个?县(?:每年|都|各|均|至少)?")
_ONE_OF = Pattern(r"[^，。；、]{1,24}之一")
_CLAUSE_MARK = Pattern(r"[，；。：（]")
# 甲市、乙市3家高新区: the places are what is counted
_MEMBERS = Pattern(r"(?:[^，。；、和及与\d]{0,8}(?:[、和及与][^，。；、和及与]{0,12})+)?等?\d+(?:个|家|条|座|所|处|项)")


def without_superlatives(text: str, regions: list[RegionMention]) -> list[RegionMention]:
    """The regions that may be places of figures, those left out that only say among whom something is first."""
    kept = [r for r in regions if not _SUPERLATIVE.match(text, r.end)]
    kept = [r for r in kept if r.level not in _RANKED_IN or not _RANKED.match(text, r.end)]
    return [r for r in kept if not (r.name.endswith("县域") and _COUNTIES_NAMED.match(text, r.end - 2))]


def find_places(
    passage: Passage, figure: Figure, sentence: SentenceSpan, carry: Carry, regions: list[RegionMention]
) -> None:
    """Give the figure the regions it speaks of; `regions` are those of its sentence `without_superlatives`."""
    _choose_places(passage, figure, sentence, carry, regions)
    figure.regions = [_pointed_at(passage, region) for region in figure.regions]
    for region in (*figure.regions, *figure.left.near_regions, *figure.left.regions, *figure.among):
        unit = region.name[-1]
        if region.level != "relative" or unit in figure.named or (passage.doc.head.place and unit != "县"):
            continue
        if (own := _named_before(passage, region)) is not None:
            figure.named[unit] = own


_OWN_LEVELS = frozenset(["province", "prefecture", "county", "district"])


def _named_before(passage: Passage, whole: RegionMention) -> RegionMention | None:
    """The place of its unit that the article named last before 全县 or 全市, or that holds the one named last."""
    regions, articles = passage.mentions.regions, passage.doc.articles
    start = articles[passage.article - 1].start if articles else 0
    at = bisect_left(regions, whole.start, key=lambda r: r.start)
    unit = whole.name[-1]
    near = [r for r in regions[max(0, at - 12) : at] if r.level in _OWN_LEVELS and r.start >= start]
    near = [r for r in reversed(near) if not r.within_name]
    same = next((r for r in near if r.name.endswith(unit)), None)
    if same is not None or unit == "县":
        return same
    for region in near:
        for code in ancestors(region.code) if region.code else []:
            name = region_name(code)
            if name is not None and name.endswith(unit):
                return region._replace(name=name, code=code, level=load_regions()[code].level)
    return None


def _pointed_at(passage: Passage, region: RegionMention) -> RegionMention:
    """The place named last for 该县 and 该市; the mention itself where none of that unit stands near."""
    if region.level != "relative" or passage.text[region.start] not in "该":
        return region
    unit = passage.text[region.end - 1]
    regions = passage.mentions.regions
    at = bisect_left(regions, region.start, key=lambda r: r.start)
    near = reversed(regions[max(0, at - 12) : at])
    return next((r for r in near if r.level != "relative" and r.name.endswith(unit) and is_place(r)), region)


def _choose_places(
    passage: Passage, figure: Figure, sentence: SentenceSpan, carry: Carry, regions: list[RegionMention]
) -> None:
    if figure.left.whole is not None and figure.is_count:
        # 占全市157家的49%: the count is the whole's, so is the place
        inside = [r for r in regions if figure.left.whole[0] <= r.start < figure.start and is_place(r)]
        if inside:
            figure.regions = inside[-1:]
            return
    if (each := _EACH_COUNTY.search(passage.text, figure.left.low, figure.start)) is not None:
        figure.regions = [RegionMention(*each.span(), "县域", None, "group")]
        return
    if figure.left.near_regions and _ONE_OF.match(passage.text, figure.end):
        # 是全省三个空白市之一: as many as the whole has
        figure.regions = figure.left.near_regions[:1]
        return
    if (other := _bracketed_value(passage, figure)) is not None:
        figure.regions = [other]
        figure.carried.append("region.other")
        return
    regions = [r for r in regions if not is_origin(passage, r)]
    last = next((f for f in reversed(carry.figures) if "region.other" not in f.carried), None)
    own = [r for r in figure.left.regions if r in regions and is_place(r)]
    own = [r for r in own if not _is_example(passage, r, figure)] or _part(passage, figure, last, regions)
    if own:
        figure.regions = _listed(passage, own, regions)
        carry.regions = figure.regions
        return
    if last is not None and last.regions and _goes_on(passage, last, figure):
        figure.regions = last.regions
        figure.carried.append("region.clause")
        return
    if (
        last is not None
        and last.regions
        and last.regions[0].level == "group"
        and not _CLAUSE_MARK.search(passage.text, last.end, figure.start)
    ):
        figure.regions = last.regions
        figure.carried.append("region.clause")
        return
    edge = max(passage.text.rfind("；", sentence.start, figure.left.low), sentence.start)
    leading = [r for r in regions if r.end <= figure.left.low and is_place(r) and leads(passage, r, sentence)]
    topic = carry.figures[0].regions if carry.figures and not carry.figures[0].carried else []
    leading = [r for r in leading if (r in topic and r.start >= edge) or _governs(passage, r, sentence, edge)]
    leading = [r for r in leading if r.level in ("relative", "group") or _near(passage, r, figure)]
    earlier = [r for r in leading if r.start >= edge] or [r for r in leading[:1] if r.level in ("relative", "group")]
    earlier = earlier or _speaker(passage, figure, sentence, regions)
    if earlier:
        figure.regions = _listed(passage, [earlier[-1]], regions)
        figure.carried.append("region.sentence")
    elif passage.paragraph.regions:
        figure.regions = passage.paragraph.regions
        figure.carried.append("region.paragraph")


def _bracketed_value(passage: Passage, figure: Figure) -> RegionMention | None:
    """The place that a change in brackets is of: 比全省（7.7%）和全国平均水平（7.0%）高."""
    named = figure.left.near_regions or figure.left.regions
    if figure.quantity.base_unit != "%" or not named or passage.text[figure.quantity.outer_start - 1] != "（":
        return None
    return named[-1] if passage.text[named[-1].start - 1] in "比较和与、" else None


# 签约北京项目, 接待广东游客: where they come from, not where they are counted
_ATTRACTED = Pattern(r"(?:签约|引进|承接|招引|吸引|接待|引入|合作)$")
_FROM_THERE = Pattern(r"(?:籍|资)?(?:项目|企业|客商|游客|投资|资金|人才|院校|高校)")


def is_origin(passage: Passage, region: RegionMention) -> bool:
    """Whether a place says where those counted come from."""
    before = _ATTRACTED.search(passage.text, max(0, region.start - 2), region.start)
    return before is not None and _FROM_THERE.match(passage.text, region.end) is not None


def _near(passage: Passage, region: RegionMention, figure: Figure) -> bool:
    """Whether a named place is at most two clauses away and outside the figure's quotation."""
    stretch = passage.text[region.end : figure.start]
    opens = _opens(passage, region, passage.doc.sentences[figure.sentence].start)
    return (opens or stretch.count("，") <= 2) and stretch.count("“") == stretch.count("”")


def _speaker(
    passage: Passage, figure: Figure, sentence: SentenceSpan, regions: list[RegionMention]
) -> list[RegionMention]:
    """The place that opens the sentence or a part of it, for the part behind the next ；, where none is named since."""
    named = [r for r in regions if r.end <= figure.start and is_place(r)]
    stands = [r for r in named if r.level != "relative" and passage.text[r.start - 1] == "在"]
    leading = [r for r in named if r in stands or leads(passage, r, sentence)]
    if not leading or leading[-1].level == "group":
        return []
    edge = max(passage.text.rfind("；", sentence.start, leading[-1].start), sentence.start)
    quoted = passage.text[leading[-1].end : figure.start]
    speaks = _governs(passage, leading[-1], sentence, edge) and quoted.count("“") == quoted.count("”")
    return leading[-1:] if speaks else []


_NEXT_CLAUSE = Pattern(r"(?!相比)[^，,、；。：（]*[，,、][^，,；。：（]*$")


def _goes_on(passage: Passage, last: Figure, figure: Figure) -> bool:
    """Whether a figure without a noun says more of the one before: 甲县完成3亿元，增长5%，占全市的20%."""
    if figure.left.noun is not None or figure.after is not None or figure.left.near_regions or last.parallel:
        return False
    return _NEXT_CLAUSE.match(passage.text[last.quantity.outer_end : figure.start]) is not None


def _governs(passage: Passage, region: RegionMention, sentence: SentenceSpan, edge: int) -> bool:
    """Whether a place speaks for later clauses too: 全省 and the like, or a name that opens the sentence."""
    if region.level == "relative" or (region.level == "group" and _OWN_GROUP.search(region.name)):
        return True
    if region.level in ("country", "group"):
        return False
    return _opens(passage, region, max(sentence.start, edge)) and not _MEMBERS.match(passage.text, region.end)


# 确保甲县开工3个, 其中甲县3个: words that a clause opens with, before its place
_OPENING = Pattern(r"(?:确保|力争|争取|预计|其中)$")
_UNTIL = Pattern(r"(?:截至|截止到?|到|至|在)$")


def _opens(passage: Passage, region: RegionMention, edge: int) -> bool:
    """Whether nothing but a time and a word like 确保 stands between `edge` and the place."""
    text, at = passage.text, region.start
    if (opening := _OPENING.search(text, max(edge, at - 2), at)) is not None:
        at = opening.start()
    at = passage.period_starts.get(at, passage.period_starts.get(at - 1, at))
    if (until := _UNTIL.search(text, max(edge, at - 3), at)) is not None:
        at = until.start()
    return at - edge <= 1


def _part(passage: Passage, figure: Figure, last: Figure | None, regions: list[RegionMention]) -> list[RegionMention]:
    """The place right before a figure where a count is parted among places: 其中甲县3处、乙县4处."""
    touching = [r for r in regions if r.end == figure.quantity.outer_start and is_place(r)]
    if last is None or not touching:
        return []
    joint = passage.text[last.quantity.outer_end : touching[0].start]
    first = joint.lstrip("，；") == "其中"
    again = joint in ("、", "，") and [r.end for r in last.regions] == [last.quantity.outer_start]
    return touching if first or again else []


def _is_example(passage: Passage, region: RegionMention, figure: Figure) -> bool:
    """Whether a place is only one of the things counted (甲县、乙县2个县市), or who was there before (继甲市后)."""
    if passage.text[region.start - 1 : region.start] in ("继", "比", "较", "距", "向", "赴", "对"):
        return True
    if not figure.is_count or region.level in ("relative", "group"):
        return False
    between_them = passage.text[region.end : figure.start]
    return not between_them or between_them.endswith("等") or "、" in between_them


def _listed(passage: Passage, own: list[RegionMention], regions: list[RegionMention]) -> list[RegionMention]:
    """The last region with those joined to it by 、 or 和: 甲县、乙县均不足10亿元."""
    listed = [own[-1]]
    for region in reversed(regions):
        if region.end <= listed[0].start and passage.text[region.end : listed[0].start] in ("、", "和", "及", "与"):
            listed.insert(0, region)
    return listed


def leads(passage: Passage, region: RegionMention, sentence: SentenceSpan) -> bool:
    """Whether the region opens a clause, so that what follows is said of it."""
    if region.start == sentence.start:
        return True
    before = passage.text[region.start - 1]
    if _OPENING.search(passage.text, max(sentence.start, region.start - 2), region.start) is not None:
        return True
    return before in "，；。：、（ \n“" or region.start in passage.period_starts


def is_topic_group(passage: Passage, region: RegionMention) -> bool:
    """Whether the article as a whole is about this group of places."""
    title = passage.doc.articles[passage.article - 1].title or "" if passage.doc.articles else ""
    return "县域" in title and ("县域" in region.name or region.name.endswith("县"))


def is_place(region: RegionMention) -> bool:
    """Whether the mention stands for the place itself, not for a body or a name that begins with it."""
    return not region.body and not region.within_name and not region.name.startswith("各")
