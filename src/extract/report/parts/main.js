// Routes, keys and the first drawing.

let view = "";
let routeShown = "";

const routeOfView = () => routeShown || "#/";

function draw(name, content) {
  const main = byId("main");
  for (const link of document.querySelectorAll(".views a")) {
    if (link.dataset.view === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.body.dataset.view = name;
  byId("contents").hidden = name !== "read";
  byId("filters").hidden = name === "overview" || name === "tables";
  view = name;
  main.replaceChildren(content);
  if (name === "read") drawContents();
  paintTerms(main);
  markOpened();
}

/** The same view again, after the filters changed. */
function redraw() {
  const top = scrollY;
  if (view === "read" && chosen.article && chosen.article !== shownArticle) location.hash = `#/read/${hashOf(chosen.article).slice(1)}`;
  else if (view === "read") draw("read", drawArticle(shownArticle));
  else if (view === "find") draw("find", drawFind());
  else if (view === "charts") draw("charts", drawCharts());
  if (view !== "find") scrollTo(0, top);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function route() {
  const hash = decoded(location.hash.slice(1));
  if (hash === "main") {
    byId("main").focus();
    return;
  }
  const [, name, rest] = /^\/([a-z]*)\/?(.*)$/s.exec(hash) || [];
  if (hash !== "" && name === undefined) openById(hash);
  else if (name === "at") openInPlace(rest);
  else {
    routeShown = location.hash || "#/";
    if (!byId("panel").hidden) closePanel();
    if (name === "read") draw("read", drawArticle(rest || shownArticle || chosen.article || firstArticle()));
    else if (name === "find") draw("find", drawFind());
    else if (name === "tables") draw("tables", drawTables(rest));
    else if (name === "charts") draw("charts", drawCharts());
    else draw("overview", drawOverview());
    noteFilters();
    scrollTo(0, 0);
  }
}

/** The article to begin with: the first with figures. */
const firstArticle = () => readable().find((id) => articleRecords.has(id)) || readable()[0] || null;

function openById(id) {
  const record = recordOf(id);
  if (!view) return openInPlace(id);
  if (record) return openRecord(record, true);
  const row = numeralRow(id);
  if (row >= 0) return openNumeral(row, true);
  return showPanel([panelHead("Not found"), el("p", { class: "problem", text: `There is no record ${id} in these tables.` })], true);
}

function numeralRow(id) {
  for (let row = 0; row < tables.numerals.rows; row += 1) if (numeralId(row) === id) return row;
  return -1;
}

/** A figure in its article, with its record beside it. */
function openInPlace(id) {
  const record = recordOf(id);
  const row = record ? -1 : numeralRow(id);
  const article = record ? record.article : row >= 0 ? tables.numerals.get(row, "article_id") : null;
  if (record || row >= 0) {
    routeShown = `#/read/${hashOf(article || "").slice(1)}`;
    if (view !== "read" || shownArticle !== article) draw("read", drawArticle(article));
    history.replaceState(null, "", hashOf(id));
    if (record) openRecord(record, true);
    else openNumeral(row, true);
    document.querySelector(record ? `main [data-id="${CSS.escape(id)}"]` : `main [data-numeral="${row}"]`)?.scrollIntoView({ block: isNarrow() ? "start" : "center" });
    return;
  }
  if (!view) draw("overview", drawOverview());
  openById(id);
}

/** The next figure that passes the filters: within the article first, then over its end. */
function stepRecord(by) {
  const list = view === "find" ? foundRecords(found) : records.filter((record) => passes(record) && record.sentence >= 0);
  if (!list.length) return say("no figure passes the filters");
  let at = list.findIndex((record) => record.id === opened);
  if (at < 0) {
    const here = view === "read" ? list.findIndex((record) => record.article === shownArticle) : 0;
    at = by > 0 ? here - 1 : Math.max(0, here);
    if (here < 0) at = by > 0 ? -1 : list.length;
  }
  const next = list[at + by];
  if (!next) return say(by > 0 ? "that was the last figure" : "that was the first figure");
  if (view === "read") return openInPlace(next.id);
  history.replaceState(null, "", hashOf(next.id));
  while (view === "find" && !document.querySelector(`main [data-id="${CSS.escape(next.id)}"]`) && !byId("more").hidden) byId("more").click();
  openRecord(next, false);
  return document.querySelector(`main [data-id="${CSS.escape(next.id)}"]`)?.scrollIntoView({ block: isNarrow() ? "start" : "center" });
}

function helpContent() {
  const keys = [["/", "search"], ["j  k", "next, previous figure"], ["Enter", "open the figure in focus"], ["Esc", "close the record, leave the search"], ["↑ ↓", "rows of a table"], ["?", "this note"]];
  return [
    el("h2", { id: "help-title", text: "Keyboard and signs" }),
    el("dl", { class: "keys" }, keys.map(([key, text]) => [el("dt", {}, el("kbd", { text: key })), el("dd", { text: text })])),
    el("ul", { class: "legend" }, RECORDS.map((name) => el("li", { class: `r-${name}` }, el("span", { class: "sample", text: ROLES[name][0] }), " ", zh("span", ROLES[name][1]))),
      el("li", {}, el("span", { class: "num", text: "numeral" }), " without a record: date, ordinal, name …"),
      el("li", {}, el("span", { class: "differs-sign", text: "≠" }), " another printed figure says otherwise")),
    el("p", { class: "quiet", text: `Tables of schema version ${payload.version}. The page holds everything it shows and asks no host for anything.` }),
    el("button", { type: "button", class: "button", text: "Close", onclick: () => byId("help").close() }),
  ];
}

function keyPressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  const typing = event.target.matches("input[type=search], select, textarea");
  if (event.key === "Escape") {
    if (typing) event.target.blur();
    else closePanel();
  } else if (typing) return;
  else if (event.key === "/") {
    event.preventDefault();
    byId("query").focus();
    byId("query").select();
  } else if (event.key === "j" || event.key === "k") stepRecord(event.key === "j" ? 1 : -1);
  else if (event.key === "?") byId("help").showModal();
}

let waiting = 0;

function queryTyped() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    chosen.query = byId("query").value.trim();
    noteFilters();
    if (view === "find") draw("find", drawFind());
    else if (chosen.query) location.hash = "#/find";
  }, 120);
}

function start() {
  byId("brand").replaceChildren(issueRow.size === 1 ? zh("span", tables.issues.get(0, "title") || "Evidence", "isolate") : "Evidence");
  byId("help").replaceChildren(...helpContent());
  byId("help-open").addEventListener("click", () => byId("help").showModal());
  byId("query").addEventListener("input", queryTyped);
  document.addEventListener("keydown", keyPressed);
  // A figure whose record is open already changes no hash; a click on it must still show the record.
  byId("main").addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-id], a[data-numeral]");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    returnTo = mark;
    if (decoded(mark.getAttribute("href")) === decoded(location.hash)) route();
  });
  addEventListener("hashchange", route);
  matchMedia("(min-width: 60rem)").addEventListener("change", redraw);
  drawFilters();
  route();
}

start();
