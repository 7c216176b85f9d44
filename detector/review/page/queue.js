// The list: of however many domains, only those in sight are asked for and drawn.

import { $, bdi, h, number, share } from "./dom.js";
import { ask } from "./api.js";

const HEIGHT = 56; // of a row, in pixels; the style says the same
const CHUNK = 100; // rows asked for at once
const MARGIN = 8; // rows drawn beyond the edges

export class Queue {
  constructor(onSelect, onFault) {
    this.box = $("queue");
    this.space = h("div", { class: "space", role: "presentation" });
    this.box.append(this.space);
    this.onSelect = onSelect;
    this.onFault = onFault;
    this.drawn = new Map();
    this.show({ answer: 0, total: 0, rows: [] });
    this.box.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(this.box);
    this.box.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.select(Number(row.dataset.index), { open: true });
    });
  }

  show(answer, { keep = null } = {}) {
    this.answer = answer.answer;
    this.total = answer.total;
    this.rows = new Map(answer.rows.map((row, index) => [index, row]));
    this.asked = new Set(answer.rows.length ? [...Array(Math.ceil(answer.rows.length / CHUNK)).keys()] : []);
    this.space.style.height = `${this.total * HEIGHT}px`;
    this.clear();
    const at = keep === null ? 0 : Math.max(0, answer.rows.findIndex((row) => row.referring_domain === keep));
    this.selected = -1;
    this.box.scrollTop = 0;
    if (this.total) this.select(at);
    else this.box.removeAttribute("aria-activedescendant");
    this.draw();
  }

  clear() {
    this.space.replaceChildren();
    this.drawn.clear();
  }

  get current() {
    return this.rows.get(this.selected) ?? null;
  }

  select(index, { open = false } = {}) {
    if (!this.total) return;
    this.selected = Math.min(Math.max(index, 0), this.total - 1);
    const top = this.selected * HEIGHT;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    if (top + HEIGHT > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = top + HEIGHT - this.box.clientHeight;
    this.draw();
    this.told(open);
  }

  // The details follow the selection as soon as its row is known.
  told(open) {
    if (this.current) this.onSelect(this.current, open);
    else this.pending = open;
  }

  move(by) {
    this.select(this.selected + by);
  }

  get page() {
    return Math.max(1, Math.floor(this.box.clientHeight / HEIGHT) - 1);
  }

  // What was decided is shown where it was decided: the list keeps its order until it is made anew.
  mark(test, decision) {
    for (const [index, row] of this.rows) {
      if (!test(row)) continue;
      row.decision = decision;
      row.changed = false;
      this.redraw(index);
    }
  }

  async reload() {
    this.rows.clear();
    this.asked.clear();
    await this.fetch();
    for (const index of [...this.drawn.keys()]) this.redraw(index);
    if (this.current) this.onSelect(this.current, false);
  }

  inSight() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / HEIGHT) - MARGIN);
    const last = Math.min(this.total - 1, Math.ceil((this.box.scrollTop + this.box.clientHeight) / HEIGHT) + MARGIN);
    return [first, last];
  }

  draw() {
    const [first, last] = this.inSight();
    for (const [index, element] of this.drawn) {
      if (index < first || index > last) {
        element.remove();
        this.drawn.delete(index);
      }
    }
    for (let index = first; index <= last; index += 1) {
      if (!this.drawn.has(index)) this.place(index);
      else this.mayBeSelected(index, this.drawn.get(index));
    }
    this.fetch();
  }

  place(index) {
    const element = this.element(index);
    const after = [...this.drawn].filter(([other]) => other > index).sort(([a], [b]) => a - b)[0];
    this.space.insertBefore(element, after ? after[1] : null);
    this.drawn.set(index, element);
  }

  redraw(index) {
    const old = this.drawn.get(index);
    if (!old) return;
    const element = this.element(index);
    old.replaceWith(element);
    this.drawn.set(index, element);
  }

  mayBeSelected(index, element) {
    const selected = index === this.selected;
    element.setAttribute("aria-selected", selected);
    if (selected) this.box.setAttribute("aria-activedescendant", element.id);
  }

  element(index) {
    const row = this.rows.get(index);
    const element = h(
      "div",
      { role: "option", id: `row-${index}`, class: "row", "data-index": index, "aria-posinset": index + 1, "aria-setsize": this.total },
      row ? contents(row) : h("span", { class: "waiting" }, "…"),
    );
    element.style.transform = `translateY(${index * HEIGHT}px)`;
    this.mayBeSelected(index, element);
    return element;
  }

  async fetch() {
    const [first, last] = this.inSight();
    const answer = this.answer;
    for (let chunk = Math.floor(first / CHUNK); chunk <= Math.floor(last / CHUNK) && this.total; chunk += 1) {
      if (this.asked.has(chunk)) continue;
      this.asked.add(chunk);
      try {
        const { rows } = await ask("rows", { answer, from: chunk * CHUNK, count: CHUNK });
        if (answer !== this.answer) return;
        rows.forEach((row, offset) => {
          this.rows.set(chunk * CHUNK + offset, row);
          this.redraw(chunk * CHUNK + offset);
        });
        if (this.pending !== undefined && this.current) {
          const open = this.pending;
          delete this.pending;
          this.onSelect(this.current, open);
        }
      } catch (fault) {
        this.asked.delete(chunk);
        this.onFault(fault);
        return;
      }
    }
  }
}

export const DECISION_WORDS = { disavow: "disavow", keep: "keep", ignore: "ignore", later: "later" };

function contents(row) {
  const held = row.guard ? "never disavowed" : row.no_line_needed ? "no line needed" : null;
  return [
    h("span", { class: `mark ${row.decision ?? "open"}`, "aria-hidden": "true" }, row.decision ? row.decision[0].toUpperCase() : ""),
    h(
      "span",
      { class: "who" },
      h("span", { class: "name" }, bdi(row.referring_domain)),
      h(
        "span",
        { class: "why" },
        row.decision && h("span", { class: "unseen" }, `decided: ${row.decision}. `),
        row.changed && h("span", { class: "changed" }, "evidence changed"),
        held && h("span", { class: "held" }, held),
        h("span", { class: "kind" }, bdi(row.kind)),
        row.reasons && bdi(row.reasons),
      ),
    ),
    h(
      "span",
      { class: "numbers" },
      h("span", { class: `verdict ${row.verdict}` }, row.verdict, " ", h("b", {}, share(row.probability))),
      h("span", { class: "links" }, `${number(row.links)} ${row.links === 1 ? "link" : "links"}`, row.group ? ` · 1 of ${number(row.group)}` : ""),
    ),
  ];
}
