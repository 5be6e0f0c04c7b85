import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { completeLockfile, withoutChecksum } from "../scripts/complete-lockfile.mjs";

describe("package-lock.json", () => {
  test("has every platform's optional packages, without which `npm ci` refuses it (mend with `npm run lockfile`)", () => {
    expect(completeLockfile(JSON.parse(readFileSync("package-lock.json", "utf8")))).toEqual([]);
  });

  test("has a checksum of every package, of other platforms' too (mend with `npm run lockfile`)", () => {
    expect(withoutChecksum(JSON.parse(readFileSync("package-lock.json", "utf8")))).toEqual([]);
  });

  test("names no registry, so that it installs from whichever is configured", () => {
    expect(readFileSync("package-lock.json", "utf8")).not.toContain('"resolved"');
  });
});

describe("completeLockfile", () => {
  test("adds what is missing, for its platform alone", () => {
    const lock: Parameters<typeof completeLockfile>[0] = {
      packages: {
        "": {},
        "node_modules/tool": {
          version: "1.0.0",
          dev: true,
          optionalDependencies: { "tool-linux-x64-musl": "1.0.0", "tool-darwin-arm64": "1.0.0", fsevents: "~2.3.0" },
        },
        "node_modules/tool-darwin-arm64": { version: "1.0.0" },
      },
    };
    expect(completeLockfile(lock)).toEqual(["tool-linux-x64-musl"]);
    expect(lock.packages["node_modules/tool-linux-x64-musl"]).toEqual({
      version: "1.0.0",
      dev: true,
      optional: true,
      os: ["linux"],
      cpu: ["x64"],
      libc: ["musl"],
    });
  });
});

describe("withoutChecksum", () => {
  test("names what could be anything when it is installed, and not what comes inside of a package that has one", () => {
    expect(
      withoutChecksum({
        packages: {
          "": {},
          "node_modules/good": { version: "1.0.0", integrity: "sha512-AAAA" },
          "node_modules/good/node_modules/inside": { version: "1.0.0", inBundle: true },
          "node_modules/old": { version: "1.0.0", integrity: "sha1-AAAA" },
          "node_modules/tool-darwin-arm64": { version: "1.0.0", optional: true },
        },
      }),
    ).toEqual(["node_modules/old", "node_modules/tool-darwin-arm64"]);
  });
});
