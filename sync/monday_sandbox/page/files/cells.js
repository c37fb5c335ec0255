// How each cell is drawn. Every text goes in as textContent: titles and values are data, never markup.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const FACES = 3;

export function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content.map((part) => part ?? ""));
  return made;
}

/** A colour that a seed or a setting gave, null for anything else. */
export function color(text) {
  return /^#([0-9a-f]{3}){1,2}$/i.test(text ?? "") ? text : null;
}

/** Black or white, whichever is easier to read on a colour. */
function ink(hex) {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  const [r, g, b] = [1, 3, 5].map((at) => {
    const level = parseInt(full.slice(at, at + 2), 16) / 255;
    return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.19 ? "#000" : "#fff";
}

function paint(made, hex) {
  if (color(hex)) {
    made.style.backgroundColor = hex;
    made.style.color = ink(hex);
  }
  return made;
}

/** `Dec 1`, with the year if it is another one, and with the time if there is one. */
function day(text, today) {
  const [date, time] = text.split(" ");
  const [year, month, number] = date.split("-");
  const shown = MONTHS[month - 1] + " " + Number(number) + (year === today.slice(0, 4) ? "" : ", " + year);
  return time ? shown + ", " + time.slice(0, 5) : shown;
}

export function avatar([name, kind, id]) {
  const words = (name || "?").trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...word][0] ?? "").join("");
  const hue = [...String(id)].reduce((sum, digit) => sum * 7 + digit.charCodeAt(0), 0) % 8;
  const made = element("span", "avatar hue" + hue + (kind === "team" ? " team" : ""), letters.toUpperCase());
  made.title = name || "somebody who left";
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", made.title);
  return made;
}

function label(cell, [text, hex]) {
  return plain(paint(cell, hex), text);
}

function chips(cell, values) {
  cell.append(...values.map(([text, hex]) => paint(element("span", "chip", text), hex)));
  return values.map(([text]) => text).join(", ");
}

function people(cell, values) {
  cell.append(...values.slice(0, FACES).map(avatar));
  if (values.length > FACES) cell.append(element("span", "avatar", "+" + (values.length - FACES)));
  return values.map(([name]) => name).join(", ");
}

function span(cell, [from, to], today) {
  const [start, end, now] = [from, to, today].map((text) => Date.parse(text));
  const bar = element("span", "bar", day(from, today) + (from === to ? "" : " – " + day(to, today)));
  const done = (now - start) / (end - start + 86400000);
  bar.style.setProperty("--done", Math.round(100 * Math.min(1, Math.max(0, done))) + "%");
  cell.append(bar);
  return from + " – " + to;
}

function stars(cell, [count, top]) {
  cell.append("★".repeat(count), element("span", "rest", "★".repeat(Math.max(0, top - count))));
  return count + " of " + top;
}

function link(cell, [url, text]) {
  if (!/^https?:\/\//i.test(url)) return plain(cell, text);
  const made = element("a", "", text);
  Object.assign(made, { href: url, target: "_blank", rel: "noopener noreferrer" });
  cell.append(made);
  return url;
}

function swatch(cell, hex) {
  cell.append(paint(element("span", "swatch"), hex));
  return hex;
}

function plain(cell, text) {
  cell.append(text);
  return text;
}

const DRAWINGS = {
  label, chips, people, span, stars, link,
  color: swatch,
  text: plain,
  number: plain,
  check: (cell) => (cell.append("✓"), "checked"),
  date: (cell, text, today) => (cell.append(day(text, today)), text),
};

/** One cell of a row; `value` null is an empty one. */
export function drawCell(column, value, today) {
  const cell = element("td", column.draw);
  if (value !== null) cell.title = DRAWINGS[column.draw](cell, value, today);
  return cell;
}
