// Asks what is new and has it drawn: often while things change, seldom while nothing does, never while nobody looks.

import { Activity } from "./activity.js";
import { BoardView, flash } from "./board.js";
import { element } from "./cells.js";

const BUSY_MS = 1000;
const IDLE_MS = 2000;
// For so long after a change the next one is expected soon.
const CALM_AFTER_MS = 30000;
// A board that takes long to fetch and draw is looked at less often: a fifth of the time goes into it.
const SHARE = 4;
const LONGEST_MS = 8000;

const find = (id) => document.getElementById(id);
const panel = find("activity");
const opener = element("button", "", "Activity");
opener.type = "button";
opener.setAttribute("aria-controls", "activity");
const view = new BoardView(find("board"), [opener]);
const activity = new Activity(panel.querySelector("ol"), go);
const narrow = matchMedia("(max-width: 1100px)");
const counts = new Map();
let drawn = null;
let changedAt = -Infinity;
let timer = 0;
let looking = false;
let again = false;
let wanted = null;

const asked = () => location.hash.replace(/\D/g, "");

async function get(path, parameters = {}) {
  const answer = await fetch(path + "?" + new URLSearchParams(parameters));
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function drawBoards(data) {
  find("account").textContent = data.account;
  find("boards").replaceChildren(...data.boards.map((board) => {
    const count = element("small", "", board.items);
    const link = element("a", "", element("span", "", board.name), count);
    link.href = "#" + board.id;
    link.title = board.name + " (" + board.id + ")";
    if (board.id === data.board?.id) link.setAttribute("aria-current", "page");
    if (counts.has(board.id) && counts.get(board.id) !== board.items) flash(count);
    counts.set(board.id, board.items);
    return element("li", "", link);
  }));
}

function drawUsed({ requests, points, calls }) {
  const part = ([used, limit]) => used.toLocaleString("en") + " of " + limit.toLocaleString("en");
  find("used").textContent = "This minute: " + part(requests) + " requests, " + part(points) + " points · today: " + part(calls) + " calls";
}

/** Fetch and draw what is new; says whether anything was. */
async function look() {
  const now = await get("/_page/now");
  drawUsed(now);
  const everywhere = find("all-boards").checked;
  const choice = [asked(), everywhere, panel.hidden].join();
  if (drawn?.version === now.version && drawn.choice === choice) return false;
  const data = await get("/_page/boards", { board: asked() });
  const entries = panel.hidden ? null : await get("/_page/activity", everywhere ? {} : { board: data.board?.id ?? "" });
  if (drawn?.choice !== choice) activity.begin();
  drawBoards(data);
  view.draw(data.board, data.today);
  if (entries) activity.draw(entries, everywhere);
  const changed = drawn !== null && drawn.version !== data.version;
  drawn = { version: data.version, choice, board: data.board?.id };
  if (wanted && wanted.board === drawn.board) {
    view.show(wanted);
    wanted = null;
  }
  return changed;
}

async function refresh() {
  clearTimeout(timer);
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  const began = performance.now();
  try {
    if (await look()) changedAt = performance.now();
    find("gone").hidden = true;
  } catch (error) {
    find("gone").hidden = false;
    console.warn(error);
  }
  looking = false;
  const took = Math.min(SHARE * (performance.now() - began), LONGEST_MS);
  const pause = again ? 0 : Math.max(began - changedAt < CALM_AFTER_MS ? BUSY_MS : IDLE_MS, took);
  again = false;
  if (!document.hidden) timer = setTimeout(refresh, pause);
}

/** Show where something changed, on another board if need be. */
function go(where) {
  if (narrow.matches) showPanel(false);
  if (where.board === drawn.board) {
    view.show(where);
    return;
  }
  wanted = where;
  location.hash = where.board;
}

function showPanel(open) {
  panel.hidden = !open;
  opener.hidden = open;
  opener.setAttribute("aria-expanded", open);
}

opener.addEventListener("click", () => { showPanel(true); find("activity-close").focus(); refresh(); });
find("activity-close").addEventListener("click", () => { showPanel(false); opener.focus(); });
find("all-boards").addEventListener("change", refresh);
addEventListener("hashchange", refresh);
addEventListener("keydown", (event) => { if (event.key === "Escape" && narrow.matches) showPanel(false); });
document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : refresh()));
find("api").textContent = location.origin + "/v2";
showPanel(!narrow.matches);
refresh();
