// Every key, once: what it does, and what the help says.

export const KEYS = [
  ["d", "disavow", "Disavow: a line in the file"],
  ["k", "keep", "Keep: it is fine"],
  ["i", "ignore", "Ignore: spam that needs no line"],
  ["l", "later", "Later: put it off"],
  ["0", "clear", "Take the decision back"],
  ["ArrowDown", "next", "Next domain", "↓ or j"],
  ["j", "next", null],
  ["ArrowUp", "previous", "Previous domain", "↑ or p"],
  ["p", "previous", null],
  ["PageDown", "page", "A page on", "Page Down"],
  ["PageUp", "pageBack", "A page back", "Page Up"],
  ["Home", "first", "First domain", "Home"],
  ["End", "last", "Last domain", "End"],
  ["c", "cluster", "Decide on all of its cluster"],
  ["A", "all", "Decide on all of the list"],
  ["u", "undo", "Undo the last action, whole"],
  ["U", "redo", "Redo it"],
  ["n", "note", "Write a note"],
  ["w", "whitelist", "Never disavow it (whitelist)"],
  ["/", "search", "Search"],
  ["f", "filters", "To the filters"],
  ["Enter", "detail", "To what is known of it", "Enter"],
  ["Escape", "list", "Back to the list", "Esc"],
  ["r", "refresh", "Make the list anew"],
  ["x", "export", "Export the disavow file"],
  ["?", "help", "This help"],
];

const BY_KEY = new Map(KEYS.map(([key, name]) => [key, name]));
const TYPING = "input:not([type=checkbox]), textarea, select";
// These move within what has the focus; elsewhere than in the list they are left to the browser.
const OF_LIST = new Set(["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", "Enter"]);

export function listen(actions, inList) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const typing = event.target.matches?.(TYPING);
    if (typing && event.key !== "Escape") return;
    if (OF_LIST.has(event.key) && !inList(event.target)) return;
    const name = BY_KEY.get(event.key);
    if (!name) return;
    event.preventDefault();
    actions[name](event);
  });
}
