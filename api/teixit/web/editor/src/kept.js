/** The queries that were asked, which this browser keeps and nobody else sees. */

const KEY = "teixit.queries";
const MOST = 50;
const LONGEST = 20_000;
const LONGEST_SUMMARY = 120;

/**
 * @typedef {{query: string, at: string}} Asked - `at` is a time of ISO 8601.
 */

/** @returns {Asked[]} - The newest first. */
function read() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return found.filter(({ query, at }) => typeof query === "string" && typeof at === "string");
  } catch {
    return [];
  }
}

/** @param {Asked[]} asked */
function write(asked) {
  try {
    localStorage.setItem(KEY, JSON.stringify(asked));
  } catch {
    // The browser keeps nothing: then there is no list.
  }
}

/**
 * Say in one line what a query asks: its title, or else what it has beside prefixes and comments.
 *
 * @param {string} query
 * @returns {string}
 */
function summary(query) {
  const lines = query.split("\n").map((line) => line.trim());
  const title = `#+ title@${document.documentElement.lang}: `;
  const titled = lines.find((line) => line.startsWith(title));
  const telling = lines.filter((line) => line && !/^((PREFIX|BASE)\b|#)/i.test(line));
  return (titled?.slice(title.length) ?? telling.join(" ")).slice(0, LONGEST_SUMMARY);
}

/**
 * Show the list in a part of the page.
 *
 * @param {HTMLElement} place - A `details` with a list in it.
 * @param {Record<string, string>} texts
 * @param {(query: string) => void} take - What is done with one that is chosen.
 * @returns {(query: string) => void} - Keeps one more.
 */
export function kept(place, texts, take) {
  const list = place.querySelector("ol");

  function draw() {
    const asked = read();
    list.replaceChildren(...asked.map((one) => item(one, asked)));
    place.hidden = asked.length === 0;
  }

  /**
   * @param {Asked} one
   * @param {Asked[]} asked
   */
  function item(one, asked) {
    const told = summary(one.query);
    const again = button(told, () => take(one.query));
    const when = Object.assign(document.createElement("time"), {
      dateTime: one.at,
      textContent: new Date(one.at).toLocaleString(document.documentElement.lang),
    });
    const away = button(texts.forget, () => {
      write(asked.filter(({ query }) => query !== one.query));
      draw();
      place.querySelector("summary").focus();
    });
    away.ariaLabel = `${texts.forget}: ${told}`;
    const held = document.createElement("li");
    held.append(again, " ", when, " ", away);
    return held;
  }

  place.querySelector("button").addEventListener("click", () => {
    write([]);
    draw();
  });
  draw();
  return (query) => {
    if (query.length > LONGEST) return;
    const others = read().filter((one) => one.query !== query);
    write([{ query, at: new Date().toISOString() }, ...others].slice(0, MOST));
    draw();
  };
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.className = "plain";
  made.addEventListener("click", act);
  return made;
}
