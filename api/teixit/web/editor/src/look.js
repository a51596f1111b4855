/** How the editor looks: by the colours of the site, in the light and in the dark. */

import { Decoration, EditorView } from "@codemirror/view";
import { isKeyword, tokens } from "./tokens.js";

const MARKS = new Map(
  ["comment", "string", "iri", "variable", "name", "number", "keyword"].map((kind) => [
    kind,
    Decoration.mark({ class: `t-${kind}` }),
  ]),
);

/** Colours the tokens; a query is short enough to be read whole at each key. */
export const colours = EditorView.decorations.compute(["doc"], ({ doc }) => {
  const ranges = [];
  for (const { kind, text, from, to } of tokens(doc.toString())) {
    const mark = MARKS.get(isKeyword(text) ? "keyword" : kind);
    if (mark) ranges.push(mark.range(from, to));
  }
  return Decoration.set(ranges);
});

export const theme = EditorView.theme({
  "&": {
    color: "var(--ink)",
    background: "var(--cloth-raised)",
    border: "1px solid var(--line)",
    borderRadius: "4px",
    fontSize: "0.95rem",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { font: "inherit", fontFamily: "var(--code)", lineHeight: "1.5", maxHeight: "60vh" },
  ".cm-content": { padding: "0.75rem 0", minHeight: "9rem", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": {
    color: "var(--ink-soft)",
    background: "var(--cloth-raised)",
    borderRight: "1px solid var(--rule)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { background: "transparent" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--mark)", color: "inherit" },
  "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    background: "var(--rule)",
  },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--weft)",
    textUnderlineOffset: "3px",
  },
  ".cm-lint-marker-error": { content: "none", background: "var(--weft)", borderRadius: "50%" },
  ".cm-tooltip": {
    color: "var(--ink)",
    background: "var(--cloth)",
    border: "1px solid var(--line)",
    borderRadius: "4px",
    maxWidth: "min(34rem, 90vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--plain)", maxHeight: "16rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.3rem 0.6rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    color: "var(--cloth)",
    background: "var(--warp)",
  },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "0.75rem" },
  ".cm-tooltip .cm-completionInfo": { maxWidth: "30rem" },
  ".cm-completionInfo": { padding: "0.3rem 0.6rem", fontFamily: "var(--plain)" },
  ".cm-completionInfo p": { margin: "0.2rem 0" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--weft)" },
  ".t-keyword": { color: "var(--weft)", fontWeight: "600" },
  ".t-variable": { color: "var(--warp)", fontWeight: "600" },
  ".t-name": { color: "var(--warp)" },
  ".t-iri, .t-string, .t-number": { color: "var(--ink)" },
  ".t-string": { fontStyle: "italic" },
  ".t-comment": { color: "var(--ink-soft)", fontStyle: "italic" },
});

const SCHEME = matchMedia("(prefers-color-scheme: dark)");

/** Says to the editor's own styles whether it is dark: ours follow the site by themselves. */
export const scheme = () => EditorView.darkTheme.of(SCHEME.matches);

/**
 * Follow the reader's scheme when that changes.
 *
 * @param {EditorView} view
 * @param {import("@codemirror/state").Compartment} held - What the scheme is in.
 */
export function follow(view, held) {
  SCHEME.addEventListener("change", () => view.dispatch({ effects: held.reconfigure(scheme()) }));
}
