// The record beside the text: what was read, by which rule, and what its checks say.

let opened = null;
let returnTo = null;

const MODALITY = { actual: "actual 实际", estimate: "estimate 预计", planned: "planned 计划", target: "target 目标" };
const COMPARATOR = { "=": "exactly", ">=": "at least", ">": "more than", "<=": "at most", "<": "less than", "~": "about" };

const pair = (label, ...value) => {
  const shown = value.flat().filter((part) => part !== null && part !== undefined && part !== "");
  return shown.length ? [el("dt", { text: label }), el("dd", {}, shown)] : [];
};

function valueText(record) {
  const high = field(record, "value_high");
  const range = high === null ? printed(field(record, "value")) : `${printed(field(record, "value"))} – ${printed(high)}`;
  return `${range} ${field(record, "unit") || ""}`;
}

function baseText(record) {
  const base = field(record, "base_value");
  const unit = field(record, "base_unit");
  if (base === null || base === field(record, "value")) return "";
  const high = field(record, "base_value_high");
  return `${printed(base)}${high === null ? "" : ` – ${printed(high)}`} ${unit || ""}`;
}

function spanText(first, last) {
  if (!first && !last) return "";
  return first === last || !last ? first : `${first || "…"} to ${last}`;
}

function invested(record) {
  const low = field(record, "invest_min");
  const high = field(record, "invest_max");
  if (low === null && high === null) return "";
  return `${low === null ? "up to" : `from ${printed(low)}`} ${high === null ? "" : printed(high)} CNY`;
}

function facts(record) {
  const word = field(record, "comparator");
  const place = field(record, "region_code");
  const planned = field(record, "planned");
  return el("dl", { class: "facts" },
    pair("Value", el("strong", { text: valueText(record) }), word && word !== "=" ? ` ${COMPARATOR[word] || word}` : ""),
    pair("In base units", baseText(record)),
    pair("Indicator", field(record, "indicator") && zh("span", field(record, "indicator"))),
    pair("Concept", field(record, "concept") && el("code", { text: field(record, "concept") })),
    pair("Period", spanText(field(record, "period_start"), field(record, "period_end")),
      field(record, "period_text") && zh("span", ` ${field(record, "period_text")}`, "aside")),
    pair("Region", field(record, "region") && zh("span", field(record, "region")), place && el("span", { class: "aside", text: ` ${place}` })),
    pair("Modality", MODALITY[field(record, "modality")] || field(record, "modality")),
    pair("Measure", field(record, "measure")),
    pair("Direction", field(record, "direction")),
    pair("Basis", field(record, "basis"), spanText(field(record, "base_period_start"), field(record, "base_period_end")) &&
      el("span", { class: "aside", text: ` ${spanText(field(record, "base_period_start"), field(record, "base_period_end"))}` })),
    pair("Stage", field(record, "stage"), planned === null ? "" : planned ? ", plan" : ", fact"),
    pair("Investment", invested(record)),
    pair("Share of", field(record, "whole") && zh("span", field(record, "whole"))),
    pair("Ranked among", field(record, "among") && zh("span", field(record, "among"))),
    pair("Rule", field(record, "rule") && el("code", { text: field(record, "rule") })));
}

function checkCard(row) {
  const cell = (name) => tables.checks.get(row, name);
  const differs = cell("status") === "differs";
  const ids = cell("record_ids");
  const within = new Set(ids.map((id) => recordOf(id)?.article));
  const place = (id) => el("span", { class: "aside" }, "in ", zh("span", articleTitle(id), "isolate"));
  const links = ids.map((id) => {
    const record = recordOf(id);
    if (!record) return el("li", { class: "quiet", text: `${id} is not in the tables` });
    return el("li", {}, el("a", { class: `fig r-${record.name}`, href: hashOf(id), text: field(record, "figure") || id }),
      " ", zh("span", field(record, "indicator") || "", "aside isolate"), within.size > 1 ? [" ", place(record.article)] : null);
  });
  return el("article", { class: differs ? "check differs" : "check", "data-check": cell("check_id") },
    el("p", { class: "check-head" }, el("span", { class: "verdict", text: differs ? "≠ differs" : "✓ agrees" }),
      el("span", { class: "kind", text: cell("kind") })),
    zh("p", cell("expression") || "", "sum"),
    el("p", { class: "aside" }, `printed ${printed(cell("stated"))}, computed ${printed(cell("derived"))}; difference ` +
      `${printed(cell("difference"))}, tolerance ${printed(cell("tolerance"))}`),
    el("ul", { class: "operands" }, links),
    within.size === 1 ? el("p", { class: "within" }, place([...within][0])) : null);
}

function sourceFacts(record) {
  const row = articleRow.get(record.article);
  const page = row === undefined ? null : articles.get(row, "page");
  const path = record.sentence < 0 ? [] : sentences.get(record.sentence, "section");
  return el("dl", { class: "facts" },
    issueRow.size > 1 ? pair("Issue", zh("span", issueTitle(record.issue))) : [],
    pair("Article", zh("span", articleTitle(record.article))),
    pair("Page", page === null ? "" : `from p. ${page}`),
    pair("Under", path.length ? el("ol", { class: "path" }, path.map((heading) => el("li", {}, zh("span", heading)))) : ""),
    pair("Characters", `${printed(record.start)} to ${printed(field(record, "char_end"))} of the raw text`),
    pair("Record", el("code", { class: "key", text: record.id })));
}

function panelHead(title, name) {
  return el("div", { class: "panel-head" },
    el("h2", { id: "panel-title", tabindex: "-1" }, title),
    name && el("p", { class: `role r-${name}` }, el("span", { class: "sample", text: ROLES[name][0] }), " ", zh("span", ROLES[name][1])),
    el("button", { type: "button", class: "plain close", id: "panel-close", "aria-label": "Close the record", text: "×", onclick: () => closePanel() }));
}

function showPanel(content, focus) {
  const panel = byId("panel");
  panel.replaceChildren(...content);
  panel.hidden = false;
  panel.scrollTop = 0;
  byId("frame").classList.add("with-panel");
  if (focus) byId("panel-title").focus({ preventScroll: true });
}

function openRecord(record, focus) {
  const checks = (checksOf.get(record.id) || []).toSorted((a, b) => rankOf(a) - rankOf(b));
  opened = record.id;
  const step = (by, text) => el("button", { type: "button", class: "plain", text: text, onclick: () => stepRecord(by) });
  showPanel([
    panelHead(zh("span", field(record, "figure") || "(no figure)"), record.name),
    facts(record),
    checks.length ? [el("h3", { text: checks.length === 1 ? "Its check" : "Its checks" }), checks.map(checkCard)]
      : el("p", { class: "quiet", text: "No other printed figure determines this one; it is not checked." }),
    el("h3", { text: "Where it stands" }),
    el("blockquote", { class: "quote", lang: "zh-Hans" }, el("span", { class: "zh isolate" }, quoteNodes(record))),
    sourceFacts(record),
    el("p", { class: "actions" },
      el("a", { class: "button", href: `#/at/${hashOf(record.id).slice(1)}`, text: "Read it in the article" }),
      step(-1, "← k"), step(1, "j →")),
  ].flat(Infinity), focus);
  say(`${ROLES[record.name][0]} ${field(record, "figure")}, ${field(record, "indicator") || "no indicator"}`);
  markOpened();
}

const rankOf = (row) => (tables.checks.get(row, "status") === "differs" ? 0 : 1);

function openNumeral(row, focus) {
  const cell = (name) => tables.numerals.get(row, name);
  opened = numeralId(row);
  showPanel([
    panelHead(zh("span", cell("surface")), "numerals"),
    el("dl", { class: "facts" },
      pair("Role", cell("role")), pair("Value", printed(cell("value"))), pair("Rule", el("code", { text: cell("rule") || "" })),
      pair("Article", zh("span", articleTitle(cell("article_id")))),
      pair("Characters", `${printed(cell("char_start"))} to ${printed(cell("char_end"))} of the raw text`)),
    el("p", { class: "quiet", text: "A numeral of this role makes no record; the ledger says why it was left." }),
  ], focus);
  markOpened();
}

/** Any row of any table, every column with what it means. */
function openRow(table, row, focus) {
  const id = table.get(row, "record_id");
  if (id && recordOf(id) && table.name !== "numerals") return openRecord(recordOf(id), focus);
  opened = null;
  const cells = table.columns.map((column) => [column, cellText(table, row, column)]).filter(([, text]) => text !== "");
  return showPanel([
    panelHead(`${table.name}, row ${COUNT.format(row + 1)}`),
    el("dl", { class: "facts wide" }, cells.map(([column, text]) => [el("dt", { title: column.description, text: column.name }), el("dd", { class: "zh isolate", text: text })])),
    table.name === "events" ? peopleList(table.get(row, "event_id")) : null,
    table.name === "checks" ? checkCard(row) : null,
  ].filter(Boolean), focus);
}

function peopleList(event) {
  const rows = participantsOf.get(event) || [];
  if (!rows.length) return null;
  const cell = (row, name) => tables.event_participants.get(row, name);
  return el("ul", { class: "people" }, rows.map((row) => el("li", {}, zh("strong", cell(row, "name")), " ",
    el("span", { class: "kind", text: cell(row, "role") || "" }), " ", zh("span", cell(row, "posts").join("、"), "aside"))));
}

function closePanel() {
  const panel = byId("panel");
  if (panel.hidden) return;
  panel.hidden = true;
  byId("frame").classList.remove("with-panel");
  const id = opened;
  opened = null;
  markOpened();
  const mark = id && document.querySelector(`[data-id="${CSS.escape(id)}"]`);
  (mark || (returnTo && returnTo.isConnected ? returnTo : byId("main"))).focus({ preventScroll: true });
  history.replaceState(null, "", routeOfView());
}

/** The opened figure stands out wherever it is shown. */
function markOpened() {
  for (const mark of document.querySelectorAll("[aria-current=true]")) mark.removeAttribute("aria-current");
  if (opened === null) return;
  const selector = `[data-id="${CSS.escape(opened)}"]`;
  for (const mark of document.querySelectorAll(selector)) mark.setAttribute("aria-current", "true");
}
