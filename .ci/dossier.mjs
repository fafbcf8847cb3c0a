// Makes the picture of a dossier's first screen that the README shows.
//
//   node .ci/dossier.mjs PAGE PICTURE
//
// PAGE is the HTML of a dossier, PICTURE the PNG to be written, which has to stay under 200 kB.
// The package playwright-core is expected in target/ci/page/node_modules.

import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "..", process.env.CARGO_TARGET_DIR ?? "target");
const { chromium } = createRequire(join(root, "ci/page/"))("playwright-core");
const LIMIT = 200_000;

const [page, picture] = process.argv.slice(2);
if (!page || !picture) {
  console.error("usage: dossier.mjs PAGE PICTURE");
  process.exit(64);
}
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  const tab = await browser.newPage({ viewport: { width: 1200, height: 800 }, colorScheme: "light" });
  await tab.goto(pathToFileURL(resolve(page)).href, { waitUntil: "load" });
  // The first screen ends where the contents begin.
  const end = await tab.evaluate(() => {
    const summary = document.querySelector("#summary");
    return summary ? Math.ceil(summary.getBoundingClientRect().bottom) + 20 : 0;
  });
  if (end === 0) throw new Error(`${page} is no dossier`);
  await tab.screenshot({ path: picture, clip: { x: 0, y: 0, width: 1200, height: end }, fullPage: true });
} finally {
  await browser.close();
}
const { size } = statSync(picture);
console.log(`dossier: ${picture}, ${size} bytes`);
process.exit(size < LIMIT ? 0 : 1);
