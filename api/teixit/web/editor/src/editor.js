/** The editor itself, in place of the field of the form. */

import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import { colours, follow, scheme, theme } from "./look.js";

/**
 * Put an editor in place of a field, which goes on to hold the text for the form.
 *
 * It lives in a shadow tree, where its styles are sheets made by script: so the site's policy, which
 * allows no style element, holds. The key Tab is left to the browser, which goes on to what follows.
 *
 * @param {HTMLTextAreaElement} field
 * @param {{label: string, run: () => void, more: import("@codemirror/state").Extension}} options
 * @returns {EditorView}
 */
export function editorFor(field, { label, run, more }) {
  const host = Object.assign(document.createElement("div"), { className: "editor" });
  const root = host.attachShadow({ mode: "open", delegatesFocus: true });
  field.before(host);
  field.hidden = true;
  field.required = false;
  const dark = new Compartment();
  const keys = [
    { key: "Ctrl-Enter", mac: "Cmd-Enter", run: () => (run(), true) },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...lintKeymap,
    ...historyKeymap,
    ...defaultKeymap,
  ];
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        keymap.of(keys),
        history(),
        lineNumbers(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        indentUnit.of("  "),
        colours,
        theme,
        dark.of(scheme()),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, lang: "zxx", tabindex: "0" }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) field.value = state.doc.toString();
        }),
        more,
      ],
    }),
  });
  follow(view, dark);
  document.querySelector(`label[for="${field.id}"]`)?.addEventListener("click", () => view.focus());
  return view;
}

/**
 * Put another query in place of the one that is there; it can be undone.
 *
 * @param {EditorView} view
 * @param {string} text
 */
export function write(view, text) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  view.focus();
}
