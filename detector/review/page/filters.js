// The filters: what is chosen becomes one question.

import { $, count, h, number, replace, visible } from "./dom.js";

const SELECTS = ["state", "kind", "reason", "cluster", "tld", "tool", "topic"];
const STATES = [
  ["", "any"],
  ["undecided", "not decided yet"],
  ["decided", "decided"],
  ["disavow", "disavow"],
  ["keep", "keep"],
  ["ignore", "ignore"],
  ["later", "later"],
  ["changed", "evidence changed since"],
];
const WAIT = 40; // milliseconds after a keystroke

export class Filters {
  constructor(start, onAsk) {
    this.onAsk = onAsk;
    this.start = start;
    replace(
      $("verdicts"),
      start.order.map((verdict) =>
        h(
          "label",
          { class: `chip ${verdict}` },
          h("input", { type: "checkbox", name: "verdict", value: verdict }),
          h("span", {}, verdict),
          h("span", { class: "n" }, number(start.verdicts[verdict] ?? 0)),
        ),
      ),
    );
    replace($("state"), STATES.map(([value, words]) => h("option", { value }, words)));
    for (const id of SELECTS.slice(1)) replace($(id), h("option", { value: "" }, "any"));
    $("new").disabled = !start.last_upload;
    $("new-label").textContent = start.last_upload ? `New since ${start.last_upload}` : "New since the last upload (none is recorded)";
    $("google").disabled = !start.google;
    this.begin();
    $("asking").addEventListener("submit", (event) => event.preventDefault());
    $("asking").addEventListener("reset", () => setTimeout(() => this.onAsk()));
    $("asking").addEventListener("change", () => this.onAsk());
    for (const id of ["search", "anchor"]) $(id).addEventListener("input", () => this.soon());
    $("order").addEventListener("change", () => this.onAsk());
  }

  // What a person looks at first: what is proposed or doubtful, and not decided.
  begin() {
    for (const box of document.querySelectorAll("[name=verdict]")) {
      box.defaultChecked = false;
      box.checked = ["disavow", "review"].includes(box.value);
    }
    $("state").value = "undecided";
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.onAsk(), WAIT);
  }

  offer(offers) {
    const words = {
      reason: (value) => value,
      cluster: (value) => `cluster ${value}`,
      tld: (value) => `.${value}`,
    };
    for (const id of SELECTS.slice(1)) {
      const chosen = $(id).value;
      const say = words[id] ?? ((value) => value);
      $(id).append(...(offers[id] ?? []).map(([value, n]) => h("option", { value, dir: "auto" }, `${visible(say(value))} (${number(n)})`)));
      $(id).value = chosen;
      $(id).disabled = !(offers[id] ?? []).length;
    }
  }

  get asked() {
    clearTimeout(this.waiting);
    const filters = {
      verdicts: [...document.querySelectorAll("[name=verdict]:checked")].map((box) => box.value),
      search: $("search").value,
      order: $("order").value,
      new: $("new").checked && !$("new").disabled,
    };
    for (const id of SELECTS) if ($(id).value) filters[id] = id === "cluster" ? Number($(id).value) : $(id).value;
    if ($("anchor").value) filters.anchor = $("anchor").value;
    if ($("google").value) filters.google = $("google").value === "yes";
    return filters;
  }

  // Sets one filter and asks; all others are cleared.
  only(id, value) {
    $("asking").reset();
    const select = $(id);
    if (![...select.options].some((option) => option.value === String(value))) {
      select.append(h("option", { value }, id === "cluster" ? `cluster ${value}` : visible(value)));
    }
    select.value = value;
  }

  get words() {
    const { asked } = this;
    const parts = [];
    if (asked.verdicts.length) parts.push(`verdict ${asked.verdicts.join(" or ")}`);
    if (asked.state) parts.push(STATES.find(([value]) => value === asked.state)[1]);
    for (const id of SELECTS.slice(1)) if (asked[id] !== undefined) parts.push(`${$(id).labels[0].textContent.toLowerCase()} ${asked[id]}`);
    if (asked.anchor) parts.push(`anchor contains “${asked.anchor}”`);
    if (asked.google !== undefined) parts.push(asked.google ? "known to Google" : "not known to Google");
    if (asked.new) parts.push("new since the last upload");
    if (asked.search.trim()) parts.push(`search “${asked.search.trim()}”`);
    return visible(parts.join(", ")) || "all domains";
  }
}

export const domains = (n) => count(n, "domain");
