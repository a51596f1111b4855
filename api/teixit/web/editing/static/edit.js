// Says beside each field what is wrong with it, as one types. Without it the button does the same.
"use strict";

const form = document.getElementById("edit");
const WAIT = 400;
let timer = 0;
let asking = null;
let isTouched = false;

function show(told) {
  for (const list of form.querySelectorAll("[data-told]")) {
    const lines = told[list.dataset.told] || [];
    list.replaceChildren(...lines.map(([severity, sentence]) => {
      const item = document.createElement("li");
      item.className = severity;
      item.textContent = sentence;
      return item;
    }));
  }
  for (const field of form.querySelectorAll("[id$='.value']")) {
    const row = field.id.slice(0, -".value".length);
    if (told[row]) {
      field.setAttribute("aria-invalid", "true");
    } else {
      field.removeAttribute("aria-invalid");
    }
  }
}

async function ask() {
  if (asking) {
    asking.abort();
  }
  asking = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      signal: asking.signal,
    });
    if (!answer.ok || !answer.headers.get("content-type").startsWith("application/json")) {
      return; // the button will say why
    }
    const found = await answer.json();
    const difference = document.getElementById("difference");
    show(found.told);
    difference.textContent = found.difference || difference.dataset.same;
    document.getElementById("summary").textContent = found.summary;
  } catch (error) {
    if (error.name !== "AbortError") {
      document.getElementById("summary").textContent = form.dataset.away;
    }
  }
}

form.addEventListener("input", () => {
  isTouched = true;
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});
form.addEventListener("submit", () => {
  isTouched = false;
  clearTimeout(timer);
});
window.addEventListener("beforeunload", (event) => {
  if (isTouched) {
    event.preventDefault();
  }
});
