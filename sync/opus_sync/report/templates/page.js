"use strict";
(() => {
  const form = document.querySelector(".filters");
  const count = form.querySelector("output");
  const sections = [...document.querySelectorAll(".rows")];
  const columns = new Map();
  for (const table of document.querySelectorAll(".rows table")) {
    const places = new Map();
    table.querySelectorAll("th[data-column]").forEach((th) => places.set(th.dataset.column, th.cellIndex));
    columns.set(table, places);
  }
  const rows = sections.flatMap((section) =>
    [...section.querySelectorAll("tbody tr")].map((tr) => ({
      tr,
      section,
      places: columns.get(tr.closest("table")),
      board: section.closest(".board").dataset.board,
      kind: section.dataset.kind,
      batch: tr.dataset.batch,
      words: null,
    })),
  );
  // Read when it is first searched: most pages are only looked at.
  const words = (row) =>
    (row.words ??= [...row.tr.cells].map((cell) => cell.textContent).join("\n").toLowerCase());
  const changes = (row, column) => {
    const place = row.places.get(column);
    return place !== undefined && row.tr.cells[place].hasChildNodes();
  };

  const apply = () => {
    const asked = Object.fromEntries(new FormData(form));
    const search = asked.search.trim().toLowerCase();
    const alive = new Set();
    let shown = 0;
    for (const row of rows) {
      const fits =
        (!asked.board || row.board === asked.board) &&
        (!asked.kind || row.kind === asked.kind) &&
        (!asked.batch || row.batch === asked.batch) &&
        (!asked.column || changes(row, asked.column)) &&
        (!search || words(row).includes(search));
      if (row.tr.hidden === fits) row.tr.hidden = !fits;
      if (fits) {
        shown += 1;
        alive.add(row.tr.closest("table")).add(row.section);
      }
    }
    const filtered = shown < rows.length;
    for (const section of sections) {
      section.hidden = filtered && !alive.has(section);
      for (const table of section.querySelectorAll("table")) {
        const box = table.parentElement;
        box.hidden = filtered && !alive.has(table);
        if (box.previousElementSibling.tagName === "H4") box.previousElementSibling.hidden = box.hidden;
      }
    }
    for (const board of document.querySelectorAll(".board")) {
      board.hidden = Boolean(asked.board) && board.dataset.board !== asked.board;
    }
    count.textContent = `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows`;
  };

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = rows.length === 0;
  apply();
})();
