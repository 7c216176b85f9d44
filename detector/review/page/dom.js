// Elements made of data. Strangers' words only ever become text: nothing here parses markup.

export const $ = (id) => document.getElementById(id);

// h("p", {class: "a", onclick: f}, "text", child, [more]); null and false are left out.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else element.setAttribute(name, value);
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Words of a stranger: their own direction, never a direction for what stands around them.
export const bdi = (text, attributes = {}) => h("bdi", { dir: "auto", ...attributes }, visible(text));

// Characters that would hide, or turn around, what is there are shown as their code.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
export const visible = (text) =>
  String(text ?? "").replace(UNSEEN, (mark) => `\u2039U+${mark.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}\u203a`);

const WHOLE = new Intl.NumberFormat("en-GB");
export const number = (value) => WHOLE.format(value);
export const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;
export const share = (value) => (value >= 0.9995 && value < 1 ? "> 0.999" : value.toFixed(3).replace(/0$/, ""));
export const signed = (value) => `${value <= -0.005 ? "\u2212" : "+"}${Math.abs(value).toFixed(2)}`;

export function replace(element, ...children) {
  element.replaceChildren(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
}

let fading;
export function say(text, kind = "") {
  const toast = $("toast");
  toast.textContent = text;
  toast.className = `toast shown ${kind}`;
  clearTimeout(fading);
  fading = setTimeout(() => toast.classList.remove("shown"), kind === "fault" ? 9000 : 4500);
}

export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
