"use strict";
// The list of referring domains: search, filters, sorting, pages. Names, anchors and reasons were written by
// strangers, so every one of them is set with textContent; this file has no innerHTML and makes no link.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const PAGE = 200, PRINTED = 500; // rows at a time on the screen, and on paper
  const at = Object.fromEntries(data.columns.map((name, index) => [name, index]));
  const text = (number) => (number === null ? "" : data.texts[number]);
  const byId = (id) => document.getElementById(id);
  const whole = new Intl.NumberFormat("en");
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  // ---- rows ------------------------------------------------------------------------------------------------
  const rows = data.rows.map((cells, index) => {
    const reasons = cells[at.reasons].map(text);
    const row = {
      index, reasons,
      domain: cells[at.domain], unicode: cells[at.unicode] || "",
      verdict: text(cells[at.verdict]), probability: cells[at.probability], kind: text(cells[at.kind]),
      links: cells[at.links], followed: cells[at.followed], first: cells[at.first], last: cells[at.last],
      anchors: cells[at.anchors], tools: cells[at.tools].map(text), rule: cells[at.rule] || "",
      guard: text(cells[at.guard]), unneeded: text(cells[at.unneeded]), url: cells[at.url] || "",
      group: cells[at.cluster], decided: text(cells[at.decided]),
    };
    row.haystack = [row.domain, row.unicode, row.kind, row.rule, row.url, row.guard, row.unneeded,
      ...row.anchors, ...reasons].join("\n").normalize("NFKC").toLowerCase();
    return row;
  });

  const percent = (value) => {
    if (value === null) return "–";
    if (value > 0.99 && value < 1) return "> 99 %";
    if (value > 0 && value < 0.01) return "< 1 %";
    return `${Math.round(value * 100)} %`;
  };
  const orDash = (value) => (value === null || value === "" ? "–" : value);
  const count = (value) => (value === null ? "–" : whole.format(value));
  const title = (word) => word.charAt(0).toUpperCase() + word.slice(1);
  const urgency = (row) => { const rank = data.verdicts.indexOf(row.verdict); return rank < 0 ? 99 : rank; };
  const line = (row) => row.rule || (row.guard ? "never" : row.unneeded ? "unneeded" : "");

  // One entry a column: [key, heading, value to sort by, first direction, what a cell shows]
  const COLUMNS = [
    ["domain", "Referring domain", (row) => row.domain, 1, domainCell],
    ["verdict", "Verdict", urgency, 1, verdictCell],
    ["probability", "Probability", (row) => row.probability, -1, probabilityCell],
    ["kind", "Kind", (row) => row.kind, 1, (row) => plain(orDash(row.kind))],
    ["links", "Links", (row) => row.links, -1, (row) => plain(count(row.links))],
    ["followed", "Followed", (row) => row.followed, -1, (row) => plain(count(row.followed))],
    ["first", "First seen", (row) => row.first, -1, (row) => plain(orDash(row.first))],
    ["last", "Last seen", (row) => row.last, -1, (row) => plain(orDash(row.last))],
    ["anchor", "Example anchor", (row) => row.anchors[0] ?? null, 1, anchorCell],
    ["reasons", "Reasons", (row) => row.reasons[0] ?? null, 1, reasonsCell],
  ];
  const ORDERS = [...COLUMNS, ["line", "Line proposed", line, 1]]; // the line stands below its domain

  // ---- small builders --------------------------------------------------------------------------------------
  function make(tag, className, content) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (content !== undefined && content !== "") element.textContent = content;
    return element;
  }
  function plain(content) { return document.createTextNode(content); }
  function foreign(tag, className, content) { // somebody else's words: any script, any direction
    const element = make(tag, className, content);
    element.dir = "auto";
    return element;
  }
  function icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `#icon-${name}`);
    svg.append(use);
    return svg;
  }
  function badge(verdict) {
    const known = data.verdicts.includes(verdict) ? verdict : "review";
    const element = make("span", `badge ${known}`);
    element.append(icon(known), title(verdict));
    return element;
  }
  function more(number) { return make("span", "more", number > 0 ? ` +${number} more` : ""); }
  function anchorText(anchor) {
    return anchor.trim() === "" ? make("span", "faint", "(no text)") : foreign("bdi", "", anchor);
  }

  // ---- cells -----------------------------------------------------------------------------------------------
  function domainCell(row) {
    const cell = make("div", "who");
    const button = make("button", "expand");
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", `details-${row.index}`);
    button.setAttribute("aria-label", `Details of ${row.domain}`);
    button.dataset.row = row.index;
    button.append(icon("more"));
    const name = make("span", "name");
    name.append(foreign("bdi", "", row.domain));
    if (row.unicode) name.append(foreign("bdi", "own-script", row.unicode));
    name.append(lineBelow(row));
    cell.append(button, name);
    return cell;
  }
  function verdictCell(row) {
    const cell = document.createDocumentFragment();
    cell.append(badge(row.verdict));
    if (row.decided) {
      const mark = make("span", "decided");
      mark.append(icon("person"), "decided");
      cell.append(mark);
    }
    return cell;
  }
  function probabilityCell(row) {
    const cell = make("span", "probability");
    const meter = make("span", `meter ${data.verdicts.includes(row.verdict) ? row.verdict : "review"}`);
    const fill = make("span");
    fill.style.width = `${(row.probability ?? 0) * 100}%`;
    meter.append(fill);
    cell.append(make("span", "", percent(row.probability)), meter);
    return cell;
  }
  function anchorCell(row) {
    const cell = document.createDocumentFragment();
    if (row.anchors.length === 0) return plain("–");
    const first = make("span", "clamp");
    first.append(anchorText(row.anchors[0]));
    cell.append(first, more(row.anchors.length - 1));
    return cell;
  }
  function reasonsCell(row) {
    const cell = document.createDocumentFragment();
    if (row.reasons.length === 0) return plain("–");
    cell.append(foreign("span", "clamp", row.reasons[0]), more(row.reasons.length - 1));
    return cell;
  }
  function lineBelow(row) { // what the disavow file says about the domain
    if (row.rule) return foreign("code", "line", row.rule);
    if (row.guard) return foreign("span", "line", `never disavowed: ${row.guard}`);
    return foreign("span", "line", row.unneeded ? `no line needed: ${row.unneeded}` : "");
  }

  function detailsRow(row) {
    const tr = make("tr", "details");
    tr.id = `details-${row.index}`;
    tr.setAttribute("role", "row");
    const td = make("td");
    td.setAttribute("role", "cell");
    td.colSpan = COLUMNS.length;
    const grid = make("div", "grid");
    const why = make("div");
    why.append(make("h3", "", "Why"));
    const list = make("ol");
    for (const reason of row.reasons) list.append(foreign("li", "", reason));
    why.append(row.reasons.length ? list : make("p", "faint", "No single reason stands out."));
    const facts = make("dl");
    const fact = (name, ...values) => {
      const kept = values.filter((value) => value !== null && value !== "");
      if (kept.length === 0) return;
      facts.append(make("dt", "", name));
      for (const value of kept) {
        const dd = make("dd");
        dd.append(typeof value === "string" ? foreign("bdi", "", value) : value);
        facts.append(dd);
      }
    };
    fact("Decided by a person", row.decided);
    fact("Line proposed", row.rule && foreign("code", "", row.rule));
    fact("Never written because", row.guard);
    fact("No line needed because", row.unneeded);
    fact("Example anchors", ...row.anchors.map(anchorText));
    fact("Example page", row.url && foreign("code", "", row.url));
    fact("Seen by", row.tools.join(", "));
    fact("Group", row.group === null ? "" : String(row.group));
    const about = make("div");
    about.append(facts);
    grid.append(why, about);
    td.append(grid);
    tr.append(td);
    return tr;
  }

  function tableRow(row) {
    const tr = make("tr");
    tr.setAttribute("role", "row");
    COLUMNS.forEach(([key, heading, , , show]) => {
      const cell = make(key === "domain" ? "th" : "td", key);
      cell.setAttribute("role", key === "domain" ? "rowheader" : "cell");
      if (key === "domain") cell.scope = "row";
      cell.dataset.label = heading;
      cell.append(show(row));
      tr.append(cell);
    });
    return tr;
  }

  // ---- state: what is asked for, what is found -------------------------------------------------------------
  const nothing = () => ({ words: [], kind: "", tool: "", group: "", verdicts: new Set(), sort: "", direction: 1, page: 0 });
  const asked = nothing();
  let found = rows;

  function select() {
    found = rows.filter((row) =>
      (asked.verdicts.size === 0 || asked.verdicts.has(row.verdict)) &&
      (asked.kind === "" || row.kind === asked.kind) &&
      (asked.tool === "" || row.tools.includes(asked.tool)) &&
      (asked.group === "" || String(row.group) === asked.group) &&
      asked.words.every((word) => row.haystack.includes(word)));
    const column = ORDERS.find(([key]) => key === asked.sort);
    if (column) {
      const value = column[2];
      found.sort((one, other) => {
        const a = value(one), b = value(other);
        if (a === null || a === "") return b === null || b === "" ? one.index - other.index : 1; // gaps last
        if (b === null || b === "") return -1;
        const order = typeof a === "number" ? a - b : collator.compare(a, b);
        return order * asked.direction || one.index - other.index;
      });
    }
  }

  function draw(size = PAGE) {
    const pages = Math.max(1, Math.ceil(found.length / size));
    const place = Math.min(asked.page, pages - 1);
    if (size === PAGE) asked.page = place; // paper has pages of its own
    const from = (size === PAGE ? place : 0) * size;
    const shown = found.slice(from, from + size);
    const fragment = document.createDocumentFragment();
    for (const row of shown) fragment.append(tableRow(row));
    if (shown.length === 0) fragment.append(emptyRow());
    byId("body").replaceChildren(fragment);
    const column = ORDERS.find(([key]) => key === asked.sort);
    byId("head").querySelectorAll("th").forEach((th) => {
      const active = th.dataset.key === asked.sort;
      th.setAttribute("aria-sort", active ? (asked.direction > 0 ? "ascending" : "descending") : "none");
    });
    byId("sort").value = asked.sort;
    byId("direction").textContent = asked.direction > 0 ? "↑" : "↓";
    setOff(byId("direction"), !column);
    setOff(byId("previous"), place === 0);
    setOff(byId("next"), place >= pages - 1);
    byId("pager").hidden = pages === 1;
    byId("page").textContent = `Page ${whole.format(place + 1)} of ${whole.format(pages)}`;
    const range = shown.length && pages > 1
      ? `; shown here ${whole.format(from + 1)} to ${whole.format(from + shown.length)}` : "";
    byId("status").textContent =
      `${whole.format(found.length)} of ${whole.format(rows.length)} referring domains${range}.`;
  }
  function setOff(button, off) { button.setAttribute("aria-disabled", String(off)); }
  function isOff(button) { return button.getAttribute("aria-disabled") === "true"; }
  function emptyRow() {
    const tr = make("tr", "empty"), td = make("td", "", "No referring domain matches these filters.");
    tr.setAttribute("role", "row");
    td.setAttribute("role", "cell");
    td.colSpan = COLUMNS.length;
    tr.append(td);
    return tr;
  }
  function refresh() { asked.page = 0; select(); draw(); }
  function sortBy(key) {
    const column = ORDERS.find(([name]) => name === key);
    asked.direction = asked.sort === key ? -asked.direction : column ? column[3] : 1;
    asked.sort = key;
    refresh();
  }
  function turn(step) {
    asked.page += step;
    draw();
    byId("status").scrollIntoView({ block: "start" });
  }

  // ---- controls --------------------------------------------------------------------------------------------
  for (const [key, heading] of COLUMNS) {
    const th = make("th", key), button = make("button", "", heading);
    th.scope = "col";
    th.setAttribute("role", "columnheader");
    th.dataset.key = key;
    button.type = "button";
    button.addEventListener("click", () => sortBy(key));
    th.append(button);
    byId("head").append(th);
  }
  for (const [key, heading] of ORDERS) byId("sort").append(new Option(heading, key));
  byId("sort").prepend(new Option("Most harmful first", ""));

  function fill(menu, values) {
    const tally = new Map();
    for (const value of values) if (value) tally.set(value, (tally.get(value) || 0) + 1);
    for (const [value, number] of [...tally].sort((a, b) => b[1] - a[1] || collator.compare(a[0], b[0]))) {
      menu.append(new Option(`${value} (${whole.format(number)})`, value));
    }
  }
  fill(byId("kind"), rows.map((row) => row.kind));
  fill(byId("group"), rows.map((row) => (row.group === null ? "" : String(row.group))));
  fill(byId("tool"), rows.flatMap((row) => [...new Set(row.tools)]));

  for (const verdict of data.verdicts) {
    const label = make("label", `chip ${verdict}`), box = make("input");
    const number = rows.filter((row) => row.verdict === verdict).length;
    box.type = "checkbox";
    box.value = verdict;
    label.append(box, icon(verdict), make("span", "", title(verdict)), make("span", "tally", whole.format(number)));
    byId("verdicts").append(label);
  }

  let waiting = 0;
  byId("search").addEventListener("input", () => {
    cancelAnimationFrame(waiting); // several key strokes in one frame cost one search
    waiting = requestAnimationFrame(() => {
      asked.words = byId("search").value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
      refresh();
    });
  });
  byId("kind").addEventListener("change", (event) => { asked.kind = event.target.value; refresh(); });
  byId("tool").addEventListener("change", (event) => { asked.tool = event.target.value; refresh(); });
  byId("group").addEventListener("change", (event) => { asked.group = event.target.value; refresh(); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.show-group");
    if (!button) return;
    byId("controls").reset();
    byId("group").value = asked.group = button.dataset.group;
    refresh();
    byId("list").focus();
  });
  byId("sort").addEventListener("change", (event) => { asked.sort = ""; sortBy(event.target.value); });
  byId("direction").addEventListener("click", (event) => {
    if (!isOff(event.currentTarget)) sortBy(asked.sort);
  });
  byId("verdicts").addEventListener("change", () => {
    asked.verdicts = new Set([...byId("verdicts").querySelectorAll("input:checked")].map((box) => box.value));
    refresh();
  });
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("controls").addEventListener("reset", () => {
    Object.assign(asked, nothing());
    refresh();
  });
  byId("previous").addEventListener("click", (event) => { if (!isOff(event.currentTarget)) turn(-1); });
  byId("next").addEventListener("click", (event) => { if (!isOff(event.currentTarget)) turn(1); });
  byId("body").addEventListener("click", (event) => {
    const button = event.target.closest("button.expand");
    if (!button) return;
    const tr = button.closest("tr"), open = button.getAttribute("aria-expanded") === "true";
    if (open) tr.nextElementSibling.remove();
    else tr.after(detailsRow(rows[Number(button.dataset.row)]));
    button.setAttribute("aria-expanded", String(!open));
    tr.classList.toggle("open", !open);
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      byId("search").focus();
    }
  });

  // What is folded on the screen is printed, but for the numbers of charts; so is more of the list than one page.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open], .numbers)")];
    for (const part of folded) part.open = true;
    draw(PRINTED);
  });
  addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
    draw();
  });

  document.documentElement.classList.add("live");
  refresh();
})();
