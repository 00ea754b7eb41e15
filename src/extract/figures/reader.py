"""Reads the figures of a document sentence by sentence, in order, with what each passage has said before."""

from __future__ import annotations

from itertools import pairwise

from extract.clauses import Left, read_left
from extract.context import Setting
from extract.document import Document, SentenceSpan
from extract.figures.figure import Carry, Figure, Passage
from extract.figures.what import find_subject
from extract.figures.when import dates_paragraph, find_period
from extract.figures.where import find_places, is_place, is_topic_group, leads, without_superlatives
from extract.grammar.mentions import Period, Quantity
from extract.grammar.nouns import noun_after, trim_to_agent
from extract.grammar.regions import RegionMention
from extract.grammar.sectors import SECTORS
from extract.mentions import Mentions, by_span
from extract.patterns import Pattern

_JOINT = frozenset(["、", "和", "与", "及", "以及", "、和", "或"])
_TIMES_OF = Pattern(r"(?:动态)?(?:保持在|稳定在|达到|超过|相当于|控制在)[^，。；、]{2,14}的?$")
_NEW_POINT = Pattern(
    r"——|[一二三四五六七八九十]是|第[一二三四五六七八九十]+，|[（(]?[一二三四五六七八九十\d]+[）)、.]|[●•■◆]"
)
# 居西部地区第3位, 排名同类城市第2: a set that is no place of the gazetteer
_RANKED_AMONG = Pattern(
    r"(?:居|位列|排名|排在|升至|升到|列)([一-鿿]{0,8}(?:[东中西南北]部|东北|地区|[省市区县州旗]|行业|同类|系统|领域|流域|经济带|城市群|三角洲?|高校|企业))$"
)
_TO = frozenset("：:∶")
_BEFORE_THRESHOLD = Pattern(
    r"(?:新建|续建|在建|新开工|签约|储备|重点|重大|新|和|、)*(?:(?:总|概算|估算|计划)?投资(?:额)?|(?:年|主营业务)?(?:营业收入|营收|产值|收入))?(?:均|都|在)?"
)


def _counts_agents(quantity: Quantity) -> bool:
    """Whether persons or firms are counted: by 名, 家, 户 or a bare 万."""
    unit = quantity.unit or ""
    return quantity.base_unit in ("person", "household") or unit.endswith(("家", "所")) or unit in ("万", "亿", "多万")


# 国家统计局公布: who speaks for the whole country, in a text that speaks from no place
_NATIONAL = Pattern(
    r"(?:国家(?:统计局|发展改革委|发改委|能源局|税务总局|邮政局|铁路局|林草局|医保局|外汇局|知识产权局|移民管理局|疾控局)|海关总署|"
    r"国务院(?:新闻办|国资委)|国铁集团|中国(?:人民银行|物流与采购联合会)|"
    r"(?:商务|财政|农业农村|交通运输|工业和信息化|教育|水利|文化和旅游|生态环境|民政|公安|自然资源)部)"
    r"[^，。]{0,14}(?:公布|发布|获悉|数据|消息|通报|介绍|了解)|国内生产总值"
)
_COUNTRY = RegionMention(-1, -1, "中国", None, "country")


def _before_one_noun(before: Figure, figure: Figure) -> bool:
    """Whether two counts share the noun behind the second: 120户480名移民."""
    apart = before.quantity.unit != figure.quantity.unit and before.is_count and figure.is_count
    return apart and before.after is None and before.left.noun is None and figure.after is not None


# 某县居第21位: who is ranked, not among whom; 全省居首 is the whole
_RANKS = Pattern(r"(?:位居|位列|名列|跃居|排名|居|列|排)(?=第)")
_WHOLES = frozenset(["country", "relative", "province"])


class FigureReader:
    """Reads the figures of one document, sentence by sentence in order."""

    def __init__(self, doc: Document, mentions: Mentions, settings: list[Setting], periods: list[Period]) -> None:
        starts = {period.end: period.start for period in periods}
        self.passage = Passage(doc.reading.text, doc, mentions, settings, periods, starts)

    def read(self) -> list[Figure]:
        """Every figure of every sentence, in reading order."""
        passage, sentences = self.passage, self.passage.doc.sentences
        quantities = by_span(passage.mentions.quantities, sentences)
        periods = by_span(passage.periods, sentences)
        regions = by_span(passage.mentions.regions, sentences)
        figures: list[Figure] = []
        for index, sentence in enumerate(sentences):
            if sentence.block != passage.block:
                self._enter(sentence)
            passage.article = sentence.article
            figures += self._sentence(index, sentence, quantities[index], periods[index], regions[index])
        return figures

    def _enter(self, sentence: SentenceSpan) -> None:
        """Begin a block; one that goes on under the same lowest heading keeps the year and the group spoken of."""
        before, blocks = self.passage.paragraph, self.passage.doc.blocks
        same = 0 <= self.passage.block < sentence.block and len(blocks[sentence.block].section) > 1
        same = same and blocks[self.passage.block].section == blocks[sentence.block].section
        self.passage.block, self.passage.paragraph, self.passage.project, self.passage.counted = (
            sentence.block,
            Carry(),
            None,
            None,
        )
        start = sentence.start
        if not self.passage.doc.head.place and _NATIONAL.search(
            self.passage.text, start, min(sentence.end, start + 40)
        ):
            self.passage.paragraph.regions = [_COUNTRY]
        if same and not _NEW_POINT.match(self.passage.text, sentence.start):
            self.passage.paragraph.period, self.passage.paragraph.regions = before.period, before.regions

    def _sentence(
        self,
        index: int,
        sentence: SentenceSpan,
        found: list[Quantity],
        periods: list[Period],
        regions: list[RegionMention],
    ) -> list[Figure]:
        quantities = [q for q in found if not self._names_places(q, regions)]
        figures: list[Figure] = []
        if quantities:
            setting = self.passage.settings[sentence.block]
            figures = [
                self._figure(index, sentence, setting, quantities, k, periods, regions) for k in range(len(quantities))
            ]
            self._share_clauses(figures)
            carry = Carry()
            places = without_superlatives(self.passage.text, regions)
            for before, figure in zip([None, *figures], figures, strict=False):
                self._complete(figure, sentence, carry, periods, places, before)
            if carry.subject:
                self.passage.paragraph.subject = carry.subject
        self._carry_on(sentence, periods, regions)
        kept = {q.start for q in quantities}
        return figures + [self._place_name(index, q) for q in found if q.start not in kept]

    def _names_places(self, quantity: Quantity, regions: list[RegionMention]) -> bool:
        """Whether the number only names places (五县, 全市5县) and counts nothing: 仅2县 does."""
        if quantity.unit == "个" or not any(r.start <= quantity.start and quantity.end <= r.end for r in regions):
            return False
        return self.passage.text[quantity.start - 1 : quantity.start] not in ("仅", "有", "共", "达", "个")

    def _place_name(self, index: int, quantity: Quantity) -> Figure:
        setting = self.passage.settings[self.passage.doc.sentences[index].block]
        figure = Figure(quantity, index, setting, Left(quantity.start), None, quantity.end)
        figure.role, figure.rule = "name", "name.places"
        return figure

    def _figure(
        self,
        index: int,
        sentence: SentenceSpan,
        setting: Setting,
        quantities: list[Quantity],
        k: int,
        periods: list[Period],
        regions: list[RegionMention],
    ) -> Figure:
        quantity = quantities[k]
        low = quantities[k - 1].outer_end if k else sentence.start
        next_start = quantities[k + 1].outer_start if k + 1 < len(quantities) else sentence.end
        end = quantity.outer_start
        if quantity.unit == "倍" and (times := _TIMES_OF.search(self.passage.text, low, end)):
            # 储备项目保持在在建项目的3倍: what is compared stands before the verb
            end = times.start()
        among = self._ranked_among(quantity, low, regions)
        if among is not None:
            end = among.start
        ranked = None
        if among is None and quantity.base_unit == "rank":
            ranked = _RANKED_AMONG.search(self.passage.text, low, end)
            end = ranked.start(1) if ranked else end
        left = read_left(self.passage.text, low, end, periods, regions)
        if among is not None:
            left.near_regions.append(among)
        limit = next_start
        following = quantities[k + 1] if k + 1 < len(quantities) else None
        sized = following is not None and quantity.base_unit == "count" and following.base_unit == "CNY"
        if sized and _BEFORE_THRESHOLD.fullmatch(self.passage.text, quantity.outer_end, next_start):
            # 100个亿元以上项目, 6个投资超50亿元的项目: the threshold stands between the count and its noun
            limit = quantities[k + 2].outer_start if k + 2 < len(quantities) else sentence.end
        limit = next((p.start for p in periods if quantity.outer_end < p.start < limit), limit)
        after = None
        if quantity.outer_end < limit and (quantity.unit != "位" or quantity.rule == "ranking.nth_largest"):
            after = noun_after(self.passage.text, quantity.outer_end, limit)
            if after is not None and _counts_agents(quantity):
                after = after[0], trim_to_agent(self.passage.text, *after)
        figure = Figure(quantity, index, setting, left, after, next_start)
        figure.among_set = ranked.span(1) if ranked else None
        return figure

    def _ranked_among(self, quantity: Quantity, low: int, regions: list[RegionMention]) -> RegionMention | None:
        """The place right before a position, with the words between, is what is ranked within: 全国地级市第1."""
        if quantity.unit != "位" or not quantity.rule.startswith("ranking"):
            return None
        close = [r for r in regions if low <= r.start and 0 <= quantity.outer_start - r.end <= 8]
        close = [r for r in close if r.level in _WHOLES or not _RANKS.match(self.passage.text, r.end)]
        if not close or self.passage.text[close[-1].end : quantity.outer_start].count("，"):
            return None
        return close[-1]

    def _share_clauses(self, figures: list[Figure]) -> None:
        """Give figures of one list (95.1%、90.8%、100%) the clause of its first."""
        for before, figure in pairwise(figures):
            joint = self.passage.text[before.quantity.outer_end : figure.quantity.outer_start].strip()
            same = before.quantity.unit == figure.quantity.unit or (
                before.quantity.base_unit == figure.quantity.base_unit is not None
            )
            both = {before.quantity.base_unit, figure.quantity.base_unit}
            # 分别增长百分之三十五和一点三倍
            same = same or (both == {"%", "ratio"} and before.left.has("growth_up"))
            if not joint.strip("、") and _before_one_noun(before, figure):
                before.after = figure.after
            if before.quantity.rule in SECTORS and joint in _TO:
                figure.left = before.left
            elif joint in _JOINT and same and (before.after is None or before.parallel):
                figure.left = before.left
                figure.parallel = before.parallel + 1
                figure.first = before.first or before
            if before.quantity.unit == figure.quantity.unit == "位":
                figure.among = before.left.near_regions or before.left.regions or before.among

    def _complete(
        self,
        figure: Figure,
        sentence: SentenceSpan,
        carry: Carry,
        periods: list[Period],
        places: list[RegionMention],
        before: Figure | None,
    ) -> None:
        find_period(self.passage, figure, sentence, carry, periods)
        find_places(self.passage, figure, sentence, carry, places)
        find_subject(self.passage, figure, carry, before)

    def _carry_on(self, sentence: SentenceSpan, periods: list[Period], regions: list[RegionMention]) -> None:
        for period in periods:
            if period.rule == "word.now":
                self.passage.paragraph.period, self.passage.paragraph.now = None, True
            elif dates_paragraph(self.passage, period, sentence):
                self.passage.paragraph.period = period
        for region in regions:
            if not leads(self.passage, region, sentence):
                continue
            if region.level == "group" and is_place(region) and is_topic_group(self.passage, region):
                self.passage.paragraph.regions = [region]
            elif region.level == "relative":
                self.passage.paragraph.regions = [] if self.passage.doc.head.place else [region]
