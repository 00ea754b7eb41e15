// Elements. Text becomes text nodes and nothing else: no string is ever parsed as markup.

const SVG = "http://www.w3.org/2000/svg";

function fillElement(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.append(document.createTextNode(value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

const el = (tag, attributes, ...children) => fillElement(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fillElement(document.createElementNS(SVG, tag), attributes, children);
const byId = (id) => document.getElementById(id);
const zh = (tag, text, name) => el(tag, { lang: "zh-Hans", class: name ? `zh ${name}` : "zh", text: text });

function say(text) {
  byId("said").textContent = text;
}

const isNarrow = () => !matchMedia("(min-width: 60rem)").matches;

const COUNT = new Intl.NumberFormat("en");
const plural = (count, one, many) => `${COUNT.format(count)} ${count === 1 ? one : many || `${one}s`}`;

/** A number as a reader writes it: grouped, at most six decimals. */
function printed(value) {
  if (value === null || value === undefined) return "";
  return new Intl.NumberFormat("en", { maximumFractionDigits: 6 }).format(value);
}
