// `npm run audit:packages`: whether a package that is shipped has a known hole, and whether every installed package carries its
// registry's signature. Only a finding fails; with `--tell` it is told and passes: what passed today must not fail next week for news
// of somebody else. A registry that does not answer, or has neither advisories nor signatures, is said and
// passes: a build must not stand still because somebody else's server does.
import { spawnSync } from "node:child_process";

/** npm's own answer as JSON; undefined where it wrote none. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What `npm audit signatures --json` wrote: the packages whose signature is wrong or missing, or why nothing was checked. */
export function readSignatures(text) {
  const answer = parsed(text);
  if (!Array.isArray(answer?.invalid) || !Array.isArray(answer?.missing)) return { unchecked: reasonOf(answer) };
  const named = (what) => (one) => `${one.name}@${one.version}: ${what}`;
  return { findings: [...answer.invalid.map(named("wrong signature")), ...answer.missing.map(named("no signature"))] };
}

/** What `npm audit --json` wrote: the packages with advisories, or why nothing was checked. */
export function readAdvisories(text) {
  const answer = parsed(text);
  if (typeof answer?.vulnerabilities !== "object") return { unchecked: reasonOf(answer) };
  return { findings: Object.values(answer.vulnerabilities).map((one) => `${one.name} ${one.range}: ${one.severity}`) };
}

const reasonOf = (answer) => answer?.error?.summary || answer?.message || "npm gave no answer that can be read";

const LOOKS = [
  ["Advisories", ["audit", "--omit=dev", "--json", "--fetch-retries=0"], readAdvisories],
  ["Signatures", ["audit", "signatures", "--json", "--fetch-retries=0"], readSignatures],
];

if (import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  const { prepare } = await import("./setup/prepare.mjs");
  await prepare();
  for (const [title, args, read] of LOOKS) {
    const { stdout } = spawnSync("npm", args, { encoding: "utf8", timeout: 180_000, maxBuffer: 64 * 1024 * 1024 });
    const { findings, unchecked } = read(stdout ?? "");
    if (findings === undefined) {
      console.log(`${title}: not checked. ${unchecked}`);
    } else if (findings.length === 0) {
      console.log(`${title}: nothing found.`);
    } else {
      console.error(`${title}:\n${findings.join("\n")}`);
      if (!process.argv.includes("--tell")) process.exitCode = 1;
    }
  }
}
