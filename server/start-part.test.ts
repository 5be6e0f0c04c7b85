import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/env";
import { TEST_MASTER_KEY, testContext } from "@/test/support/context";
import { Failure } from "./installation/failure";
import { startPart } from "./start-part";

/** Parts that are started alone; that they run is the test of whole installations (test/installations/release.installations.ts). */
const context = testContext();
const folder = mkdtempSync(path.join(tmpdir(), "im-part-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const noPrograms = () => Promise.reject(new Error("nothing is started here"));
const settings = (given: Record<string, string>) => parseEnv({ DATA_DIR: path.join(folder, "data"), ...given });

async function migrate(): Promise<string> {
  const said: string[] = [];
  const own = settings({ DATABASE_URL: context().url, MASTER_KEY: TEST_MASTER_KEY });
  await startPart("migrate", own, noPrograms, (text) => said.push(text));
  return said.join("\n");
}

describe("a part by itself", () => {
  test("needs a database that the others reach, and says so", async () => {
    const started = startPart("service", settings({}), noPrograms, () => {});
    await expect(started).rejects.toThrow(Failure);
    await expect(started).rejects.toThrow(
      "The service by itself needs a database that the other parts reach too: set DATABASE_URL.",
    );
  });

  test("makes no master key, which the others would not have", async () => {
    const started = startPart("console", settings({ DATABASE_URL: context().url }), noPrograms, () => {});
    await expect(started).rejects.toThrow(/There is no master key: set MASTER_KEY .* run `npm start -- migrate` first/);
  });
});

describe("migrate", () => {
  test("prepares the database, gives a link to the first owner, and does no harm when it is run again", async () => {
    const said = await migrate();
    expect(said).toContain("The database is ready.");
    expect(said).toMatch(/http:\/\/localhost:3000\/setup\?secret=\S+/);
    expect(await migrate()).not.toContain("Made the app");
  });
});
