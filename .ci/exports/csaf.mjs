// Judges CSAF documents with the validator library of BSI's Secvisogram project, all in one process,
// since the library takes seconds to load.
//
//   node .ci/exports/csaf.mjs < DOCUMENTS
//
// DOCUMENTS is a JSON list of { name, version, document }; the output is a JSON object with a list of
// errors and one of warnings for each name. Run are the strict schema, every mandatory test, every
// optional test ("recommended" in CSAF 2.1) and those informative tests that need neither the network
// (6.3.6, 6.3.7) nor a spelling dictionary (6.3.8).
//
// The package is expected in target/ci/exports-node/node_modules.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "../..", process.env.CARGO_TARGET_DIR ?? "target");
const library = join(root, "ci/exports-node/node_modules/@secvisogram/csaf-validator-lib");
const load = (file) => import(pathToFileURL(join(library, file)));

// Without their prefix the names of all versions are alike.
const ELSEWHERE = new Set(["6_3_6", "6_3_7", "6_3_8"]);
const number = (name) => name.replace(/^[a-z]+Test_/, "");

async function suite(folder, schema) {
  const modules = folder
    ? ["mandatoryTests.js", "recommendedTests.js", "informativeTests.js"]
    : ["mandatoryTests.js", "optionalTests.js", "informativeTests.js"];
  const tests = [(await load(join(folder, "schemaTests.js")))[schema]];
  for (const file of modules) {
    const found = Object.entries(await load(join(folder, file)));
    tests.push(...found.filter(([name]) => !ELSEWHERE.has(number(name))).map(([, test]) => test));
  }
  return tests;
}

const validate = (await load("validate.js")).default;
const suites = {
  "2.0": await suite("", "csaf_2_0_strict"),
  "2.1": await suite("csaf_2_1", "csaf_2_1_strict"),
};
const results = {};
for (const { name, version, document } of JSON.parse(readFileSync(0, "utf8"))) {
  const { tests, isValid } = await validate(suites[version], document);
  const list = (kind) =>
    tests.flatMap((test) =>
      test[kind].map(({ message, instancePath }) => `${test.name}: ${instancePath}: ${message}`),
    );
  const errors = list("errors");
  // A test may say no without saying why.
  if (!isValid && errors.length === 0) errors.push("invalid");
  results[name] = { errors, warnings: [...list("warnings"), ...list("infos")], tests: tests.length };
}
console.log(JSON.stringify(results));
