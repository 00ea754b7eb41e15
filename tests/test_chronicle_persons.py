"""Names, posts and roles: what is read, and what only looks like a person."""

from __future__ import annotations

import subprocess
import sys
from copy import deepcopy
from typing import Any

import pytest

from extract.chronicle import names, posts
from extract.chronicle.persons import find_mentions
from extract.lexicon import loader
from extract.lexicon.loader import LexiconError


def read(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(m.name, m.posts, m.role) for m in find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("市委书记、市人大常委会主任丁一宁出席。", [("丁一宁", ("市委书记", "市人大常委会主任"), "attend")]),
        ("省委常委兼市委书记丁一宁讲话。", [("丁一宁", ("省委常委", "市委书记"), "speak")]),
        (
            "原县委书记沈岳川、县长顾南亭（女）参加。",
            [("沈岳川", ("原县委书记",), "attend"), ("顾南亭", ("县长",), "attend")],
        ),
        ("由县长顾南亭主持。", [("顾南亭", ("县长",), "chair")]),
        ("随后，竹海（集团）董事长孙立平主持会议。", [("孙立平", ("竹海（集团）董事长",), "chair")]),
        ("率由竹海协会会长孙立平等组成的考察团考察。", [("孙立平", ("竹海协会会长",), "lead")]),
        ("县长长孙明主持会议。", [("长孙明", ("县长",), "chair")]),
        ("县长席远志主持会议。", [("席远志", ("县长",), "chair")]),
        ("接受顾南亭因工作变动辞去县长职务的请求。", [("顾南亭", ("县长",), "attend")]),
        ("提名为县长候选人。", []),
        ("会议由顾南亭主持。", [("顾南亭", (), "chair")]),
        ("顾南亭书记调研防汛工作。", [("顾南亭", ("书记",), "lead")]),
        ("县长顾南亭到会祝贺。", [("顾南亭", ("县长",), "attend")]),
        ("县政协主席买买提·依明主持会议。", [("买买提·依明", ("县政协主席",), "chair")]),
        (
            "选举丁一宁为县长，温若谷、秦朗为副县长。",
            [
                ("丁一宁", ("县长",), "attend"),
                ("温若谷", ("副县长",), "attend"),
                ("秦朗", ("副县长",), "attend"),
            ],
        ),
        ("沈岳川不再担任县委书记职务。", [("沈岳川", ("县委书记",), "attend")]),
        ("会议免去沈岳川县委书记、县人武部第一政委职务。", [("沈岳川", ("县委书记", "县人武部第一政委"), "attend")]),
        ("老红军战士纪念碑落成，温若谷病逝。", [("温若谷", (), "lead")]),
        ("凤凰山被列为风景区。", []),
        ("由温若谷代理县长。", [("温若谷", ("县长",), "attend")]),
        ("县委书记沈岳川主持会议并讲话，沈岳川强调要抓落实。", [("沈岳川", ("县委书记",), "chair")]),
        ("县委书记沈岳川作题为《守正，创新》的报告。", [("沈岳川", ("县委书记",), "speak")]),
        (
            "副省长谷雨声在县委书记沈岳川陪同下视察大坝。",
            [
                ("谷雨声", ("副省长",), "lead"),
                ("沈岳川", ("县委书记",), "attend"),
            ],
        ),
        (
            "县长顾南亭会见客商代表袁野，并主持签约仪式。",
            [("顾南亭", ("县长",), "chair"), ("袁野", ("客商代表",), "attend")],
        ),
        ("教师桑爱华受到国家领导人接见。", [("桑爱华", ("教师",), "lead")]),
        ("县长顾南亭参加全市防汛工作部署会。", [("顾南亭", ("县长",), "attend")]),
        ("有关部门负责人、企业代表等参加。", []),
        ("县委书记专题会议召开。", []),
        ("主席台就座的有各界代表。", []),
        ("县少年宫落成，各县长安排部署。", []),
        ("省人大代表建议办理工作全面完成，县长、局长高度重视。", []),
        ("", []),
    ],
)
def test_persons(text: str, people: list[tuple[str, tuple[str, ...], str]]) -> None:
    assert read(text) == people


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("方思前列席会议", "方思前"),
        ("李向前往松陵县", "李向"),
        ("李向前主持会议", "李向前"),
        ("陈玮作报告", "陈玮"),
        ("万里、", "万里"),
        ("司马长风到会", "司马长风"),
        ("成立新出席", "成立新"),
        ("郭某某被", "郭某某"),
        ("和建业与客商会谈", "和建业"),
        ("任期届满", None),
        ("高度重视", None),
        ("安排部署", None),
        ("全体干部参加", None),
        ("的讲话", None),
        ("", None),
    ],
)
def test_names(text: str, name: str | None) -> None:
    end = names.find_name(text, 0)
    assert (None if end is None else text[:end]) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县人大法制委员会、财政经济委员会主任", ("县人大法制委员会、财政经济委员会主任",)),
        ("县委副书记、县长", ("县委副书记", "县长")),
        ("陪同省水利厅厅长", ("省水利厅厅长",)),
        ("中共云溪县纪律检查委员会书记", ("中共云溪县纪律检查委员会书记",)),
        ("住房和城乡建设局局长", ("住房和城乡建设局局长",)),
        ("出席会议的有省政府副省长", ("省政府副省长",)),
    ],
)
def test_posts(text: str, expected: tuple[str, ...]) -> None:
    assert posts.find_posts(text, 0, len(text))[1] == expected


def test_jieba_is_loaded_only_where_the_grammar_is_undecided() -> None:
    code = (
        "import sys; from extract.chronicle.persons import find_mentions\n"
        "find_mentions('县委书记沈岳川主持会议，县长顾南亭等出席。'); assert 'jieba' not in sys.modules\n"
        "assert [m.name for m in find_mentions('农民穆占山培育的西瓜丰收。')] == ['穆占山']\n"
        "assert 'jieba' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("table", "change", "load", "said"),
    [
        ("surnames", ("modern", "王"), names.surnames, "王 in single and in modern"),
        ("surnames", ("not_names", ["啊呀"]), names.surnames, "啊呀 begins with no surname"),
        ("posts", ("callings", ["书记"]), posts.post_words, "书记 in offices and in callings"),
    ],
)
def test_lists_that_contradict_each_other(
    monkeypatch: pytest.MonkeyPatch, table: str, change: tuple[str, Any], load: Any, said: str
) -> None:
    words = deepcopy(loader.load_toml(table))
    words[change[0]] = change[1]
    monkeypatch.setattr(names, "load_toml", lambda _: words)
    monkeypatch.setattr(posts, "load_toml", lambda _: words)
    with pytest.raises(LexiconError, match=said):
        load.__wrapped__()
