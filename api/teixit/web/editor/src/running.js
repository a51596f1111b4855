/** Asking the query of the form, and showing the answer on the page that is open. */

/** What a server says of an address that it does not read to the end (RFC 9110, 15.5.15). */
const TOO_LONG = new Set([413, 414, 431]);

/** The query of the address that is shown. */
let shown = location.search;

/**
 * @typedef {{
 *   form: HTMLFormElement,
 *   cancel: HTMLButtonElement,
 *   say: (text: string) => void,
 *   texts: Record<string, string>,
 *   done: (query: string) => void,
 * }} Bench
 */

/**
 * Give the address that asks what the form has.
 *
 * @param {HTMLFormElement} form
 * @returns {string}
 */
export function addressOf(form) {
  return `${form.action}?${new URLSearchParams(new FormData(form))}`;
}

/**
 * Ask by the form's button, without leaving the page; the button beside it stops it.
 *
 * @param {Bench} bench
 */
export function running({ form, cancel, say, texts, done }) {
  /** @type {AbortController | null} */
  let asked = null;

  async function run() {
    asked?.abort();
    const mine = (asked = new AbortController());
    const begun = performance.now();
    const query = String(new FormData(form).get("query"));
    cancel.hidden = false;
    say(texts.asking);
    try {
      await show(addressOf(form), mine.signal, texts);
      say(document.querySelector("#answer [role=status]")?.textContent.trim() ?? "");
      done(query);
    } catch (error) {
      if (mine !== asked) return;
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      say(error.name === "AbortError" ? texts.stopped.replace("{seconds}", seconds) : error.message);
    }
    if (mine === asked) cancel.hidden = true;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  // To leave off is to hang up: the server frees the worker when nobody listens any more.
  cancel.addEventListener("click", () => asked?.abort());
  addEventListener("popstate", () => {
    // To a place on this page, nothing has to be asked for.
    if (location.search !== shown) location.reload();
  });
}

/**
 * @param {string} address
 * @param {AbortSignal} signal
 * @param {Record<string, string>} texts
 */
async function asking(address, signal, texts) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, signal }).catch((error) => {
    throw error.name === "AbortError" ? error : new Error(texts.failed);
  });
  if (TOO_LONG.has(answer.status)) throw new Error(texts.tooLong);
  return answer;
}

/**
 * Take out of the page at an address what is new: the answer, its title, where it is in other
 * languages.
 *
 * @param {string} address
 * @param {AbortSignal} signal
 * @param {Record<string, string>} texts
 */
async function show(address, signal, texts) {
  const answer = await asking(address, signal, texts);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("answer");
  if (!found) throw new Error(texts.failed);
  for (const part of ["#answer", "h1", "title", "nav.languages"]) {
    document.querySelector(part)?.replaceWith(document.adoptNode(page.querySelector(part)));
  }
  if (address !== location.href) history.pushState(null, "", address);
  shown = location.search;
}
