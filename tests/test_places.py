"""The place of a figure: named once, it speaks for the clauses that follow."""

from __future__ import annotations

import pytest

import extract
from extract.pipeline import extract_text
from reading import read_column

COUNTY, OTHER, CITY = "德清县", "长兴县", "湖州市"

PLACES = [
    ("2021年，德清县新签约项目12个，总投资45亿元；亿元以上项目8个，总投资40亿元。", [COUNTY] * 4),
    ("德清县安排产业项目22个，已全部开工；完成投资59亿元，占总投资的82%。", [COUNTY] * 3),
    ("2021年，德清县拟开工项目14个，其中工业项目9个，年度计划投资30亿元，总投资100亿元。", [COUNTY] * 4),
    ("截至2021年底，德清县有营业收入超10亿元的企业8家，利润5亿元。", [COUNTY] * 2),
    ("截至2021年底，德清县拥有养老机构432家，其中省级176家，占40.7%。", [COUNTY] * 3),
    ("2022年，确保德清县产业项目开工179个、竣工42个，完成投资726亿元。", [COUNTY] * 3),
    ("德清县粮食产量13万吨；葡萄产量48万吨；全市粮食产量90万吨；水产品产量7万吨。", [COUNTY] * 2 + [CITY] * 2),
    ("德清县开工项目3个；长兴县开工项目4个；完成投资6亿元。", [COUNTY, OTHER, OTHER]),
    ("德清县开工项目3个，全市完成投资6亿元；新增就业8万人。", [COUNTY, CITY, CITY]),
    ("德清县开工项目3个；在长兴县举办展会，设展台70个。", [COUNTY, OTHER]),
    ("2021年，全市新建站点105处，其中德清县34处、长兴县54处。", [CITY, COUNTY, OTHER]),
    ("2021年，全市有德清县、长兴县2个县入选。", [CITY]),
    ("德清县政府性基金收入达到67亿元，增长23.8%。", [COUNTY] * 2),
    ("德清县政府投资67亿元。", [CITY]),
    ("德清县立足竹木加工业。\n\n全县有竹木企业42家，占全市的30%。", [COUNTY] * 2),
    ("德清县举办展会。长兴县随后跟进，全县有竹木企业42家。", [OTHER]),
    ("德清县2021年实现产值42亿元。全市有竹木企业42家。", [COUNTY, CITY]),
    ("全县有竹木企业42家。德清县紧随其后。", [None]),
    ("2021年，全市县域经济发展综合评价居全省第2位。", [CITY]),
    ("德清县县域经济发展质量考核居全省第9位。", [COUNTY]),
    ("德清县上市公司总数达37家，居全省第5位。", [COUNTY] * 2),
    ("工业增加值增长13%，全省排名第3位，其中当月增长12%。", [CITY] * 3),
    ("外商及港澳台商投资企业12家，朝鲜族村3个，新增城区绿地30公顷，其中国有绿地2公顷。", [CITY] * 4),
]


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_a_place_speaks_for_the_clauses_behind_it(text: str, places: list[str | None]) -> None:
    assert list(read_column(text, "region").values()) == places


NOWHERE = [
    # a text that says of itself no place: the one it named last, or that holds it
    ("德清县新建泵站3座。湖州市城区积水已退，全市转移5万人，全省转移9万人。", ["德清县", "湖州市", "浙江省"]),
    ("德清县新建泵站3座，全市共8座。", ["德清县", "湖州市"]),
    ("全市共8座泵站。", [None]),
    ("全国转移9万人。新建泵站80座。", ["中国", "中国"]),
    ("国内生产总值5万亿元，增长6%。", ["中国", "中国"]),
    ("水利部公布，新建泵站80座，转移5万人。德清县新建泵站3座。", ["中国", "中国", "德清县"]),
]


@pytest.mark.parametrize(("text", "places"), NOWHERE)
def test_where_a_text_says_of_itself_no_place(text: str, places: list[str | None]) -> None:
    assert list(read_column(text, "region", place="").values()) == places


def test_a_short_item_speaks_of_the_only_city_it_names() -> None:
    text = "上半年全市蚕桑生产情况\n\n上半年，湖州市蚕桑生产形势良好。\n\n小蚕共育率为82%，桑园面积3万亩。\n"
    assert [row.region for row in extract_text(text)["levels"]] == ["湖州市"]


@pytest.mark.parametrize("prefix", ["", "（浙江省）"])
def test_a_title_filed_under_its_province_is_of_its_own_place(prefix: str) -> None:
    text = (
        f"{prefix}2019年德清县人民政府工作报告\n\n一、2018年工作回顾\n\n茶业生产形势良好。茶园面积3万亩，茶农2万户。\n"
    )
    assert [row.region for row in extract_text(text)["levels"]] == ["德清县"] * 2


def test_a_whole_prefecture_is_no_county_of_that_name() -> None:
    text = "大理白族自治州2023年工作报告\n\n2023年，全州粮食产量12万吨。\n"
    assert [row.region for row in extract.extract_text(text)["levels"]] == ["大理白族自治州"]
