"""Stage: each quantity with its noun, period and region - everything that says what it measures. Mentions in, figures out.

A figure's noun, period and region are looked for in widening circles: its own clause, the sentence before it, the
paragraph, the headings. What is carried says so: `Figure.carried` names what did not stand in the clause itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import regex

from extract.clauses import Left, clause_start, read_left
from extract.context import Setting
from extract.document import Document, SentenceSpan
from extract.grammar.mentions import Period, Quantity
from extract.grammar.nouns import is_noun_phrase, noun_after, noun_before
from extract.grammar.regions import RegionMention
from extract.mentions import Mentions, between

_JOINT = frozenset(["、", "和", "与", "及", "以及", "、和", "或"])
_COUNTS = frozenset(["count", "person", "household", "person_time"])
_BARE_TAIL = regex.compile(r"^[以之]?[上下内外]?(?:的)?")


@dataclass(slots=True)
class Figure:
    """A quantity in its sentence. Spans are in the reading.

    `noun` is the span of what it measures, None when it had to be carried: then `subject` holds the words.
    `after` is the noun that follows the figure (100个 -> 项目), when one does.
    """

    quantity: Quantity
    sentence: int
    setting: Setting
    left: Left
    after: tuple[int, int] | None
    next_start: int
    parallel: int = 0
    noun: tuple[int, int] | None = None
    subject: str | None = None
    topic: str | None = None
    period: Period | None = None
    period_text: str | None = None
    base_period: Period | None = None
    regions: list[RegionMention] = field(default_factory=list)
    of_change: bool = False
    source: Figure | None = None
    first: Figure | None = None
    among: list[RegionMention] = field(default_factory=list)
    aim: str | None = None
    threshold: Quantity | None = None
    carried: list[str] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)
    role: str | None = None
    rule: str = ""

    @property
    def start(self) -> int:
        return self.quantity.start

    @property
    def end(self) -> int:
        return self.quantity.end

    @property
    def is_count(self) -> bool:
        """Whether the unit counts things or people, so that their name may follow it."""
        return self.quantity.base_unit in _COUNTS


@dataclass(slots=True)
class _Carry:
    """What a later figure may take over; `project` is the last full name of the projects counted."""

    subject: str | None = None
    period: Period | None = None
    regions: list[RegionMention] = field(default_factory=list)
    changes: bool = False
    now: bool = False
    figures: list[Figure] = field(default_factory=list)


class FigureReader:
    """Reads the figures of one document, sentence by sentence in order."""

    def __init__(self, doc: Document, mentions: Mentions, settings: list[Setting], periods: list[Period]) -> None:
        self.text = doc.reading.text
        self.doc = doc
        self.mentions = mentions
        self.settings = settings
        self.periods = periods
        self.paragraph = _Carry()
        self.project: str | None = None
        self.counted: str | None = None
        self._block = -1
        self._article = -1

    def read(self) -> list[Figure]:
        """Every figure of every sentence, in reading order."""
        figures: list[Figure] = []
        for index, sentence in enumerate(self.doc.sentences):
            if sentence.block != self._block:
                self._enter(sentence)
            self._article = sentence.article
            figures += self._sentence(index, sentence)
        return figures

    def _enter(self, sentence: SentenceSpan) -> None:
        """Begin a block; one that goes on under the same lowest heading keeps the year and the group spoken of."""
        before, blocks = self.paragraph, self.doc.blocks
        same = 0 <= self._block < sentence.block and len(blocks[sentence.block].section) > 1
        same = same and blocks[self._block].section == blocks[sentence.block].section
        self._block, self.paragraph, self.project, self.counted = sentence.block, _Carry(), None, None
        if same and not _NEW_POINT.match(self.text, sentence.start):
            self.paragraph.period, self.paragraph.regions = before.period, before.regions

    def _sentence(self, index: int, sentence: SentenceSpan) -> list[Figure]:
        found = between(self.mentions.quantities, sentence.start, sentence.end)
        periods = between(self.periods, sentence.start, sentence.end)
        regions = between(self.mentions.regions, sentence.start, sentence.end)
        quantities = [q for q in found if not self._names_places(q, regions)]
        figures: list[Figure] = []
        if quantities:
            setting = self.settings[sentence.block]
            figures = [
                self._figure(index, sentence, setting, quantities, k, periods, regions) for k in range(len(quantities))
            ]
            self._share_clauses(figures)
            carry = _Carry()
            for before, figure in zip([None, *figures], figures, strict=False):
                self._complete(figure, sentence, carry, periods, regions, before)
            if carry.subject:
                self.paragraph.subject = carry.subject
        self._carry_on(sentence, periods, regions)
        return figures + [self._place_name(index, q) for q in found if q not in quantities]

    def _names_places(self, quantity: Quantity, regions: list[RegionMention]) -> bool:
        """Whether the number only names places (五县, 全市5县) and counts nothing: 仅2县 does."""
        if quantity.unit == "个" or not any(r.start <= quantity.start and quantity.end <= r.end for r in regions):
            return False
        return self.text[quantity.start - 1 : quantity.start] not in ("仅", "有", "共", "达", "个")

    def _place_name(self, index: int, quantity: Quantity) -> Figure:
        setting = self.settings[self.doc.sentences[index].block]
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
        if quantity.unit == "倍" and (times := _TIMES_OF.search(self.text, low, end)):
            # 储备项目保持在在建项目的3倍: what is compared stands before the verb
            end = times.start()
        among = self._ranked_among(quantity, low, regions)
        left = read_left(self.text, low, among.start if among else end, periods, regions)
        if among is not None:
            left.near_regions.append(among)
        limit = next_start
        following = quantities[k + 1] if k + 1 < len(quantities) else None
        sized = following is not None and quantity.base_unit == "count" and following.base_unit == "CNY"
        if sized and _BEFORE_THRESHOLD.fullmatch(self.text, quantity.outer_end, next_start):
            # 100个亿元以上项目, 6个投资超50亿元的项目: the threshold stands between the count and its noun
            limit = quantities[k + 2].outer_start if k + 2 < len(quantities) else sentence.end
        limit = next((p.start for p in periods if quantity.outer_end < p.start < limit), limit)
        after = None
        if quantity.outer_end < limit and (quantity.unit != "位" or quantity.rule == "ranking.nth_largest"):
            after = noun_after(self.text, quantity.outer_end, limit)
        return Figure(quantity, index, setting, left, after, next_start)

    def _ranked_among(self, quantity: Quantity, low: int, regions: list[RegionMention]) -> RegionMention | None:
        """The place right before a position, with the words between, is what is ranked within: 全国地级市第1."""
        if quantity.unit != "位" or not quantity.rule.startswith("ranking"):
            return None
        close = [r for r in regions if low <= r.start and 0 <= quantity.outer_start - r.end <= 8]
        if not close or self.text[close[-1].end : quantity.outer_start].count("，"):
            return None
        return close[-1]

    def _share_clauses(self, figures: list[Figure]) -> None:
        """Give figures of one list (95.1%、90.8%、100%) the clause of its first."""
        for before, figure in zip(figures, figures[1:], strict=False):
            joint = self.text[before.quantity.outer_end : figure.quantity.outer_start].strip()
            same = before.quantity.unit == figure.quantity.unit
            if joint in _JOINT and same and (before.after is None or before.parallel):
                figure.left = before.left
                figure.parallel = before.parallel + 1
                figure.first = before.first or before
            if before.quantity.unit == figure.quantity.unit == "位":
                figure.among = before.left.near_regions or before.left.regions or before.among


    def _complete(
        self,
        figure: Figure,
        sentence: SentenceSpan,
        carry: _Carry,
        periods: list[Period],
        regions: list[RegionMention],
        before: Figure | None,
    ) -> None:
        self._find_period(figure, sentence, carry, periods)
        self._find_regions(figure, sentence, carry, regions)
        self._find_noun(figure, carry, before)

    # -- period ------------------------------------------------------------------------------------------------

    def _find_period(self, figure: Figure, sentence: SentenceSpan, carry: _Carry, periods: list[Period]) -> None:
        low = figure.left.low
        for period in reversed(periods):
            if period.start >= figure.start:
                continue
            if self._is_base(period):
                if figure.base_period is None and period.start >= low:
                    figure.base_period = period
                continue
            if period.rule == "word.now":
                figure.carried.append("now")
                return
            if period.first is None or (period.grain == "duration" and not self._lasts(period, figure)):
                continue
            if period.start < low and period.rule == "word.whole_year" and _PLANNED_AFTER.match(self.text, period.end):
                continue
            if period.rule.endswith("since") and period.start < low and figure.left.has("link"):
                # 2021年以来新增14家，企业达21家: what has been reached is a stock of now
                continue
            self._take_period(figure, period)
            if figure.left.has("annual"):
                self._span_years(figure, periods)
            if period.start < low:
                figure.carried.append("period.sentence")
            return
        if self.paragraph.period is not None:
            self._take_period(figure, self.paragraph.period)
            figure.carried.append("period.paragraph")
        elif (year := self._year_after(figure)) is not None:
            figure.carried.append("period.base")
            self.paragraph.period = figure.period = year
            figure.period_text = self.text[figure.base_period.start : figure.base_period.end]  # type: ignore[union-attr]
        elif figure.setting.year is not None and not self.paragraph.now:
            figure.carried.append("period.heading")
            year = figure.setting.year
            figure.period_text = f"{year}年"
            figure.period = Period(
                -1, -1, date(year, 1, 1), date(year, 12, 31), "year", False, True, (), "heading.year"
            )

    def _span_years(self, figure: Figure, periods: list[Period]) -> None:
        """An average per year speaks of all the years: 从2014年的…增加到2022年的…，年均增长."""
        years = [p for p in periods if p.grain == "year" and p.first and p.last and p.end <= figure.start]
        last = figure.period
        if len(years) < 2 or last is None or last.first is None or years[-1] is not last:
            return
        first = years[-2].first
        if first is not None and first < last.first and self.text[years[-2].start - 1] in "从由自较比":
            figure.period = replace(last, first=first, grain="span")

    def _year_after(self, figure: Figure) -> Period | None:
        """A change against the year before speaks of the year under discussion, though nothing names it."""
        base = figure.base_period
        if base is None or base.first is None or base.grain != "year" or base.rule == "date.year":
            return None
        year = base.first.year + 1
        return replace(base, first=date(year, 1, 1), last=date(year, 12, 31))

    def _lasts(self, period: Period, figure: Figure) -> bool:
        """Whether a stretch of years dates the figure itself, not a clause about its noun (连续三年获奖的117名)."""
        if self.text.startswith("连续", period.start):
            return False
        sentence = self.doc.sentences[figure.sentence]
        if period.start - sentence.start <= 2 and self.text[period.end : period.end + 1] in "，,":
            return True
        return period.start >= figure.left.low and self.text[figure.quantity.outer_start - 1] != "的"

    def _take_period(self, figure: Figure, period: Period) -> None:
        figure.period = period
        figure.period_text = self.text[period.start : period.end]

    def _is_base(self, period: Period) -> bool:
        return is_base_period(self.text, period)

    # -- region ------------------------------------------------------------------------------------------------

    def _find_regions(
        self, figure: Figure, sentence: SentenceSpan, carry: _Carry, regions: list[RegionMention]
    ) -> None:
        regions = [r for r in regions if not _SUPERLATIVE.match(self.text, r.end)]
        if figure.left.whole is not None and figure.is_count:
            # 占全市157家的49%: the count is the whole's, so is the place
            inside = [r for r in regions if figure.left.whole[0] <= r.start < figure.start and is_place(r)]
            if inside:
                figure.regions = inside[-1:]
                return
        if (each := _EACH_COUNTY.search(self.text, figure.left.low, figure.start)) is not None:
            figure.regions = [RegionMention(*each.span(), "县域", None, "group")]
            return
        own = [r for r in figure.left.regions if r in regions and is_place(r) and not self._is_example(r, figure)]
        if own:
            figure.regions = self._listed(own, regions)
            carry.regions = figure.regions
            return
        last = carry.figures[-1] if carry.figures else None
        if last is not None and last.regions and last.regions[0].level == "group" and not _CLAUSE_MARK.search(self.text, last.end, figure.start):
            figure.regions = last.regions
            figure.carried.append("region.clause")
            return
        edge = max(self.text.rfind("；", sentence.start, figure.left.low), sentence.start)
        leading = [r for r in regions if r.end <= figure.left.low and is_place(r) and self._leads(r, sentence)]
        leading = [r for r in leading if self._governs(r, sentence, edge)]
        leading = [r for r in leading if r.level in ("relative", "group") or self._near(r, figure)]
        earlier = [r for r in leading if r.start >= edge] or [r for r in leading[:1] if r.level in ("relative", "group")]
        if earlier:
            figure.regions = self._listed([earlier[-1]], regions)
            figure.carried.append("region.sentence")
        elif self.paragraph.regions:
            figure.regions = self.paragraph.regions
            figure.carried.append("region.paragraph")

    def _near(self, region: RegionMention, figure: Figure) -> bool:
        """Whether a named place is at most two clauses away and outside the figure's quotation."""
        stretch = self.text[region.end : figure.start]
        opens = region.start == self.doc.sentences[figure.sentence].start
        return (opens or stretch.count("，") <= 2) and stretch.count("“") == stretch.count("”")

    def _governs(self, region: RegionMention, sentence: SentenceSpan, edge: int) -> bool:
        """Whether a place speaks for later clauses too: 全省 and the like, or a name that opens the sentence."""
        if region.level == "relative" or (region.level == "group" and _OWN_GROUP.search(region.name)):
            return True
        if region.level in ("country", "group"):
            return False
        opens = region.start - max(sentence.start, edge) <= 1 or any(
            p.end <= region.start <= p.end + 1 and p.start <= max(sentence.start, edge) + 1
            for p in self.periods_near(region.start)
        )
        return opens and not _MEMBERS.match(self.text, region.end)

    def _is_example(self, region: RegionMention, figure: Figure) -> bool:
        """Whether a place is only one of the things counted (甲县、乙县2个县市), or who was there before (继甲市后)."""
        if self.text[region.start - 1 : region.start] in ("继", "比", "较", "距", "向", "赴", "对"):
            return True
        if not figure.is_count or region.level in ("relative", "group"):
            return False
        between_them = self.text[region.end : figure.start]
        return not between_them or between_them.endswith("等") or "、" in between_them

    def _listed(self, own: list[RegionMention], regions: list[RegionMention]) -> list[RegionMention]:
        """The last region with those joined to it by 、 or 和: 甲县、乙县均不足10亿元."""
        listed = [own[-1]]
        for region in reversed(regions):
            if region.end <= listed[0].start and self.text[region.end : listed[0].start] in ("、", "和", "及", "与"):
                listed.insert(0, region)
        return listed

    def _leads(self, region: RegionMention, sentence: SentenceSpan) -> bool:
        """Whether the region opens a clause, so that what follows is said of it."""
        if region.start == sentence.start:
            return True
        before = self.text[region.start - 1]
        return before in "，；。：、（ \n“" or any(p.end == region.start for p in self.periods_near(region.start))

    def periods_near(self, at: int) -> list[Period]:
        """The periods that begin within forty characters before `at`."""
        return between(self.periods, max(0, at - 40), at)

    # -- noun --------------------------------------------------------------------------------------------------

    def _find_noun(self, figure: Figure, carry: _Carry, before: Figure | None) -> None:
        left, after = figure.left, figure.after
        if figure.parallel and not (after and figure.is_count):
            figure.noun = left.noun
        elif after is not None and self._follows(figure, after):
            figure.noun = after
        else:
            figure.noun = left.noun
        if figure.noun == left.noun and left.noun is not None and self.text[slice(*left.noun)] in _GENERIC_HEADS:
            figure.noun = None
        if figure.noun is not None:
            figure.subject = self._named(figure, self.text[slice(*figure.noun)], carry)
            figure.subject = self._with_threshold(figure, figure.subject, before)
            carry.subject = figure.subject
            if figure.is_count and figure.subject.endswith(("项目", "工程")):
                self.counted = figure.subject
            carry.changes = not left.part_of and _CHANGE.search(self.text, left.low, figure.start) is not None
        elif (again := self._threshold_again(figure, carry)) is not None:
            figure.subject = carry.subject = again
            figure.carried.append("noun")
        else:
            bracketed = None if carry.subject and not figure.is_count else self._bracketed(figure)
            topic = self._counted_before(figure) or bracketed or self._topic_before(figure)
            figure.subject = topic or carry.subject or self.paragraph.subject
            figure.carried.append("noun")
            carry.subject = carry.subject or figure.subject
            self._part_not_whole(figure, carry)
        figure.of_change = carry.changes
        figure.source = carry.figures[-1] if carry.figures and "noun" in figure.carried else None
        carry.figures.append(figure)

    def _part_not_whole(self, figure: Figure, carry: _Carry) -> None:
        """全市实现10亿元，全省实现300亿元，占比3%: the share is the part's, so is the place."""
        part_and_whole = carry.figures[-2:]
        if figure.quantity.base_unit != "%" or not figure.left.has("share") or len(part_and_whole) < 2:
            return
        part, whole = part_and_whole
        if part.subject == whole.subject and part.quantity.base_unit == whole.quantity.base_unit != "%":
            figure.regions = part.regions

    def _threshold_again(self, figure: Figure, carry: _Carry) -> str | None:
        """The noun of 超200亿元3个 after 营收超400亿元开发区1个: the same with the other threshold."""
        if len(carry.figures) < 3 or not figure.is_count or not carry.subject:
            return None
        other, _, threshold = carry.figures[-3:]
        old = self.text[other.quantity.outer_start : other.quantity.outer_end]
        new = self.text[threshold.quantity.outer_start : threshold.quantity.outer_end]
        adjacent = threshold.quantity.outer_end == figure.quantity.outer_start
        if not adjacent or other.quantity.base_unit != threshold.quantity.base_unit or old not in carry.subject:
            return None
        return carry.subject.replace(old, new)

    def _with_threshold(self, figure: Figure, subject: str, before: Figure | None) -> str:
        """The noun with the threshold that says which are counted: 营收超400亿元开发区1个; projects keep it apart."""
        if before is None or figure.noun != figure.left.noun or figure.noun is None:
            return subject
        bounded = before.quantity.comparator != "=" or before.quantity.value_high is not None
        stretch = self.text[before.quantity.outer_end : figure.noun[0]]
        if before.quantity.unit == "岁" and not stretch.strip("及以上下内"):
            return self.text[before.quantity.outer_start : figure.noun[1]] if figure.noun else subject
        if _MARK.search(stretch) or not bounded or before.is_count or not figure.is_count or len(stretch) > 4 or subject.endswith(("项目", "工程")):
            return subject
        start = before.noun[0] if before.noun and before.noun == before.left.noun else before.quantity.outer_start
        return self.text[start : figure.noun[1]]

    def _follows(self, figure: Figure, after: tuple[int, int]) -> bool:
        """Whether the noun behind the figure, not the one before it, is what it measures."""
        left = figure.left
        if figure.quantity.rule == "ranking.nth_largest":
            return True
        if figure.is_count:
            return not (left.part_of and left.noun is None and figure.quantity.unit == "%")
        if left.part_of or left.has("share", "growth_up", "growth_down", "endpoint"):
            return False
        dimension = figure.quantity.base_unit
        if left.noun is None:
            return dimension != "CNY" or not left.cues
        return dimension in {"m2", "m", "kg", "W", "m3"} or (
            dimension != "CNY" and self.text[slice(*left.noun)] in ("项目", "企业")
        )

    def _named(self, figure: Figure, noun: str, carry: _Carry) -> str:
        """The noun with what it leaves out: 概算投资 -> 省市重点项目概算投资, 12家 + 企业 -> 新增企业."""
        noun = _LIGHT_VERB.sub("", noun.replace("\t", ""))
        if figure.left.has("new") and figure.noun == figure.after:
            word = next(word for word, meaning in figure.left.cues if meaning == "new")
            return word + noun
        if carry.subject and (noun in _MODIFIERS or noun.endswith("级")) and not carry.subject.startswith(noun):
            return noun + carry.subject
        if carry.subject and noun in _TOTALS and not carry.subject.endswith(noun):
            return carry.subject + noun
        if noun in _YIELDS and (crop := self._crop(figure, carry)):
            return crop + noun
        if noun == "项目" and (staged := _STAGED_BEHIND.match(self.text, figure.noun[1] if figure.noun else 0)):
            return staged[1] + noun
        if noun.startswith("项目") and (project := self.project or self._title_project()):
            return project + noun[2:]
        if noun.endswith("项目") and len(noun) > 2 and figure.is_count and not _STAGED.search(noun):
            self.project = noun
        elif (project := self.project or self._counted_projects(carry)) and _INVESTMENT.fullmatch(noun):
            return project + self._kept_verb(figure, noun)
        if noun.endswith("贡献率") and self.text[figure.left.low] == "对":
            return (self.paragraph.subject or "") + self.text[figure.left.low : figure.noun[1]] if figure.noun else noun
        return noun

    def _crop(self, figure: Figure, carry: _Carry) -> str | None:
        """The crop that 总产 or 单产 is of, named before in the sentence."""
        sentence = self.doc.sentences[figure.sentence]
        named = None
        for named in _CROPS.finditer(self.text, sentence.start, figure.start):
            pass
        return named.group() if named else None

    def _counted_projects(self, carry: _Carry) -> str | None:
        """The projects counted before in the sentence, whose money is spoken of now."""
        return carry.subject if carry.subject and carry.subject.endswith(("项目", "工程")) else None

    def _title_project(self) -> str | None:
        """The projects that the article's title speaks of, for a bare 项目 in its text."""
        title = self.doc.articles[self._article - 1].title or "" if self.doc.articles else ""
        named = _TITLE_PROJECT.search(title)
        return named[1] if named else None

    def _kept_verb(self, figure: Figure, noun: str) -> str:
        """完成投资 and 计划投资 are two indicators: the verb that the noun lost comes back."""
        assert figure.noun is not None
        start = figure.noun[0]
        for verb in ("实际完成", "累计完成", "完成", "计划", "年度计划"):
            if noun.startswith("投资") and self.text.endswith(verb, 0, start):
                return ("完成" if verb.endswith("完成") else verb) + noun
        return noun

    def _counted_before(self, figure: Figure) -> str | None:
        """The projects counted before, for a count without a noun of its own: 新建92项，续建104项."""
        if figure.quantity.unit not in ("个", "项") or self.counted is None:
            return None
        clause = self.text[figure.left.low : figure.start]
        return self.counted if _STAGE_ALONE.search(clause) else None

    def _bracketed(self, figure: Figure) -> str | None:
        """The noun a bracket belongs to: 示范区（全省共10家）."""
        low = figure.left.low
        if low < 2 or self.text[low - 1] != "（":
            return None
        noun = noun_before(self.text, clause_start(self.text, max(0, low - 30), low - 1), low - 1)
        return self.text[slice(*noun)] if noun else None

    def _topic_before(self, figure: Figure) -> str | None:
        """The clause right before, when it is nothing but a noun phrase: 单个项目平均投资，2020年为9.7亿元."""
        low = figure.left.low
        if low < 2 or self.text[low - 1] not in "，,":
            return None
        match = _TOPIC.search(self.text, max(0, low - 24), low - 1)
        if not match or self.text.endswith(("看", "统计", "计算", "相比", "来说", "比较"), 0, low - 1):
            return None
        noun = noun_before(self.text, *match.span())
        if noun is None or not is_noun_phrase(self.text, *noun):
            return None
        return self.text[slice(*noun)]

    # -- what the next sentence may take over ------------------------------------------------------------------

    def _carry_on(self, sentence: SentenceSpan, periods: list[Period], regions: list[RegionMention]) -> None:
        for period in periods:
            if period.rule == "word.now":
                self.paragraph.period, self.paragraph.now = None, True
            elif self._dates_paragraph(period, sentence):
                self.paragraph.period = period
        for region in regions:
            if not self._leads(region, sentence):
                continue
            if region.level == "group" and is_place(region) and self._is_topic(region):
                self.paragraph.regions = [region]
            elif region.level == "relative":
                self.paragraph.regions = []


    def _is_topic(self, region: RegionMention) -> bool:
        """Whether the article as a whole is about this group of places."""
        title = self.doc.articles[self._article - 1].title or "" if self.doc.articles else ""
        return "县域" in title and ("县域" in region.name or region.name.endswith("县"))

    def _dates_paragraph(self, period: Period, sentence: SentenceSpan) -> bool:
        """A whole stretch of time that opens a sentence or a clause after ； speaks for what follows."""
        if period.first is None or (period.point and period.grain != "year") or period.grain in ("duration", "day", "time") or self._is_base(period):
            return False
        if period.rule.endswith("since") or not (period.anchored or period.grain == "year"):
            return False
        before = self.text[max(sentence.start, period.start - 1) : period.start]
        alone = before == "，" and self.text[period.end : period.end + 1] == "，"
        return alone or before in ("", "；", "）", "。") or (
            period.start - sentence.start <= 3 and before in "到至自于在"
        )


_TIMES_OF = regex.compile(r"(?:动态)?(?:保持在|稳定在|达到|超过|相当于|控制在)[^，。；、]{2,14}的?$")
_GENERIC_HEADS = frozenset("规模 数量 总量 增速 总量和增速 总量和增速分 行业排名 排名 位次 金额 名次 综合排名".split())
_MODIFIERS = frozenset("规上 限上 大型 中型 小型 小微 微型 民营 国有 新增规上".split())
_TOTALS = frozenset("总规模 总面积 总里程 总长 总长度 总库容 总金额 总吨位 总容量".split())
_YIELDS = frozenset("总产 总产量 单产 亩产 播种面积 种植面积".split())
_CROPS = regex.compile(r"粮食|小麦|玉米|水稻|稻谷|大豆|油料|棉花|蔬菜|水果|油菜|薯类|茶叶|夏粮|秋粮|早稻")
# 工业企业实现营业收入: one noun with a light verb inside; 完成投资 is a noun of its own
_LIGHT_VERB = regex.compile(r"(?<=[一-鿿”]{2})(?:分别)?(?:实现|完成)(?!投资)(?=[一-鿿]{2})")
_MARK = regex.compile(r"[，。；：、（）]")
_OWN_GROUP = regex.compile(r"直$|本级$|县域|\d+县$")
# 全省唯一, 全国首个: a rank among places, not the place of the figure
_SUPERLATIVE = regex.compile(r"唯一|(?:民企|民营企业|企业|服务业|制造业)?(?:\d+|百|千)强|首|最|第|独|领先|重要|前列|率先|一流|知名|先进|优秀")
_STAGED_BEHIND = regex.compile(r"(?:已经?|均|全部|尚|仍)?(?:已经?)?((?:未|新)?(?:开工|竣工|投产|签约|完工|建成))")
# 每县新增1家: the counties together
_EACH_COUNTY = regex.compile(r"每个?县(?:每年|都|各|均|至少)?")
_CLAUSE_MARK = regex.compile(r"[，；。：（]")
_NEW_POINT = regex.compile(r"——|[一二三四五六七八九十]是|第[一二三四五六七八九十]+，|[（(]?[一二三四五六七八九十\d]+[）)、.]|[●•■◆]")
_STAGE_ALONE = regex.compile(
    r"(?:新建|续建|在建|开工|新开工|竣工|投产(?:运营)?|落地|签约|完工|建成|储备|计划建成|(?:以上|以下)的?(?:只?有|仅)?|安排|的|其中)$"
)
_STAGED = regex.compile(r"开工|竣工|续建|在建|投产|建成|签约|储备|未")
_TITLE_PROJECT = regex.compile(r"[市县区省州]((?:重点|重大|省市重点|民生|产业)项目)")
# 甲市、乙市3家高新区: the places are what is counted
_MEMBERS = regex.compile(r"[^，。；]{0,40}?等?\d+(?:个|家|条|座|所|处|项)")
_CHANGE = regex.compile(r"增速|增长率|增幅|涨幅|降幅|增长速度")
_TOPIC = regex.compile(r"(?<=[，。；：、]|^)[^，。；：、\d]{3,20}$")
_BEFORE_THRESHOLD = regex.compile(
    r"(?:新建|续建|在建|新开工|签约|储备|重点|重大|新|和|、)*(?:(?:总|概算|估算|计划)?投资(?:额)?|(?:年|主营业务)?(?:营业收入|营收|产值|收入))?(?:均|都|在)?"
)
_INVESTMENT = regex.compile(
    r"(?:年度|当年|概算|估算|计划|总|累计|实际|固定资产|已|拟)*(?:完成)?(?:计划)?投资(?:总?额)?|投资总额|总投资"
)
# 全年计划开工196个，已开工186个: the year is the plan's, not the fact's
_PLANNED_AFTER = regex.compile(r"(?:计划|拟)(?!投资)")
_BASE_BEFORE = regex.compile(r"(?:比|较|与|同|是|相比|相较于?|对比)$")
_BASE_AFTER = regex.compile(r"(?:的)?(?:基础上|相比|末?的[\d.]+倍)")
# 恢复到2019年同期的86%
_RESTORED = regex.compile(r"(?:同期|水平|同期水平)?的(?=[\d.]+%|[一二三四五六七八九]成)")


def is_base_period(text: str, period: Period) -> bool:
    """Whether a period is what a change is measured against: 比上年, 较2020年末, 在2022年基础上.

    >>> from extract.grammar.periods import scan_periods
    >>> text = "较2020年增长5%"
    >>> is_base_period(text, scan_periods(text)[0])
    True
    """
    if _BASE_BEFORE.search(text, max(0, period.start - 4), period.start):
        return not text.startswith("以来", period.end)
    if text[period.start - 1 : period.start] in ("到", "至", "于", "为", "是") and _RESTORED.match(text, period.end):
        return True
    return _BASE_AFTER.match(text, period.end) is not None


def is_place(region: RegionMention) -> bool:
    """Whether the mention stands for the place itself, not for a body or a name that begins with it."""
    return not region.body and not region.within_name and not region.name.startswith("各")


def opens_clause(text: str, period: Period) -> bool:
    """Whether a period stands where it dates what follows, not inside a name or a comparison.

    >>> from extract.grammar.periods import scan_periods
    >>> [opens_clause(t, scan_periods(t)[0]) for t in ("2022年，全市增长", "获2022年度科技奖", "与2019年相比，")]
    [True, False, False]
    """
    if is_base_period(text, period):
        return False
    before = text[period.start - 1] if period.start else "\n"
    if before in "到至自截":
        before = text[period.start - 2 : period.start - 1] or "\n"
        return before in "，；。：、（）！？\n截"
    return before in "，；。：、（）！？\n年" or text[period.end : period.end + 1] in "，," or before not in _NAMING


_NAMING = frozenset("获届评列的号部")
