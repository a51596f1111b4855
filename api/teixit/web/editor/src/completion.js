/** What may come next: terms of the ontology as the shapes have them, things by their names. */

import { autocompletion } from "@codemirror/autocomplete";
import { declared, iriOf, writtenIn } from "./names.js";
import { folded } from "./schema.js";
import { scopeAt } from "./scope.js";
import { KEYWORDS, tokens } from "./tokens.js";

/**
 * @typedef {import("@codemirror/autocomplete").Completion} Completion
 * @typedef {import("@codemirror/view").EditorView} EditorView
 * @typedef {import("./schema.js").Schema} Schema
 * @typedef {import("./schema.js").Use} Use
 * @typedef {import("./scope.js").Scope} Scope
 * @typedef {import("./names.js").Prefixes} Prefixes
 */

const MOST = 100;

/**
 * Complete from a schema.
 *
 * @param {Promise<Schema | null>} coming
 * @param {Record<string, string>} texts - In the language of the reader.
 */
export function completion(coming, texts) {
  return autocompletion({
    override: [(context) => proposals(context, coming, texts)],
    icons: false,
    maxRenderedOptions: MOST,
  });
}

/**
 * @param {import("@codemirror/autocomplete").CompletionContext} context
 * @param {Promise<Schema | null>} coming
 * @param {Record<string, string>} texts
 */
async function proposals(context, coming, texts) {
  const schema = await coming;
  if (!schema || context.aborted) return null;
  const typed = context.matchBefore(/[?$^]?[\p{L}\p{N}_:-]*/u);
  if (!typed || (!typed.text && !context.explicit)) return null;
  const all = tokens(context.state.doc.toString());
  const inside = all.find(({ from, to }) => from < context.pos && context.pos <= to);
  if (inside?.kind === "comment" || inside?.kind === "string" || inside?.kind === "iri") return null;
  const scope = scopeAt(all, typed.text ? context.pos : context.pos + 1);
  const desk = { schema, scope, own: declared(all), texts };
  const wanted = folded(bare(typed.text));
  const options = [...offered(desk, wanted.length)].filter((one) => one.sought.includes(wanted));
  const begins = ({ sought }) => (sought.startsWith(wanted) || sought.includes(` ${wanted}`) ? 0 : 1);
  options.sort((one, other) => begins(one) - begins(other));  // stable: the order of before stays
  return options.length ? { from: typed.from, options: options.slice(0, MOST), filter: false } : null;
}

/**
 * @typedef {{schema: Schema, scope: Scope, own: Prefixes, texts: Record<string, string>}} Desk
 * @typedef {Completion & {sought: string}} Proposal
 */

/**
 * @param {Desk} desk
 * @param {number} length - Of what has been typed.
 * @returns {Iterable<Proposal>}
 */
function* offered(desk, length) {
  const { part, property } = desk.scope;
  if (part === "property") {
    yield* properties(desk, length);
  } else if (part === "value" && iriOf(property ?? "", desk.own) === iriOf("a", desk.own)) {
    for (const name of desk.schema.classes.keys()) yield term(desk, name, "classes");
  } else if (part === "value") {
    yield* values(desk, length);
  } else {
    yield* anywhere(desk, length);
  }
  for (const variable of desk.scope.variables) yield plain(variable, "variable");
}

/**
 * The properties of the class at hand first, the demanded ones before the others.
 *
 * @param {Desk} desk
 * @param {number} length
 * @returns {Iterable<Proposal>}
 */
function* properties(desk, length) {
  const uses = usesOf(desk);
  const ranked = Object.entries(uses).sort(([one, first], [other, second]) => {
    const higher = (second.rank ?? 0) - (first.rank ?? 0);
    return higher || (bare(one) < bare(other) ? -1 : 1);
  });
  for (const [name, use] of ranked) yield term(desk, name, "properties", use);
  if (ranked.length && !length) return;
  if (!ranked.length) yield plain("a", "keyword", desk.texts.isA);
  for (const name of desk.schema.properties.keys()) {
    if (!(name in uses)) yield term(desk, name, "properties");
  }
}

/** @param {string} name - Perhaps of a property that is followed backwards. */
const bare = (name) => name.replace(/^\^/, "");

/**
 * @param {Desk} desk
 * @returns {Record<string, Use>}
 */
function usesOf({ schema, scope, own }) {
  const found = {};
  for (const name of scope.classes.get(scope.subject ?? "") ?? []) {
    Object.assign(found, schema.classes.get(known(name, schema, own) ?? "")?.properties);
  }
  return found;
}

/**
 * Give the name that the schema has for one of the query, also where its prefix is not declared yet.
 *
 * @param {string} name
 * @param {Schema} schema
 * @param {Prefixes} own
 * @returns {string | undefined}
 */
function known(name, schema, own) {
  return schema.names.get(iriOf(name, new Map([...schema.prefixes, ...own])));
}

/**
 * What the shapes allow; the things of any class where they say nothing.
 *
 * @param {Desk} desk
 * @param {number} length
 * @returns {Iterable<Proposal>}
 */
function* values(desk, length) {
  const property = known(desk.scope.property ?? "", desk.schema, desk.own);
  const { of = [], values: fixed = [] } = usesOf(desk)[property ?? ""] ?? {};
  for (const value of fixed) yield value.startsWith('"') ? plain(value, "text") : term(desk, value, "things");
  for (const one of desk.schema.things) {
    if (of.length ? one.classes.some((name) => of.includes(name)) : length > 1) yield thing(desk, one);
  }
}

/**
 * @param {Desk} desk
 * @param {number} length
 * @returns {Iterable<Proposal>}
 */
function* anywhere(desk, length) {
  for (const word of KEYWORDS) yield plain(word, "keyword");
  if (length < 2) return;
  for (const one of desk.schema.things) yield thing(desk, one);
  for (const name of desk.schema.classes.keys()) yield term(desk, name, "classes");
}

/**
 * @param {string} text
 * @param {string} type
 * @param {string} [detail]
 * @returns {Proposal}
 */
function plain(text, type, detail) {
  return { label: text, type, detail: detail && ` ${detail}`, sought: folded(text) };
}

/**
 * @param {Desk} desk
 * @param {string} name
 * @param {"classes" | "properties" | "things"} table
 * @param {Use} [use]
 * @returns {Proposal}
 */
function term(desk, name, table, use) {
  const words = desk.schema[table].get?.(bare(name)) ?? {};
  const demand = use ? [desk.texts.optional, desk.texts.usual, desk.texts.mandatory][use.rank ?? 0] : null;
  const of = use?.of?.map((one) => desk.schema.classes.get(one)?.label ?? one).join(", ");
  const told = [words.note, demand, of && `${desk.texts.values} ${of}`].filter(Boolean);
  return {
    label: name,
    detail: [" ", words.label, demand && ` · ${demand}`].filter(Boolean).join(""),
    info: told.length ? () => paragraphs(told) : undefined,
    type: table,
    sought: folded(`${name} ${words.label ?? ""}`),
    apply: (view, _, from, to) => insert(view, desk, name, from, to),
  };
}

/**
 * @param {Desk} desk
 * @param {import("./schema.js").Thing} found
 * @returns {Proposal}
 */
function thing(desk, { name, label, classes }) {
  const kind = classes.map((one) => desk.schema.classes.get(one)?.label ?? one).join(", ");
  return {
    label,
    detail: ` ${name}`,
    info: () => paragraphs([kind]),
    type: "thing",
    sought: folded(`${label} ${name}`),
    apply: (view, _, from, to) => insert(view, desk, name, begun(view, label, from, to), to),
  };
}

/**
 * Find where a name of several words, the last of which is being typed, begins.
 *
 * @param {EditorView} view
 * @param {string} label
 * @param {number} from
 * @param {number} to
 * @returns {number}
 */
function begun(view, label, from, to) {
  const line = view.state.doc.lineAt(to);
  for (let length = Math.min(label.length, to - line.from); length > to - from; length -= 1) {
    const written = view.state.sliceDoc(to - length, to);
    if (folded(written) === folded(label.slice(0, length))) return to - length;
  }
  return from;
}

/**
 * Write a name in place of what was typed, and declare its prefix if the query does not.
 *
 * @param {EditorView} view
 * @param {Desk} desk
 * @param {string} name
 * @param {number} from
 * @param {number} to
 */
function insert(view, { schema, own }, name, from, to) {
  const { text, wanted } = writtenIn(name, own, schema.prefixes);
  const changes = [{ from, to, insert: text }];
  let moved = 0;
  if (wanted !== null) {
    const line = `PREFIX ${wanted}: <${schema.prefixes.get(wanted)}>\n`;
    moved = line.length;
    changes.unshift({ from: prologueEnd(view.state.doc.toString()), insert: line });
  }
  const anchor = from + moved + text.length;
  view.dispatch({ changes, selection: { anchor }, userEvent: "input.complete", scrollIntoView: true });
}

/**
 * @param {string} text
 * @returns {number}
 */
function prologueEnd(text) {
  const lines = [...text.matchAll(/^[ \t]*(?:PREFIX|BASE)\b.*\n/gim)];
  const last = lines.at(-1);
  return last ? last.index + last[0].length : 0;
}

/**
 * @param {string[]} texts
 * @returns {HTMLElement}
 */
function paragraphs(texts) {
  const held = document.createElement("div");
  for (const text of texts) {
    held.append(Object.assign(document.createElement("p"), { textContent: text }));
  }
  return held;
}
