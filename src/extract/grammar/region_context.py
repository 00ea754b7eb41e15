"""What 全市, 我省, 全县 or 五县 stand for in one document.

Needs the mentions of `extract.grammar.regions` and the document's own place; gives the name and code that go into the
columns `region` and `region_code`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.grammar.gazetteer import ancestors, full_index, lies_in, load_regions, region_name, regions_named
from extract.grammar.regions import RegionMention, find_regions
from extract.patterns import Pattern

Place = tuple[str | None, str | None]

_NOWHERE: Place = (None, None)
_OWN_PLACES = ("province", "prefecture", "county", "district")
_COUNTIES = Pattern(r"(?:[全我本]市)?(\d+)县")
_INSIDE = Pattern(r"(?P<head>[全我本](?P<unit>[国省市区州盟]))?(?P<rest>\d+县.*|各.+|县域)")
_JOINTS = frozenset("、和与及")


@dataclass(frozen=True, slots=True)
class RegionContext:
    """The place a document speaks from: `code` is its GB/T 2260 code.

    `county` is the code of the county an article is about, for 全县 in the journal of a prefecture. `counties` is how
    many counties the document says there are (五县 gives 5), for 县域; None where it does not say.
    """

    code: str | None = None
    county: str | None = None
    counties: int | None = None

    @classmethod
    def from_place(cls, place: str | None, mentions: Iterable[RegionMention] = ()) -> RegionContext:
        """The context of a document of that place; a place that is not in the table gives an empty context.

        `mentions` are those of the whole document: the number of counties is the one most often named there.

        >>> RegionContext.from_place("濮阳市", find_regions("五县合计占七成，5县中2县增长"))
        RegionContext(code='410900', county=None, counties=5)
        >>> RegionContext.from_place("某某市")
        RegionContext(code=None, county=None, counties=None)
        """
        found = find_place([place]) if place else None
        matches = (_COUNTIES.fullmatch(mention.name) for mention in mentions if mention.level == "group")
        common = Counter(match[1] for match in matches if match).most_common(1)
        return cls(found[1] if found else None, None, int(common[0][0]) if common else None)

    def with_county(self, name: str | None) -> RegionContext:
        """The context of an article about one county; unchanged where the table has no such county in this place.

        >>> RegionContext("410900").with_county("清丰县").county
        '410922'
        >>> RegionContext("410900").with_county("南召县").county
        """
        city = self._city()
        regions = [region for region in regions_named(name or "") if region.level in ("county", "district")]
        inside = [region.code for region in regions if city and lies_in(region.code, city)]
        return replace(self, county=inside[0]) if inside else self

    def resolve(self, mention: RegionMention, antecedent: RegionMention | None = None) -> Place:
        """Name and code of the region a mention stands for; both None where the document does not settle it.

        `antecedent` is the region named before, which 该市 and 该县 point back to. The whole country has no code in
        GB/T 2260.

        >>> here = RegionContext("410900", counties=5)
        >>> [here.resolve(mention) for mention in find_regions("全市、全省、全国、全县和县域")]
        [('濮阳市', '410900'), ('河南省', '410000'), ('中国', None), (None, None), ('濮阳市5县', None)]
        """
        if mention.level == "relative":
            if mention.name[0] == "该":
                back = antecedent is not None and antecedent.name.endswith(mention.name[-1])
                return (antecedent.name, antecedent.code) if antecedent and back else _NOWHERE
            return self._own(mention.name[-1])
        if mention.level == "group":
            return self._group(mention.name), None
        return mention.name, mention.code

    def _own(self, unit: str) -> Place:
        """The region of that unit on the way from the county up to the country."""
        if unit == "国":
            return "中国", None
        for code in self._line():
            name = load_regions()[code].name
            if name.endswith(unit):
                return name, code
        return _NOWHERE

    def _line(self) -> list[str]:
        """County, prefecture and province of the document, the nearest first."""
        own = [self.code, *ancestors(self.code)] if self.code else []
        return [self.county, *(code for code in own if code != self.county)] if self.county else own

    def _city(self) -> str | None:
        """The prefecture the document belongs to; a province or municipality for a document of its own."""
        line = [self.code, *ancestors(self.code)] if self.code else []
        return next((code for code in line if load_regions()[code].level == "prefecture"), line[-1] if line else None)

    def _group(self, name: str) -> str:
        """五县 and 全市五县 with the name of their city in front; a group that says its own place as printed."""
        city = self._city()
        own = (region_name(city) if city else None) or ""
        if own and name == f"{own}县域" and self.counties:
            return f"{own}{self.counties}县"
        match = _INSIDE.fullmatch(name)
        if match is None:
            return name
        outer = (self._own(match["unit"])[0] if match["head"] else own) or match["head"] or ""
        counted = match["rest"] == "县域" and self.counties and outer == own
        return f"{outer}{self.counties}县" if counted else outer + match["rest"]


def find_place(candidates: Sequence[str], home: str | None = None) -> tuple[str, str | None] | None:
    """Official name and code of the first candidate that names a region; None where none does.

    A candidate is a name (濮阳, 深圳市南山区) or a text with one in it (a title, an organiser). A name that several
    regions bear is settled by the other candidates or by `home`; where nothing settles it the code is None.

    >>> find_place(["濮阳"]), find_place(["中共河南省委主办"])
    (('濮阳市', '410900'), ('河南省', '410000'))
    >>> find_place(["朝阳区年鉴"]), find_place(["朝阳区年鉴", "北京市出版"])
    (('朝阳区', None), ('朝阳区', '110105'))
    >>> find_place(["政府工作报告"])
    """
    for candidate in candidates:
        found = next((m for m in find_regions(candidate, home=home) if m.level in _OWN_PLACES), None)
        whole = found is not None and (found.start, found.end) == (0, len(candidate))
        exact = () if whole else regions_named(candidate)
        if exact:
            return exact[0].name, exact[0].code if len({region.code for region in exact}) == 1 else None
        name = found.name if found else _leading_name(candidate)
        if name:
            code = found.code if found else None
            return name, code or _settled(name, [other for other in candidates if other != candidate])
    return None


def _leading_name(candidate: str) -> str | None:
    """The full name a title begins with, also where it is a common noun elsewhere (城关区年鉴)."""
    entries = full_index().entries
    found = (entries.get(candidate[:width]) for width in range(min(len(candidate), 15), 2, -1))
    return next((entry.surface for entry in found if entry and entry.regions), None)


def _settled(name: str, others: Iterable[str]) -> str | None:
    """The code of the one region of that name that lies in a region named by another candidate."""
    outer = {mention.code for other in others for mention in find_regions(other) if mention.code}
    inside = [region.code for region in regions_named(name) if any(lies_in(region.code, code) for code in outer)]
    return inside[0] if len(inside) == 1 else None


def region_lists(text: str, mentions: Sequence[RegionMention]) -> Iterator[tuple[RegionMention, ...]]:
    """Runs of two or more regions joined by 、 or 和, for figures said of all of them (南乐县、台前县均超10亿元).

    >>> text = "甘肃省和青海省增长5%，宁夏持平"
    >>> [[mention.name for mention in run] for run in region_lists(text, find_regions(text))]
    [['甘肃省', '青海省']]
    >>> list(region_lists("宁夏持平", find_regions("宁夏持平")))
    []
    """
    run: list[RegionMention] = []
    for mention in mentions:
        if run and text[run[-1].end : mention.start] not in _JOINTS:
            if len(run) > 1:
                yield tuple(run)
            run = []
        run.append(mention)
    if len(run) > 1:
        yield tuple(run)
