// The first page: what cannot be shown, where the source contradicts itself, what there is.

const MOST_CARDS = 60;

function drawOverview() {
  const differing = Array.from({ length: tables.checks.rows }, (_, row) => row).filter((row) => rankOf(row) === 0);
  const agreeing = tables.checks.rows - differing.length;
  return el("div", { class: "page" },
    payload.problems.length ? el("section", { class: "block", "aria-labelledby": "problems" },
      el("h2", { id: "problems", text: "What could not be shown" }), payload.problems.map((problem) => el("p", { class: "problem", text: problem.message }))) : null,
    overviewHead(),
    el("section", { class: "block", "aria-labelledby": "differing" },
      el("h2", { id: "differing" }, differing.length ? `Where the source contradicts itself ` : "Checks",
        differing.length ? el("span", { class: "count", text: differing.length }) : null),
      differing.length ? el("div", { class: "cards" }, differing.slice(0, MOST_CARDS).map(checkCard)) : null,
      differing.length > MOST_CARDS ? el("p", {}, el("a", { href: "#/tables/checks", text: `All ${COUNT.format(differing.length)} in the table of checks` })) : null,
      el("p", { class: "quiet", text: checksText(differing.length, agreeing) })),
    el("section", { class: "block", "aria-labelledby": "what" }, el("h2", { id: "what", text: "What was read" }), tiles(), ledgerBar()),
    el("section", { class: "block", "aria-labelledby": "issues-title" }, el("h2", { id: "issues-title", text: issueRow.size === 1 ? "The issue" : "The issues" }),
      [...issueRow.keys()].map(issueCard), problemsOf("issues")),
    rejectList());
}

function overviewHead() {
  const first = issueRow.size ? issueTitle([...issueRow.keys()][0]) : "No issue";
  return el("div", { class: "hero" },
    issueRow.size === 1 ? zh("h1", first) : el("h1", { text: plural(issueRow.size, "issue") }),
    el("p", { class: "quiet", text: `${plural(records.length, "figure")} in ${plural(articles.rows, "article")}, each traced to its place in the source.` }));
}

function checksText(differing, agreeing) {
  if (!differing && !agreeing) {
    return payload.problems.some((problem) => problem.table === "checks")
      ? "The checks could not be read, so nothing is said of contradictions." : "No printed figure could be computed from others here.";
  }
  const rest = agreeing ? `${plural(agreeing, "other figure")} computed from printed figures ${agreeing === 1 ? "agrees" : "agree"} with print.` : "";
  return differing ? rest : `${plural(agreeing, "figure")} computed from other printed figures ${agreeing === 1 ? "agrees" : "agree"} with print; none differs.`;
}

function tiles() {
  const tile = (name) => el("li", {}, problemsOf(name).length && !tables[name].rows
    ? el("span", { class: "tile missing" }, el("span", { class: "big", text: "–" }), el("span", { text: ROLES[name][0] }), el("span", { class: "quiet", text: "not readable" }))
    : el("a", { class: `tile r-${name}`, href: "#/find", onclick: () => Object.assign(chosen, { tables: new Set([name]) }) },
      el("span", { class: "big", text: COUNT.format(tables[name].rows) }),
      el("span", {}, el("span", { class: "sample", text: ROLES[name][0] })), zh("span", ROLES[name][1], "gloss")));
  const plainTile = (name, label, gloss) => el("li", {}, el("a", { class: "tile", href: `#/tables/${name}` },
    el("span", { class: "big", text: COUNT.format(tables[name].rows) }), el("span", { text: label }), zh("span", gloss, "gloss")));
  return el("ul", { class: "tiles" }, RECORDS.map(tile), plainTile("events", "Events", "活动"), plainTile("people", "People", "人物"));
}

/** Every numeral and its role in one line, so that nothing left out stays unseen. */
function ledgerBar() {
  const total = tables.numerals.rows;
  if (!total) return problemsOf("numerals");
  const roles = [...tally(Array.from({ length: total }, (_, row) => tables.numerals.get(row, "role")))].sort((a, b) => b[1] - a[1]);
  const tableOf = { target: "targets", growth_rate: "growth_rates", project_count: "project_counts", share: "shares", ranking: "rankings", level: "levels" };
  let at = 0;
  const parts = roles.map(([role, count]) => {
    const width = (count / total) * 1000;
    const part = svg("rect", { x: at, y: 0, width: Math.max(0, width - 2), height: 14, rx: 2, class: `bar-part r-${tableOf[role] || "numerals"}` },
      svg("title", { text: `${role}: ${count}` }));
    at += width;
    return part;
  });
  return el("figure", { class: "ledger" },
    svg("svg", { viewBox: "0 0 1000 14", preserveAspectRatio: "none", role: "img", "aria-label": `Roles of ${total} numerals` }, parts),
    el("figcaption", { class: "quiet" }, `The ledger holds ${plural(total, "numeral")}, each with one role: `,
      roles.map(([role, count], place) => `${place ? ", " : ""}${role} ${COUNT.format(count)}`).join(""), ". ",
      el("a", { href: "#/tables/numerals", text: "See all" })));
}

function issueCard(issue) {
  const row = issueRow.get(issue);
  const cell = (name) => tables.issues.get(row, name);
  const first = Array.from({ length: articles.rows }, (_, at) => at).find((at) => articles.get(at, "issue_id") === issue && sentencesOf.has(articles.get(at, "article_id")));
  return el("article", { class: "issue" },
    el("h3", {}, first === undefined ? zh("span", issueTitle(issue)) : el("a", { href: `#/read/${hashOf(articles.get(first, "article_id")).slice(1)}` }, zh("span", issueTitle(issue)))),
    el("dl", { class: "facts" },
      pair("Organiser", cell("organiser") && zh("span", cell("organiser"))), pair("Place", cell("place") && zh("span", cell("place"))),
      pair("Date", cell("issue_date")), pair("Permit", cell("permit") && zh("span", cell("permit"))),
      pair("Length", `${printed(cell("char_count"))} characters, ${cell("encoding") || "encoding unknown"}`), pair("File", el("code", { text: issue }))),
    cell("notes").length ? el("details", {}, el("summary", { text: plural(cell("notes").length, "note") }), el("ul", { class: "notes" }, cell("notes").map((note) => el("li", { class: "isolate", text: note })))) : null);
}

function rejectList() {
  const rejects = tables.rejects;
  if (!rejects.rows) return null;
  const lines = Array.from({ length: rejects.rows }, (_, row) => el("li", {}, el("code", { text: rejects.get(row, "path") || rejects.get(row, "issue_id") || "" }), " ",
    el("span", { class: "isolate", text: rejects.get(row, "message") || "" })));
  return el("section", { class: "block" }, el("h2", {}, "Not written ", el("span", { class: "count", text: rejects.rows })), el("ul", { class: "notes" }, lines));
}
