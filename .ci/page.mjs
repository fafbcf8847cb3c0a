// Opens an HTML report in headless Chromium and holds it to what a reader needs: the named landmarks
// and figures are there for a screen reader, axe-core finds nothing in light, in dark, on a narrow
// screen and on paper, nothing is loaded, nothing is logged, nothing overflows sideways.
//
//   node .ci/page.mjs [--prove] PAGE SCREENSHOTS ROLE[:NAME]..
//
// PAGE is a file, SCREENSHOTS a folder. ROLE:NAME is a role of ARIA and the whole accessible name of an
// element of which there has to be exactly one, such as `navigation:Contents`.
// With --prove it breaks the page in several ways, each of which has to be noticed.
//
// The packages playwright-core and axe-core are expected in target/ci/page/node_modules.

import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "..", process.env.CARGO_TARGET_DIR ?? "target");
const load = createRequire(join(root, "ci/page/"));
const { chromium } = load("playwright-core");
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");

const SCREENS = [
  { name: "light", width: 1280, colorScheme: "light" },
  { name: "dark", width: 1280, colorScheme: "dark" },
  { name: "phone", width: 375, colorScheme: "light" },
  { name: "narrow", width: 360, colorScheme: "light" },
  { name: "narrow-dark", width: 320, colorScheme: "dark" },
  { name: "print", width: 794, colorScheme: "dark", media: "print" },
];

const args = process.argv.slice(2);
const prove = args[0] === "--prove";
const [file, folder, ...names] = prove ? args.slice(1) : args;
if (!file || !folder || names.length === 0) {
  console.error("usage: page.mjs [--prove] PAGE SCREENSHOTS ROLE[:NAME]..");
  process.exit(64);
}
mkdirSync(folder, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), "page-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: "/usr/bin/chromium",
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
let code = 1;
try {
  code = prove ? await provesItself() : await holds();
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
process.exit(code);

async function holds() {
  const faults = [];
  for (const screen of SCREENS) {
    for await (const fault of faultsOf(resolve(file), screen, folder)) {
      faults.push(`${screen.name}: ${fault}`);
    }
  }
  faults.forEach((fault) => console.error(`page: ${fault}`));
  if (faults.length === 0) {
    console.log(`page: ${names.length} names, ${SCREENS.length} screens, no fault in ${file}`);
  }
  return faults.length === 0 ? 0 : 1;
}

/** Breaks the page and sees whether that is noticed. */
async function provesItself() {
  const html = readFileSync(file, "utf8");
  const breakages = [
    ["a figure without a title", (it) => it.replace(/<title id="bar-[^]*?<\/title>/, "")],
    ["a table without a caption", (it) => it.replace(/<caption id="map-[^]*?<\/caption>/, "")],
    ["a navigation without a name", (it) => it.replace('<nav aria-label="Contents">', "<nav>")],
    ["no main part", (it) => it.replace(/<main /, "<div ").replace("</main>", "</div>")],
    ["no language", (it) => it.replace('<html lang="en">', "<html>")],
    ["too little contrast", (it) => it.replace("</style>", "p { color: #bbb !important }</style>")],
    ["a script", (it) => it.replace("</body>", "<script>document.title</script></body>")],
    ["an image from elsewhere", withImage],
    ["a wide line", (it) => it.replace("</footer>", '<pre style="width: 90rem">x</pre></footer>')],
  ];
  let missed = 0;
  for (const [what, change] of breakages) {
    const broken = change(html);
    const path = join(profile, "broken.html");
    writeFileSync(path, broken);
    const fault = broken === html ? null : await firstFault(path);
    console.log(`page: ${what}: ${fault ? `noticed (${fault})` : "NOT NOTICED"}`);
    missed += fault ? 0 : 1;
  }
  return missed === 0 ? 0 : 1;
}

/** Returns what is first seen to be wrong with the page, or null. */
async function firstFault(path) {
  for await (const fault of faultsOf(path, SCREENS[0], null)) {
    return fault;
  }
  return null;
}

function withImage(html) {
  const open = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
  const image = '<img alt="x" src="http://127.0.0.1:9/x.png">';
  return open.replace("</footer>", `${image}</footer>`);
}

/** Yields what is wrong with the page on one screen, what is quickly seen first. */
async function* faultsOf(path, screen, screenshots) {
  const page = await browser.newPage();
  const events = [];
  const url = pathToFileURL(path).href;
  page.on("console", (message) => events.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => events.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== url) events.push(`request: ${request.url()}`);
  });
  try {
    await page.setViewportSize({ width: screen.width, height: 900 });
    await page.emulateMedia({ colorScheme: screen.colorScheme, media: screen.media ?? "screen" });
    await page.goto(url, { waitUntil: "load" });
    yield* await named(page, screen);
    const size = await page.evaluate(() => document.documentElement.scrollWidth);
    if (size > screen.width) yield `${size} pixels wide`;
    if (screenshots) await picture(page, screen, screenshots);
    yield* events.splice(0);
    yield* await accessible(page);
    yield* events;
  } finally {
    await page.close();
  }
}

async function named(page, screen) {
  const faults = [];
  for (const text of names) {
    const [role, ...rest] = text.split(":");
    const name = rest.join(":");
    if (screen.media === "print" && role === "navigation") continue;
    const found = page.getByRole(role, name ? { name, exact: true } : {});
    const count = await found.count();
    if (count !== 1) faults.push(`${count} of ${text}`);
  }
  return faults;
}

async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  return violations.map((violation) => {
    const places = violation.nodes.slice(0, 3).map((node) => node.target.join(" "));
    const count = violation.nodes.length;
    return `axe ${violation.id}: ${violation.help}: ${count} times, as at ${places.join(", ")}`;
  });
}

async function picture(page, screen, folder) {
  const path = (end) => join(folder, `${screen.name}${end}`);
  await page.screenshot({ path: path(".png") });
  if (screen.media === "print") await page.pdf({ path: path(".pdf"), preferCSSPageSize: true });
}
