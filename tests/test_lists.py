"""Lists said in one breath: each figure gets its own place, year or noun."""

from __future__ import annotations

from reading import read_column, read_rows


def test_places() -> None:
    text = "2021年，德清县、长兴县、安吉县的蚕茧产量分别为3.1万吨、2.4万吨、1.8万吨。"
    assert read_column(text, "region") == {"3.1万吨": "德清县", "2.4万吨": "长兴县", "1.8万吨": "安吉县"}
    assert set(read_column(text, "indicator").values()) == {"蚕茧产量"}


def test_years() -> None:
    rows = read_rows("2019—2021年，全市技改投资分别为21亿元、25亿元、31亿元。")
    assert [row["period_start"].year for row in rows.values()] == [2019, 2020, 2021]
    assert [row["period_end"].isoformat() for row in rows.values()] == ["2019-12-31", "2020-12-31", "2021-12-31"]


def test_nouns() -> None:
    text = "2021年，水稻、小麦、油菜分别增产3.5%、2.1%、1.2%。"
    indicators = read_column(text, "indicator")
    assert [name in indicator for name, indicator in zip("水小油", indicators.values(), strict=True)] == [True] * 3


def test_rates_that_share_their_head() -> None:
    text = "全市重点项目开工率、投产率分别达96%、88%。"
    assert list(read_column(text, "indicator").values()) == ["重点项目开工率", "重点项目投产率"]


def test_earlier_figures_of_the_sentence() -> None:
    text = "2021年，进口12亿美元，出口85亿美元，分别增长4%、9%。"
    rows = read_rows(text)
    assert [(rows["4%"]["indicator"], rows["9%"]["indicator"])] == [("进口", "出口")]


def test_a_list_that_does_not_match_is_left_alone() -> None:
    text = "2021年，德清县、长兴县的蚕茧产量分别为3.1万吨、2.4万吨、1.8万吨。"
    assert len(read_rows(text)) == 3
    assert set(read_column(text, "indicator").values()) == {"蚕茧产量"}


def test_without_the_word_nothing_is_dealt_out() -> None:
    text = "2021年，德清县、长兴县的蚕茧产量均超过2万吨。"
    assert read_column(text, "region") == {"2万吨": "德清县、长兴县"}


def test_a_part_of_a_total_keeps_its_own_noun() -> None:
    text = "2021年，全市外贸出口85亿美元，其中丝绸出口12亿美元。"
    assert read_column(text, "indicator") == {"85亿美元": "外贸出口", "12亿美元": "丝绸出口"}
