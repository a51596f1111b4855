/** Names with prefixes, as one query declares them. */

/**
 * @typedef {import("./tokens.js").Token} Token
 * @typedef {Map<string, string>} Prefixes - Namespaces by prefix.
 */

/**
 * Give the prefixes that a query declares.
 *
 * @param {Token[]} all - Its tokens.
 * @returns {Prefixes}
 */
export function declared(all) {
  const found = new Map();
  all.forEach((token, at) => {
    const [name, iri] = all.slice(at + 1, at + 3);
    if (/^prefix$/i.test(token.text) && name?.kind === "name" && iri?.kind === "iri") {
      found.set(name.text.slice(0, -1), iri.text.slice(1, -1));
    }
  });
  return found;
}

/**
 * Write a name as an IRI, without brackets.
 *
 * @param {string} name - With a prefix, in brackets, or `a`.
 * @param {Prefixes} prefixes
 * @returns {string}
 */
export function iriOf(name, prefixes) {
  if (name === "a") return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  if (name.startsWith("<")) return name.slice(1, -1);
  const [prefix] = name.split(":", 1);
  return `${prefixes.get(prefix) ?? `${prefix}:`}${name.slice(prefix.length + 1)}`;
}

/**
 * Say how a name of the schema is written in a query, and which prefix that still wants.
 *
 * @param {string} name - As the schema has it; a caret before it is kept.
 * @param {Prefixes} own - Those that the query declares.
 * @param {Prefixes} known - Those of the schema.
 * @returns {{text: string, wanted: string | null}}
 */
export function writtenIn(name, own, known) {
  const mark = name.startsWith("^") ? "^" : "";
  const bare = name.slice(mark.length);
  if (bare.startsWith("<")) return { text: name, wanted: null };
  const [prefix] = bare.split(":", 1);
  const namespace = known.get(prefix);
  const local = bare.slice(prefix.length + 1);
  if (own.get(prefix) === namespace) return { text: name, wanted: null };
  for (const [other, iri] of own) {
    if (iri === namespace) return { text: `${mark}${other}:${local}`, wanted: null };
  }
  if (own.has(prefix)) return { text: `${mark}<${namespace}${local}>`, wanted: null };
  return { text: name, wanted: prefix };
}
