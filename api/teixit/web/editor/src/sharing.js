/** A link that asks the same query: nothing is kept by the server. */

/**
 * Show the link when it is asked for, and copy it where the browser lets us.
 *
 * @param {HTMLButtonElement} button
 * @param {HTMLInputElement} field
 * @param {() => string} address
 * @param {(text: string) => void} say
 * @param {Record<string, string>} texts
 */
export function sharing(button, field, address, say, texts) {
  button.addEventListener("click", async () => {
    field.value = address();
    field.hidden = false;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      say(texts.copied);
    } catch {
      say(texts.copy);
    }
  });
}
