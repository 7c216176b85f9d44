// Everything about one domain.

import { $, bdi, count, h, number, replace, share, signed, visible } from "./dom.js";

const SIGNALS_SHOWN = 12;
const TIERS = {
  name: "its name alone",
  metrics: "metrics of the domain alone",
  urls: "the addresses of its pages",
  titles: "its pages and their titles",
  anchors: "its pages and anchors",
  rich: "pages, anchors, titles or outbound links",
};

export class Detail {
  constructor(actions) {
    this.actions = actions;
    this.box = $("detail");
  }

  nothing(text) {
    this.domain = null;
    replace(this.box, h("p", { class: "empty" }, text));
  }

  // What the list knows already; the rest comes a moment later.
  opening(row) {
    const same = this.domain === row.referring_domain;
    this.domain = row.referring_domain;
    if (same && this.told) return this.draw({ ...this.told, row });
    this.told = null;
    replace(this.box, this.head(row, null), h("p", { class: "waiting", role: "status" }, "Reading its links…"));
    this.box.scrollTop = 0;
    return null;
  }

  fault(message) {
    replace(this.box.querySelector(".waiting") ?? this.box, message);
  }

  draw(told) {
    const top = this.told ? this.box.scrollTop : 0;
    this.told = told;
    const sections = [
      this.head(told.row, told),
      notices(told),
      section("Why", reasons(told)),
      section("What would change it", flips(told)),
      section("What each signal says", signals(told)),
      section(linksTitle(told), this.links(told)),
      told.similar.length ? section("Similar domains", this.similar(told)) : null,
      section("What was decided", history(told)),
    ];
    replace(this.box, sections);
    this.box.scrollTop = top;
  }

  head(row, told) {
    const { actions } = this;
    const forbidden = told?.forbidden ?? row.guard;
    const button = (decision, key, words) =>
      h(
        "button",
        {
          type: "button",
          class: `decide ${decision}`,
          "aria-pressed": String(row.decision === decision),
          disabled: decision === "disavow" && Boolean(forbidden),
          onclick: () => actions.decide(row.decision === decision ? null : decision),
        },
        h("kbd", {}, key),
        words,
      );
    return h(
      "header",
      { class: "head" },
      h("button", { type: "button", class: "back quiet narrow", onclick: actions.list }, "‹ Back to the list"),
      h("h2", {}, bdi(row.referring_domain)),
      h(
        "p",
        { class: "summary" },
        h("span", { class: `verdict ${row.verdict}` }, row.verdict),
        h("span", {}, "probability ", h("b", {}, share(row.probability))),
        h("span", {}, bdi(row.kind)),
        h("span", {}, count(row.links, "link"), row.followed_links === null ? "" : `, ${number(row.followed_links)} followed`),
        row.first_seen && h("span", {}, `since ${row.first_seen}`),
        row.tools.length ? h("span", {}, row.tools.map((tool) => (tool === "gsc" ? "known to Google" : visible(tool))).join(", ")) : null,
      ),
      h(
        "div",
        { class: "decisions", role: "group", "aria-label": "Decide on this domain" },
        button("disavow", "d", "Disavow"),
        button("keep", "k", "Keep"),
        button("ignore", "i", "Ignore"),
        button("later", "l", "Later"),
      ),
      h(
        "p",
        { class: "more" },
        row.group && h("button", { type: "button", class: "link", onclick: actions.cluster }, h("kbd", {}, "c"), `All ${number(row.group)} of cluster ${row.cluster}…`),
        row.group && h("button", { type: "button", class: "link", onclick: () => actions.show("cluster", row.cluster) }, "Show them"),
        h("button", { type: "button", class: "link", onclick: actions.note }, h("kbd", {}, "n"), "Note…"),
        h("button", { type: "button", class: "link", onclick: actions.whitelist }, h("kbd", {}, "w"), "Whitelist…"),
      ),
    );
  }

  links(told) {
    if (!told.links.length) return h("p", { class: "muted" }, "No export shows a link of it; it is known from a list of domains.");
    const pages = new Map(told.decisions.filter((each) => each.scope === "url").map((each) => [each.subject, each.decision]));
    return h("ul", { class: "links" }, told.links.map((link) => this.link(link, pages.get(link.source_url) ?? null)));
  }

  link(link, decision) {
    const { actions } = this;
    const gone = link.lost || [404, 410].includes(link.http_status);
    const facts = [link.rel ?? "rel not told", gone && "gone", link.first_seen && `first seen ${link.first_seen}`, link.tools.join(", ")];
    const page = (what, words) =>
      h(
        "button",
        {
          type: "button",
          class: `link ${what}`,
          "aria-pressed": String(decision === what),
          "aria-label": `${words} only this page: ${visible(link.source_url)}`,
          onclick: () => actions.decidePage(link.source_url, decision === what ? null : what),
        },
        words,
      );
    return h(
      "li",
      {},
      h("p", { class: "anchor" }, link.anchor ? h("q", {}, bdi(link.anchor)) : h("span", { class: "muted" }, "no anchor text"), link.source_title && [" on ", h("cite", {}, bdi(link.source_title))]),
      h("p", { class: "url" }, bdi(link.source_url ?? "(page not told)", { dir: "ltr" })),
      h("p", { class: "url to" }, "→ ", bdi(link.target_url ?? "(target not told)", { dir: "ltr" })),
      h("p", { class: "facts" }, visible(facts.filter(Boolean).join(" · ")), link.source_url && h("span", { class: "page" }, "this page: ", page("disavow", "disavow"), page("keep", "keep"))),
    );
  }

  similar(told) {
    const { actions } = this;
    return told.similar.map((alike) =>
      h(
        "div",
        { class: "alike" },
        h("h4", {}, count(alike.count, "other domain"), ` with ${alike.words}`, alike.by === "cluster" ? "" : [": ", bdi(alike.value)]),
        alike.by === "cluster" && told.cluster ? traces(told.cluster) : null,
        h(
          "ul",
          { class: "names" },
          alike.rows.map((row) =>
            h(
              "li",
              {},
              h("button", { type: "button", class: "link", onclick: () => actions.open(row) }, bdi(row.referring_domain)),
              h("span", { class: `verdict ${row.verdict}` }, row.decision ? `decided: ${row.decision}` : row.verdict, " ", share(row.probability)),
            ),
          ),
        ),
      ),
    );
  }
}

const section = (title, ...children) => h("section", { class: "part" }, h("h3", {}, title), children);

function notices(told) {
  const changes = told.decisions.flatMap((each) => each.changes);
  const lines = [
    ...(told.forbidden && !told.held.length ? [`${told.forbidden} No line is ever written.`] : []),
    ...told.held,
    ...(changes.length ? [`Since it was decided: ${changes.join("; ")}.`] : []),
    ...told.notes,
  ];
  return lines.length ? h("div", { class: "notices" }, lines.map((line) => h("p", {}, bdi(line)))) : null;
}

function reasons(told) {
  const rests = h("p", { class: "muted" }, `Judged by ${TIERS[told.tier] ?? told.tier}.`);
  if (!told.reasons.length) return [h("p", { class: "muted" }, "The audit gives no reason."), rests];
  return [h("ol", { class: "reasons" }, told.reasons.map((reason) => h("li", {}, bdi(reason)))), rests];
}

function flips(told) {
  if (told.flips === null) return h("p", { class: "muted" }, told.held.length ? "Nothing in the signals: see above." : "It cannot be told without the model of the audit.");
  if (!told.flips.length) return h("p", { class: "muted" }, "No change of one signal, nor of two, gives another verdict.");
  return h(
    "ul",
    { class: "flips" },
    told.flips.map((flip) =>
      h("li", {}, "It would be ", h("span", { class: `verdict ${flip.verdict}` }, flip.verdict), flip.changes.length > 1 ? " if both were so: " : " if ", bdi(flip.changes.map((change) => change.sentence).join("; and "))),
    ),
  );
}

// Contributions in log odds as bars from a middle line: left against spam, right towards it.
function signals(told) {
  if (!told.taken) return h("p", { class: "muted" }, "Another model made this audit: name its folder with --model.");
  const known = told.taken.contributions.filter((part) => part.value !== null && Math.abs(part.log_odds) >= 0.005);
  const missing = told.taken.contributions.filter((part) => part.value === null);
  const small = told.taken.contributions.length - known.length - missing.length;
  const widest = Math.max(0.25, ...known.map((part) => Math.abs(part.log_odds)));
  const rows = known.map((part) => bar(part, widest));
  const rest = [small && count(small, "signal") + " of little say", missing.length && count(missing.length, "signal") + " not told by the exports"].filter(Boolean);
  return [
    h("p", { class: "legend", "aria-hidden": "true" }, h("span", {}, "‹ against spam"), h("span", {}, "towards spam ›")),
    h("ul", { class: "bars" }, rows.slice(0, SIGNALS_SHOWN)),
    rows.length > SIGNALS_SHOWN ? h("details", {}, h("summary", {}, `${rows.length - SIGNALS_SHOWN} more`), h("ul", { class: "bars" }, rows.slice(SIGNALS_SHOWN))) : null,
    h("p", { class: "muted" }, `In log odds. ${rest.join(", ")}${rest.length ? ". " : ""}Every domain starts at ${signed(told.taken.intercept)}; together ${signed(told.log_odds)}.`),
  ];
}

function bar(part, widest) {
  const fill = h("span", { class: part.log_odds < 0 ? "fill against" : "fill towards" });
  fill.style.width = `${(Math.abs(part.log_odds) / widest) * 50}%`;
  return h(
    "li",
    { title: part.signal },
    h("span", { class: "what" }, bdi(part.said)),
    h("span", { class: "track", "aria-hidden": "true" }, fill),
    h("span", { class: "value" }, signed(part.log_odds)),
  );
}

function linksTitle(told) {
  const shown = told.links.length;
  return shown === told.links_in_all ? count(shown, "link") : `${number(told.links_in_all)} links, the ${shown} earliest`;
}

function traces(cluster) {
  return h(
    "p",
    { class: "muted" },
    `${number(cluster.links)} links${cluster.first_seen ? `, from ${cluster.first_seen} to ${cluster.last_first_seen}` : ""}. They share `,
    cluster.traces.map((trace, index) => [index ? "; " : "", trace.told, " ", h("code", {}, bdi(trace.value)), ` (${number(trace.domains)})`]),
    ".",
  );
}

function history(told) {
  const standing = told.decisions.map((each) =>
    h(
      "li",
      {},
      h("span", { class: `verdict ${each.decision}` }, each.decision),
      each.scope === "url" ? [" ", bdi(each.subject, { dir: "ltr" })] : null,
      ` by ${visible(each.who) || "somebody"} on ${each.when.slice(0, 10)}`,
      each.overrules ? `; the audit said ${each.then.verdict} (${share(each.then.probability)})` : "",
      // A note is shown in one line, as it stands in the file.
      each.note ? [": ", h("q", {}, bdi(each.note.replace(/\s+/g, " ")))] : null,
    ),
  );
  const line = told.listed.map((each) => h("p", { class: "muted" }, `Line ${each.line.line} of the audit’s disavow.txt: `, h("code", {}, bdi(each.line.entry))));
  const journal = told.journal.length > 1
    ? h("details", {}, h("summary", {}, `All ${told.journal.length} actions`), h("ol", { class: "journal" }, told.journal.map((action) => h("li", {}, `${action.when.slice(0, 16).replace("T", " ")} ${action.what} · `, bdi(action.title), ` · ${visible(action.who)}`))))
    : null;
  return [standing.length ? h("ul", { class: "standing" }, standing) : h("p", { class: "muted" }, "Nobody has decided yet."), line, journal];
}

