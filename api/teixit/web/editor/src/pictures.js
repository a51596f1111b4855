/** The pictures of an answer as PNG: who has no script has them as SVG. */

const SCALE = 2;

/**
 * Offer each picture that has an address of its own, also those of answers that come later.
 *
 * @param {Record<string, string>} texts
 */
export function pictures(texts) {
  const offer = () => {
    for (const link of document.querySelectorAll('#answer a[href*="/query.svg?"]:not([data-png])')) {
      link.dataset.png = "";
      const made = document.createElement("button");
      Object.assign(made, { type: "button", textContent: texts.png, className: "plain" });
      made.addEventListener("click", () => save(link.href));
      link.after(" ", made);
    }
  };
  offer();
  new MutationObserver(offer).observe(document.querySelector("main"), { childList: true });
}

/** @param {string} address - Of the picture as SVG. */
async function save(address) {
  const canvas = await painted(address);
  const file = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "teixit.png";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/**
 * Draw a picture on a canvas. It is asked for at its address: the site's policy lets no picture be
 * made of data.
 *
 * @param {string} address
 * @returns {Promise<HTMLCanvasElement>}
 */
async function painted(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}
