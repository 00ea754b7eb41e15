"""Places in invented sentences of the genre, the table of divisions, and what 全市 or 五县 stand for."""

from __future__ import annotations

from importlib import resources
from itertools import pairwise

import pytest

from extract.grammar.gazetteer import (
    ancestors,
    children,
    full_index,
    lies_in,
    load_marks,
    load_regions,
    region_name,
    regions_named,
    short_index,
)
from extract.grammar.region_context import RegionContext, find_place, region_lists
from extract.grammar.regions import RegionMention, find_regions
from extract.lexicon.loader import load_toml


def names(text: str, home: str | None = None) -> list[tuple[str, str | None]]:
    return [(mention.name, mention.code) for mention in find_regions(text, home=home)]


def one(text: str, home: str | None = None) -> RegionMention:
    (mention,) = find_regions(text, home=home)
    return mention


class TestTable:
    def test_every_division_in_force_is_there(self) -> None:
        levels = [region.level for region in load_regions().values() if not region.until]
        assert levels.count("province") == 34
        assert levels.count("prefecture") == 333
        assert levels.count("county") + levels.count("district") >= 2843

    def test_every_parent_is_in_the_table_and_holds_its_child(self) -> None:
        for region in load_regions().values():
            assert len(region.code) == 6
            assert (region.level == "province") == (region.parent == "")
            assert not region.parent or (region.parent in load_regions() and lies_in(region.code, region.parent))

    def test_file_says_where_it_comes_from_and_is_sorted(self) -> None:
        path = resources.files("extract.lexicon").joinpath("regions.tsv")
        lines = path.read_text("utf-8").splitlines()
        head = [line for line in lines if line.startswith("#")]
        rows = [line.split("\t") for line in lines[len(head) + 1 :]]
        assert "WTFPL" in "".join(head)
        assert "MIT" in "".join(head)
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
        assert len({(row[0], row[1]) for row in rows}) == len(rows)
        assert len(path.read_bytes()) < 1_000_000

    @pytest.mark.parametrize(
        ("code", "name"),
        [("340000", "安徽省"), ("532300", "楚雄彝族自治州"), ("659001", "石河子市"), ("810000", "香港特别行政区")],
    )
    def test_region_name(self, code: str, name: str) -> None:
        assert region_name(code) == name

    def test_county_without_a_prefecture_lies_in_its_province(self) -> None:
        assert ancestors("429004") == ("420000",)
        assert "429004" in children("420000")

    def test_former_names_keep_their_code(self) -> None:
        (region,) = regions_named("襄樊市")
        assert (region.code, region.until) == ("420600", "2010")
        assert region_name("420600") == "襄阳市"

    def test_a_former_name_is_no_child(self) -> None:
        assert all(not load_regions()[code].until for code in children("410300"))


class TestLexicon:
    def test_words_stand_in_one_list_only(self) -> None:
        words = [word for text in load_toml("regions")["words"].values() for word in text.split()]
        assert len(words) == len(set(words))

    def test_every_list_is_without_repetition(self) -> None:
        for key, text in load_toml("regions")["caution"].items():
            words = text.split()
            assert sorted(words) == sorted(set(words)), key

    def test_every_false_friend_holds_a_name_that_is_looked_for(self) -> None:
        shorts = {region.short for region in load_regions().values() if region.short}
        known = shorts | set(full_index().entries) | set(short_index(None).entries)
        held = {phrase for surface, places in load_marks().friends.items() if surface in known for _, phrase in places}
        phrases = load_toml("regions")["caution"]["false_friends"].translate({ord("["): None, ord("]"): None}).split()
        assert [phrase for phrase in phrases if phrase not in held] == []

    def test_every_cautious_name_is_a_name(self) -> None:
        caution = load_toml("regions")["caution"]
        shorts = {region.short for region in load_regions().values()}
        assert [word for word in caution["common"].split() if word not in shorts] == []
        assert [word for word in caution["generic"].split() if word not in full_index().entries] == []


class TestNames:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("黑龙江省粮食总产量居首", [("黑龙江省", "230000")]),
            ("内蒙古风电装机突破8000万千瓦", [("内蒙古自治区", "150000")]),
            ("新疆棉花单产提高", [("新疆维吾尔自治区", "650000")]),
            ("苏州、无锡两地外贸回升", [("苏州市", "320500"), ("无锡市", "320200")]),
            ("恩施州旅游收入增长", [("恩施土家族苗族自治州", "422800")]),
            ("长阳县茶园扩种", [("长阳土家族自治县", "420528")]),
            ("考察组赴锡林郭勒盟走访", [("锡林郭勒盟", "152500")]),
            ("科尔沁左翼中旗玉米丰收", [("科尔沁左翼中旗", "150521")]),
            ("出口德国、越南和欧盟", [("德国", None), ("越南", None), ("欧盟", None)]),
            ("莱芜市钢产量", [("莱芜市", "371200")]),
            ("吉林省吉林市冰雪游升温", [("吉林市", "220200")]),
            ("中国—东盟博览会", [("中国", None), ("东盟", None)]),
        ],
    )
    def test_names(self, text: str, expected: list[tuple[str, str | None]]) -> None:
        assert names(text) == expected

    def test_span_and_level(self) -> None:
        text = "去年，贵阳数据中心投运"
        assert one(text) == RegionMention(3, 5, "贵阳市", "520100", "prefecture")

    @pytest.mark.parametrize(
        "text",
        [
            "健全市场监管体系，完全市场化运作",
            "深化重大理论研究，扩大连锁经营",
            "为美丽乡村添彩，保持均衡水平",
            "革命友谊万古长春",
            "推广东西协作经验",
            "把东西安排妥当",
            "隆重庆祝建厂60周年",
            "沿海地区和入海口治理",
            "评为全域旅游示范县、节水模范县",
            "创新乡村治理，形成都市农业",
            "供应城市用水，适应城市发展",
            "复合肥产量增长",
            "沿用至今日本已废止",
            "增加纳税人便利",
            "基本县情调查，资本市场改革",
            "该区域由市直接管理",
            "全国产化芯片",
            "城区老城区新城区改造",
            "和平发展、互助合作、资源公安",
            "省级经开区和国家级高新区各1家",
            "建设示范区、开发区和工业园区",
            "第五县道，新增8个省产业园，三个省会",
            "市" * 50,
        ],
    )
    def test_no_name(self, text: str) -> None:
        assert find_regions(text) == []

    def test_the_longer_word_leaves_the_real_name(self) -> None:
        assert names("上海城市更新") == [("上海市", "310000")]
        assert names("云南山区公路") == [("云南省", "530000")]
        assert names("鲁中山区苹果") == []
        assert names("6个县域物流网") == [("县域", None)]
        assert names("全县和县域经济") == [("全县", None), ("县域", None)]


class TestNesting:
    @pytest.mark.parametrize(
        ("text", "name", "code"),
        [
            ("湖南省长沙市岳麓区新增企业", "岳麓区", "430104"),
            ("浙江丽水生态指标", "丽水市", "331100"),
            ("甘肃白银矿区转型", "白银市", "620400"),
            ("四川德阳什邡签约", "什邡市", "510682"),
            ("山东菏泽单县牛羊出栏", "单县", "371722"),
            ("河北唐山路北区改造", "路北区", "130203"),
        ],
    )
    def test_read_as_the_smaller_one(self, text: str, name: str, code: str) -> None:
        mention = find_regions(text)[0]
        assert (mention.start, mention.name, mention.code) == (0, name, code)

    def test_a_neighbour_is_not_nested(self) -> None:
        assert names("江西安徽交界") == [("江西省", "360000"), ("安徽省", "340000")]

    def test_township_and_village_behind_their_county(self) -> None:
        mention = find_regions("赴涡阳县石弓镇大李村走访")[0]
        assert (mention.name, mention.code, mention.level) == ("涡阳县石弓镇大李村", None, "village")
        assert find_regions("赴涡阳县石弓镇走访")[0].level == "township"

    def test_a_road_between_two_counties_is_no_township(self) -> None:
        assert names("涡阳县至西乡段通车") == [("涡阳县", "341621")]

    def test_towns_in_general_are_not_part_of_the_name(self) -> None:
        assert names("涡阳县各乡镇、涡阳县重点镇") == [
            ("涡阳县", "341621"),
            ("各乡镇", None),
            ("涡阳县", "341621"),
        ]


class TestHomonyms:
    def test_alone_it_has_no_code(self) -> None:
        assert one("鼓楼区社区食堂").code is None

    def test_its_city_settles_it(self) -> None:
        assert one("开封市鼓楼区夜市").code == "410204"

    def test_home_settles_it(self) -> None:
        assert one("鼓楼区社区食堂", home="320100").code == "320106"

    def test_the_place_beside_it_settles_it(self) -> None:
        assert names("徐州市云龙区、鼓楼区")[1] == ("鼓楼区", "320302")


class TestHome:
    def test_short_names_of_its_counties(self) -> None:
        assert names("涡阳药材、蒙城制造", home="341600") == [("涡阳县", "341621"), ("蒙城县", "341622")]
        assert names("涡阳药材、蒙城制造") == []

    def test_a_county_knows_its_neighbours_and_its_city(self) -> None:
        assert names("亳州、利辛和涡阳", home="341621") == [
            ("亳州市", "341600"),
            ("利辛县", "341623"),
            ("涡阳县", "341621"),
        ]

    def test_a_common_word_that_is_a_city_at_home(self) -> None:
        assert names("大同文旅升温", home="140000") == [("大同市", "140200")]
        assert names("大同文旅升温") == []

    def test_a_county_that_is_a_common_word_stays_out(self) -> None:
        assert names("和平稳定", home="441600") == []

    def test_counties_of_one_character(self) -> None:
        assert names("带动滑县增收", home="410500") == [("滑县", "410526")]
        assert names("带动滑县增收") == []
        assert names("考察组到滑县调研") == [("滑县", "410526")]
        assert names("争创节水示范县", home="410900") == []

    def test_unknown_home_changes_nothing(self) -> None:
        assert names("苏州", home="999999") == [("苏州市", "320500")]


class TestGroups:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("五县财政收入", "5县"),
            ("全市十二个县用电", "全市12县"),
            ("28个县（市、区）用水", "28县（市、区）"),
            ("各县区报送", "各县区"),
            ("各市（州）自查", "各市（州）"),
            ("京津冀货运", "京津冀"),
            ("豫东北腹地", "豫东北"),
            ("粤港澳大湾区航线", "粤港澳大湾区"),
            ("安庆市县域消费", "安庆市县域"),
        ],
    )
    def test_groups(self, text: str, name: str) -> None:
        mention = one(text)
        assert (mention.name, mention.level, mention.start) == (name, "group", 0)

    @pytest.mark.parametrize("text", ["市直项目12个", "省本级支出", "县直项目"])
    def test_level_of_government(self, text: str) -> None:
        mention = one(text)
        assert (mention.level, mention.body) == ("group", False)

    def test_offices_of_that_level(self) -> None:
        assert one("市直单位报送").body

    @pytest.mark.parametrize("word", ["全市", "我省", "本县", "全国", "该区", "全旗", "全镇", "我国"])
    def test_relative(self, word: str) -> None:
        mention = one(f"截至上月，{word}粮食入库")
        assert (mention.name, mention.level) == (word, "relative")


class TestZones:
    def test_with_the_name_of_its_place(self) -> None:
        mention = one("合肥经济技术开发区进出口")
        assert (mention.name, mention.level, mention.code) == ("合肥经济技术开发区", "zone", None)

    def test_its_own_name_between(self) -> None:
        assert one("郑州航空港经济综合实验区").name == "郑州航空港经济综合实验区"

    def test_alone_and_in_a_list(self) -> None:
        assert [m.name for m in find_regions("经开区、示范区、高新区完成投资")] == ["经开区", "示范区", "高新区"]


class TestBodies:
    @pytest.mark.parametrize(
        ("text", "name", "printed"),
        [
            ("中共甘肃省委批复", "甘肃省", "甘肃"),
            ("青海省政府印发", "青海省", "青海省"),
            ("滁州市人大常委会", "滁州市", "滁州市"),
        ],
    )
    def test_office(self, text: str, name: str, printed: str) -> None:
        mention = one(text)
        assert (mention.name, text[mention.start : mention.end], mention.body) == (name, printed, True)

    @pytest.mark.parametrize("text", ["湖北工业大学", "徐州恒远重工有限公司", "江苏省财政厅", "宁波市第二医院"])
    def test_opens_another_name(self, text: str) -> None:
        assert one(text).within_name

    @pytest.mark.parametrize("text", ["湖北的大学", "徐州建设3家医院", "江苏开局良好", "宁波引进研究院"])
    def test_is_the_place(self, text: str) -> None:
        mention = one(text)
        assert not mention.within_name
        assert not mention.body


class TestSpans:
    def test_claimed_spans_are_left_alone(self) -> None:
        text = "“数字贵州”行动在贵州推进"
        assert [m.start for m in find_regions(text, claimed=[(0, 6)])] == [9]

    def test_no_overlap_and_in_order(self) -> None:
        text = "陕西省西安市和山西、陕西安康以及全省五县，濮阳市华龙区" * 3
        mentions = find_regions(text)
        assert all(a.end <= b.start for a, b in pairwise(mentions))
        assert all(mention.start < mention.end for mention in mentions)

    def test_empty_text(self) -> None:
        assert find_regions("") == []


class TestContext:
    def resolved(self, context: RegionContext, text: str) -> list[tuple[str | None, str | None]]:
        return [context.resolve(mention) for mention in find_regions(text, home=context.code)]

    def test_prefecture(self) -> None:
        context = RegionContext.from_place("滁州")
        assert self.resolved(context, "全市、我省、全国、定远县") == [
            ("滁州市", "341100"),
            ("安徽省", "340000"),
            ("中国", None),
            ("定远县", "341125"),
        ]

    def test_county_document(self) -> None:
        context = RegionContext.from_place("安徽省滁州市定远县")
        assert self.resolved(context, "全县、全市") == [("定远县", "341125"), ("滁州市", "341100")]

    def test_city_at_county_level_is_its_own_city(self) -> None:
        assert self.resolved(RegionContext.from_place("天长市"), "全市") == [("天长市", "341181")]

    def test_autonomous_region_and_municipality(self) -> None:
        assert self.resolved(RegionContext.from_place("宁夏"), "全区") == [("宁夏回族自治区", "640000")]
        assert self.resolved(RegionContext.from_place("重庆市"), "全市、我省") == [("重庆市", "500000"), (None, None)]

    def test_article_about_a_county(self) -> None:
        context = RegionContext.from_place("滁州市").with_county("定远县")
        assert self.resolved(context, "全县、全市") == [("定远县", "341125"), ("滁州市", "341100")]

    def test_groups_get_the_name_of_their_city(self) -> None:
        context = RegionContext.from_place("滁州市", find_regions("五县一市；5县合计；3县下降；五县"))
        assert context.counties == 5
        assert self.resolved(context, "5县，全市五县，县域，滁州市县域，全省县域，市直，京津冀，各县区") == [
            ("滁州市5县", None),
            ("滁州市5县", None),
            ("滁州市5县", None),
            ("滁州市5县", None),
            ("安徽省县域", None),
            ("市直", None),
            ("京津冀", None),
            ("滁州市各县区", None),
        ]

    def test_number_of_counties_unknown(self) -> None:
        assert self.resolved(RegionContext.from_place("滁州市"), "县域") == [("滁州市县域", None)]

    def test_nothing_known(self) -> None:
        assert self.resolved(RegionContext(), "全市、5县、县域") == [(None, None), ("5县", None), ("县域", None)]

    def test_that_city_points_back(self) -> None:
        first, second = find_regions("芜湖市投资回升，该市工业增长")
        context = RegionContext.from_place("安徽省")
        assert context.resolve(second, antecedent=first) == ("芜湖市", "340200")
        assert context.resolve(second) == (None, None)


class TestFindPlace:
    @pytest.mark.parametrize(
        ("candidates", "expected"),
        [
            (["襄阳"], ("襄阳市", "420600")),
            (["深圳市南山区"], ("南山区", "440305")),
            (["2031年湖北省政府工作报告"], ("湖北省", "420000")),
            (["今日涡阳", "中共涡阳县委"], ("涡阳县", "341621")),
            (["吉林"], ("吉林省", "220000")),
            (["城关区年鉴", "兰州市"], ("城关区", "620102")),
            (["城关区年鉴"], ("城关区", None)),
            (["工作报告", "月刊"], None),
            ([], None),
        ],
    )
    def test_find_place(self, candidates: list[str], expected: tuple[str, str | None] | None) -> None:
        assert find_place(candidates) == expected

    def test_home_settles_a_homonym(self) -> None:
        assert find_place(["朝阳区"], home="220100") == ("朝阳区", "220104")


def test_region_lists_join_neighbours_only() -> None:
    text = "芜湖市、滁州市和安庆市均增长，合肥市下降，六安市、池州市持平"
    runs = [[mention.name for mention in run] for run in region_lists(text, find_regions(text))]
    assert runs == [["芜湖市", "滁州市", "安庆市"], ["六安市", "池州市"]]


class TestBeside:
    """What stands directly behind or before a name."""

    @pytest.mark.parametrize(
        ("text", "printed", "body", "within_name"),
        [
            ("定远县委会", "定远", True, False),
            ("安徽省委", "安徽", True, False),
            ("滁州市委托", "滁州市", False, False),
            ("定远县政府", "定远县", True, False),
            ("芜湖市（某）学院", "芜湖市", False, True),
            ("芜湖工业学院", "芜湖", False, True),
            ("芜湖学院", "芜湖", False, True),
            ("芜湖建设学院", "芜湖", False, False),
            ("芜湖3所学院", "芜湖", False, False),
            ("芜湖市各学院", "芜湖市", False, False),
        ],
    )
    def test_office_or_another_name(self, text: str, printed: str, body: bool, within_name: bool) -> None:
        mention = one(text)
        assert (text[mention.start : mention.end], mention.body, mention.within_name) == (printed, body, within_name)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("徐州市鼓楼区", "320302"), ("徐州市、鼓楼区", "320302"), ("徐州市和鼓楼区", "320302"), ("徐州市，鼓楼区", None),
        ],
    )  # fmt: skip
    def test_the_name_before_settles_it_where_it_is_joined(self, text: str, code: str | None) -> None:
        assert find_regions(text)[-1].code == code

    @pytest.mark.parametrize(("home", "code"), [("320100", "320106"), ("320302", "320302"), ("340100", None)])
    def test_home_of_a_homonym(self, home: str, code: str | None) -> None:
        assert one("鼓楼区", home).code == code

    def test_a_former_name_and_the_one_in_force(self) -> None:
        assert names("襄樊市、襄阳市") == [("襄樊市", "420600"), ("襄阳市", "420600")]

    def test_a_region_of_a_people_is_no_plain_district(self) -> None:
        assert regions_named("宁夏区") == ()
        assert [region.name for region in regions_named("恩施州")] == ["恩施土家族苗族自治州"]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("芜湖市、经开区", ["芜湖市", "经开区"]), ("芜湖市高新区和经开区", ["芜湖市高新区", "经开区"]),
            ("芜湖市某某经开区", ["芜湖市某某经开区"]), ("十二县、二十县", ["12县", "20县"]), ("5 个县", ["5县"]),
            ("芜湖市五县", ["芜湖市5县"]), ("安徽省五省", ["安徽省", "5省"]),
        ],
    )  # fmt: skip
    def test_zones_and_counts_with_their_place(self, text: str, found: list[str]) -> None:
        assert [name for name, _ in names(text)] == found

    @pytest.mark.parametrize(
        ("name", "county"),
        [("定远县", "341125"), ("琅琊区", "341102"), ("朝阳区", None), ("滁州市", None), (None, None)],
    )
    def test_county_of_an_article(self, name: str | None, county: str | None) -> None:
        assert RegionContext("341100").with_county(name).county == county
        assert RegionContext().with_county(name).county is None

    @pytest.mark.parametrize(
        ("candidates", "expected"),
        [
            (["鼓楼区"], ("鼓楼区", None)), (["鼓楼区", "南京"], ("鼓楼区", "320106")), (["", "滁州"], ("滁州市", "341100")),
            (["市中区年鉴", "乐山年鉴"], ("市中区", "511102")), (["定远县地方史志办公室"], ("定远县", "341125")),
        ],
    )  # fmt: skip
    def test_place_of_a_document(self, candidates: list[str], expected: tuple[str, str | None]) -> None:
        assert find_place(candidates) == expected

    @pytest.mark.parametrize("place", ["重庆市", "重庆市云阳县"])
    def test_a_municipality_is_the_city_of_its_counties(self, place: str) -> None:
        context = RegionContext.from_place(place)
        assert context.resolve(one("五县")) == ("重庆市5县", None)

    def test_that_county_is_no_city(self) -> None:
        first, second = find_regions("芜湖市投资回升，该县工业增长")
        assert RegionContext.from_place("安徽省").resolve(second, antecedent=first) == (None, None)

    def test_a_homonym_behind_counties_in_general(self) -> None:
        assert names("各县、鼓楼区") == [("各县", None), ("鼓楼区", None)]
