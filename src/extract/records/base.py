"""What the six record tables have in common: the columns of a fact, in the order of the contract."""

from __future__ import annotations

import datetime as dt

from extract.models import Comparator, Int32, Modality, Row, described


class Fact(Row):
    """A figure with what it measures, when, where and how it was read."""

    record_id: str = described("Issue and span: one figure has one role", example="dangdai-puyang-2024-01:394-399")
    issue_id: str = described("Issue", example="dangdai-puyang-2024-01")
    article_id: str = described("Article", example="dangdai-puyang-2024-01/01")
    indicator: str | None = described("What the figure measures, from the text", example="实际到位省外资金")
    concept: str | None = described("Key of a well-known indicator of official statistics", example="gdp")
    value: float = described("The number as printed, with its sign", example=579.0)
    value_high: float | None = described("Upper end of a printed range")
    unit: str | None = described("Unit as printed, without spaces", example="亿元")
    base_value: float | None = described("value in base_unit", example=57900000000.0)
    base_value_high: float | None = described("value_high in base_unit")
    base_unit: str | None = described("Base unit: CNY, person, m2, W, kg, %, pp, ratio, count, day ...", example="CNY")
    comparator: Comparator = described("= as printed, >= 以上, > 超过, <= 以内, < 不足, ~ 左右", example="=")
    period_start: dt.date | None = described("First day the figure speaks of", example="2023-01-01")
    period_end: dt.date | None = described("Last day, inclusive", example="2023-12-31")
    period_text: str | None = described("The words the period was read from", example="2023年")
    region: str | None = described("Place or body the figure is about", example="濮阳市")
    region_code: str | None = described("GB/T 2260 code of region", example="410900")
    modality: Modality = described("actual, estimate (预计), planned (计划, 拟) or target", example="actual")
    figure: str = described("The figure as it stands in the raw text", example="579亿元")
    char_start: Int32 = described("First character of the figure", unit="code points")
    char_end: Int32 = described("End of the figure, exclusive", unit="code points")
    sentence: str = described("The sentence as read")
    sentence_start: Int32 = described("First character of the sentence", unit="code points")
    sentence_end: Int32 = described("End of the sentence, exclusive", unit="code points")
    rule: str = described("The rule that read the figure", example="growth.verb")
