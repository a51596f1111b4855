/** What is wrong with the query while it is written, as the server's parser says. */

import { linter, lintGutter } from "@codemirror/lint";
import { tokens } from "./tokens.js";

const WAIT = 500;

/**
 * Mark the errors, and say them.
 *
 * @param {string} address - Of what reads queries.
 * @param {string} place - The words for line and column, with gaps.
 * @param {(text: string) => void} say
 */
export function checking(address, place, say) {
  /** @type {AbortController | null} */
  let asked = null;

  /** @param {import("@codemirror/view").EditorView} view */
  async function look(view) {
    asked?.abort();  // which frees the worker that reads what is out of date
    const text = view.state.doc.toString();
    asked = new AbortController();
    const errors = text.trim() ? await errorsOf(text, address, asked.signal) : [];
    if (errors === null) return [];
    say(errors.map((error) => told(error, place)).join(" "));
    return errors.map((error) => marked(error, text));
  }

  return [linter(look, { delay: WAIT }), lintGutter()];
}

/**
 * @typedef {{line: number | null, column: number | null, message: string}} Wrong
 */

/**
 * @param {string} text
 * @param {string} address
 * @param {AbortSignal} signal
 * @returns {Promise<Wrong[] | null>} - Null where nobody knows.
 */
async function errorsOf(text, address, signal) {
  try {
    const headers = { "Content-Type": "application/sparql-query" };
    const answer = await fetch(address, { method: "POST", body: text, headers, signal });
    return answer.ok ? (await answer.json()).errors : null;
  } catch {
    return null;
  }
}

/**
 * @param {Wrong} error
 * @param {string} place
 */
function told({ line, column, message }, place) {
  return line ? `${place.replace("{line}", line).replace("{column}", column)}: ${message}` : message;
}

/**
 * Mark the word at which the parser gave up, or the last one before.
 *
 * @param {Wrong} error
 * @param {string} text
 */
function marked({ line, column, message }, text) {
  const lines = text.split("\n");
  const before = lines.slice(0, (line ?? 1) - 1).join("\n").length + (line > 1 ? 1 : 0);
  const at = Math.min(before + (column ?? 1) - 1, text.length);
  const word = line ? tokens(text).findLast(({ from }) => from <= at) : null;
  const { from, to } = word ?? { from: 0, to: text.length };
  return { from, to, severity: "error", message };
}
