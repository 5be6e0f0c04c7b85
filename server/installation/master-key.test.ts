import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createSecretBox } from "@/lib/core/secrets";
import { parseEnv } from "@/lib/env";
import { createTestApp, testContext } from "@/test/support/context";
import { Failure } from "./failure";
import { findMasterKey, loadMasterKey } from "./master-key";

const context = testContext();
const folder = mkdtempSync(path.join(tmpdir(), "im-master-key-"));
const file = path.join(folder, "master-key");
const settings = parseEnv({ DATA_DIR: folder });
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const load = () => loadMasterKey(settings, context().db);

describe("a database without secrets", () => {
  test.each([
    ["missing", null],
    ["empty", ""],
    ["full of zeros", "\0".repeat(65)],
  ])("gets a key when the file is %s, and keeps it", async (_, left) => {
    if (left !== null) writeFileSync(file, left);
    const key = await load();
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(readFileSync(file, "utf8")).toBe(`${key}\n`);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(await load()).toBe(key);
  });
});

describe("a database with secrets", () => {
  test("never gets a new key: what to restore is said in a sentence", async () => {
    await createTestApp({ ...context(), secrets: createSecretBox(await load()) });
    writeFileSync(file, "");
    const refused = load();
    await expect(refused).rejects.toThrow(Failure);
    await expect(refused).rejects.toThrow(
      `the file of their master key, ${file}, is empty: set MASTER_KEY, or restore`,
    );
    expect(readFileSync(file, "utf8")).toBe("");
    rmSync(file);
    await expect(load()).rejects.toThrow(/their master key is missing: set MASTER_KEY, or restore/);
    writeFileSync(file, "damaged");
    expect(() => findMasterKey(settings)).toThrow(/is damaged/);
  });
});
