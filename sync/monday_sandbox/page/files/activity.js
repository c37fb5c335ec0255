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

function line(entry, everywhere) {
  const by = element("p", "by", entry.who[0] || "Somebody", everywhere ? "· " + entry.board : "", clock(entry.at));
  const made = element("li", "", avatar(entry.who), by, element("p", "", entry.done + " ", element("b", "", entry.about)));
  if (entry.change) made.append(change(entry.change));
  return made;
}

export class Activity {
  constructor(list) {
    this.list = list;
    this.known = null;
  }

  /** Draw the entries; those that were not there at the last look flash. */
  draw(entries, everywhere) {
    const lines = entries.map((entry) => line(entry, everywhere));
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
