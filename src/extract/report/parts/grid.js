// Every table with all its columns; only the rows in sight are in the document.

const ROW = 34;
const SPARE = 12;
const WIDTHS = { integer: 6.5, number: 8, boolean: 6, date: 7.5, list: 14, text: 10 };
const WIDE = { text: 34, sentence: 34, message: 34, expression: 30, title: 22, indicator: 16, record_id: 18, event_id: 18, article_id: 16, record_ids: 20, section: 20, sha256: 12 };

const grid = { table: null, rows: [], sort: null, falling: false, words: "", current: 0, part: null };

function cellText(table, row, column) {
  const value = table.get(row, column.name);
  if (value === null) return "";
  if (Array.isArray(value)) return value.map((one) => one ?? "–").join("、");
  if (typeof value === "boolean") return value ? "yes" : "no";
  const isYear = column.type === "integer" && /year|number/.test(column.name);
  return typeof value === "number" && !isYear ? printed(value) : String(value);
}

function drawTables(name) {
  const table = tables[name] || tables.targets;
  if (grid.table !== table) Object.assign(grid, { table: table, sort: null, falling: false, words: "", current: 0 });
  const input = el("input", { type: "search", id: "grid-words", placeholder: "Rows with …", value: grid.words, "aria-label": `Rows of ${table.name} with these words`, oninput: () => {
    grid.words = input.value;
    sortRows();
    drawRows(true);
  } });
  const link = (other) => el("a", { href: `#/tables/${other}`, "aria-current": other === table.name ? "page" : null }, other.replaceAll("_", " "), el("span", { class: "count", text: COUNT.format(tables[other].rows) }));
  const view = el("div", { class: "page wide tables" },
    el("nav", { class: "table-list", "aria-label": "Tables" }, Object.keys(tables).map(link)),
    el("div", { class: "grid-head" }, el("h1", { text: table.name }), el("p", { class: "quiet", text: table.purpose }), input,
      el("span", { class: "quiet", id: "grid-count" }),
      el("button", { type: "button", class: "button", id: "export", text: "Export CSV", onclick: () => exportTable(table, grid.rows) })),
    problemsOf(table.name), gridFrame(table, shownColumns(table)));
  sortRows();
  return view;
}

/** Keys and offsets come last on the screen; the export keeps the order of the contract. */
function shownColumns(table) {
  const isKey = (column) => /_id$|^char_|^sentence_/.test(column.name);
  return [...table.columns.filter((column) => !isKey(column)), ...table.columns.filter(isKey)];
}

function gridFrame(table, shown) {
  const widths = shown.map((column) => WIDE[column.name] || WIDTHS[column.type]);
  const columns = el("colgroup", {}, widths.map((width) => {
    const column = el("col");
    column.style.width = `${width}rem`;
    return column;
  }));
  const heads = shown.map((column) => el("th", { scope: "col", "data-column": column.name, class: isNumeric(column) ? "right" : null },
    el("button", { type: "button", title: column.description + (column.unit ? ` (${column.unit})` : ""), onclick: () => sortBy(column.name) }, column.name)));
  const body = el("tbody", {});
  const whole = el("table", { class: "grid", "aria-rowcount": table.rows + 1 }, el("caption", { class: "unseen", text: `${table.name}: ${table.purpose}` }),
    columns, el("thead", {}, el("tr", { "aria-rowindex": 1 }, heads)), body);
  whole.style.width = `${widths.reduce((sum, width) => sum + width, 0)}rem`;
  const frame = el("div", { class: "grid-frame", id: "grid-frame", tabindex: "-1", onscroll: () => drawRows(false), onkeydown: gridKey }, whole);
  body.addEventListener("click", (event) => {
    const line = event.target.closest("tr[data-row]");
    if (line) openLine(Number(line.dataset.place));
  });
  requestAnimationFrame(() => drawRows(true));
  return frame;
}

const isNumeric = (column) => column.type === "integer" || column.type === "number";

function sortRows() {
  const { table, sort, falling } = grid;
  const wanted = fold(grid.words).split(/\s+/).filter(Boolean);
  let rows = Array.from({ length: table.rows }, (_, row) => row);
  if (wanted.length) {
    rows = rows.filter((row) => {
      const line = fold(table.columns.map((column) => cellText(table, row, column)).join("\n"));
      return wanted.every((word) => line.includes(word));
    });
  }
  if (sort) {
    const column = table.named.get(sort);
    const keys = rows.map((row) => (isNumeric(column) || column.type === "boolean" ? table.get(row, sort) : cellText(table, row, column) || null));
    const order = new Intl.Collator("zh-Hans-u-co-pinyin", { numeric: true });
    const compare = typeof keys.find((key) => key !== null) === "string" ? order.compare : (a, b) => a - b;
    // Empty cells stay last in both directions.
    const places = keys.map((_, place) => place).sort((a, b) => {
      if (keys[a] === null || keys[b] === null) return (keys[a] === null) - (keys[b] === null) || a - b;
      return (falling ? -1 : 1) * compare(keys[a], keys[b]) || a - b;
    });
    rows = places.map((place) => rows[place]);
  }
  grid.rows = rows;
  grid.current = 0;
}

function sortBy(name) {
  grid.falling = grid.sort === name && !grid.falling;
  grid.sort = name;
  sortRows();
  drawRows(true);
  say(`sorted by ${name}, ${grid.falling ? "falling" : "rising"}`);
}

function drawRows(anew) {
  const frame = byId("grid-frame");
  if (!frame) return;
  if (anew) {
    grid.part = null;
    byId("grid-count").textContent = plural(grid.rows.length, "row");
    for (const head of frame.querySelectorAll("th")) {
      if (head.dataset.column === grid.sort) head.setAttribute("aria-sort", grid.falling ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }
  const first = Math.max(0, Math.floor(frame.scrollTop / ROW) - SPARE);
  const last = Math.min(grid.rows.length, Math.ceil((frame.scrollTop + frame.clientHeight) / ROW) + SPARE);
  if (grid.part === `${first}-${last}`) return;
  grid.part = `${first}-${last}`;
  const gap = (rows) => {
    const line = el("tr", { class: "gap", "aria-hidden": "true" }, el("td", { colspan: grid.table.columns.length }));
    line.style.height = `${rows * ROW}px`;
    return line;
  };
  const hadFocus = frame.contains(document.activeElement) && document.activeElement.matches("tr");
  frame.querySelector("tbody").replaceChildren(first ? gap(first) : "", ...grid.rows.slice(first, last).map((row, at) => gridLine(row, first + at)),
    last < grid.rows.length ? gap(grid.rows.length - last) : "");
  if (hadFocus) frame.querySelector("tr[tabindex='0']")?.focus({ preventScroll: true });
}

function gridLine(row, place) {
  const { table } = grid;
  const id = table.get(row, "record_id");
  return el("tr", { "data-row": row, "data-place": place, "data-id": RECORDS.includes(table.name) ? id : null, "aria-rowindex": place + 2, tabindex: place === grid.current ? "0" : "-1",
    "aria-current": id && id === opened ? "true" : null, class: table.name === "checks" && table.get(row, "status") === "differs" ? "differs" : null },
    shownColumns(table).map((column) => el("td", { class: isNumeric(column) ? "right" : "isolate", text: cellText(table, row, column).slice(0, 300) })));
}

function openLine(place) {
  grid.current = place;
  drawRowsAt(place);
  returnTo = byId("grid-frame").querySelector(`tr[data-place="${place}"]`);
  const row = grid.rows[place];
  const id = grid.table.get(row, "record_id");
  if (id && recordOf(id) && RECORDS.includes(grid.table.name)) location.hash = hashOf(id);
  else openRow(grid.table, row, true);
}

function drawRowsAt(place) {
  const frame = byId("grid-frame");
  const head = frame.querySelector("thead").offsetHeight;
  const top = place * ROW;
  if (top < frame.scrollTop) frame.scrollTop = top;
  if (top + ROW + head > frame.scrollTop + frame.clientHeight) frame.scrollTop = top + ROW + head - frame.clientHeight;
  grid.part = null;
  drawRows(false);
}

function gridKey(event) {
  const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 15, PageUp: -15 }[event.key];
  if (!event.target.matches("tr")) return;
  if (event.key === "Enter") openLine(grid.current);
  else if (step) {
    grid.current = Math.max(0, Math.min(grid.rows.length - 1, grid.current + step));
    drawRowsAt(grid.current);
    byId("grid-frame").querySelector("tr[tabindex='0']")?.focus({ preventScroll: true });
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
