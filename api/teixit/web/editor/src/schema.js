/** What the server tells of the graph, and looking things up in it. */

import { iriOf } from "./names.js";

/**
 * @typedef {{rank?: 1 | 2, of?: string[], values?: string[]}} Use
 * @typedef {{label?: string, note?: string}} Words
 * @typedef {{name: string, label: string, classes: string[]}} Thing
 * @typedef {{
 *   prefixes: Map<string, string>,
 *   classes: Map<string, Words & {properties: Record<string, Use>}>,
 *   properties: Map<string, Words>,
 *   things: Thing[],
 *   names: Map<string, string>,
 * }} Schema - `names` gives the name of the schema for an IRI.
 */

/**
 * Ask the server once; without an answer nothing is known.
 *
 * @param {string} address
 * @returns {Promise<Schema | null>}
 */
export async function schemaFrom(address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) return null;
    return read(await answer.json());
  } catch {
    return null;
  }
}

/**
 * @param {any} told
 * @returns {Schema}
 */
function read(told) {
  const prefixes = new Map(Object.entries(told.prefixes));
  const classes = new Map(Object.entries(told.classes));
  const properties = new Map(Object.entries(told.properties));
  const all = [...classes.keys(), ...properties.keys()];
  const names = new Map(all.map((name) => [iriOf(name, prefixes), name]));
  return { prefixes, classes, properties, things: told.things, names };
}

/**
 * Fold a text so that neither accents nor capitals matter.
 *
 * @param {string} text
 * @returns {string}
 */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
