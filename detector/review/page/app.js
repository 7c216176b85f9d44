// The page: what is chosen, decided and shown comes together here.

import { $, bdi, count, h, number, replace, say, visible } from "./dom.js";
import { ask, inTurn } from "./api.js";
import { Queue } from "./queue.js";
import { Detail } from "./detail.js";
import { Filters } from "./filters.js";
import * as dialogs from "./dialogs.js";
import { listen } from "./keys.js";

const PAUSE = 200; // milliseconds on a row before its details are asked for
const DONE = { disavow: "Disavowed", keep: "Kept", ignore: "Ignored", later: "Put off" };
let queue, detail, filters, state, waiting;

const fault = (error) => {
  say(error.message, "fault");
  if (error.status === 409) refresh({ keep: true });
};

function follow(next) {
  if (next.seen < state?.seen) return; // a slow answer: a later one has come already
  state = next;
  const { asked, done } = state.progress;
  const meter = $("meter");
  meter.max = Math.max(asked, 1);
  meter.value = done;
  $("progress").textContent = asked ? `${number(done)} of ${number(asked)} decided` : "Nothing needs a decision";
  for (const [id, action] of [["undo", state.undo], ["redo", state.redo]]) {
    $(id).disabled = !action;
    $(id).title = action ? `${id === "undo" ? "Undo" : "Redo"} ${visible(action.title)}` : "";
  }
}

// ---- looking

async function refresh({ keep = false } = {}) {
  const mine = (refresh.newest = (refresh.newest ?? 0) + 1);
  const before = keep ? queue.current?.referring_domain ?? null : null;
  try {
    const answer = await ask("ask", { filters: filters.asked });
    if (mine !== refresh.newest) return;
    follow(answer.state);
    $("found").textContent = answer.total ? count(answer.total, "domain") : "No domain";
    $("all").disabled = !answer.total;
    $("empty").hidden = Boolean(answer.total);
    if (!answer.total) {
      replace($("empty"), h("p", {}, filters.asked.state === "undecided" ? "Nothing is left to decide here." : "No domain fits."), h("button", { type: "button", onclick: () => $("asking").reset() }, "Show all domains"));
      detail.nothing("");
    }
    queue.show(answer, { keep: before });
  } catch (error) {
    fault(error);
  }
}

function select(row, open) {
  const told = detail.opening(row);
  clearTimeout(waiting);
  if (open) show("detail");
  if (told === null && detail.told?.domain !== row.referring_domain) waiting = setTimeout(() => know(row.referring_domain), PAUSE);
}

async function know(domain) {
  try {
    const told = await ask("domain", { domain });
    if (detail.domain !== domain) return;
    if (told.passed) await know(domain); // another window asked meanwhile
    else detail.draw(told);
  } catch (error) {
    if (detail.domain === domain) detail.fault(error.message);
  }
}

// On a narrow screen one of the three panes is in sight.
function show(pane) {
  $("panes").dataset.pane = pane;
  if (pane === "detail" && narrow()) $("detail").focus();
  if (pane === "list") $("queue").focus();
}
const narrow = () => matchMedia("(max-width: 47.99rem)").matches;

// ---- deciding

const current = () => queue.current;

async function decide(decision, { domain = current()?.referring_domain, note = null, step = true } = {}) {
  if (!domain) return;
  const saving = inTurn(async () => {
    const done = await ask("decide", { domain, decision, note, seen: state.seen });
    say(`${decision ? DONE[decision] : "Taken back"}: ${visible(domain)}`, decision ?? "");
    follow(done.state);
    queue.mark((row) => row.referring_domain === domain, decision);
    if (detail.domain === domain) know(domain);
  });
  if (step) queue.move(1);
  await saving.catch(fault);
}

function decidePage(url, decision) {
  const domain = detail.domain;
  return inTurn(async () => {
    const done = await ask("page", { url, domain, decision, seen: state.seen });
    follow(done.state);
    await know(domain);
    say(`${decision ? DONE[decision] : "Taken back"}: the page ${visible(url)}`, decision ?? "");
  }).catch(fault);
}

async function many(asked, number_, about, examples) {
  const chosen = await dialogs.forMany(number_, about, examples);
  $("queue").focus();
  if (chosen === undefined) return;
  await inTurn(async () => {
    const done = await ask("decide", { ...asked, ...chosen, count: number_, seen: state.seen });
    follow(done.state);
    const left = done.left_out ? `; ${count(done.left_out, "domain")} left out, because no line is ever written for ${done.left_out === 1 ? "it" : "them"}` : "";
    say(`${chosen.decision ? DONE[chosen.decision] : "Taken back"}: ${count(done.decided, "domain")}${left}. u undoes all of it.`, chosen.decision ?? "");
    queue.reload().catch(fault);
    if (detail.domain) know(detail.domain);
  }).catch(fault);
}

function cluster() {
  const row = current();
  if (!row?.group) return say("It belongs to no cluster.");
  const alike = detail.told?.domain === row.referring_domain ? detail.told.similar.find((each) => each.by === "cluster") : null;
  const examples = [row.referring_domain, ...(alike?.rows ?? []).map((each) => each.referring_domain)].slice(0, 6);
  return many({ cluster: row.cluster }, row.group, `All of cluster ${row.cluster}, whatever the list shows: domains of one template, wave or network.`, examples);
}

function all() {
  if (!queue.total) return undefined;
  const examples = [...queue.rows].sort(([a], [b]) => a - b).slice(0, 6).map(([, row]) => row.referring_domain);
  return many({ answer: queue.answer }, queue.total, `All of the list: ${filters.words}.`, examples);
}

function turn(what) {
  return inTurn(async () => {
    const action = state[what];
    if (!action) return say(`There is nothing to ${what}.`);
    const done = await ask(what, { expected: action.number });
    say(`${what === "undo" ? "Undone" : "Done again"}: ${visible(action.title)}`);
    follow(done.state);
    queue.reload().catch(fault);
    if (detail.domain) know(detail.domain);
    return undefined;
  }).catch(fault);
}

async function note() {
  const row = current();
  if (!row) return;
  const told = detail.told?.domain === row.referring_domain ? detail.told : null;
  const old = told?.decisions.find((each) => each.subject === row.referring_domain)?.note ?? "";
  const written = await dialogs.forNote(row.referring_domain, old);
  $("queue").focus();
  if (written !== undefined) await decide(row.decision ?? "later", { domain: row.referring_domain, note: written, step: false });
}

async function whitelist() {
  const row = current();
  if (!row) return;
  try {
    const chosen = await dialogs.whitelist(row.referring_domain);
    if (chosen) {
      const kept = await ask("whitelist", { entry: row.referring_domain, shared: chosen.shared });
      say(`Never disavowed: ${visible(kept.entry)}${chosen.shared ? ", on any of your sites" : ""}`);
    }
    await know(row.referring_domain);
  } catch (error) {
    fault(error);
  }
  $("queue").focus();
}

// ---- the page

const actions = {
  disavow: () => decide("disavow"),
  keep: () => decide("keep"),
  ignore: () => decide("ignore"),
  later: () => decide("later"),
  clear: () => decide(null),
  next: () => queue.move(1),
  previous: () => queue.move(-1),
  page: () => queue.move(queue.page),
  pageBack: () => queue.move(-queue.page),
  first: () => queue.select(0),
  last: () => queue.select(queue.total - 1),
  cluster,
  all,
  undo: () => turn("undo"),
  redo: () => turn("redo"),
  note,
  whitelist,
  search: () => {
    show("filters");
    $("search").focus();
  },
  filters: () => {
    show("filters");
    document.querySelector("[name=verdict]").focus();
  },
  detail: () => {
    show("detail");
    $("detail").focus();
  },
  list: () => show("list"),
  refresh: () => refresh({ keep: true }),
  export: async () => {
    await dialogs.exporting(state.progress);
    $("queue").focus();
  },
  help: async () => {
    await dialogs.help();
    $("queue").focus();
  },
};

async function begin() {
  const start = await ask("start");
  document.title = `Review of ${start.own_script ?? start.site}`;
  replace($("site"), visible(start.own_script ?? start.site));
  replace($("audited"), `${count(start.domains, "referring domain")}, audited ${start.audited}. `, bdi(start.headline));
  follow(start.state);
  filters = new Filters(start, () => refresh());
  detail = new Detail({ ...actions, decide: (decision) => decide(decision, { step: false }), decidePage, show: (id, value) => { filters.only(id, value); refresh(); show("list"); }, open: (row) => { filters.only("state", ""); $("search").value = row.referring_domain; refresh(); show("list"); } });
  queue = new Queue(select, fault);
  for (const id of ["undo", "redo", "help", "export", "all"]) $(id).addEventListener("click", () => actions[id]());
  $("show-filters").addEventListener("click", () => show("filters"));
  $("show-list").addEventListener("click", () => show("list"));
  listen(actions, (target) => target === document.body || $("queue").contains(target));
  await refresh();
  show("list");
  document.documentElement.classList.add("ready");
  if (start.carried) say(`${count(start.carried, "decision")} carried over from earlier audits.`);
  filters.offer(await ask("offers"));
}

begin().catch((error) => {
  replace($("panes"), h("div", { class: "stopped", role: "alert" }, h("h2", {}, "The review cannot be shown"), h("p", {}, error.message), h("p", {}, "Open the address that the terminal printed, in full.")));
});
