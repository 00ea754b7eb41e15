// Comma-separated values that a spreadsheet reads as text and numbers, never as formulas.

/** A text that a spreadsheet would run gets an apostrophe in front; numbers stay numbers. */
function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  let text = Array.isArray(value) ? value.join("; ") : String(value);
  if (/^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function saveCsv(name, header, rows) {
  const lines = [header, ...rows].map((row) => row.map(csvCell).join(","));
  const blob = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  say(`${plural(rows.length, "row")} written to ${name}`);
}

function exportTable(table, rows) {
  const header = table.columns.map((column) => column.name);
  saveCsv(`${table.name}.csv`, header, rows.map((row) => header.map((name) => table.get(row, name))));
}

/** Figures of several tables: the table's name and the columns that all of them have. */
function exportRecords(wanted) {
  const shared = tables[RECORDS[0]].columns.map((column) => column.name).filter((name) => RECORDS.every((other) => tables[other].named.has(name)));
  saveCsv("figures.csv", ["table", ...shared], wanted.map((record) => [record.name, ...shared.map((name) => field(record, name))]));
}
