// Three charts from the figures that the filters let through. Every mark is one printed figure: nothing is added up.

/** Sizes in user units; a narrow window gets its names above the lines instead of beside them. */
const WIDE_PLOT = { width: 760, label: 250, value: 112, line: 26, drop: 0, stages: 175 };
const SLIM_PLOT = { width: 360, label: 0, value: 4, line: 42, drop: 9, stages: 112 };
const plotSize = () => (isNarrow() ? SLIM_PLOT : WIDE_PLOT);
const SHOWN = 18;
const UNITS = { "%": "per cent", pp: "percentage points", CNY: "yuan", count: "count", m2: "square metres", ratio: "times", rank: "place", person: "persons" };
const UNIT_ORDER = ["%", "CNY", "count"];
const chartYear = { targets: null };
const unfolded = new Set();

function drawCharts() {
  const passing = records.filter((record) => passes(record));
  return el("div", { class: "page charts" },
    chartSection("targets", "Targets", "目标", targetCharts(passing.filter((record) => record.name === "targets"))),
    chartSection("growth_rates", "Growth rates, ranked", "增速", growthCharts(passing.filter((record) => record.name === "growth_rates"))),
    chartSection("project_counts", "Projects by year, plan against fact", "项目", projectChart(passing.filter((record) => record.name === "project_counts"))));
}

function chartSection(name, title, gloss, content) {
  const empty = el("p", { class: "empty-note", text: "No figure of this kind passes the filters." });
  return el("section", { class: "block chart-block", id: `chart-${name}` },
    el("h2", {}, title, " ", zh("span", gloss, "gloss"), el("a", { class: "as-table", href: `#/tables/${name}`, text: "as a table" })),
    problemsOf(name), content && content.length ? content : empty);
}

const label = (record) => field(record, "indicator") || "(no indicator)";
const short = (text, most) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);

function byUnit(list) {
  const groups = new Map();
  for (const record of list) {
    if (field(record, "base_value") === null) continue;
    const unit = field(record, "base_unit") || "no unit";
    if (!groups.has(unit)) groups.set(unit, []);
    groups.get(unit).push(record);
  }
  const rank = ([unit]) => (UNIT_ORDER.includes(unit) ? UNIT_ORDER.indexOf(unit) : UNIT_ORDER.length);
  return [...groups].sort((a, b) => rank(a) - rank(b) || b[1].length - a[1].length);
}

function targetCharts(list) {
  if (!list.length) return [];
  const years = [...tally(list.map((record) => record.last))].sort((a, b) => (b[0] ?? 0) - (a[0] ?? 0));
  const common = years.toSorted((a, b) => b[1] - a[1]).find(([year]) => year !== null);
  const options = years.map(([year, count]) => [String(year), year === null ? "no period" : String(year), count]);
  let wanted = chartYear.targets;
  if (!options.some(([value]) => value === wanted) && wanted !== "all") wanted = common ? String(common[0]) : "all";
  const pick = el("div", { class: "pick", role: "group", "aria-label": "Year of the target" }, [["all", "all", list.length], ...options].map(([value, text, count]) =>
    el("button", { type: "button", "aria-pressed": value === wanted ? "true" : "false", onclick: () => {
      chartYear.targets = value;
      redraw();
    } }, text, el("span", { class: "count", text: count }))));
  const shown = wanted === "all" ? list : list.filter((record) => String(record.last) === wanted);
  return [pick, ...byUnit(shown).map(([unit, group]) => lollipops(`targets ${wanted}`, unit, group)),
    el("p", { class: "quiet key", text: "Arrow: at least, or at most; dot: the figure itself; ring: about." })];
}

function growthCharts(list) {
  return byUnit(list).map(([unit, group]) => lollipops("growth", unit, group));
}

/** Rows of one unit: from zero to the figure where zero is in reach, else on a logarithmic scale. */
function lollipops(kind, unit, group) {
  const key = `${kind} ${unit}`;
  const sorted = onceEach(group).sort((a, b) => field(b, "base_value") - field(a, "base_value"));
  const rows = unfolded.has(key) || sorted.length <= SHOWN + 3 ? sorted : sorted.slice(0, SHOWN);
  const values = rows.map((record) => field(record, "base_value"));
  const scale = makeScale(values);
  const size = plotSize();
  const height = rows.length * size.line + 12;
  const zero = scale.at(scale.isLog ? scale.low : 0);
  const regions = [...tally(group.map((record) => record.region))].sort((a, b) => b[1] - a[1]);
  const usual = regions[0][0];
  const picture = svg("svg", { viewBox: `0 0 ${size.width} ${height}`, class: "chart", role: "group", "aria-label": `${kind}, ${UNITS[unit] || unit}: ${plural(rows.length, "figure")}` },
    size.label ? svg("line", { x1: zero, x2: zero, y1: 0, y2: height, class: "axis" }) : null,
    rows.map((record, place) => lollipop(record, place, scale, zero, usual)));
  return el("figure", { class: "plot" },
    el("figcaption", {}, el("strong", { text: UNITS[unit] || unit }), el("span", { class: "quiet", text: ` ${plural(group.length, "figure")}${scale.isLog ? ", logarithmic scale" : ""}` }),
      usual && el("span", { class: "quiet" }, ", ", zh("span", usual), regions.length > 1 ? " where no other region is named" : null)),
    picture,
    rows.length < sorted.length ? el("button", { type: "button", class: "button", text: `All ${sorted.length}`, onclick: () => {
      unfolded.add(key);
      redraw();
    } }) : null);
}

const repeats = new Map();

/** A figure printed several times with the same meaning stands once, with the number of times. */
function onceEach(group) {
  const firsts = new Map();
  for (const record of group) {
    const key = ["indicator", "base_value", "comparator", "region", "period_start", "period_end"].map((name) => field(record, name)).join("\n");
    if (!firsts.has(key)) firsts.set(key, record);
    repeats.set(firsts.get(key).id, firsts.get(key) === record ? 1 : repeats.get(firsts.get(key).id) + 1);
  }
  return [...firsts.values()];
}

function makeScale(values) {
  const size = plotSize();
  const top = Math.max(...values);
  const bottom = Math.min(...values);
  const isLog = bottom > 0 && top / bottom > 200;
  const low = isLog ? bottom / 2 : Math.min(0, bottom);
  const high = isLog ? top : Math.max(0, top);
  const unit = (value) => (isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low || 1));
  return { at: (value) => size.label + 10 + unit(value) * (size.width - size.label - size.value - 24), isLog: isLog, low: low };
}

const SIGNS = { ">=": "≥ ", "<=": "≤ ", "~": "≈ ", ">": "> ", "<": "< " };

/** The figure as printed, with its comparator, and a minus where words alone say that it falls. */
function signed(record) {
  const figure = (field(record, "figure") || "").replace(/\s+/g, "");
  const minus = field(record, "base_value") < 0 && !/^[-−－]/.test(figure) ? "−" : "";
  return `${SIGNS[field(record, "comparator")] || ""}${minus}${figure}`;
}

function lollipop(record, place, scale, zero, usual) {
  const size = plotSize();
  const y = place * size.line + size.line / 2 + 4;
  const low = y + size.drop;
  const high = y - size.drop + 4.5;
  const x = scale.at(field(record, "base_value"));
  const word = field(record, "comparator") || "=";
  const up = word.startsWith(">");
  const falls = field(record, "base_value") < 0;
  const mark = up || word.startsWith("<")
    ? svg("path", { d: up ? `M${x - 5} ${low - 6}L${x + 5} ${low}L${x - 5} ${low + 6}Z` : `M${x + 5} ${low - 6}L${x - 5} ${low}L${x + 5} ${low + 6}Z`, class: "dot" })
    : svg("circle", { cx: x, cy: low, r: 5, class: word === "~" ? "dot ring" : "dot" });
  const period = record.name === "growth_rates" ? [field(record, "period_text"), field(record, "basis") === "yoy" ? "同比" : null].filter(Boolean).join(" ") : "";
  const where = record.region && record.region !== usual ? record.region : "";
  const times = repeats.get(record.id) > 1 ? `×${repeats.get(record.id)}` : "";
  const note = [where, period, times].filter(Boolean).join(" ");
  const name = `${label(record)} ${note}: ${signed(record)}`;
  return svg("a", { href: hashOf(record.id), "data-id": record.id, class: `row r-${record.name}${falls ? " falls" : ""}`, "aria-label": name },
    svg("title", { text: name }),
    svg("rect", { x: 0, y: y - size.line / 2, width: size.width, height: size.line, class: "hit" }),
    svg("text", { x: size.label, y: high, "text-anchor": size.label ? "end" : "start", class: "zh name" }, short(label(record), note ? 11 : 17),
      note ? svg("tspan", { class: "note", dx: 6, text: short(note, 11) }) : null),
    svg("line", { x1: zero, x2: x, y1: low, y2: low, class: "stem" }), mark,
    svg("text", { x: size.width - 4, y: high, "text-anchor": "end", class: "zh value", text: signed(record) }));
}

const STAGES = ["signed", "reserve", "listed", "start", "continue", "complete", "other"];
const STAGE_WORDS = { signed: "签约", reserve: "储备", listed: "安排", start: "开工", continue: "续建", complete: "竣工", other: "其他" };

/** One line per year and stage; plans are rings, facts are dots, and a bar joins a single plan to a single fact. */
function projectChart(list) {
  const dated = list.filter((record) => record.last !== null && record.first === record.last && field(record, "base_value") !== null);
  const lines = new Map();
  for (const record of dated) {
    const key = `${record.last} ${STAGES.indexOf(field(record, "stage"))}`;
    if (!lines.has(key)) lines.set(key, { year: record.last, stage: field(record, "stage"), plan: new Map(), fact: new Map() });
    const side = field(record, "planned") ? lines.get(key).plan : lines.get(key).fact;
    const value = field(record, "base_value");
    if (!side.has(value)) side.set(value, record);
  }
  if (!lines.size) return [];
  const rows = [...lines.values()].sort((a, b) => a.year - b.year || STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage));
  const top = Math.max(...dated.map((record) => field(record, "base_value")));
  // The root keeps a handful of projects apart beside several hundred.
  const size = plotSize();
  const room = size.width - size.stages - (size.label ? 105 : 62);
  const scale = (value) => size.stages + Math.sqrt(Math.max(0, value) / (top || 1)) * room;
  const ticks = (size.label ? [0, 10, 50, 100, 200, 500, 1000, 2000, 5000, 10000] : [0, 10, 100, 1000, 10000]).filter((tick) => tick <= top);
  const height = rows.length * WIDE_PLOT.line + 30;
  const picture = svg("svg", { viewBox: `0 0 ${size.width} ${height}`, class: "chart projects", role: "group", "aria-label": `Projects by year and stage: ${plural(rows.length, "line")}` },
    ticks.map((tick) => [svg("line", { x1: scale(tick), x2: scale(tick), y1: 0, y2: height - 22, class: "tick" }),
      svg("text", { x: scale(tick), y: height - 6, "text-anchor": "middle", class: "note", text: tick })]),
    rows.map((row, place) => projectLine(row, place, rows[place - 1], scale)));
  const left = list.length - dated.length;
  return [el("p", { class: "quiet key" }, svg("svg", { viewBox: "0 0 12 12", class: "glyph r-project_counts", "aria-hidden": "true" }, svg("circle", { cx: 6, cy: 6, r: 4.5, class: "dot ring" })), " plan  ",
    svg("svg", { viewBox: "0 0 12 12", class: "glyph r-project_counts", "aria-hidden": "true" }, svg("circle", { cx: 6, cy: 6, r: 4.5, class: "dot" })), ` fact; a figure printed twice stands once.${left ? ` ${plural(left, "figure")} of no year, or of several, left out.` : ""}`),
  el("figure", { class: "plot" }, picture)];
}

function projectLine(row, place, before, scale) {
  const size = plotSize();
  const line = WIDE_PLOT.line;
  const y = place * line + line / 2;
  const isNew = !before || before.year !== row.year;
  const dots = [["plan", row.plan], ["fact", row.fact]].flatMap(([side, group]) => [...group].map(([value, record]) => {
    const name = `${row.year} ${row.stage} ${side} ${field(record, "figure")}: ${label(record)}`;
    return svg("a", { href: hashOf(record.id), "data-id": record.id, class: "r-project_counts point", "aria-label": name }, svg("title", { text: name }),
      svg("circle", { cx: scale(value), cy: y, r: side === "plan" ? 6.5 : 4.5, class: side === "plan" ? "dot ring" : "dot" }));
  }));
  const pairs = row.plan.size === 1 && row.fact.size === 1;
  const [plan] = row.plan.keys();
  const [fact] = row.fact.keys();
  return svg("g", {},
    isNew && place ? svg("line", { x1: 0, x2: size.width, y1: y - line / 2, y2: y - line / 2, class: "tick" }) : null,
    isNew ? svg("text", { x: 0, y: y + 5, class: "year", text: row.year }) : null,
    svg("text", { x: size.label ? 58 : 42, y: y + 4.5, class: "name", text: row.stage || "" }),
    size.label ? svg("text", { x: 128, y: y + 4.5, class: "zh note", text: STAGE_WORDS[row.stage] || "" }) : null,
    pairs ? svg("line", { x1: scale(plan), x2: scale(fact), y1: y, y2: y, class: "stem r-project_counts" }) : null, dots,
    pairs ? svg("text", { x: size.width - 4, y: y + 4.5, "text-anchor": "end", class: "value", text: size.label ? `${printed(fact)} of ${printed(plan)}` : `${fact}/${plan}` }) : null);
}
