/** Bundles the editor into one file of the site, with the licences of all that is in it. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const STATIC = join(HERE, "..", "static");

/**
 * Name the package that a bundled file is of.
 *
 * @param {string} file - Its path as esbuild tells it.
 * @returns {string | undefined}
 */
function packageOf(file) {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

/**
 * Write the name, the version and the licence of a package.
 *
 * @param {string} name
 * @returns {string}
 */
function notice(name) {
  const folder = join(HERE, "node_modules", name);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (!licence) throw new Error(`${name}: no licence to hand on`);
  return `${name} ${version}\n\n${readFileSync(join(folder, licence), "utf8").trim()}\n`;
}

const { metafile } = await build({
  absWorkingDir: HERE,
  entryPoints: ["src/main.js"],
  outfile: join(STATIC, "editor.js"),
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
});
const packages = new Set(Object.keys(metafile.inputs).map(packageOf).filter(Boolean));
const notices = [...packages].sort().map(notice);
writeFileSync(join(STATIC, "editor.LICENSES.txt"), notices.join(`\n${"-".repeat(72)}\n\n`));
