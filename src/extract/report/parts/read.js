// The articles, one at a time, as printed: headings, paragraphs, verse, and every figure in its place.

let shownArticle = null;

const hasText = (id) => sentencesOf.has(id) || articleRecords.has(id);
const readable = () => Array.from({ length: articles.rows }, (_, row) => articles.get(row, "article_id")).filter(hasText);

function drawContents() {
  const passing = tally(records.filter((record) => passes(record, "article")).map((record) => record.article));
  const differing = new Set(records.filter((record) => record.status === "differs").map((record) => record.article));
  const link = (row) => {
    const id = articles.get(row, "article_id");
    const count = passing.get(id) || 0;
    return el("li", {}, el("a", { href: `#/read/${hashOf(id).slice(1)}`, "data-article": id, class: hasText(id) ? null : "empty", "aria-current": id === shownArticle ? "page" : null },
      zh("span", articleTitle(id), "isolate"),
      el("span", { class: "tail" }, differing.has(id) ? el("span", { class: "sign", title: "a check differs", text: "≠" }) : null,
        count ? el("span", { class: "count", text: COUNT.format(count) }) : null)));
  };
  const issue = (id) => {
    const rows = Array.from({ length: articles.rows }, (_, row) => row).filter((row) => articles.get(row, "issue_id") === id);
    const list = el("ol", {}, rows.map(link));
    if (issueRow.size < 2) return list;
    const open = rows.some((row) => articles.get(row, "article_id") === shownArticle);
    return el("details", { open: open }, el("summary", {}, zh("span", issueTitle(id))), list);
  };
  byId("contents").replaceChildren(el("details", { class: "fold", open: !isNarrow() }, el("summary", { text: "Articles" }), [...issueRow.keys()].map(issue)));
  const current = byId("contents").querySelector("[aria-current=page]");
  if (current && !isNarrow()) current.scrollIntoView({ block: "nearest" });
}

function drawArticle(id) {
  shownArticle = id;
  const row = articleRow.get(id);
  if (row === undefined) {
    const why = problemsOf("articles");
    return el("div", { class: "page" }, why.length ? why : el("p", { class: "problem", text: id ? `There is no article ${id}.` : "There is no article to read." }));
  }
  const cell = (name) => articles.get(row, name);
  const order = readable();
  const at = order.indexOf(id);
  const beyond = (other, text, rel) => other && el("a", { href: `#/read/${hashOf(other).slice(1)}`, rel: rel }, el("span", { class: "quiet", text: text }), zh("span", articleTitle(other)));
  return el("article", { class: `reading kind-${cell("kind")}`, "data-article": id },
    el("header", { class: "article-head" },
      el("p", { class: "eyebrow" }, zh("span", issueTitle(cell("issue_id"))), cell("column") && [" · ", zh("span", cell("column"))],
        cell("page") !== null ? ` · p. ${cell("page")}` : null, cell("kind") && el("span", { class: "kind", text: cell("kind") })),
      zh("h1", articleTitle(id), "isolate"),
      byline(row),
      cell("occasion") && el("p", { class: "occasion" }, zh("span", cell("occasion")), cell("occasion_date") ? `, ${cell("occasion_date")}` : null)),
    articleBody(id),
    outsideList(id),
    eventList(id),
    credits(row),
    el("nav", { class: "beyond", "aria-label": "Neighbouring articles" }, beyond(order[at - 1], "← before", "prev"), beyond(order[at + 1], "after →", "next")));
}

function byline(row) {
  const names = articles.get(row, "authors");
  if (!names.length) return null;
  return el("p", { class: "byline" }, zh("span", names.join("　")), zh("span", articles.get(row, "author_posts").join("　"), "aside"));
}

function credits(row) {
  const parts = [["校对", articles.get(row, "proofreader")], ["责任编辑", articles.get(row, "editor")]].filter(([, name]) => name);
  return parts.length ? el("p", { class: "credits" }, parts.map(([label, name]) => zh("span", `${label} ${name}`))) : null;
}

const FOLLOWS = 0;
const RUN_IN = 2;
const HEADING = 3;
const CHUNK = 40;

/** Paragraphs gathered into chunks that the browser lays out only when they come near the window. */
function articleBody(id) {
  const rows = sentencesOf.get(id) || [];
  if (!rows.length) {
    const why = problemsOf("sentences");
    return why.length ? why : el("p", { class: "quiet", text: "No running text was read in this piece." });
  }
  const chunks = [];
  let chunk = null;
  let block = null;
  for (const row of rows) {
    const layout = payload.layout[row];
    if (layout !== FOLLOWS || !block) {
      if (!chunk || chunk.childElementCount >= CHUNK) {
        chunk = el("div", { class: "chunk" });
        chunks.push(chunk);
      }
      block = layout >= HEADING ? el(`h${Math.min(6, layout - HEADING + 2)}`, { class: `heading depth-${layout - HEADING}` }) : el("p", {});
      chunk.append(block);
    }
    block.append(el("span", { class: layout === RUN_IN ? "s run-in isolate" : "s isolate", "data-sentence": row }, sentenceNodes(row)));
  }
  return el("div", { class: "body zh", lang: "zh-Hans" }, chunks);
}

/** Figures of the article that stand in no sentence, so that none is left out. */
function outsideList(id) {
  const outside = (articleRecords.get(id) || []).filter((record) => record.sentence < 0);
  if (!outside.length) return null;
  return el("section", { class: "outside" }, el("h2", { text: "Figures outside the running text" }),
    el("ul", {}, outside.map((record) => el("li", {}, figureNode(record.name, record.row, field(record, "figure") || "?"), " ",
      zh("span", field(record, "indicator") || "", "aside"), " ", zh("span", field(record, "sentence") || "", "isolate")))));
}

function eventList(id) {
  const rows = eventsOf.get(id) || [];
  if (!rows.length) return null;
  const cell = (row, name) => tables.events.get(row, name);
  return el("details", { class: "events" }, el("summary", { text: `${plural(rows.length, "event")} read here` }),
    el("ol", {}, rows.map((row) => el("li", {},
      el("p", {}, el("time", { text: cell(row, "date") || "no date" }), " ", zh("strong", cell(row, "title") || ""), " ", el("span", { class: "kind", text: cell(row, "kind") || "" })),
      peopleList(cell(row, "event_id"))))));
}
