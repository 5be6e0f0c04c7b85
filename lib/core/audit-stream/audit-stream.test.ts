import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { appendFile, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createOutbound } from "@/lib/outbound/create-outbound";
import { auditFile } from "@/server/audit-file";
import { createTestApp, operatorOf, TEST_MASTER_KEY, testContext } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import { type Received, startReceiver } from "@/test/support/receiver";
import { sealAll } from "@/test/support/sealing";
import type { EnvironmentRef } from "../actor";
import { auditKeyOf, isSignedBy } from "../audit/audit-key";
import { changeStream, readStream } from "./change-stream";
import { deliverSeals } from "./deliver-seals";

const context = testContext();
const folder = mkdtempSync(path.join(tmpdir(), "im-stream-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let ref: EnvironmentRef;
beforeEach(async () => {
  ref = (await createTestApp(context())).development.ref;
  await context().db.prisma.auditStream.deleteMany();
});

/** As many seals as there are lists, with an entry about each of these ids. */
async function sealed(...seals: string[][]): Promise<void> {
  for (const ids of seals) {
    await context().db.pool.query(
      `INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, request_id, source)
       SELECT $1, now(), 'operator', 'op-ana', 'Ana', 'user.banned', 'user', id, 'r', 'console' FROM unnest($2::text[]) AS id`,
      [ref.id, ids],
    );
    await sealAll(context(), ref.id);
  }
}

const sendTo = async (url: string, whole = false) =>
  changeStream(context(), await createTestOperator(context(), "owner"), { url, whole });

/** The ids of this test's entries, of each batch of lines. */
const idsOf = (lines: string) =>
  lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { entry?: { environmentId: number; targetId: string } })
    .flatMap(({ entry }) => (entry?.environmentId === ref.id ? [entry.targetId] : []));
const taken = (received: readonly Received[]) =>
  received.map(({ body }) => idsOf(body)).filter((ids) => ids.length > 0);

describe("the audit log is sent on", () => {
  test("seal by seal in order, signed, with the hashes that the seals have, and once", async () => {
    await sealed(["before"]);
    const receiver = await startReceiver();
    await sendTo(receiver.url);
    await sealed(["a", "b"], ["c"]);
    await deliverSeals(context(), null);
    await deliverSeals(context(), null);
    expect(taken(receiver.received)).toEqual([["a", "b"], ["c"]]);
    const [first] = receiver.received.filter(({ body }) => body.includes('"a"'));
    const { publicKey } = auditKeyOf(context().secrets);
    const signed = `${first?.headers["x-audit-seal"]}.${first?.body}`;
    expect(isSignedBy(publicKey, signed, String(first?.headers["x-audit-signature"]))).toBe(true);
    const [seal, entry] = (first?.body ?? "").split("\n").map((line) => line && JSON.parse(line));
    const stored = await context().db.prisma.auditSeal.findFirst({ where: { hash: seal.seal.hash } });
    expect(seal.seal).toMatchObject({ environmentId: ref.id, entries: 2, signature: stored?.signature });
    expect(Buffer.from(stored?.entryHashes[0] ?? []).toString("hex")).toBe(entry.entry.sha256);
    expect(await readStream(context(), operatorOf("admin", null))).toMatchObject({
      url: receiver.url,
      failures: 0,
      waiting: 0,
      sentAt: expect.any(Date),
    });
  });

  test("again from where a receiver failed in the middle, after a pause, with nothing lost and nothing overtaken", async () => {
    // A connection that was kept and is cut off is tried once more at once, over a new one.
    let failing = 3;
    const receiver = await startReceiver(({ body }, _request, response) => {
      if (!body.includes('"b"') || failing === 0) return void response.end();
      failing -= 1;
      if (failing > 0) response.socket?.destroy();
      else response.writeHead(503).end();
    });
    await sendTo(receiver.url);
    await sealed(["a"], ["b"], ["c"]);
    await deliverSeals(context(), null);
    expect(taken(receiver.received)).toEqual([["a"], ["b"], ["b"]]);
    await deliverSeals(context(), null);
    expect(taken(receiver.received)).toHaveLength(3);
    const owner = operatorOf("owner", null);
    expect(await readStream(context(), owner)).toMatchObject({
      failures: 1,
      waiting: 2,
      lastError: expect.any(String),
    });
    context().advance(3_000);
    await deliverSeals(context(), null);
    expect(await readStream(context(), owner)).toMatchObject({ failures: 2, lastError: "Answered 503." });
    context().advance(60_000);
    await deliverSeals(context(), null);
    expect(taken(receiver.received)).toEqual([["a"], ["b"], ["b"], ["b"], ["b"], ["c"]]);
    expect(await readStream(context(), owner)).toMatchObject({ failures: 0, waiting: 0, lastError: "" });
  });

  test("by another process when one is killed before the answer: to the address and the file at least once", async () => {
    let child: ChildProcess | undefined;
    let kill = true;
    const receiver = await startReceiver(({ body }, _request, response) => {
      if (kill && body.includes('"b"')) child?.kill("SIGKILL");
      else response.end();
    });
    const file = path.join(folder, "killed.jsonl");
    // Known already, so that it gets what is sealed from here on.
    await deliverSeals(context(), auditFile(file));
    await sendTo(receiver.url);
    await sealed(["a"], ["b"], ["c"]);
    const script = path.resolve("test/support/audit-stream-process.ts");
    child = spawn(process.execPath, ["--import", "tsx", script, context().url, TEST_MASTER_KEY, file], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    await once(child, "exit");
    kill = false;
    await deliverSeals(context(), auditFile(file));
    expect(taken(receiver.received)).toEqual([["a"], ["b"], ["b"], ["c"]]);
    expect(idsOf(await readFile(file, "utf8"))).toEqual(["a", "b", "c"]);
  });

  test("to a file whose last line a killed process has left half, which is ended", async () => {
    const file = path.join(folder, "half.jsonl");
    await deliverSeals(context(), auditFile(file));
    await sealed(["a"]);
    await appendFile(file, '{"entry":{"id":"1');
    await deliverSeals(context(), auditFile(file));
    const [half, ...lines] = (await readFile(file, "utf8")).split("\n");
    expect(half).toBe('{"entry":{"id":"1');
    expect(idsOf(lines.join("\n"))).toEqual(["a"]);
  });

  test("waits where the file cannot be written, and holds up no address", async () => {
    const receiver = await startReceiver();
    const nowhere = auditFile(path.join(folder, "missing", "log.jsonl"));
    await deliverSeals(context(), nowhere);
    await sendTo(receiver.url);
    await sealed(["a"]);
    await deliverSeals(context(), nowhere);
    expect(taken(receiver.received)).toEqual([["a"]]);
    const stream = await context().db.prisma.auditStream.findUnique({ where: { kind: "file" } });
    expect(stream).toMatchObject({ failures: 1, lastError: expect.stringContaining("ENOENT") });
  });
});

describe("where it is sent", () => {
  test("is an owner's choice, audited, checked, and not changed over one that the page did not show", async () => {
    const owner = await createTestOperator(context(), "owner");
    await expect(changeStream(context(), operatorOf("admin", null), { url: "" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const outbound = createOutbound({ allowPrivate: false });
    await expect(
      changeStream({ ...context(), outbound }, owner, { url: "http://127.0.0.1/log" }),
    ).rejects.toMatchObject({ code: "invalid_parameter", field: "url" });
    outbound.close();
    await changeStream(context(), owner, { url: "http://127.0.0.1:9/log", seen: { url: "" } });
    await expect(
      changeStream(context(), owner, { url: "http://127.0.0.1:9/other", seen: { url: "" } }),
    ).rejects.toMatchObject({ code: "version_conflict" });
    const entry = await context().db.prisma.auditEntry.findFirst({
      where: { action: "audit.stream_changed" },
      orderBy: { id: "desc" },
    });
    expect(entry).toMatchObject({ before: { url: "" }, after: { url: "http://127.0.0.1:9/log" } });
    await changeStream(context(), owner, { url: "" });
    expect(await readStream(context(), owner)).toMatchObject({ url: "", waiting: 0 });
  });

  test("begins with what is sealed from then on, or with everything, and goes on at another address", async () => {
    await sealed(["old"]);
    const [one, other] = [await startReceiver(), await startReceiver()];
    await sendTo(one.url, true);
    await deliverSeals(context(), null);
    expect(taken(one.received)).toEqual([["old"]]);
    await sealed(["new"]);
    await sendTo(other.url);
    await deliverSeals(context(), null);
    expect(taken(other.received)).toEqual([["new"]]);
  });
});
