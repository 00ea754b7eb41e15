"""What a figure measures: the noun of its own clause, or one carried over from the clauses before."""

from __future__ import annotations

from extract.clauses import clause_start
from extract.figures.figure import Carry, Figure, Passage
from extract.figures.where import is_origin
from extract.grammar.nouns import is_noun_phrase, noun_before
from extract.grammar.sectors import SECTORS
from extract.patterns import Pattern

_GENERIC_HEADS = frozenset(
    [
        "规模",
        "数量",
        "总量",
        "增速",
        "增速分别",
        "增幅分别",
        "月度",
        "当月",
        "累计",
        "总量和增速",
        "总量和增速分",
        "行业排名",
        "排名",
        "位次",
        "金额",
        "名次",
        "综合排名",
        "行业",
    ]
)
_MODIFIERS = frozenset(
    ["规上", "限上", "大中型", "中小型", "大型", "中型", "小型", "小微", "微型", "民营", "国有", "新增规上"]
)
# 省级以上研发机构34家，其中国家级8家
_LEVEL_OF = Pattern(r"^(?:(?:国家|省部|[国省市县区])级(?:及?以上)?)+")
_TOTALS = frozenset(["总规模", "总面积", "总里程", "总长", "总长度", "总库容", "总金额", "总吨位", "总容量"])
_YIELDS = frozenset(["总产", "总产量", "单产", "亩产", "播种面积", "种植面积"])
_CROPS = Pattern(r"粮食|小麦|玉米|水稻|稻谷|大豆|油料|棉花|蔬菜|水果|油菜|薯类|茶叶|夏粮|秋粮|早稻")
# 工业企业实现营业收入: one noun with a light verb inside; 完成投资 is a noun of its own
_LIGHT_VERB = Pattern(r"(?<=[一-鿿”]{2})(?:分别)?(?:实现|完成)(?!投资)(?=[一-鿿]{2})")
_MARK = Pattern(r"[，。；：、（）]")
_STAGED_BEHIND = Pattern(r"(?:已经?|均|全部|尚|仍)?(?:已经?)?((?:未|新)?(?:开工|竣工|投产|签约|完工|建成))")
_STAGE_ALONE = Pattern(
    r"(?:新建|续建|在建|开工|新开工|竣工|投产(?:运营)?|落地|签约|完工|建成|储备|计划建成|(?:以上|以下)的?(?:只?有|仅)?|安排|的|其中)$"
)
# 其中10亿元以上5个, 10亿元以上的只有17个
_AFTER_THRESHOLD = Pattern(r"(?:的|分别|只|仅|有|达到?|为)*")
# 新签约项目60个、竣工投产30个
_STAGES = Pattern(r"(?:新?(?:签约|开工|竣工|投产|落地|建成|完工|达产|达效|投用|投运))+")
_STAGED = Pattern(r"开工|竣工|续建|在建|投产|建成|签约|储备|未")
_TITLE_PROJECT = Pattern(r"[市县区省州]((?:重点|重大|省市重点|民生|产业)项目)")
_CHANGE = Pattern(r"增速|增长率|增幅|涨幅|降幅|增长速度")
_TOPIC = Pattern(r"(?<=[，。；：、\n]|^)[^，。；：、\d\n]{3,20}$")
# 进出口快速增长，增速达8%: what is said of the topic is no part of it
_TREND = Pattern(
    r"(?:连续[一二三四五六七八九十两]{1,3}年)?(?:逐月|逐季|逐年|继续|保持|持续|稳定|平稳|快速|较快|稳步|大幅|小幅|明显|总体){0,3}"
    r"(?:增长|上升|下降|回升|提高|增加|减少|回落|扩大|上涨)$"
)
# 签约亿元以上项目: new ones, not those named before
_WON = Pattern(r"(?:签约|引进|招引)[^，。；、]{0,10}(?:以上|以下|级)$")
_INVESTMENT = Pattern(
    r"(?:年度|当年|概算|估算|计划|总|累计|实际|固定资产|已|拟){0,6}(?:完成)?(?:计划)?投资(?:总?额)?|投资总额|总投资"
)


def find_subject(passage: Passage, figure: Figure, carry: Carry, before: Figure | None) -> None:
    if (sector := SECTORS.get(figure.quantity.rule)) is not None:
        figure.subject = f"{sector}增加值"
        return
    if figure.quantity.unit in _MEDALS:
        figure.subject = figure.quantity.unit + "牌"
        carry.figures.append(figure)
        return
    left, after = figure.left, figure.after
    left.noun = _own_noun(passage, left.noun, before)
    if figure.parallel and not (after and figure.is_count):
        figure.noun = left.noun
    elif after is not None and _follows(passage, figure, after):
        figure.noun = after
    else:
        figure.noun = left.noun
    if figure.noun == left.noun and left.noun is not None:
        words = passage.text[slice(*left.noun)]
        if words in _GENERIC_HEADS and not left.part_of and _CHANGE.search(passage.text, left.low, figure.start):
            carry.changes = True
        if words in _GENERIC_HEADS or (figure.is_count and passage.counted and _STAGES.fullmatch(words)):
            figure.noun = None
    if passage.text.startswith("相比", figure.quantity.outer_end):
        # 与上次普查的459万人相比: the base of what was counted before
        figure.noun = None
    if figure.noun is not None:
        figure.subject = _named(passage, figure, passage.text[slice(*figure.noun)], carry)
        figure.subject = _with_threshold(passage, figure, figure.subject, before)
        figure.subject += _same_measure(figure, carry)
        carry.subject = figure.subject
        if figure.is_count and figure.subject.endswith(("项目", "工程")):
            passage.counted = figure.subject
        carry.changes = not left.part_of and _CHANGE.search(passage.text, left.low, figure.start) is not None
    elif (again := _elliptic(passage, figure, carry) or _threshold_again(passage, figure, carry)) is not None:
        figure.subject = carry.subject = again
        figure.carried.append("noun")
    else:
        bracketed = None if carry.subject and not figure.is_count else _bracketed(passage, figure)
        topic = _counted_before(passage, figure) or bracketed or _topic_before(passage, figure, carry)
        unit = figure.quantity.unit if figure.quantity.unit in _DIVISIONS else None
        # 十五个公社、二镇: what is counted is the measure word
        same_unit = passage.paragraph.counted.get(figure.quantity.unit) if figure.left.has("endpoint") else None
        # 有小学14所，学生600人。1950年增至16所: the schools
        figure.subject = topic or unit or carry.subject or same_unit or passage.paragraph.subject
        figure.carried.append("noun")
        carry.subject = carry.subject or figure.subject
        _part_not_whole(passage, figure, carry)
    if figure.is_count and figure.subject:
        passage.paragraph.counted[figure.quantity.unit] = figure.subject
    figure.of_change = carry.changes
    figure.source = carry.figures[-1] if carry.figures and "noun" in figure.carried else None
    carry.figures.append(figure)


# what has a value added, an investment, a turnover
_BRANCH = Pattern(r"(?:业|经济|单位|部门)$")
_MEASURED = Pattern(
    r"(?:业|经济|单位|部门)((?:总?产值|增加值|投资|营业收入|利润总?额?|零售额|销售额|用电量|营收|税收)+)$"
)


def _same_measure(figure: Figure, carry: Carry) -> str:
    """What of a branch grows, said of the branch before: 采矿业增加值增长8%，制造业增长5%."""
    last = carry.figures[-1] if carry.figures else None
    if last is None or last.subject is None or figure.noun != figure.left.noun or figure.quantity.base_unit != "%":
        return ""
    changes = figure.left.has("growth_up", "growth_down") and last.left.has("growth_up", "growth_down")
    if not changes or figure.subject is None or not _BRANCH.search(figure.subject):
        return ""
    measured = _MEASURED.search(last.subject)
    return measured[1] if measured else ""


def _own_noun(passage: Passage, noun: tuple[int, int] | None, before: Figure | None) -> tuple[int, int] | None:
    """三所小学、初中两所: what stands before the mark is counted already."""
    taken = before.after if before is not None and before.noun == before.after else None
    if noun is None or taken is None or not noun[0] < taken[1] or passage.text[taken[1]] != "、":
        return noun
    if noun[1] <= taken[1]:
        return None
    return (taken[1] + 1, noun[1]) if taken[1] < noun[1] - 2 else noun


def _part_not_whole(passage: Passage, figure: Figure, carry: Carry) -> None:
    """全市实现10亿元，全省实现300亿元，占比3%: the share is the part's, so is the place."""
    part_and_whole = carry.figures[-2:]
    if figure.quantity.base_unit != "%" or not figure.left.has("share") or len(part_and_whole) < 2:
        return
    part, whole = part_and_whole
    if part.subject == whole.subject and part.quantity.base_unit == whole.quantity.base_unit != "%":
        figure.regions = part.regions


def _elliptic(passage: Passage, figure: Figure, carry: Carry) -> str | None:
    """The noun of 营收超10亿元的6家 after 规上企业246家: those counted, with what bounds them."""
    bound = carry.figures[-1] if carry.figures else None
    if bound is None or not figure.is_count or bound.is_count or bound.left.noun is None:
        return None
    stretch = passage.text[bound.quantity.outer_end : figure.quantity.outer_start]
    if bound.quantity.comparator == "=" or not stretch.startswith("的") or _MARK.search(stretch):
        return None
    counted = next((f for f in reversed(carry.figures) if f.is_count and f.quantity.unit == figure.quantity.unit), None)
    if counted is None or counted.subject is None:
        return None
    words = passage.text[bound.left.noun[0] : bound.quantity.outer_end]
    return f"{words.rpartition('中')[2] or words}的{counted.subject}"


def _threshold_again(passage: Passage, figure: Figure, carry: Carry) -> str | None:
    """The noun of 超200亿元3个 after 营收超400亿元开发区1个: the same with the other threshold."""
    if len(carry.figures) < 3 or not figure.is_count or not carry.subject:
        return None
    other, _, threshold = carry.figures[-3:]
    old = passage.text[other.quantity.outer_start : other.quantity.outer_end]
    new = passage.text[threshold.quantity.outer_start : threshold.quantity.outer_end]
    adjacent = passage.text[threshold.quantity.outer_end : figure.quantity.outer_start] in ("", "的")
    if not adjacent or other.quantity.base_unit != threshold.quantity.base_unit or old not in carry.subject:
        return None
    return carry.subject.replace(old, new)


def _with_threshold(passage: Passage, figure: Figure, subject: str, before: Figure | None) -> str:
    """The noun with the threshold that says which are counted: 营收超400亿元开发区1个; projects keep it apart."""
    if before is None or figure.noun != figure.left.noun or figure.noun is None:
        return subject
    bounded = before.quantity.comparator != "=" or before.quantity.value_high is not None
    stretch = passage.text[before.quantity.outer_end : figure.noun[0]]
    if before.quantity.rule == "bare_magnitude" and stretch == "" and passage.text.startswith("级", figure.noun[0]):
        # 千亿级产业达到19个
        return passage.text[before.quantity.outer_start : figure.noun[1]]
    if before.quantity.unit == "岁" and not stretch.strip("及以上下内"):
        return passage.text[before.quantity.outer_start : figure.noun[1]] if figure.noun else subject
    if (
        _MARK.search(stretch)
        or not bounded
        or before.is_count
        or not figure.is_count
        or len(stretch) > 4
        or subject.endswith(("项目", "工程"))
    ):
        return subject
    start = before.noun[0] if before.noun and before.noun == before.left.noun else before.quantity.outer_start
    return passage.text[start : figure.noun[1]]


_DIVISIONS = frozenset(["省", "市", "县", "区", "镇", "乡", "村", "社区", "街道", "乡镇", "县市", "县区"])
_MEDALS = frozenset("金银铜")
_INTENDED = frozenset(["aim", "plan", "estimate", "annual"])


def _follows(passage: Passage, figure: Figure, after: tuple[int, int]) -> bool:
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
        money_of = not left.cues or not any(meaning not in _INTENDED for _, meaning in left.cues)
        return dimension != "CNY" or money_of
    if dimension == "CNY" and passage.text.endswith("的", 0, figure.quantity.outer_start):
        # 用好国家下达的90亿元补助资金
        return True
    return dimension in {"m2", "m", "kg", "W", "m3", "tce"} or (
        dimension != "CNY" and passage.text[slice(*left.noun)] in ("项目", "企业")
    )


def _named(passage: Passage, figure: Figure, noun: str, carry: Carry) -> str:
    """The noun with what it leaves out: 概算投资 -> 省市重点项目概算投资, 12家 + 企业 -> 新增企业."""
    noun = _LIGHT_VERB.sub("", noun.replace("\t", ""))
    if figure.noun is not None and (origin := _origin(passage, figure)):
        return origin + noun
    if figure.left.has("new") and figure.noun == figure.after:
        word = next(word for word, meaning in figure.left.cues if meaning == "new")
        return word + noun
    if carry.subject and (noun in _MODIFIERS or noun.endswith("级")) and not carry.subject.startswith(noun):
        return noun + _LEVEL_OF.sub("", carry.subject)
    if carry.subject and noun in _TOTALS and not carry.subject.endswith(noun):
        return carry.subject + noun
    if noun in _YIELDS and (crop := _crop(passage, figure, carry)):
        return crop + noun
    if noun == "项目" and (staged := _STAGED_BEHIND.match(passage.text, figure.noun[1] if figure.noun else 0)):
        return staged[1] + noun
    won = figure.noun is not None and _WON.search(passage.text, max(0, figure.noun[0] - 24), figure.noun[0])
    if noun.startswith("项目") and not won and (project := passage.project or _title_project(passage)):
        return project + noun[2:]
    if noun.endswith("项目") and len(noun) > 2 and figure.is_count and not _STAGED.search(noun):
        passage.project = noun
    elif (project := passage.project or _counted_projects(passage, carry)) and _INVESTMENT.fullmatch(noun):
        return project + _kept_verb(passage, figure, noun)
    if noun.endswith("贡献率") and noun.startswith("对"):
        return (carry.subject or passage.paragraph.subject or "") + noun
    return noun


def _origin(passage: Passage, figure: Figure) -> str | None:
    """The place that says where those counted come from: 签约北京项目28个."""
    assert figure.noun is not None
    found = (r for r in figure.left.regions if r.end == figure.noun[0] and is_origin(passage, r))
    return next((passage.text[r.start : r.end] for r in found), None)


def _crop(passage: Passage, figure: Figure, carry: Carry) -> str | None:
    """The crop that 总产 or 单产 is of, named before in the sentence."""
    sentence = passage.doc.sentences[figure.sentence]
    named = [match.group() for match in _CROPS.finditer(passage.text, sentence.start, figure.start)]
    return named[-1] if named else None


def _counted_projects(passage: Passage, carry: Carry) -> str | None:
    """The projects counted before in the sentence, whose money is spoken of now."""
    return carry.subject if carry.subject and carry.subject.endswith(("项目", "工程")) else None


def _title_project(passage: Passage) -> str | None:
    """The projects that the article's title speaks of, for a bare 项目 in its text."""
    title = passage.doc.articles[passage.article - 1].title or "" if passage.doc.articles else ""
    named = _TITLE_PROJECT.search(title)
    return named[1] if named else None


def _kept_verb(passage: Passage, figure: Figure, noun: str) -> str:
    """完成投资 and 计划投资 are two indicators: the verb that the noun lost comes back."""
    assert figure.noun is not None
    start = figure.noun[0]
    for verb in ("实际完成", "累计完成", "完成", "计划", "年度计划"):
        if noun.startswith("投资") and passage.text.endswith(verb, 0, start):
            return ("完成" if verb.endswith("完成") else verb) + noun
    return noun


def _counted_before(passage: Passage, figure: Figure) -> str | None:
    """The projects counted before, for a count without a noun of its own: 新建92项，续建104项."""
    if figure.quantity.unit not in ("个", "项") or passage.counted is None:
        return None
    clause = passage.text[figure.left.low : figure.start]
    sized = _AFTER_THRESHOLD.fullmatch(clause) and passage.text.endswith(("元", "元以上", "元以下"), 0, figure.left.low)
    if not sized and not _STAGE_ALONE.search(clause):
        return None
    stage, old = _STAGES.search(clause), _STAGES.match(passage.counted)
    # 新开工项目120个、竣工75个: the other stage of the same projects
    return stage[0] + passage.counted[old.end() :] if stage and old else passage.counted


def _bracketed(passage: Passage, figure: Figure) -> str | None:
    """The noun a bracket belongs to: 示范区（全省共10家）."""
    low = figure.left.low
    if low < 2 or passage.text[low - 1] != "（":
        return None
    noun = noun_before(passage.text, clause_start(passage.text, max(0, low - 30), low - 1), low - 1)
    return passage.text[slice(*noun)] if noun else None


def _topic_before(passage: Passage, figure: Figure, carry: Carry) -> str | None:
    """The clause right before, when it is nothing but a noun phrase: 单个项目平均投资，2020年为9.7亿元."""
    low = figure.left.low
    if low < 2 or passage.text[low - 1] not in "，,":
        return None
    match = _TOPIC.search(passage.text, max(0, low - 24), low - 1)
    if (
        not match
        or any(f.end > match.start() for f in carry.figures)
        or passage.text.endswith(("看", "统计", "计算", "相比", "来说", "比较"), 0, low - 1)
    ):
        return None
    start, end = match.span()
    if end in passage.period_starts:
        return None
    trend = _TREND.search(passage.text, start + 1, end)
    noun = noun_before(passage.text, start, trend.start() if trend else end)
    if noun is None or (trend is None and not is_noun_phrase(passage.text, *noun)):
        return None
    return passage.text[slice(*noun)].strip()
