/** The tokens of a query, as SPARQL 1.1 (section 19.8) has them, also of one that is half written. */

/**
 * @typedef {"comment" | "string" | "iri" | "variable" | "blank" | "name" | "number" | "language"
 *   | "word" | "sign"} Kind
 * @typedef {{kind: Kind, text: string, from: number, to: number}} Token
 */

/** @type {[Kind, string][]} */
const KINDS = [
  ["comment", String.raw`#[^\n]*`],
  [
    "string",
    String.raw`"""(?:[^\\]|\\[^])*?(?:"""|$)|'''(?:[^\\]|\\[^])*?(?:'''|$)` +
      String.raw`|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?`,
  ],
  ["iri", String.raw`<[^\u0000-\u0020<>"{}|^\u0060\\]*>`],
  ["variable", String.raw`[?$][\p{L}\p{N}_]+`],
  ["blank", String.raw`_:[\p{L}\p{N}_-]+`],
  [
    "name",
    String.raw`(?:\p{L}(?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?)?:` +
      String.raw`(?:[\p{L}\p{N}_:-]|\\.|%[0-9A-Fa-f]{2}|\.(?=[\p{L}\p{N}_:%-]))*`,
  ],
  ["number", String.raw`(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`],
  ["language", String.raw`@[A-Za-z]+(?:-[A-Za-z0-9]+)*`],
  ["word", String.raw`[\p{L}_][\p{L}\p{N}_]*`],
  ["sign", String.raw`\^\^|&&|\|\||[<>!]=|\S`],
];
const PATTERN = KINDS.map(([kind, pattern]) => `(?<${kind}>${pattern})`).join("|");

/**
 * Read the tokens of a text; each character but space is in one of them.
 *
 * @param {string} text
 * @returns {Token[]}
 */
export function tokens(text) {
  const found = [];
  for (const match of text.matchAll(new RegExp(PATTERN, "gu"))) {
    const [kind] = Object.entries(match.groups).find(([, part]) => part !== undefined);
    found.push({ kind, text: match[0], from: match.index, to: match.index + match[0].length });
  }
  return found;
}

/** The words of SPARQL that are proposed, some of them in twos. */
export const KEYWORDS = [
  ..."SELECT DISTINCT WHERE OPTIONAL FILTER UNION MINUS GRAPH BIND VALUES PREFIX CONSTRUCT".split(" "),
  ..."DESCRIBE ASK FROM LIMIT OFFSET COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT HAVING".split(" "),
  ..."LANG LANGMATCHES STR STRSTARTS CONTAINS LCASE REGEX BOUND COALESCE IF YEAR DATATYPE".split(" "),
  ...["ORDER BY", "GROUP BY", "NOT EXISTS", "EXISTS", "IN", "AS", "ASC", "DESC"],
];
const ALL = new Set([
  ...KEYWORDS.flatMap((words) => words.split(" ")),
  ..."A BASE NAMED REDUCED UNDEF TRUE FALSE SERVICE SILENT SEPARATOR".split(" "),
  ..."UCASE STRLEN SUBSTR STRENDS STRBEFORE STRAFTER REPLACE CONCAT ENCODE_FOR_URI".split(" "),
  ..."ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC IRI URI BNODE STRDT STRLANG SAMETERM".split(" "),
  ..."ABS ROUND CEIL FLOOR RAND NOW MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ".split(" "),
  ..."UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512".split(" "),
]);

/**
 * Say whether a token is a word of the language.
 *
 * @param {string} text
 * @returns {boolean}
 */
export function isKeyword(text) {
  return ALL.has(text.toUpperCase());
}
