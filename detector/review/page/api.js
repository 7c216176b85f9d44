// Questions to the review. The token comes behind the # of the address, is taken out of it at once, and is kept for
// this tab only, so that a reload finds it again.

const KEY = "review-token";
const ADDRESSED = /^#[\w-]{20,}$/;

function token() {
  if (ADDRESSED.test(location.hash)) {
    sessionStorage.setItem(KEY, location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(KEY) ?? "";
}

// A newer address (a review begun anew on the same port) opened in this tab changes nothing but the part behind the #.
addEventListener("hashchange", () => {
  if (ADDRESSED.test(location.hash)) location.reload();
});

const TOKEN = token();

export class Fault extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export async function ask(name, body = {}) {
  let response;
  try {
    response = await fetch(`/api/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Review-Token": TOKEN },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Fault("The review does not answer: is it still running in its terminal? Nothing that was saved is lost.", 0);
  }
  const answer = await response.json().catch(() => ({ error: "The answer cannot be read." }));
  if (!response.ok) throw new Fault(answer.error, response.status);
  return answer;
}

// Decisions are sent one after the other, in the order of the keys that were pressed; the first one at once.
let last = null;
export function inTurn(act) {
  const mine = last ? last.then(act) : act();
  const ended = mine.catch(() => {}).then(() => {
    if (last === ended) last = null;
  });
  last = ended;
  return mine;
}
