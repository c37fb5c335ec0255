// The board: what is there already is kept, so that scrolling, folds and focus survive; only what changed is drawn, and flashes.

import { color, drawCell, element } from "./cells.js";

// Border and margin to the left of a table of subitems.
const BELOW_LEFT = 36;

export function flash(made) {
  if (made.classList.contains("flash")) {
    for (const animation of made.getAnimations()) animation.currentTime = 0;
    return;
  }
  made.classList.add("flash");
  made.addEventListener("animationend", () => made.classList.remove("flash"), { once: true });
}

const counted = (count, thing) => count + " " + thing + (count === 1 ? "" : "s");

/** Make the children of `parent` the given ones in this order, moving no more than needed. */
function arrange(parent, wanted) {
  const stay = new Set(wanted);
  for (const child of [...parent.children]) if (!stay.has(child)) child.remove();
  wanted.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
}

/** A table whose rows are kept by id; `context` is what all tables of the board share: today, open items. */
class Table {
  constructor(title, columns, caption, context) {
    this.columns = columns;
    this.context = context;
    this.rows = new Map();
    const widths = element("colgroup", "", element("col", "item"), ...columns.map((column) => {
      const made = element("col", column.draw);
      if (column.width) made.style.width = column.width + "px";
      return made;
    }));
    const head = element("tr", "", heading(title), ...columns.map((column) => heading(column.title, column.type, column.id)));
    this.node = element("table", "", widths, element("thead", "", head));
    this.node.setAttribute("aria-label", caption);
    this.kept = [...this.node.children];
  }

  /** Draw the rows; says whether any is another one than before. */
  update(entries, fresh) {
    const known = this.rows;
    let changed = false;
    this.rows = new Map(entries.map((entry) => [entry.id, known.get(entry.id) ?? new Row(entry, this)]));
    for (const entry of entries) {
      const row = this.rows.get(entry.id);
      changed = row.update(entry, !fresh && known.has(entry.id)) || changed;
      if (!fresh && !known.has(entry.id)) [...row.line.children].forEach(flash);
    }
    arrange(this.node, [...this.kept, ...[...this.rows.values()].map((row) => row.node)]);
    return changed || known.size > this.rows.size;
  }
}

function heading(title, type, id) {
  const made = element("th", "", title);
  made.scope = "col";
  made.title = type ? title + " (" + type + ", " + id + ")" : title;
  return made;
}

/** An item with the subitems below it; they are drawn once they are unfolded. */
class Row {
  constructor(entry, table) {
    this.table = table;
    this.id = entry.id;
    this.cells = [];
    this.text = element("span", "text");
    this.count = element("span");
    this.fold = element("button", "fold", element("span", "turn", "▸"), this.count);
    this.fold.type = "button";
    this.fold.addEventListener("click", () => this.turn());
    this.name = element("th", "", element("span", "name", this.text));
    this.name.scope = "row";
    this.line = element("tr", "", this.name);
    this.node = element("tbody", "", this.line);
  }

  update(entry, marks) {
    const drawn = JSON.stringify(entry);
    if (drawn === this.drawn) return false;
    this.drawn = drawn;
    const before = this.entry;
    this.entry = entry;
    if (entry.name !== before?.name) {
      this.text.textContent = entry.name;
      this.name.title = entry.name + " (" + entry.id + ")";
      if (marks) flash(this.name);
    }
    this.drawCells(entry, marks);
    this.drawBelow(marks, JSON.stringify(before?.subitems));
    return true;
  }

  drawCells(entry, marks) {
    this.table.columns.forEach((column, at) => {
      const value = JSON.stringify(entry.cells[at]);
      if (this.cells[at]?.value === value) return;
      const made = drawCell(column, entry.cells[at], this.table.context.today);
      if (this.cells[at]) this.cells[at].node.replaceWith(made);
      else this.line.append(made);
      this.cells[at] = { value, node: made };
      if (marks) flash(made);
    });
  }

  drawBelow(marks, before) {
    const { subitems = [], name } = this.entry;
    const open = subitems.length > 0 && this.table.context.open.has(this.id);
    if (!subitems.length) this.fold.remove();
    else if (!this.fold.parentNode) this.text.before(this.fold);
    this.count.textContent = subitems.length;
    this.fold.setAttribute("aria-expanded", open);
    this.fold.setAttribute("aria-label", counted(subitems.length, "subitem") + " of " + name);
    this.fold.title = counted(subitems.length, "subitem");
    if (marks && !open && JSON.stringify(subitems) !== before) flash(this.fold);
    if (!open) {
      this.below?.remove();
      this.below = this.inner = null;
      return;
    }
    const fresh = !this.inner;
    if (fresh) {
      this.inner = new Table("Subitem", this.table.context.subcolumns, "Subitems of " + name, this.table.context);
      const wide = element("td", "", this.inner.node);
      wide.colSpan = this.table.columns.length + 1;
      this.below = element("tr", "below", wide);
      this.node.append(this.below);
    }
    this.inner.update(subitems, fresh);
  }

  turn() {
    const { open, measure } = this.table.context;
    if (!open.delete(this.id)) open.add(this.id);
    this.drawBelow(false);
    measure();
  }

  /** Bring the row, or one of its cells, into sight. */
  show(column) {
    const at = this.table.columns.findIndex((one) => one.id === column);
    const wanted = at < 0 ? this.name : this.cells[at].node;
    wanted.scrollIntoView({ block: "center", inline: at < 0 ? "nearest" : "center" });
    flash(wanted);
  }
}

class Group {
  constructor(entry, columns, context, folded) {
    this.folded = folded;
    this.id = entry.id;
    this.title = element("span", "");
    this.count = element("small");
    this.fold = element("button", "", element("span", "turn", "▸"), this.title, this.count);
    this.fold.type = "button";
    this.fold.addEventListener("click", () => this.turn(!this.folded.has(this.id)));
    this.table = new Table("Item", columns, entry.title, context);
    this.cut = element("p", "note");
    this.node = element("section", "group", element("h3", "", this.fold), this.table.node, this.cut);
  }

  update(entry, fresh) {
    this.entry = entry;
    this.title.textContent = entry.title;
    this.table.node.setAttribute("aria-label", entry.title);
    this.count.textContent = counted(entry.count, "item");
    this.node.style.setProperty("--rows", entry.rows.length);
    this.node.style.setProperty("--group", color(entry.color) ?? "#579bfc");
    // What changes may be out of sight: the title shows that something did.
    if (this.table.update(entry.rows, fresh) && !fresh) flash(this.fold);
    this.turn(this.folded.has(this.id));
  }

  turn(closed) {
    if (closed) this.folded.add(this.id);
    else this.folded.delete(this.id);
    this.node.classList.toggle("folded", closed);
    this.fold.setAttribute("aria-expanded", !closed);
    this.table.node.hidden = closed;
    this.cut.hidden = closed || this.entry.rows.length >= this.entry.count;
    this.cut.textContent = "The first " + this.entry.rows.length + " of " + this.entry.count + " are shown.";
  }
}

/** Draws boards into `main`; `controls` stand beside the title. */
export class BoardView {
  constructor(main, controls) {
    this.main = main;
    this.title = element("h2");
    this.description = element("p");
    this.header = element("header", "", element("div", "", this.title, this.description), ...controls);
    this.empty = element("p", "note", "No boards. Load a seed with POST /_sandbox/load.");
    this.groups = new Map();
    this.context = { open: new Set(), measure: () => this.measure() };
    this.folded = new Set();
  }

  draw(board, today) {
    const shape = board && JSON.stringify([board.id, board.columns, board.subcolumns, today.slice(0, 4)]);
    if (!board || shape !== this.shape) this.begin(board);
    this.shape = shape;
    if (!board) return;
    const fresh = !this.groups.size;
    Object.assign(this.context, { today, subcolumns: board.subcolumns });
    document.title = board.name;
    this.title.textContent = board.name;
    this.description.textContent = board.description;
    const known = this.groups;
    const make = (entry) => new Group(entry, board.columns, this.context, this.folded);
    this.groups = new Map(board.groups.map((entry) => [entry.id, known.get(entry.id) ?? make(entry)]));
    for (const entry of board.groups) this.groups.get(entry.id).update(entry, fresh);
    const drawn = [...this.groups.values()];
    arrange(this.main, [this.header, ...drawn.map((group) => group.node)]);
    this.measure();
  }

  /** Bring an item, a subitem or one of its cells into sight. */
  show({ item, parent, column }) {
    const group = [...this.groups.values()].find((one) => one.table.rows.has(parent ?? item));
    if (!group) return;
    group.turn(false);
    const row = group.table.rows.get(parent ?? item);
    if (parent && !row.inner) row.turn();
    (parent ? row.inner.rows.get(item) : row)?.show(column);
  }

  /** Make the groups as wide as their widest table: what is out of sight cannot say so itself. */
  measure() {
    const table = [...this.groups.values()].find((group) => !group.table.node.hidden)?.table.node;
    const below = this.main.querySelector(".below table");
    const wide = Math.max(table?.offsetWidth ?? 0, below ? below.offsetWidth + BELOW_LEFT : 0);
    if (wide) this.main.style.setProperty("--wide", wide + "px");
  }

  /** Forget what is drawn; a board whose columns changed keeps its folds and its place. */
  begin(board) {
    this.groups.clear();
    if (board && board.id === this.id) return;
    this.id = board?.id;
    this.context.open.clear();
    this.folded.clear();
    this.main.replaceChildren(...(board ? [this.header] : [this.empty]));
    this.main.scrollTo(0, 0);
  }
}
