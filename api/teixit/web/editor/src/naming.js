/** What a name in the query stands for, where the pointer rests on it. */

import { hoverTooltip } from "@codemirror/view";
import { declared, iriOf } from "./names.js";
import { tokens } from "./tokens.js";

/**
 * Tell the names of terms and of things.
 *
 * @param {Promise<import("./schema.js").Schema | null>} coming
 */
export function naming(coming) {
  return hoverTooltip(async (view, position) => {
    const schema = await coming;
    const all = tokens(view.state.doc.toString());
    const token = all.find(({ from, to }) => from <= position && position < to);
    if (!schema || !token || (token.kind !== "name" && token.kind !== "iri")) return null;
    const told = wordsFor(iriOf(token.text, declared(all)), schema);
    return told ? { pos: token.from, end: token.to, above: true, create: () => ({ dom: told }) } : null;
  });
}

/**
 * @param {string} iri
 * @param {import("./schema.js").Schema} schema
 * @returns {HTMLElement | null}
 */
function wordsFor(iri, schema) {
  const name = schema.names.get(iri);
  const { label, note } =
    schema.classes.get(name) ??
    schema.properties.get(name) ??
    schema.things.find((one) => iriOf(one.name, schema.prefixes) === iri) ??
    {};
  if (!label) return null;
  const held = Object.assign(document.createElement("div"), { className: "cm-completionInfo" });
  for (const text of [label, note].filter(Boolean)) {
    held.append(Object.assign(document.createElement("p"), { textContent: text }));
  }
  return held;
}
