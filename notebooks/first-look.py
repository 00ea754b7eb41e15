# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A first look at the tables
#
# Five questions to one folder of tables, each answered with a few lines of pandas and a chart.
# The folder is `data/out`, written by `make data`; the variable `GAZETTE_TABLES` names another.
# Every figure keeps its `record_id`: `ds.figure(record_id)` shows the place in the source it was read from.

# %%
import os
from pathlib import Path

import altair as alt
import pandas as pd
import vl_convert
from noto_cjk_sans_otc import FONT_PATH

import extract

here = [folder for folder in ("data/out", "../data/out") if Path(folder).is_dir()]
ds = extract.open(os.environ.get("GAZETTE_TABLES") or (here or ["data/out"])[0])
ds.issues[["issue_id", "title", "year", "number", "place", "issue_date"]]

# %% [markdown]
# The charts are pictures, drawn on this machine. Their letters are Noto Sans CJK SC, which came with
# `pip install "gazette-extract[notebook]"`: the machine needs no Chinese font.

# %%
FONT = "Noto Sans CJK SC"
vl_convert.register_font_directory(str(Path(str(FONT_PATH)).parent))


@alt.theme.register("gazette", enable=True)
def gazette() -> alt.theme.ThemeConfig:
    """One font for all letters, and labels that are never cut."""
    small = {"labelLimit": 400, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal"}
    return {
        "config": {
            "font": FONT,
            "axis": small,
            "legend": small,
            "header": {"labelFontSize": 12, "labelFontWeight": "bold", "titleFontSize": 0},
            "title": {"anchor": "start", "fontSize": 14},
            "view": {"stroke": None},
        }
    }


alt.renderers.enable("png", scale_factor=1.5)


def nothing(title: str) -> alt.Chart:
    """The answer of tables without a row for the question."""
    return alt.Chart(pd.DataFrame({"none": ["none in these tables"]}), title=title).mark_text().encode(text="none:N")


def ranked(rows: pd.DataFrame, name: str, value: str, label: str, colour: str, panel: str, title: str) -> alt.Chart:
    """Bars from the highest to the lowest, the figure at their right; a panel with an axis of its own for each unit."""
    rows = rows[["id", name, value, label, colour, panel]]
    colours = alt.Color(colour, type="nominal", scale=alt.Scale(domain=sorted(set(rows[colour]))))
    panels = []
    for unit, part in rows.groupby(panel):
        head = alt.Title(unit, fontSize=12, frame="group")
        base = alt.Chart(part, title=head, width=300, height=alt.Step(18)).encode(
            y=alt.Y("id:N", sort=list(part.sort_values(value, ascending=False)["id"]), axis=None),
            x=alt.X(value, type="quantitative", axis=None),
        )
        names = base.mark_text(align="right", dx=-8).encode(x=alt.value(0), text=alt.Text(name, type="nominal"))
        right = base.transform_calculate(right=f"max(datum['{value}'], 0)").mark_text(align="left", dx=5)
        labels = right.encode(x="right:Q", text=alt.Text(label, type="nominal"))
        panels.append(base.mark_bar().encode(color=colours) + names + labels)
    return alt.vconcat(*panels, title=title) if panels else nothing(title)


year = next(iter(ds.issues["year"].dropna().astype(int).nlargest(1)), None)

# %% [markdown]
# ## 1. What is aimed at in the year, and how firmly
#
# Comparators are values: a floor (`>=`) is another promise than a round figure (`~`). Each unit has a scale of its own,
# and the label is the figure as printed.

# %%
targets = ds.figures(table="targets", period=year).drop_duplicates(["indicator", "comparator", "figure", "region"])
targets = targets.astype({"comparator": str, "measure": str}).rename(columns={"record_id": "id"})
targets["unit"] = targets["measure"] + ", " + targets["base_unit"]
targets["target"] = targets["comparator"].replace("=", "") + " " + targets["figure"].str.replace(" ", "")
targets.pivot_table(index="unit", columns="comparator", values="figure", aggfunc="count", fill_value=0)

# %%
ranked(
    targets,
    "indicator",
    "base_value",
    "target",
    "comparator",
    "unit",
    f"Targets for {year or 'any year'}, by indicator and comparator",
)

# %% [markdown]
# ## 2. What grew, and what fell
#
# A rate means nothing without its period and its base: `yoy` is against the same period a year before, `base` against
# a base that the text names, `unmarked` is what the text leaves open. Percent and percentage points do not share a
# scale.

# %%
growth = ds.growth_rates[ds.growth_rates["base_unit"].isin(["%", "pp"])]
growth = growth.drop_duplicates(["indicator", "figure", "period_text", "region"]).astype({"basis": str})
growth = growth.rename(columns={"record_id": "id"}).sort_values("base_value", ascending=False)
growth["of"] = growth["indicator"] + ", " + growth["period_text"].fillna("no period")
growth[["id", "indicator", "figure", "direction", "period_text", "basis", "base_period_start"]].head(8)

# %%
ranked(growth, "of", "base_value", "figure", "basis", "base_unit", "Growth rates, ranked")

# %% [markdown]
# ## 3. Key projects by year: planned and done
#
# Several articles count projects. The one that counts them over the most years is the one about key projects;
# where it names parts beside the whole, the whole is the largest count of a stage and year.

# %%
counts = ds.project_counts.dropna(subset=["period_start", "period_end"]).copy()
counts["year"] = counts["period_start"].dt.year
counts = counts[counts["year"] == counts["period_end"].dt.year]
years = counts.groupby("article_id")["year"].nunique()
counts = counts[counts["article_id"].isin(years.nlargest(1).index)]
counts = counts[counts["stage"].isin(["listed", "start", "complete"])]
counts["count of"] = counts["planned"].map({True: "plan", False: "fact"})
counts["stage"] = counts["stage"].astype(str)
largest = counts.sort_values("value").drop_duplicates(["stage", "year", "count of"], keep="last")
largest.pivot_table(index="year", columns=["stage", "count of"], values="value").astype("Int64")

# %%
shown = largest[["record_id", "stage", "year", "count of", "value"]]
base = alt.Chart(shown, width=230, height=230).encode(
    x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
    xOffset=alt.XOffset("count of:N", sort=["plan", "fact"]),
    y=alt.Y("value:Q", title="projects"),
)
bars = base.mark_bar().encode(color=alt.Color("count of:N", title=None, sort=["plan", "fact"]))
chart = (bars + base.mark_text(dy=-6, fontSize=9).encode(text="value:Q")).facet(
    column=alt.Column("stage:N", sort=["listed", "start", "complete"]), title="Key projects: plan and fact"
)
nothing("Key projects: plan and fact") if shown.empty else chart

# %% [markdown]
# ## 4. Who took part in what
#
# One square is the number of events that a person took part in, by kind of event and role.

# %%
seen = ds.event_participants.merge(ds.events[["event_id", "kind"]], on="event_id")
seen["as"] = seen["kind"].astype(str) + ": " + seen["role"].astype(str)
events = seen.groupby(["name", "as"])["event_id"].nunique().rename("events").reset_index()
events["total"] = events.groupby("name")["events"].transform("sum")
events["dark"] = events["events"] > events["events"].max() / 2
events.nlargest(1, "total")

# %%
base = alt.Chart(events[["name", "as", "events", "total", "dark"]], width=alt.Step(34), height=alt.Step(18)).encode(
    y=alt.Y("name:N", sort=alt.SortField("total", "descending"), title=None),
    x=alt.X("as:N", title=None, axis=alt.Axis(orient="top", labelAngle=-40)),
)
squares = base.mark_rect().encode(color=alt.Color("events:Q", scale=alt.Scale(scheme="blues"), legend=None))
digits = base.mark_text().encode(
    text="events:Q", color=alt.condition("datum.dark", alt.value("white"), alt.value("black"))
)
chart = (squares + digits).properties(title="Persons, by kind of event and role")
nothing("Persons, by kind of event and role") if events.empty else chart

# %% [markdown]
# ## 5. Where the source contradicts itself
#
# A check compares a figure with what other figures say of it. Where it `differs`, the source has slipped or means two
# things by one name: the expression shows how, `record_ids` lead to the places.

# %%
differs = ds.checks[ds.checks["status"] == "differs"].astype({"kind": str}).rename(columns={"check_id": "id"})
differs["off"] = 100 * (differs["stated"] / differs["derived"] - 1)
differs["label"] = differs["off"].map("{:+.1f}%".format)
differs["unit"] = "stated against derived, %"
differs[["kind", "expression", "stated", "derived", "difference", "tolerance", "label"]]

# %%
ranked(differs, "expression", "off", "label", "kind", "unit", "Contradictions")

# %% [markdown]
# The places behind them:

# %%
places = differs[["expression", "record_ids"]].explode("record_ids").rename(columns={"record_ids": "record_id"})
known = ds.figures()
known["indicator"] = known["indicator"].str.slice(stop=12)
known = known[["record_id", "table", "article_id", "indicator", "figure", "period_text"]]
places.merge(known, on="record_id").drop(columns="expression")
