import { mkdtempSync, rmSync } from "node:fs";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditKeyOf } from "@/lib/core/audit/audit-key";
import { exportList } from "@/lib/core/exports/export-list";
import { createSecretBox } from "@/lib/core/secrets";
import { createTestApp, operatorOf, TEST_MASTER_KEY, testContext } from "@/test/support/context";
import { sealAll } from "@/test/support/sealing";
import type { EnvironmentRef } from "../../lib/core/actor";
import { main } from "../cli";

const context = testContext();
const folder = mkdtempSync(path.join(tmpdir(), "im-export-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let ref: EnvironmentRef;

beforeAll(async () => {
  ref = (await createTestApp(context())).development.ref;
  await context().db.pool.query(
    `INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, request_id, source)
     SELECT $1, now(), 'operator', 'op-ana', 'Ana “Zoë”, =1+1', 'user.banned', 'user', n::text, 'r', 'console' FROM generate_series(1, 250) AS n`,
    [ref.id],
  );
  await sealAll(context(), ref.id);
});

let files = 0;
async function exported(query: Record<string, string>): Promise<string> {
  files += 1;
  const file = path.join(folder, `log-${files}`);
  const actor = operatorOf("admin", ref);
  for await (const chunk of (await exportList(context(), actor, { list: "audit-log", ...query })).chunks)
    await appendFile(file, chunk);
  return file;
}

/** Without a database: what verifies a file needs none. */
async function cli(args: readonly string[], env: Record<string, string> = { MASTER_KEY: TEST_MASTER_KEY }) {
  const ended = { code: 0, stdout: "", stderr: "" };
  const code = await main(args, {
    env: { DATA_DIR: path.join(folder, "data"), DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none", ...env },
    out: (text) => {
      ended.stdout += text;
    },
    err: (text) => {
      ended.stderr += text;
    },
  });
  return { ...ended, code };
}

const publicKey = auditKeyOf(createSecretBox(TEST_MASTER_KEY)).publicKey;
const otherKey = auditKeyOf(createSecretBox("ff".repeat(32))).publicKey;

describe.each(["csv", "json"])("an exported audit log (%s)", (format) => {
  test("is verified without the installation, by its public key, and says what it holds", async () => {
    const file = await exported({ format });
    expect((await cli(["audit", "key"])).stdout.trim()).toBe(publicKey);
    const verified = await cli(["audit", "verify", file, "--key", publicKey], {});
    expect(verified).toMatchObject({ code: 0, stderr: "" });
    expect(verified.stdout).toMatch(/is as it was exported\.\n {2}\d{3} entries of Test app development, exported at /);
    expect(verified.stdout).toMatch(/after seal 1: [0-9a-f]{64}/);
    expect((await cli(["audit", "verify", await exported({ format, q: "nobody" })])).stdout).toContain(
      "  0 entries of",
    );
  });

  test("is still a file of its format, in which the signature is one more row", async () => {
    const text = await readFile(await exported({ format }), "utf8");
    if (format === "json") {
      const rows = JSON.parse(text) as Record<string, string>[];
      expect(Object.keys(rows.at(-1) ?? {})).toEqual(["signature"]);
      expect(rows.slice(0, -1).every(({ action }) => typeof action === "string")).toBe(true);
    } else {
      const lines = text.trimEnd().split("\r\n");
      expect(lines.at(-1)).toMatch(/^#signature,[\w-]+\.[\w-]+,{13}$/);
      expect(lines[0]?.split(",")).toHaveLength(15);
    }
  });

  test.each([
    ["a changed name", (text: string) => text.replace("op-ana", "op-bob")],
    ["a row taken out", (text: string) => text.replace(/\n[^\n]*op-ana[^\n]*(?=\n)/, "")],
    ["a row doubled", (text: string) => text.replace(/\n[^\n]*op-ana[^\n]*(?=\n)/, "$&$&")],
    ["another first byte", (text: string) => ` ${text}`],
  ])("shows %s", async (_, change) => {
    const file = await exported({ format });
    await writeFile(file, change(await readFile(file, "utf8")));
    expect(await cli(["audit", "verify", file])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("was changed after it was exported"),
    });
  });

  test.each([
    ["something after the signature", (text: string) => `${text}x\r\n`],
    ["no signature", (text: string) => text.replace(/,?\r?\n[^\n]*signature[^\n]*/, "")],
    ["a signature that was written anew", (text: string) => text.replace(/\.[\w-]{20}/, `.${"A".repeat(20)}`)],
    ["its end cut off", (text: string) => text.slice(0, 5_000)],
  ])("is not taken for signed with %s", async (_, change) => {
    const file = await exported({ format });
    await writeFile(file, change(await readFile(file, "utf8")));
    expect(await cli(["audit", "verify", file])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("is not a signed audit log"),
    });
  });

  test("is not taken for this installation's with another's key", async () => {
    const file = await exported({ format });
    const verified = await cli(["audit", "verify", file, "--key", otherKey]);
    expect(verified).toMatchObject({ code: 1, stdout: expect.stringContaining("was signed with another key") });
  });
});

describe("an exported audit log beside the log itself", () => {
  test("shows that the log was set back to an earlier state since, seals and all", async () => {
    const env = { MASTER_KEY: TEST_MASTER_KEY, DATABASE_URL: context().url };
    await context().db.pool.query(
      `INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, request_id, source)
       VALUES ($1, now(), 'operator', 'op-ana', 'Ana', 'user.banned', 'user', 'last', 'r', 'console')`,
      [ref.id],
    );
    await sealAll(context(), ref.id);
    const file = await exported({ format: "json" });
    expect(await cli(["audit", "check", file], env)).toMatchObject({ code: 0 });
    const { rows } = await context().owner.query<{ after_id: string; sequence: number }>(
      "DELETE FROM audit_seals WHERE environment_id = $1 AND sequence = (SELECT max(sequence) FROM audit_seals WHERE environment_id = $1) RETURNING after_id, sequence",
      [ref.id],
    );
    await context().owner.query("DELETE FROM audit_entries WHERE environment_id = $1 AND id > $2", [
      ref.id,
      rows[0]?.after_id,
    ]);
    await context().owner.query("UPDATE audit_chain SET seals = (SELECT max(number) FROM audit_seals)");
    expect(await cli(["audit", "check"], env)).toMatchObject({ code: 0 });
    expect(await cli(["audit", "check", file], env)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`no longer has seal ${rows[0]?.sequence}`),
    });
  });
});
