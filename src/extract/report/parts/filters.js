// One set of filters for reading, finding and charts; an empty choice lets everything through.

const chosen = { tables: new Set(), issue: "", article: "", region: "", year: "", status: "", query: "", others: true };
const UNDATED = "undated";
const UNPLACED = "none";

function passes(record, except) {
  if (chosen.tables.size && !chosen.tables.has(record.name)) return false;
  if (chosen.issue && record.issue !== chosen.issue) return false;
  if (chosen.article && except !== "article" && record.article !== chosen.article) return false;
  if (chosen.region && (record.region || UNPLACED) !== chosen.region) return false;
  if (chosen.status && record.status !== chosen.status) return false;
  if (chosen.year === UNDATED) return record.first === null;
  if (chosen.year) return record.first !== null && record.first <= Number(chosen.year) && Number(chosen.year) <= record.last;
  return true;
}

const isFiltered = () =>
  chosen.tables.size > 0 || ["issue", "article", "region", "year", "status"].some((name) => chosen[name] !== "");

function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}

function choice(name, label, options) {
  const select = el("select", {
    id: `filter-${name}`,
    onchange: () => choose({ [name]: select.value }),
  }, el("option", { value: "", text: `All ${label}` }), options);
  return el("label", { class: "choice" }, el("span", { class: "unseen", text: label }), select);
}

const option = (value, text) => el("option", { value: value, text: text });

function articleOptions() {
  const groups = [...issueRow.keys()].map((issue) =>
    el("optgroup", { label: issueTitle(issue) }, Array.from({ length: articles.rows }, (_, row) => row)
      .filter((row) => articles.get(row, "issue_id") === issue && articleRecords.has(articles.get(row, "article_id")))
      .map((row) => option(articles.get(row, "article_id"), articleTitle(articles.get(row, "article_id"))))));
  return groups.length > 1 ? groups : groups.flatMap((one) => [...one.children]);
}

function yearOptions() {
  const years = new Set();
  for (const record of records) {
    // A plan may run for decades; its years in between are no choices of their own.
    if (record.first !== null) years.add(record.first).add(record.last);
  }
  const options = [...years].sort((a, b) => b - a).map((year) => option(String(year), String(year)));
  if (records.some((record) => record.first === null)) options.push(option(UNDATED, "No period"));
  return options;
}

function regionOptions() {
  const counts = [...tally(records.map((record) => record.region || UNPLACED))].sort((a, b) => b[1] - a[1]);
  return counts.map(([region, count]) => option(region, `${region === UNPLACED ? "No region" : region} (${count})`));
}

function drawFilters() {
  const counts = tally(records.map((record) => record.name));
  const chips = RECORDS.map((name) => {
    const box = el("input", { type: "checkbox", id: `role-${name}`, onchange: () => {
      const names = new Set(chosen.tables);
      if (box.checked) names.add(name);
      else names.delete(name);
      choose({ tables: names });
    } });
    return el("label", { class: `chip r-${name}` }, box, el("span", { class: "sample", text: ROLES[name][0] }),
      zh("span", ROLES[name][1], "gloss"), el("span", { class: "count", text: COUNT.format(counts.get(name) || 0) }));
  });
  const others = el("input", { type: "checkbox", id: "others", checked: true, onchange: () => choose({ others: others.checked }) });
  const issues = [...issueRow.keys()];
  byId("filters").replaceChildren(el("details", { class: "fold", open: !isNarrow() },
    el("summary", {}, "Filters", el("span", { id: "filter-note", class: "quiet" })),
    el("div", { class: "chips", role: "group", "aria-label": "Tables" }, chips),
    el("div", { class: "choices" },
      issues.length > 1 && choice("issue", "issues", issues.map((issue) => option(issue, issueTitle(issue)))),
      choice("article", "articles", articleOptions()),
      choice("region", "regions", regionOptions()),
      choice("year", "years", yearOptions()),
      choice("status", "checks", [option("differs", "Differs ≠"), option("agrees", "Agrees ✓"), option("none", "Not checked")]),
      el("label", { class: "switch" }, others, "Other numerals"),
      el("button", { type: "button", class: "plain", id: "clear", text: "Clear", onclick: clearFilters }),
      el("span", { class: "quiet", id: "passing" }))));
  noteFilters();
}

/** Take over some choices and draw the view anew. */
function choose(changes) {
  Object.assign(chosen, changes);
  noteFilters();
  redraw();
}

function clearFilters() {
  byId("query").value = "";
  choose({ tables: new Set(), issue: "", article: "", region: "", year: "", status: "", query: "" });
}

function noteFilters() {
  for (const name of RECORDS) byId(`role-${name}`).checked = chosen.tables.has(name);
  for (const name of ["issue", "article", "region", "year", "status"]) {
    const select = byId(`filter-${name}`);
    if (select) {
      select.value = chosen[name];
      select.classList.toggle("set", chosen[name] !== "");
    }
  }
  const passing = records.reduce((sum, record) => sum + passes(record), 0);
  const text = `${COUNT.format(passing)} of ${plural(records.length, "figure")}`;
  byId("passing").textContent = text;
  byId("filter-note").textContent = isFiltered() ? ` · ${text}` : "";
  byId("clear").disabled = !isFiltered() && !chosen.query;
}
