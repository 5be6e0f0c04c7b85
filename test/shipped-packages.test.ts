import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { readAdvisories, readSignatures } from "../scripts/audit-packages.mjs";

/** What is shipped, told by npm from the lock file alone. */
const run = promisify(execFile);

interface Component {
  readonly name: string;
  readonly version: string;
  readonly hashes?: readonly unknown[];
  readonly licenses?: readonly unknown[];
}
interface LockEntry {
  readonly version: string;
  readonly name?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly inBundle?: boolean;
}

/** Playwright, which development has, would be taken by Next where it is there. */
const ofDevelopment = ({ dev, devOptional }: LockEntry) => dev === true || devOptional === true;

const named = (name: string, version: string) => `${name}@${version}`;
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

function locked(of: (entry: LockEntry) => boolean): string[] {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, LockEntry> };
  return Object.entries(packages)
    .filter(([place, entry]) => place !== "" && of(entry))
    .map(([place, entry]) => named(entry.name ?? place.split("node_modules/").pop() ?? "", entry.version));
}

describe("npm run sbom", () => {
  test("names every package that is shipped, with its checksum, and none of development", async () => {
    const { stdout } = await run("npm", ["run", "--silent", "sbom"], { maxBuffer: 64 * 1024 * 1024 });
    const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: Component[] };
    expect(bomFormat).toBe("CycloneDX");
    const listed = sorted(components.map(({ name, version }) => named(name, version)));
    const shipped = sorted(locked((entry) => !ofDevelopment(entry)));
    expect(listed).toEqual(shipped);
    const developed = locked(ofDevelopment).filter((name) => !shipped.includes(name));
    expect(developed.filter((name) => listed.includes(name))).toEqual([]);
    const inside = locked(({ inBundle }) => inBundle === true);
    const bare = components.filter((one) => (one.hashes ?? []).length === 0).map((one) => named(one.name, one.version));
    expect(bare.filter((name) => !inside.includes(name))).toEqual([]);
  }, 60_000);
});

describe("npm run audit:packages", () => {
  test("a wrong or missing signature, and a known hole, are findings", () => {
    const one = { name: "left", version: "1.0.0" };
    expect(readSignatures(JSON.stringify({ invalid: [one], missing: [{ ...one, name: "right" }] }))).toEqual({
      findings: ["left@1.0.0: wrong signature", "right@1.0.0: no signature"],
    });
    expect(readSignatures(JSON.stringify({ invalid: [], missing: [] }))).toEqual({ findings: [] });
    const vulnerabilities = { left: { name: "left", range: "<1.0.1", severity: "high" } };
    expect(readAdvisories(JSON.stringify({ vulnerabilities }))).toEqual({ findings: ["left <1.0.1: high"] });
    expect(readAdvisories(JSON.stringify({ vulnerabilities: {} }))).toEqual({ findings: [] });
  });

  test("a registry that does not answer is no finding, and never passes for a check", () => {
    const away = JSON.stringify({ error: { code: "ENOTFOUND", summary: "getaddrinfo ENOTFOUND registry.test" } });
    for (const read of [readSignatures, readAdvisories]) {
      expect(read(away)).toEqual({ unchecked: "getaddrinfo ENOTFOUND registry.test" });
      expect(read("")).toEqual({ unchecked: "npm gave no answer that can be read" });
      expect(read("null")).toEqual({ unchecked: "npm gave no answer that can be read" });
    }
  });
});
