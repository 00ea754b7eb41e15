// The tables, unpacked where they are asked for, and the ways between them.

const payload = JSON.parse(byId("payload").textContent);
const pool = payload.pool;

class Table {
  constructor(name, packed) {
    this.name = name;
    this.purpose = packed.purpose;
    this.rows = packed.rows;
    this.columns = packed.columns;
    this.named = new Map(packed.columns.map((column) => [column.name, column]));
  }

  /** The cell as text, number, boolean, list of texts or null. */
  get(row, name) {
    const column = this.named.get(name);
    if (!column) return null;
    const cell = column.cells[row];
    if (column.type === "text" || column.type === "date") return pool[cell];
    if (column.type === "list") return cell ? cell.map((place) => pool[place]) : [];
    return cell;
  }
}

const tables = Object.fromEntries(Object.entries(payload.tables).map(([name, packed]) => [name, new Table(name, packed)]));
const RECORDS = payload.marked.filter((name) => name !== "numerals");

const ROLES = {
  targets: ["Target", "目标"],
  growth_rates: ["Growth rate", "增速"],
  project_counts: ["Projects", "项目"],
  shares: ["Share", "占比"],
  rankings: ["Ranking", "位次"],
  levels: ["Level", "数值"],
  numerals: ["Other numeral", "其他数字"],
};

const sentences = tables.sentences;
const articles = tables.articles;

/** Rows of a table by the text of one column. */
function group(table, column) {
  const groups = new Map();
  for (let row = 0; row < table.rows; row += 1) {
    const key = table.get(row, column);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  return groups;
}

const sentencesOf = group(sentences, "article_id");
const eventsOf = group(tables.events, "article_id");
const participantsOf = group(tables.event_participants, "event_id");
const articleRow = new Map(Array.from({ length: articles.rows }, (_, row) => [articles.get(row, "article_id"), row]));
const issueRow = new Map(Array.from({ length: tables.issues.rows }, (_, row) => [tables.issues.get(row, "issue_id"), row]));

const checksOf = new Map();
for (let row = 0; row < tables.checks.rows; row += 1) {
  for (const id of tables.checks.get(row, "record_ids")) {
    if (!checksOf.has(id)) checksOf.set(id, []);
    checksOf.get(id).push(row);
  }
}

/** What the checks say of a figure: differs before agrees before none. */
function statusOf(id) {
  const rows = checksOf.get(id) || [];
  if (rows.some((row) => tables.checks.get(row, "status") === "differs")) return "differs";
  return rows.length ? "agrees" : "none";
}

const yearOf = (date) => (date ? Number(date.slice(0, 4)) : null);

function makeRecord(name, row, sentence) {
  const table = tables[name];
  const id = table.get(row, "record_id");
  return {
    name, row, sentence, id,
    issue: table.get(row, "issue_id"),
    article: table.get(row, "article_id"),
    start: table.get(row, "char_start"),
    region: table.get(row, "region"),
    first: yearOf(table.get(row, "period_start")),
    last: yearOf(table.get(row, "period_end")) ?? yearOf(table.get(row, "period_start")),
    status: statusOf(id),
  };
}

/** Every record in the order of the text, those that stand in no sentence after the others of their issue. */
const records = [];
payload.marks.forEach((marks, sentence) => {
  for (let place = 0; place < marks.length; place += 4) {
    const name = payload.marked[marks[place + 2]];
    if (name !== "numerals") records.push(makeRecord(name, marks[place + 3], sentence));
  }
});
for (const [table, row] of payload.unplaced) records.push(makeRecord(payload.marked[table], row, -1));

const recordAt = new Map(records.map((record, place) => [record.id, place]));
const recordOf = (id) => records[recordAt.get(id)];
const field = (record, name) => tables[record.name].get(record.row, name);

const sentenceRecords = new Map();
const articleRecords = new Map();
for (const record of records) {
  if (!sentenceRecords.has(record.sentence)) sentenceRecords.set(record.sentence, []);
  sentenceRecords.get(record.sentence).push(record);
  if (!articleRecords.has(record.article)) articleRecords.set(record.article, []);
  articleRecords.get(record.article).push(record);
}

function articleTitle(id) {
  const row = articleRow.get(id);
  if (row === undefined) return id || "outside the articles";
  return articles.get(row, "title") || `(${articles.get(row, "kind") || "no title"})`;
}

function issueTitle(id) {
  const row = issueRow.get(id);
  const title = row === undefined ? null : tables.issues.get(row, "title");
  if (!title) return id;
  const year = tables.issues.get(row, "year");
  const number = tables.issues.get(row, "number");
  if (number) return `${title} ${year || ""}年第${number}期`;
  return title;
}

/** What is wrong with a table, as elements to stand where its content would. */
function problemsOf(...names) {
  return payload.problems
    .filter((problem) => names.includes(problem.table))
    .map((problem) => el("p", { class: "problem", role: "note", text: problem.message }));
}
