/** Makes of the form of the bench an editor; without this file it goes on as a form. */

import { checking } from "./checking.js";
import { completion } from "./completion.js";
import { editorFor, write } from "./editor.js";
import { kept } from "./kept.js";
import { naming } from "./naming.js";
import { pictures } from "./pictures.js";
import { addressOf, running } from "./running.js";
import { schemaFrom } from "./schema.js";
import { sharing } from "./sharing.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("bench"));
const field = /** @type {HTMLTextAreaElement} */ (document.getElementById("query"));
const texts = JSON.parse(form.dataset.words);
const part = (id) => document.getElementById(id);
const saying = (id) => (text) => (part(id).textContent = text);

const remember = kept(part("kept"), texts, (query) => write(view, query));
running({
  form,
  cancel: part("cancel"),
  say: saying("said"),
  texts,
  done: remember,
});
const schema = schemaFrom(form.dataset.schema);
const view = editorFor(field, {
  label: texts.label,
  run: () => form.requestSubmit(),
  more: [
    completion(schema, texts),
    naming(schema),
    checking(form.dataset.syntax, texts.line, saying("wrong")),
  ],
});
sharing(part("share"), part("link"), () => addressOf(form), saying("said"), texts);
pictures(texts);
for (const tool of form.querySelectorAll("[data-tool]")) tool.hidden = false;
