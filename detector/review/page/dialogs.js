// Questions that must be answered before anything is done.

import { $, bdi, count, h, number, replace, save, visible } from "./dom.js";
import { ask } from "./api.js";
import { KEYS } from "./keys.js";

const DECISIONS = [
  ["disavow", "d", "Disavow"],
  ["keep", "k", "Keep"],
  ["ignore", "i", "Ignore"],
  ["later", "l", "Later"],
  [null, "0", "Take back"],
];

// Shows a dialog; resolves when it closes with what `close` was given (undefined: nothing is to be done).
function open(title, build, keys = {}) {
  const dialog = $("dialog");
  return new Promise((resolve) => {
    let answer;
    const close = (value) => {
      answer = value;
      dialog.close();
    };
    replace(dialog, h("h2", { id: "dialog-title" }, title), build(close));
    dialog.onclose = () => resolve(answer);
    dialog.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
      if (!keys[event.key]) return;
      event.preventDefault();
      event.stopPropagation(); // once it is closed the page would take the key for one of its own
      keys[event.key](close);
    };
    dialog.showModal();
    (dialog.querySelector("[autofocus]") ?? dialog).focus(); // the keys of the dialog work at once; Tab leads to its parts
  });
}

const cancel = (close, words = "Cancel") => h("button", { type: "button", class: "quiet", onclick: () => close() }, words);

// Which decision for many at once? The number stands in the question, and in the button.
export function forMany(number_, about, examples) {
  const domains = count(number_, "domain");
  return open(
    `Decide on ${domains} at once`,
    (close) => {
      const note = h("textarea", { rows: 2, maxlength: 2000, dir: "auto", id: "many-note" });
      const choose = (decision) => close({ decision, note: note.value || null }); // nothing written: the notes that stand stay
      return [
        h("p", {}, bdi(about)),
        examples.length ? h("ul", { class: "names" }, examples.map((name) => h("li", {}, bdi(name)))) : null,
        h("div", { class: "field" }, h("label", { for: "many-note" }, "Note (optional)"), note),
        h("p", { class: "muted" }, "One action: undo takes all of it back. Domains that may never be disavowed are left out of a line."),
        h("div", { class: "decisions" }, DECISIONS.map(([decision, key, words]) => h("button", { type: "button", class: `decide ${decision ?? "clear"}`, onclick: () => choose(decision) }, h("kbd", {}, key), `${words} ${number(number_)}`))),
        h("div", { class: "ends" }, cancel(close)),
      ];
    },
    Object.fromEntries(DECISIONS.map(([decision, key]) => [key, (close) => close({ decision, note: $("many-note").value || null })])),
  );
}

export function forNote(domain, old) {
  return open("Note", (close) => {
    const note = h("textarea", { rows: 4, maxlength: 2000, dir: "auto", id: "note", autofocus: true }, old);
    const done = () => close(note.value);
    note.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) done();
    });
    return [
      h("div", { class: "field" }, h("label", { for: "note" }, "On ", bdi(domain)), note),
      h("p", { class: "muted" }, "It is kept with the decision, and stands beside the line in the disavow file."),
      h("div", { class: "ends" }, cancel(close), h("button", { type: "button", class: "primary", onclick: done }, "Save the note")),
    ];
  });
}

export async function whitelist(domain) {
  const { entries } = await ask("whitelists");
  const box = h("div");
  const trouble = h("p", { class: "fault", role: "alert" });
  const unlist = (entry) => ask("unlist", { entry: entry.entry, shared: entry.shared }).then((answer) => draw(answer.entries), (fault) => replace(trouble, fault.message));
  const draw = (list) =>
    replace(
      box,
      list.length
        ? h("ul", { class: "names" }, list.map((entry) => h("li", {}, bdi(entry.entry), h("span", { class: "muted" }, entry.shared ? "all sites" : "this site"), h("button", { type: "button", class: "link", "aria-label": `Remove ${visible(entry.entry)}`, onclick: () => unlist(entry) }, "Remove"))))
        : h("p", { class: "muted" }, "The whitelist is empty."),
    );
  draw(entries);
  return open("Never disavow", (close) => [
    h("p", {}, bdi(domain), " and everything below it will never be written into a disavow file, whatever is decided."),
    h("div", { class: "ends start" },
      h("button", { type: "button", class: "primary", onclick: () => close({ shared: false }) }, "For this site"),
      h("button", { type: "button", onclick: () => close({ shared: true }) }, "For all my sites"),
      cancel(close)),
    h("h3", {}, "On the whitelist"),
    box,
    trouble,
  ]);
}

export function help() {
  const shown = KEYS.filter(([, , words]) => words);
  return open("Keys", (close) => [
    h("dl", { class: "keys" }, shown.map(([key, , words, name]) => h("div", {}, h("dt", {}, h("kbd", {}, name ?? key)), h("dd", {}, words)))),
    h("h3", {}, "What comes first"),
    h("p", {}, "The list begins with what matters most: the harm to expect from leaving it, times uncertainty. With the probability p and L links that may pass credit that is p · log₂(1 + L) · 4p(1 − p)."),
    h("div", { class: "ends" }, cancel(close, "Close")),
  ]);
}

export async function exporting(progress) {
  const open_ = progress.asked - progress.done;
  await open("Export", (close) => {
    const proposals = h("input", { type: "checkbox", id: "proposals", checked: true });
    const result = h("div", { class: "result", "aria-live": "polite" }, h("p", { class: "muted" }, "Making the file…"));
    let newest = 0;
    const make = async () => {
      const mine = (newest += 1);
      const shows = (...parts) => mine === newest && replace(result, ...parts); // the file of the box as it stands, whichever comes last
      shows(h("p", { class: "muted" }, "Making the file…"));
      try {
        shows(told(await ask("export", { proposals: proposals.checked })));
      } catch (fault) {
        shows(h("p", { class: "fault" }, fault.message));
      }
    };
    proposals.addEventListener("change", make);
    make();
    const reported = h("p", { class: "muted told", "aria-live": "polite" });
    return [
      open_ ? h("p", {}, `${count(open_, "domain")} that the audit proposes or doubts ${open_ === 1 ? "is" : "are"} not decided yet.`) : null,
      h("div", { class: "check" }, proposals, h("label", { for: "proposals" }, "Include what the audit proposes and nobody has decided on")),
      result,
      reported,
      h("div", { class: "ends" },
        h("button", { type: "button", class: "quiet", onclick: (event) => report(event.currentTarget, reported) }, "Make the report anew"),
        h("button", { type: "button", class: "quiet", onclick: () => requests(proposals.checked, reported) }, "Removal requests (CSV)"),
        cancel(close, "Close")),
    ];
  });
}

async function report(button, told) {
  button.disabled = true;
  replace(told, "Making the report with what is decided…");
  try {
    const { path } = await ask("report");
    replace(told, "The report now says what is decided: ", bdi(path));
  } catch (fault) {
    replace(told, fault.message);
  }
  button.disabled = false;
}

// What is told while a dialog is open stands in it: the page behind it is dimmed, and closed to screen readers.
async function requests(proposals, told) {
  try {
    const { text } = await ask("requests", { proposals });
    save("removal-requests.csv", "text/csv", text);
    replace(told, "removal-requests.csv was saved: whom to ask for removal, to be filled in as you ask.");
  } catch (fault) {
    replace(told, fault.message);
  }
}

function told(file) {
  const grave = file.findings.filter((finding) => ["error", "danger"].includes(finding.severity));
  const light = file.findings.length - grave.length;
  const facts = [
    `${count(file.lines, "line")}, ${number(file.bytes)} bytes`,
    `${count(file.new_rules, "new rule")}, ${number(file.old_rules)} from the former file`,
    `${count(file.decided, "domain or page", "domains or pages")} by decision, ${number(file.proposed)} by the audit alone`,
    `takes away ${count(file.links, "known link")}, ${number(file.followed_links)} of them followed`,
  ];
  return [
    h("p", { class: file.fit ? "fit" : "fault" }, file.fit ? "Checked: this file is fit to be uploaded." : "Checked: this file is not fit to be uploaded."),
    h("ul", {}, facts.map((fact) => h("li", {}, fact))),
    findings("What the check says", grave.map(sentence)),
    light ? findings("Hints of the check", file.findings.filter((finding) => !grave.includes(finding)).map(sentence), true) : null,
    findings("Held back", file.held_back, true),
    findings("Left out", file.left_out.map((left) => `${left.what}: ${left.why}`), true),
    findings("Warnings", file.warnings, true),
    h("details", {}, h("summary", {}, "The file"), h("pre", { tabindex: "0", "aria-label": "The disavow file" }, visibleLines(file.text))),
    h("button", { type: "button", class: "primary", id: "download", onclick: () => save(file.name, "text/plain", file.text) }, `Download ${file.name}`),
  ];
}

const sentence = (finding) => `Line ${finding.line}: ${finding.message} ${finding.fix}`;
const visibleLines = (text) => text.split("\n").map(visible).join("\n");

function findings(title, lines, folded = false) {
  if (!lines.length) return null;
  const list = h("ul", { class: "findings" }, lines.slice(0, 50).map((line) => h("li", {}, bdi(line))));
  return folded ? h("details", {}, h("summary", {}, `${title} (${number(lines.length)})`), list) : [h("h3", {}, title), list];
}
