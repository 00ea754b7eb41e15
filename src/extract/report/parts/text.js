// Sentences with their figures.

/** The sentence as nodes; figures that the filters let through are highlighted, the others stand as plain links. */
function sentenceNodes(row) {
  const text = sentences.get(row, "text") || "";
  const marks = payload.marks[row];
  const nodes = [];
  let done = 0;
  for (let place = 0; place < marks.length; place += 4) {
    const [start, end, table, at] = marks.slice(place, place + 4);
    const name = payload.marked[table];
    if (name === "numerals" && !chosen.others) continue;
    if (start > done) nodes.push(document.createTextNode(text.slice(done, start)));
    nodes.push(name === "numerals" ? numeralNode(at, text.slice(start, end)) : figureNode(name, at, text.slice(start, end)));
    done = end;
  }
  if (done < text.length) nodes.push(document.createTextNode(text.slice(done)));
  return nodes;
}

const hashOf = (id) => `#${encodeURIComponent(id).replaceAll("%3A", ":").replaceAll("%2F", "/")}`;

function figureNode(name, row, text) {
  const record = recordOf(tables[name].get(row, "record_id"));
  const signs = ["fig", `r-${name}`];
  if (!passes(record)) signs.push("off");
  if (record.status === "differs") signs.push("differs");
  if (text.length <= 14) signs.push("whole");
  return el("a", {
    class: signs.join(" "), href: hashOf(record.id), "data-id": record.id,
    title: `${ROLES[name][0]}: ${field(record, "indicator") || "no indicator"}`, text: text,
  });
}

const numeralId = (row) => {
  const cell = (name) => tables.numerals.get(row, name);
  return `${cell("issue_id")}:${cell("char_start")}-${cell("char_end")}`;
};

function numeralNode(row, text) {
  return el("a", {
    class: "num", href: hashOf(numeralId(row)), "data-numeral": row, tabindex: "-1",
    title: `${tables.numerals.get(row, "role")} (no record)`, text: text,
  });
}

/** The sentence with one figure marked, for the panel. */
function quoteNodes(record) {
  const text = record.sentence < 0 ? field(record, "sentence") || "" : sentences.get(record.sentence, "text") || "";
  const marks = record.sentence < 0 ? [] : payload.marks[record.sentence];
  for (let place = 0; place < marks.length; place += 4) {
    const [start, end, table, row] = marks.slice(place, place + 4);
    if (payload.marked[table] === record.name && row === record.row) {
      return [text.slice(0, start), el("mark", { text: text.slice(start, end) }), text.slice(end)];
    }
  }
  const figure = field(record, "figure") || "";
  const at = figure ? text.indexOf(figure) : -1;
  if (at < 0) return [text];
  return [text.slice(0, at), el("mark", { text: figure }), text.slice(at + figure.length)];
}

/** Width and case folded one to one, so that places in the folded text are places in the text. */
function fold(text) {
  const lower = text.toLowerCase();
  const same = lower.length === text.length ? lower : text;
  return same.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, " ");
}

const terms = () => fold(chosen.query).split(/\s+/).filter(Boolean);

/** Colours the search terms below an element, without touching its nodes. */
function paintTerms(root) {
  if (!globalThis.CSS || !CSS.highlights) return;
  CSS.highlights.delete("term");
  const wanted = terms();
  if (!wanted.length) return;
  const ranges = [];
  for (const block of root.querySelectorAll(".s, .result-text")) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = "";
    while (walker.nextNode()) {
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    const folded = fold(text);
    const point = (offset) => {
      const [start, node] = nodes.findLast(([first]) => first <= offset);
      return [node, offset - start];
    };
    for (const term of wanted) {
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
        const range = new Range();
        range.setStart(...point(at));
        range.setEnd(...point(at + term.length));
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set("term", new Highlight(...ranges));
}
