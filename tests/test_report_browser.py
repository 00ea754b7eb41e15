"""The evidence page in a real browser: click, read, filter, search, export; nothing leaves, nothing runs, no error."""

from __future__ import annotations

import csv
import io
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.dataset import TABLES
from extract.pipeline import extract_file
from extract.report import write_report
from extract.report.payload import MARKED
from extract.report.placing import squeeze
from extract.tables import TableWriter, build_tables, write
from report_sample import ATTACK, FORMULA, ISSUE, build_dataset, write_sample

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make install")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing: apt-get install chromium")

RAW = Path(__file__).parents[1] / "data" / "raw" / "dangdai-puyang-2024-01.txt"
CODES = (
    "role",
    "kind",
    "stage",
    "status",
    "comparator",
    "modality",
    "basis",
    "direction",
    "measure",
    "precision",
    "source",
)
READY = "main .page, main .reading"


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> Path:
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def sample(tables) -> Path:
    write_report(tables, tables / "report.html")
    return tables / "report.html"


@pytest.fixture(scope="module")
def issue(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("issue")
    write(extract_file(RAW), folder)
    write_report(folder, folder / "report.html")
    return folder / "report.html"


class Tab:
    """A page in the browser that notes what it must not do."""

    def __init__(self, browser, size: tuple[int, int] = (1400, 900), scheme: str = "light") -> None:
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, accept_downloads=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.faults: list[str] = []
        self.page.on("console", lambda line: self.faults.append(f"console: {line.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._note)
        self.page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))

    def _note(self, request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.faults.append(f"request: {request.url}")

    def open(self, path: Path, place: str = ""):
        self.page.goto("about:blank")
        self.page.goto(path.as_uri() + place)
        self.page.wait_for_selector(READY)
        return self.page

    def download(self, selector: str) -> list[list[str]]:
        with self.page.expect_download() as found:
            self.page.click(selector)
        text = Path(found.value.path()).read_bytes().decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def tab(browser) -> Iterator[Tab]:
    tab = Tab(browser)
    yield tab
    tab.context.close()
    assert tab.faults == []


def panel(page) -> str:
    return page.inner_text("#panel")


def test_a_click_on_a_figure_opens_its_record(tab, sample):
    page = tab.open(sample, f"#/read/{ISSUE}/01")
    page.click("main a.fig.r-growth_rates")
    text = panel(page)
    for fact in ("7.2%", "Growth rate", "规上工业增加值", "industrial_value_added", "2031-01-01 to 2031-12-31", "清河市",
                 "growth.verb", "一、工业", "from p. 4", "yoy"):  # fmt: skip
        assert fact in text
    assert page.inner_text("#panel .quote mark") == "7.2%"
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")
    assert page.evaluate("document.activeElement.className").startswith("fig r-growth_rates")


def test_enter_on_a_figure_opens_its_record_and_its_checks(tab, sample):
    page = tab.open(sample, f"#/read/{ISSUE}/01")
    page.focus("main a.fig.r-shares")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .check.differs")
    assert "38个 / 40个 = 95% ≠ 96%" in panel(page)
    assert "difference 1, tolerance 0.5" in panel(page)
    page.click("#panel .operands a.fig >> nth=0")
    assert page.inner_text("#panel-title") == "38个"


def test_a_deep_link_opens_the_record_in_its_article(tab, sample):
    row = pq.read_table(sample.parent / "targets.parquet").to_pylist()[0]
    for place in (f"#{row['record_id']}", f"#{quote(row['record_id'])}"):
        page = tab.open(sample, place)
        assert "50亿元" in page.inner_text("#panel-title")
        assert page.inner_text("main [aria-current=true]") == "50亿元"
        assert page.evaluate("location.hash.length") > 1


def test_a_record_that_does_not_exist_is_said(tab, sample):
    page = tab.open(sample, "#no-such:1-2")
    assert "There is no record no-such:1-2" in panel(page)


def test_markup_in_every_field_is_text(tab, sample):
    page = tab.open(sample)
    views = [
        "#/",
        f"#/read/{ISSUE}/01",
        f"#/read/{ISSUE}/02",
        "#/find",
        "#/charts",
        *(f"#/tables/{name}" for name in TABLES),
    ]
    for view in views:
        page.evaluate("(hash) => { location.hash = hash; }", view)
        page.wait_for_timeout(50)
        assert page.evaluate("document.querySelectorAll('img, iframe, main script').length") == 0
    tab.open(sample, f"#/read/{ISSUE}/01")
    assert ATTACK in page.inner_text("main h1")
    assert ATTACK in page.inner_text("main .body")
    assert page.title() != "run"


HOSTILE = "</script><script>document.title='run'</script>]]>--><!--<img src=x onerror=document.title='run'>\"'`&lt;\u2028\u2029\x0b{{script}}\\u003cb"


def spoil(value: object) -> object:
    """A value with hostile text in it: ids before their offsets, so that they still lead to each other."""
    if isinstance(value, list):
        return [spoil(part) for part in value]
    if not isinstance(value, str):
        return value
    return value.replace(ISSUE, ISSUE + HOSTILE) if ISSUE in value else value + HOSTILE


@pytest.mark.parametrize("kept", [CODES, ()])
def test_hostile_text_in_any_field_runs_nothing(browser, tables, tmp_path, kept):
    for name in TABLES:
        table = pq.read_table(tables / f"{name}.parquet")
        rows = [{k: v if k in kept else spoil(v) for k, v in row.items()} for row in table.to_pylist()]
        pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), tmp_path / f"{name}.parquet")
    write_report(tmp_path, tmp_path / "report.html")
    tab = Tab(browser)
    for place in ("", "#/read", "#/find", "#/charts", *(f"#/tables/{name}" for name in TABLES)):
        page = tab.open(tmp_path / "report.html", place)
        assert page.evaluate("document.querySelectorAll('img, iframe, main script, body > b').length") == 0
        assert page.title() != "run"
        assert page.locator("main").inner_text().strip()
    page.click("main tr[data-row] >> nth=0")
    assert "onerror=document.title='run'" in page.inner_text("#panel")
    tab.context.close()
    assert tab.faults == []


def test_the_policy_lets_nothing_in_that_was_not_written(browser, sample):
    tab = Tab(browser)
    page = tab.open(sample)
    before, failures = page.title(), []
    page.on("requestfailed", lambda request: failures.append(request.failure))
    page.on("requestfinished", lambda request: failures.append(request.url))
    page.evaluate("""() => {
        const image = new Image();
        image.src = "http://127.0.0.1:9/pixel.png";
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = "http://127.0.0.1:9/style.css";
        document.head.append(link);
    }""")
    for act in (
        "document.body.setAttribute('onclick', 'document.title = 1')",
        "document.createElement('script').textContent = '1'",
        "document.body.innerHTML = '<b>1</b>'",
        "fetch('http://127.0.0.1:9/')",
    ):
        with pytest.raises(playwright.Error):
            page.evaluate(f"async () => {{ await ({act}); }}")
    assert page.title() == before
    for rule in ("img-src", "style-src", "connect-src"):
        assert any(rule in fault for fault in tab.faults), rule
    assert set(failures) == {"csp"}
    tab.context.close()


def test_every_record_of_the_issue_is_a_link_with_exactly_its_figure(tab, issue):
    page = tab.open(issue, "#/read")
    figures = {}
    for name in MARKED[:-1]:
        for row in pq.read_table(issue.parent / f"{name}.parquet", columns=["record_id", "figure"]).to_pylist():
            figures[row["record_id"]] = squeeze(row["figure"])
    found = {}
    for article in page.eval_on_selector_all("#contents a", "links => links.map((link) => link.hash)"):
        page.evaluate("(hash) => { location.hash = hash; }", article)
        page.wait_for_function(
            "(hash) => document.querySelector('#contents [aria-current=page]')?.hash === hash", arg=article
        )
        pairs = page.eval_on_selector_all(
            "main .body a.fig", "marks => marks.map((mark) => [mark.dataset.id, mark.textContent])"
        )
        found |= {record: squeeze(text) for record, text in pairs}
    assert found == figures


def test_filters_by_role_region_year_status_and_article(tab, sample):
    page = tab.open(sample, f"#/read/{ISSUE}/01")
    shining = "main a.fig:not(.off)"
    assert page.locator(shining).count() == 7
    page.check("#role-shares", force=True)
    assert page.locator(shining).all_text_contents() == ["96%", "9%"]
    page.select_option("#filter-region", "𠮷山县")
    assert page.locator(shining).all_text_contents() == ["9%"]
    page.click("#clear")
    page.select_option("#filter-status", "differs")
    assert page.locator(shining).all_text_contents() == ["40个", "38个", "96%"]
    page.click("#clear")
    page.select_option("#filter-year", "undated")
    assert page.locator(shining).count() == 0
    page.select_option("#filter-article", f"{ISSUE}/02")
    page.wait_for_selector("main h1:has-text('学校与投入')")
    assert page.locator(shining).all_text_contents() == ["12所"]
    assert page.inner_text("#passing") == "1 of 10 figures"


def test_other_numerals_can_be_switched_off(tab, sample):
    page = tab.open(sample, f"#/read/{ISSUE}/01")
    page.click("main a.num")
    assert "date.year" in panel(page)
    page.uncheck("#others")
    assert page.locator("main a.num").count() == 0
    assert "2031年" in page.inner_text("main .body")


def test_search_in_chinese(tab, sample):
    page = tab.open(sample)
    page.keyboard.press("/")
    page.keyboard.type("投资 60％")
    page.wait_for_selector("main .result")
    assert page.inner_text("#found-count") == "1 sentence, 2 figures"
    assert "占总投资的60%" in page.inner_text("main .result-text")
    page.fill("#query", "industrial_value")
    page.wait_for_function("document.querySelector('#found-count').textContent === '1 sentence, 2 figures'")
    page.fill("#query", "无此一词")
    page.wait_for_selector("main .empty-note")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") != "query"


def test_j_and_k_lead_from_figure_to_figure_over_the_end_of_an_article(tab, sample):
    page = tab.open(sample, f"#/read/{ISSUE}/01")
    titles = []
    for key in "jjjjjjjjjjk":
        page.keyboard.press(key)
        titles.append(page.inner_text("#panel-title"))
    assert titles == ["7.2%", "3", "40个", "38个", "96%", "50亿元", "９%", "12所", "3000万元", "60%", "3000万元"]
    assert "学校与投入" in page.inner_text("main h1")


def test_every_table_exports_all_its_cells(tab, sample):
    page = tab.open(sample, "#/tables")
    for name in TABLES:
        page.click(f"main a[href='#/tables/{name}']")
        page.wait_for_selector(f"main h1:text-is('{name}')")
        header, *rows = tab.download("#export")
        table = pq.read_table(sample.parent / f"{name}.parquet")
        assert header == table.column_names
        assert len(rows) == table.num_rows
        for column in ("record_id", "figure", "text", "expression"):
            if column in header:
                assert [row[header.index(column)] or None for row in rows] == table[column].to_pylist()


def test_the_export_holds_no_formula(tab, sample):
    tab.open(sample, "#/tables/targets")
    header, row = tab.download("#export")
    assert row[header.index("indicator")] == "'" + FORMULA
    assert row[header.index("value")] == "50"
    assert row[header.index("comparator")] == ">"


def test_found_figures_export_with_their_table(tab, sample):
    page = tab.open(sample, "#/find")
    page.check("#role-shares", force=True)
    header, *rows = tab.download("#export-found")
    assert header[:2] == ["table", "record_id"]
    assert [row[0] for row in rows] == ["shares"] * 3
    assert [row[header.index("figure")] for row in rows] == ["96%", "９%", "60%"]


def test_tables_sort_filter_and_open_a_row(tab, sample):
    page = tab.open(sample, "#/tables/shares")
    column = "main tr[data-row] td:nth-child(3)"
    page.click("th[data-column=value] button")
    assert page.locator(column).all_inner_texts() == ["9", "60", "96"]
    page.click("th[data-column=value] button")
    assert page.locator(column).all_inner_texts() == ["96", "60", "9"]
    assert page.get_attribute("th[data-column=value]", "aria-sort") == "descending"
    page.fill("#grid-words", "总投资")
    page.wait_for_function("document.querySelectorAll('main tr[data-row]').length === 1")
    page.focus("main tr[data-row]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")
    assert page.inner_text("#panel-title") == "60%"


def test_a_row_of_a_table_without_records_opens_too(tab, sample):
    page = tab.open(sample, "#/tables/events")
    page.click("main tr[data-row]")
    page.wait_for_selector("#panel:not([hidden])")
    assert "林一舟" in panel(page)
    assert "2031-03-01" in panel(page)


def test_charts_lead_to_their_records(tab, sample):
    page = tab.open(sample, "#/charts")
    assert page.locator("#chart-project_counts .point").count() == 2
    assert "38 of 40" in page.inner_text("#chart-project_counts")
    assert "> 50亿元" in page.inner_text("#chart-targets")
    page.focus("#chart-growth_rates a.row")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")
    assert page.inner_text("#panel-title") == "7.2%"


def test_disagreements_come_first(tab, sample):
    page = tab.open(sample)
    assert page.locator("main section h2").first.inner_text().startswith("Where the source contradicts itself")
    assert page.locator("main .check.differs").count() == 1


@pytest.mark.parametrize("name", ["articles", "checks", "issues", "numerals", "sentences", "targets"])
def test_a_part_that_cannot_be_shown_is_said_in_place(browser, tables, tmp_path, name):
    for other in TABLES:
        whole = (tables / f"{other}.parquet").read_bytes()
        (tmp_path / f"{other}.parquet").write_bytes(whole[:100] if other == name else whole)
    write_report(tmp_path, tmp_path / "report.html")
    tab = Tab(browser)
    for place in ("", "#/read", "#/find", "#/charts", f"#/tables/{name}"):
        tab.open(tmp_path / "report.html", place)
        assert tab.page.locator("main").inner_text().strip()
    assert f"{name}.parquet cannot be read" in tab.page.inner_text("main")
    tab.context.close()
    assert tab.faults == []


def test_the_window_of_a_telephone_needs_no_scrolling_sideways(browser, sample):
    tab = Tab(browser, (390, 844))
    for place in ("", f"#/read/{ISSUE}/01", "#/find", "#/tables/shares", "#/charts"):
        page = tab.open(sample, place)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tab.open(sample, f"#/read/{ISSUE}/02")
    page.click("main a.fig >> nth=0")
    box = page.locator("#panel").bounding_box()
    assert box["width"] == 390
    assert box["y"] > 200
    tab.context.close()
    assert tab.faults == []


def test_dark_mode(browser, sample):
    tab = Tab(browser, scheme="dark")
    page = tab.open(sample)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 23, 26)"
    tab.context.close()
    assert tab.faults == []


def test_print_leaves_the_text_alone_on_the_sheet(tab, sample):
    page = tab.open(sample, f"#/read/{ISSUE}/01")
    page.emulate_media(media="print")
    assert page.is_hidden(".bar")
    assert page.is_hidden("#contents")
    assert page.is_visible("main .body")


def test_every_control_has_a_name(tab, sample):
    page = tab.open(sample, f"#/read/{ISSUE}/01")
    nameless = page.evaluate(
        "[...document.querySelectorAll('a, button, input, select')].filter((one) => one.checkVisibility() && "
        "!one.textContent.trim() && !one.labels?.length && !one.ariaLabel && !one.getAttribute('aria-label')).length"
    )
    assert nameless == 0


def test_a_long_table_and_a_long_search_hold_few_elements(tab, tmp_path):
    with TableWriter(tmp_path) as writer:
        for number in range(150):
            writer.add(build_tables(build_dataset(f"issue-{number:03}")))
        writer.finish()
    write_report(tmp_path, tmp_path / "report.html")
    page = tab.open(tmp_path / "report.html", "#/tables/shares")
    page.wait_for_selector("main tr[data-row]")
    assert page.inner_text("#grid-count") == "450 rows"
    assert page.locator("main tr[data-row]").count() < 80
    page.evaluate("document.querySelector('#grid-frame').scrollTop = 1e6")
    page.wait_for_selector("main tr[data-place='449']")
    page.fill("#query", "开工")
    page.wait_for_selector("main .result")
    assert page.inner_text("#found-count") == "150 sentences, 450 figures"
    assert page.locator("main .result").count() < 150
    assert page.locator("#contents li").count() == 0


def test_opens_in_a_second(browser, issue):
    """The shortest of three, as the machine may be busy: from the request to the article on the screen."""
    times = []
    for _ in range(3):
        tab = Tab(browser)
        tab.page.goto("about:blank")
        started = time.perf_counter()
        tab.open(issue, "#/read")
        times.append(time.perf_counter() - started)
        tab.context.close()
    assert min(times) < 1
