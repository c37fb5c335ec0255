// The activity list, newest first.

import { flash } from "./board.js";
import { avatar, element } from "./cells.js";

const two = (number) => String(number).padStart(2, "0");

function clock(text) {
  const at = new Date(text);
  const made = element("time", "", [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":"));
  made.dateTime = made.title = text;
  return made;
}

function value(text, className) {
  return text ? element("span", className, text) : element("span", "quiet", "empty");
}

function change([what, before, after]) {
  return element("p", "change", what + ": ", value(before, "was"), " → ", value(after, "is"));
}

/** What was changed; a way to it where it is still there. */
function about(entry, go) {
  if (!entry.where) return element("b", "", entry.about);
  const made = element("button", "go", entry.about);
  made.type = "button";
  made.title = "Show it on the board";
  made.addEventListener("click", () => go(entry.where));
  return made;
}

function line(entry, everywhere, go) {
  const by = element("p", "by", entry.who[0] || "Somebody", everywhere ? "· " + entry.board : "", clock(entry.at));
  const made = element("li", "", avatar(entry.who), by, element("p", "", entry.done + " ", about(entry, go)));
  if (entry.change) made.append(change(entry.change));
  return made;
}

export class Activity {
  /** `go` is called with the place of an entry that a person wants to see. */
  constructor(list, go) {
    this.list = list;
    this.go = go;
    this.known = null;
  }

  /** Draw the entries; those that were not there at the last look flash. */
  draw(entries, everywhere) {
    const lines = entries.map((entry) => line(entry, everywhere, this.go));
    this.list.replaceChildren(...(lines.length ? lines : [element("li", "none", "Nothing has changed yet.")]));
    entries.forEach((entry, at) => {
      if (this.known && !this.known.has(entry.id)) flash(lines[at]);
    });
    this.known = new Set(entries.map((entry) => entry.id));
  }

  /** Take the next entries as known: another list is shown. */
  begin() {
    this.known = null;
  }
}
