import { checkNodeVersion } from "./setup/node-version.mjs";

checkNodeVersion();
// `npm test` runs every part; `npm run test:unit` and `npm run test:e2e` one of them, with flags for its runner.
// `npm run test:faults` and `npm run test:installations` take minutes and run only when they are asked for.
const { endOnSignal } = await import("./setup/run.mjs");
endOnSignal(130);
const { prepare } = await import("./setup/prepare.mjs");
await prepare();
const { tellFailures } = await import("./setup/failures.mjs");
const { check, e2e, installations, unit } = await import("./setup/parts.mjs");
const { seconds } = await import("./setup/steps.mjs");

const [only, ...flags] = process.argv.slice(2);
const PARTS = {
  check: ["Lint, layer rules, types, drift", async () => ({ ok: await check() })],
  unit: ["Unit and contract tests", () => unit(flags)],
  e2e: ["End-to-end tests", () => e2e(flags)],
  faults: ["Faults of processes, database and bus", () => unit(["--config", "vitest.faults.config.ts", ...flags])],
  installations: ["Other people's PostgreSQL, poolers and proxies, and releases", () => installations(flags)],
};
const ONLY_WHEN_ASKED = new Set(["faults", "installations"]);
if (only !== undefined && !(only in PARTS)) {
  console.error(`There is no part "${only}": ${Object.keys(PARTS).join(", ")}.`);
  process.exit(2);
}

const results = [];
for (const [name, [title, work]] of Object.entries(PARTS)) {
  if (only === undefined ? ONLY_WHEN_ASKED.has(name) : only !== name) continue;
  console.log(`\n=== ${title} ===`);
  const began = Date.now();
  let result;
  try {
    result = await work();
  } catch (error) {
    console.error(`\n${error.message}`);
    result = { ok: false };
  }
  results.push({ title, took: seconds(Date.now() - began), ...result });
}

const ok = results.every((result) => result.ok);
const total = (key) => results.reduce((sum, result) => sum + (result[key] ?? 0), 0);
for (const { title, failures } of results) if (failures?.length > 0) console.log(`\n${tellFailures(title, failures)}`);
console.log("");
for (const { title, took, ok: fine } of results) console.log(`${fine ? "ok    " : "FAILED"}  ${title} (${took})`);
for (const { title, summary, failures = [] } of results) {
  const lines = [...(summary ?? []), ...failures.map((failure) => `  FAILED  ${failure.title}`)];
  if (lines.length > 0) console.log(`\n${title}\n${lines.join("\n")}`);
}
// A part that could not run at all must not look like nothing has failed.
const broken = results.filter((result) => !result.ok && !result.failed).length;
const skipped = total("skipped");
console.log(
  `\n${total("passed")} passed, ${total("failed") + broken} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
);
process.exit(ok ? 0 : 1);
