"""Stage: figures in, rows of the six record tables out.

The order of the deciders is the grammar's one overlap policy for meanings: a position, a threshold, a change, a
share, a count of projects, and what is left is a level; an aim turns any of them into a target.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from extract.aims import find_aim
from extract.document import Document
from extract.figures import Figure
from extract.grammar.concepts import find_concept
from extract.grammar.gazetteer import region_name
from extract.grammar.mentions import Quantity
from extract.grammar.region_context import RegionContext
from extract.grammar.regions import RegionMention
from extract.patterns import Pattern
from extract.records import conditions, growth_rates, idioms, levels, project_counts, rankings, shares, targets

_FLOW = Pattern(r"累计|完成|开工|竣工|投产|签约|新增|实现|投入|发放|下达|到位|增长|销售|支出|收入|生产|总产值|招商")
_FLOW_NOUN = Pattern(
    r"(?:投资|收入|税收|产值|增加值|总额|支出|利润|销售额|营收|生产总值|进出口|产量|总产|资金|吞吐量|客流量|人次)$"
)


_FLOW_RATE = Pattern(r"(?:开工|竣工|投产|完成|签约|履约|到位|支出进度)率$")


def decide(figure: Figure, text: str, sentence_start: int) -> None:
    """Set the figure's role and rule."""
    if figure.role is not None:
        return
    if rule := rankings.recognise(figure, text):
        aimed = find_aim(figure, text, sentence_start) == "aim.word"
        figure.role, figure.rule, figure.aim = ("target" if aimed else "ranking"), rule, "aim.word" if aimed else None
        return
    if rule := conditions.recognise(figure, text, sentence_start):
        figure.role, figure.rule = "condition", rule
        return
    if rule := idioms.recognise(figure, text):
        figure.role, figure.rule = rule.partition(".")[0], rule
        return
    for role, decider in (
        ("growth_rate", growth_rates),
        ("share", shares),
        ("project_count", project_counts),
        ("level", levels),
    ):
        rule = decider.recognise(figure, text)
        if rule:
            figure.role, figure.rule = role, rule
            break
    else:
        figure.role, figure.rule = "idiom", "idiom.bare"
        return
    aim = find_aim(figure, text, sentence_start)
    if figure.left.has("start") and not figure.left.has("endpoint"):
        # 由93%提高到97%: where it starts is no aim
        aim = None
    figure.aim = aim
    if aim and not (role == "project_count" and aim != "aim.word"):
        figure.role = "target"


def attach_thresholds(figures: list[Figure], text: str) -> None:
    """Give counts of projects the threshold printed with them: 10亿元以上项目48个, 100个亿元以上项目."""
    counted = None
    for figure in figures:
        if figure.rule.startswith("projects"):
            if counted is not None and figure.source is None and figure.subject == counted.subject:
                figure.source = counted
            counted = figure
    for before, figure in pairwise(figures):
        stretch = text[before.quantity.outer_end : figure.quantity.outer_start]
        if figure.threshold is None and figure.rule == "projects.carried":
            figure.threshold = _carried_threshold(figure)
        if text.startswith("其中", figure.left.low) and figure.rule.startswith("projects"):
            whole = before if before.rule.startswith("projects") else _projects_before(figures, figure)
            if whole is not None:
                figure.threshold, figure.source = whole.threshold or figure.threshold, figure.source or whole
        if len(stretch) > 24 or any(mark in stretch for mark in "，；。"):
            continue
        per_unit = "每" in text[max(0, before.quantity.start - 4) : before.quantity.start]
        if before.role == "condition" and before.quantity.base_unit == "CNY" and not per_unit:
            figure.threshold = before.quantity
        elif figure.role == "condition" and figure.quantity.base_unit == "CNY" and before.after is not None:
            before.threshold = figure.quantity


_OF_THEM = Pattern(r"其中[，,：]?")


def carry_stages(figures: list[Figure], doc: Document) -> None:
    """Give the projects of a sentence that opens with 其中 those of the sentence before as what they are of."""
    whole = counted = None
    for figure in figures:
        if not figure.rule.startswith("projects"):
            continue
        here = doc.sentences[figure.sentence]
        if whole is None or whole.sentence != figure.sentence - 1:
            of_them = counted is not None and counted.sentence == figure.sentence - 1
            of_them = of_them and doc.sentences[figure.sentence - 1].block == here.block
            whole = counted if of_them and _OF_THEM.match(doc.reading.text, here.start) else None
        if whole is not None and figure.source is None:
            figure.source = whole
        counted = figure


def _projects_before(figures: list[Figure], figure: Figure) -> Figure | None:
    """The projects counted last in the same sentence, of which 其中 tells more."""
    found = None
    for other in figures:
        if other is figure:
            break
        if other.sentence == figure.sentence and other.rule.startswith("projects"):
            found = other
    return found


def _carried_threshold(figure: Figure) -> Quantity | None:
    """The threshold of the projects last counted under the same noun: 同比增加4个 stands between in 7个…较外市16个."""
    source = figure.source
    while source is not None and not source.rule.startswith("projects"):
        source = source.source
    return source.threshold if source is not None else None


def build_row(figure: Figure, doc: Document, context: RegionContext, article_id: str) -> dict[str, Any]:
    """The common columns of a record, and those of its type."""
    quantity, text = figure.quantity, doc.reading.text
    start, end = doc.reading.raw_span(quantity.start, quantity.end)
    sentence = doc.sentences[figure.sentence]
    sentence_start, sentence_end = doc.reading.raw_span(sentence.start, sentence.end)
    fact = _fact_role(figure)
    sign = growth_rates.sign(figure) if fact == "growth_rate" else 1
    first, last = _period(figure, text, fact)
    region, code = _region(figure, context, doc.head.place)
    subject = _indicator(figure, text)
    row: dict[str, Any] = {
        "record_id": f"{doc.issue_id}:{start}-{end}",
        "issue_id": doc.issue_id,
        "article_id": article_id,
        "indicator": subject,
        "concept": find_concept(subject),
        "value": float(quantity.value * sign),
        "value_high": _signed(quantity.value_high, sign),
        "unit": quantity.unit,
        "base_value": _signed(quantity.base_value, sign),
        "base_value_high": _signed(quantity.base_value_high, sign),
        "base_unit": quantity.base_unit,
        "comparator": _comparator(figure, text),
        "period_start": first,
        "period_end": last,
        "period_text": figure.period_text if first or last else None,
        "region": region,
        "region_code": code,
        "modality": _modality(figure, text),
        "figure": doc.text[start:end],
        "char_start": start,
        "char_end": end,
        "sentence": text[sentence.start : sentence.end],
        "sentence_start": sentence_start,
        "sentence_end": sentence_end,
        "rule": figure.rule if figure.role != "target" else f"{figure.rule}+{figure.aim}",
    }
    return row | _extras(figure, text, fact, sign, context)


# 每县至少创建1个: the bound stands before the verb
_BOUND_VERB = Pattern(r"(至少|最少|不少于|不低于|至多|最多)[一-鿿]{2,4}$")


# 不足全省总量的8%: the bound stands before the whole
_BOUNDS = {"不足": "<", "不到": "<", "超过": ">", "接近": "~"}


def _comparator(figure: Figure, text: str) -> str:
    """The printed comparator, or the one that is part of the word before (约占, 超占)."""
    first = figure.first
    if first is not None and figure.quantity.comparator == "=" and first.quantity.outer_start < first.start:
        return first.quantity.comparator
    bound = _BOUND_VERB.search(text, figure.left.low, figure.quantity.outer_start)
    if figure.quantity.comparator == "=" and figure.is_count and bound is not None:
        return "<=" if bound[1] in ("至多", "最多") else ">="
    if figure.quantity.comparator == "=" and figure.left.part_of and figure.left.cues[0][0] in _BOUNDS:
        return _BOUNDS[figure.left.cues[0][0]]
    if figure.quantity.comparator == "=" and any(word.startswith("约") for word, _ in figure.left.cues):
        return "~"
    return figure.quantity.comparator


def _fact_role(figure: Figure) -> str:
    prefix = figure.rule.partition(".")[0]
    return {"growth": "growth_rate", "share": "share", "projects": "project_count", "ranking": "ranking"}.get(
        prefix, "level"
    )


def _signed(value: Decimal | None, sign: int) -> float | None:
    return None if value is None else float(value * sign)


def _extras(figure: Figure, text: str, fact: str, sign: int, context: RegionContext) -> dict[str, Any]:
    if figure.role == "target":
        counted = (figure.subject or "").endswith(("项目", "工程")) or fact == "project_count"
        low, high = _invest(figure) if counted else (None, None)
        return {"measure": targets.measure(figure, fact), "invest_min": low, "invest_max": high}
    if figure.role == "growth_rate":
        base = figure.base_period
        direction = "flat" if not figure.quantity.value else "up" if sign > 0 else "down"
        return {
            "direction": direction,
            "basis": growth_rates.basis(figure, text),
            "base_period_start": base.first if base else None,
            "base_period_end": base.last if base else None,
        }
    if figure.role == "project_count":
        low, high = _invest(figure)
        return {
            "stage": project_counts.stage(figure, text),
            "planned": project_counts.planned(figure, text),
            "invest_min": low,
            "invest_max": high,
        }
    if figure.role == "share":
        return {"whole": shares.whole(figure, text)}
    if figure.role == "ranking":
        if figure.among_set is not None:
            return {"among": text[slice(*figure.among_set)]}
        ranked = [r for r in figure.left.regions if r.level in ("country", "relative") or r not in figure.regions]
        among = figure.left.near_regions or ranked or figure.among
        return {"among": _resolved(figure, among[0], context)[0] if among else None}
    return {}


def _invest(figure: Figure) -> tuple[float | None, float | None]:
    threshold = figure.threshold
    if threshold is None or threshold.base_value is None:
        return None, None
    low, high = threshold.base_value, threshold.base_value_high
    if high is None and threshold.comparator in ("<", "<="):
        return None, float(low)
    return float(low), _signed(high, 1)


def _indicator(figure: Figure, text: str) -> str | None:
    subject = figure.subject
    if figure.rule == "level.gap" and figure.left.compared is not None and subject:
        return subject + _distance(text[slice(*figure.left.compared)], figure)
    if figure.rule == "level.gap" and figure.left.gap is not None and subject:
        return subject + text[figure.left.gap[0] : (figure.first or figure).quantity.outer_start].rstrip(" 约近")
    if figure.rule == "projects.elided" and subject and not subject.endswith(("项目", "工程")):
        return subject.removeprefix("实际") + "项目"
    if figure.rule == "share.of_those" and figure.after is not None:
        predicate = _PREDICATE.match(text, figure.after[0])
        return predicate[0].strip("“”") if predicate else subject
    if figure.rule == "growth.noun" and subject:
        return _GROWTH_TAIL.sub("", subject)
    if subject and figure.quantity.base_unit == "pp" and figure.rule.startswith("growth"):
        return subject + _share_word(figure, text, subject)
    return subject


# 第三产业占比提高2个百分点: a change of the share, not of what has it
_SHARE_WORDS = Pattern(r"占比(?!重)|比重|份额")


def _share_word(figure: Figure, text: str, subject: str) -> str:
    """The word for a share between the noun and its change; empty where the noun itself changes."""
    first = figure.first or figure
    low = first.noun[1] if first.noun is not None and first.noun == first.left.noun else first.left.low
    named = list(_SHARE_WORDS.finditer(text, low, first.quantity.outer_start))
    return named[-1].group() if named and not subject.endswith(named[-1].group()) else ""


# 39%的企业参与了某项战略: what they did is what the share is of
_PREDICATE = Pattern(r"[^，。；：（\n]{2,48}")
_APART = Pattern(r"（[^（）]{0,12}）(?:和|与|及|、)?")
_AVERAGE = Pattern(r"的?平均(?:水平|值)?$")


def _distance(compared: str, figure: Figure) -> str:
    """比全省平均水平 + 高 as 高于全省."""
    word = next((w for w, meaning in figure.left.cues if meaning in ("growth_up", "growth_down", "gap")), "")
    if "（" in compared:
        # 比全省（7.7%）和全国（7.0%）分别高0.7、1.4个百分点
        among = [part for part in _APART.split(compared) if part]
        compared = among[min(figure.parallel, len(among) - 1)]
    return word[0] + "于" + _AVERAGE.sub("", compared.lstrip("比较与同"))


_GROWTH_TAIL = Pattern(r"(?:增长|增速|增幅|涨幅)(?:目标|预期)?$")


# 未按计划开工: no plan is told
_INTENDED = Pattern(r"(?<!按|按照)计划|拟")


def _modality(figure: Figure, text: str) -> str:
    if figure.role == "target":
        return "target"
    clause = text[figure.left.low : figure.start]
    if figure.left.whole is not None:
        # 占年度计划的98%: the plan is the whole, what has been done is a fact
        clause = text[figure.left.low : figure.left.whole[0]]
    if "预计" in clause or figure.left.has("estimate"):
        return "estimate"
    if figure.role == "project_count" and project_counts.planned(figure, text):
        return "planned"
    if _INTENDED.search(clause):
        return "planned"
    return "actual"


def _region(figure: Figure, context: RegionContext, place: str | None) -> tuple[str | None, str | None]:
    if not figure.regions:
        return own_place(context, place)
    resolved = [_resolved(figure, r, context) for r in figure.regions]
    if len(resolved) == 1:
        return resolved[0]
    return "、".join(name for name, _ in resolved if name), None


def _resolved(figure: Figure, region: RegionMention, context: RegionContext) -> tuple[str | None, str | None]:
    """Name and code of a place; of the one named last before 全市 where the document does not say whose it is."""
    found = context.resolve(region)
    named = figure.named.get(region.name[-1]) if found[0] is None and region.level == "relative" else None
    return context.resolve(named) if named is not None else found


def own_place(context: RegionContext, place: str | None) -> tuple[str | None, str | None]:
    """The place a figure is about when nothing else is said: the article's county, or the document's place."""
    if place in ("中国", "全国"):
        return "中国", None
    code = context.county or context.code
    return (region_name(code), code) if code else (None, None)


def _period(figure: Figure, text: str, fact: str) -> tuple[date | None, date | None]:
    period = figure.period
    if period is None or period.first is None or period.last is None:
        return None, None
    if not period.point:
        return period.first, period.last
    flow = _is_flow(figure, text, fact)
    if period.grain == "year" and flow:
        return date(period.last.year, 1, 1), period.last
    if period.grain != "year" and flow:
        return date(period.last.year, 1, 1), period.last
    return period.first, period.last


def _is_flow(figure: Figure, text: str, fact: str) -> bool:
    if fact == "growth_rate":
        return True
    clause = text[figure.left.low : figure.start]
    if figure.noun is not None and figure.noun == figure.after:
        clause += text[figure.end : min(figure.next_start, figure.end + 12)]
    if "未" in clause or "仍有" in clause:
        return False
    if figure.subject and _FLOW_NOUN.search(figure.subject):
        return True
    if fact == "share" and _FLOW_RATE.search(figure.subject or ""):
        return True
    return figure.period is not None and figure.period.grain != "year" and _FLOW.search(clause) is not None
