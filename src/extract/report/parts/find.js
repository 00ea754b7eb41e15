// Sentences that hold the searched words or the chosen figures, over all articles, drawn as they come into sight.

const STEP = 60;
let haystacks = null;

/** Per sentence what is searched: its text, and of its figures the indicator, concept, region and period. */
function haystack(row) {
  haystacks ||= new Array(sentences.rows);
  if (haystacks[row] === undefined) {
    const words = (sentenceRecords.get(row) || []).flatMap((record) => ["indicator", "concept", "region", "period_text"].map((name) => field(record, name) || ""));
    haystacks[row] = fold([sentences.get(row, "text") || "", ...words].join("\n"));
  }
  return haystacks[row];
}

function foundSentences() {
  const wanted = terms();
  const filtered = isFiltered();
  const found = [];
  for (let row = 0; row < sentences.rows; row += 1) {
    const inside = sentenceRecords.get(row);
    if ((filtered || !wanted.length) && !(inside && inside.some((record) => passes(record)))) continue;
    if (wanted.length && !wanted.every((term) => haystack(row).includes(term))) continue;
    found.push(row);
  }
  return found;
}

function foundRecords(rows) {
  return rows.flatMap((row) => (sentenceRecords.get(row) || []).filter((record) => passes(record)));
}

let found = [];
let drawn = 0;

function drawFind() {
  found = foundSentences();
  drawn = 0;
  const figures = foundRecords(found);
  const list = el("div", { class: "results", id: "results" });
  const more = el("button", { type: "button", class: "button", id: "more", text: "Show more", onclick: () => drawMore(list, more) });
  const view = el("div", { class: "page find" },
    el("div", { class: "find-head" },
      el("h1", {}, chosen.query ? [`Sentences with `, zh("q", chosen.query)] : "Sentences with figures"),
      el("p", { class: "quiet", id: "found-count", text: `${plural(found.length, "sentence")}, ${plural(figures.length, "figure")}` }),
      el("button", { type: "button", class: "button", id: "export-found", disabled: !figures.length, text: "Figures as CSV", onclick: () => exportRecords(figures) })),
    problemsOf("sentences"), titlesFound(), list, more,
    found.length ? null : el("p", { class: "empty-note", text: "Nothing stands there. Try fewer words, or clear the filters." }));
  drawMore(list, more);
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) drawMore(list, more);
  }, { rootMargin: "600px" }).observe(more);
  say(`${plural(found.length, "sentence")} found`);
  return view;
}

function titlesFound() {
  const wanted = terms();
  if (!wanted.length) return null;
  const rows = Array.from({ length: articles.rows }, (_, row) => row).filter((row) => wanted.every((term) => fold(articles.get(row, "title") || "").includes(term)));
  if (!rows.length) return null;
  return el("section", { class: "titles" }, el("h2", { text: "Articles so named" }), el("ul", {}, rows.map((row) => {
    const id = articles.get(row, "article_id");
    return el("li", {}, el("a", { href: `#/read/${hashOf(id).slice(1)}` }, zh("span", articleTitle(id), "isolate")));
  })));
}

function drawMore(list, more) {
  const rows = found.slice(drawn, drawn + STEP);
  for (const row of rows) {
    const article = sentences.get(row, "article_id");
    let section = list.lastElementChild;
    if (!section || section.dataset.article !== article) {
      section = el("section", { "data-article": article }, el("h2", {}, el("a", { href: `#/read/${hashOf(article).slice(1)}` }, zh("span", articleTitle(article), "isolate")),
        issueRow.size > 1 ? zh("span", issueTitle(sentences.get(row, "issue_id")), "aside") : null));
      list.append(section);
    }
    const path = sentences.get(row, "section");
    section.append(el("div", { class: "result", "data-sentence": row },
      path.length ? zh("p", path.join(" › "), "aside isolate") : null,
      el("p", { class: "result-text zh isolate", lang: "zh-Hans" }, sentenceNodes(row))));
  }
  drawn += rows.length;
  more.hidden = drawn >= found.length;
  paintTerms(list);
  markOpened();
}
