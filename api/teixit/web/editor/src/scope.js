/** What stands at a place of a query: in which part of which triple, about things of which class. */

/**
 * @typedef {import("./tokens.js").Token} Token
 * @typedef {"subject" | "property" | "value" | "expression"} Part
 * @typedef {{part: Part, subject: string | null, property: string | null, isPath: boolean}} Place
 * @typedef {Place & {classes: Map<string, Set<string>>, variables: Set<string>}} Scope
 */

const IN_EXPRESSION = /^(filter|bind|having|order|group|by|limit|offset|select|values|as|distinct)$/i;
const TERMS = new Set(["variable", "iri", "name", "blank", "string", "number"]);
const TYPE = /^(a|rdf:type|<http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#type>)$/;

/** Walks over the tokens of a query, and knows where it is. */
class Walk {
  constructor() {
    /** @type {Map<string, Set<string>>} */
    this.classes = new Map();
    /** @type {Place[]} */
    this.outer = [];
    this.blanks = 0;
    this.depth = 0;
    this.begin();
  }

  /** Begin a new triple. */
  begin() {
    /** @type {Place} */
    this.place = { part: "subject", subject: null, property: null, isPath: false };
  }

  /** @param {Token} token */
  take(token) {
    if (token.kind === "comment" || token.kind === "language") return;
    if (token.text === "{") this.enter("subject", null);
    else if (token.text === "}") this.leave(true);
    else if (this.place.part === "expression") this.inExpression(token);
    else if (TERMS.has(token.kind) || /^(a|true|false)$/.test(token.text)) this.term(token.text);
    else if (token.kind === "word") this.word(token.text);
    else this.sign(token.text);
  }

  /**
   * @param {Part} part
   * @param {string | null} subject
   */
  enter(part, subject) {
    this.outer.push(this.place);
    this.place = { part, subject, property: null, isPath: false };
    this.depth = 0;
  }

  /** @param {boolean} isGroup - Whether what ends is a group, after which a triple begins. */
  leave(isGroup) {
    const outer = this.outer.pop();
    if (outer && !isGroup) this.place = outer;
    else this.begin();
  }

  /** @param {Token} token */
  inExpression(token) {
    if (token.text === "(") this.depth += 1;
    if (token.text === ")") {
      this.depth -= 1;
      if (this.depth <= 0) this.begin();
    }
  }

  /** @param {string} text */
  word(text) {
    this.begin();
    this.depth = 0;
    if (IN_EXPRESSION.test(text)) this.place.part = "expression";
  }

  /** @param {string} text */
  term(text) {
    const { place } = this;
    if (place.part === "subject") {
      this.place = { part: "property", subject: text, property: null, isPath: false };
    } else if (place.part === "property") {
      place.property = text;
      place.part = "value";
    } else {
      this.said(text);
    }
  }

  /** @param {string} text - The object of a triple. */
  said(text) {
    const { subject, property, isPath } = this.place;
    if (subject && property && !isPath && TYPE.test(property)) {
      this.classes.set(subject, (this.classes.get(subject) ?? new Set()).add(text));
    }
  }

  /** @param {string} text */
  sign(text) {
    const { place } = this;
    if (text === ".") this.begin();
    else if (text === ";") this.next("property", null);
    else if (text === "[") this.enter("property", `[${(this.blanks += 1)}`);
    else if (text === "]") this.leave(false);
    else if ((text === "/" || text === "|") && place.part === "value") this.next("property", null, true);
  }

  /**
   * @param {Part} part
   * @param {string | null} property
   * @param {boolean} isPath
   */
  next(part, property, isPath = false) {
    this.place = { part, subject: this.place.subject, property, isPath };
  }
}

/**
 * Say what stands at a position.
 *
 * @param {Token[]} all - The tokens of the whole query: a class may be named further down.
 * @param {number} position - Where the token that is being written ends.
 * @returns {Scope}
 */
export function scopeAt(all, position) {
  const walk = new Walk();
  let here = null;
  for (const token of all) {
    if (!here && token.to >= position) here = { ...walk.place };
    walk.take(token);
  }
  const variables = new Set(
    all.filter(({ kind, to }) => kind === "variable" && to !== position).map(({ text }) => text),
  );
  return { ...(here ?? walk.place), classes: walk.classes, variables };
}
