import { describe, expect, test } from "vitest";
import { createServerApi } from "@/lib/server-api/server-api";
import { DEFAULT_SETTINGS } from "@/test/support/api-server";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { signedHeaders } from "@/test/support/signed-client";
import { INSTALLATION } from "../actor";
import { listAuditEntries } from "../audit/list-audit-entries";
import { recordResultsDownload } from "../jobs/record-results-download";
import { confirmIdentity } from "../operators/confirm-identity";
import { findInvitation } from "../operators/find-invitation";
import { hashPassword } from "../operators/password";
import { findPasswordLinkOwner } from "../operators/reset-password";
import { flushSecurityEvents, noteAtConsole } from "./note-event";

const context = testContext();

async function noted(action: string) {
  await flushSecurityEvents(context());
  const entries = await context().db.prisma.auditEntry.findMany({ where: { action }, orderBy: { id: "asc" } });
  return entries.map(({ after, ip }) => ({ ...(after as { count: number; from: string }), ip }));
}

describe("security events", () => {
  test("are summed up by source and hour: very many cost a few entries, which say how many there were", async () => {
    const action = "security.cross_site_refused";
    noteAtConsole(context(), action, "203.0.113.1");
    expect(await noted(action)).toEqual([{ count: 1, from: "203.0.113.1", ip: "203.0.113.1" }]);
    for (let n = 0; n < 5_000; n += 1) noteAtConsole(context(), action, "203.0.113.1");
    noteAtConsole(context(), action, "2001:db8::1");
    noteAtConsole(context(), action, "2001:db8::2");
    expect((await noted(action)).slice(1).map(({ count, from }) => [count, from])).toEqual([
      [5_001, "203.0.113.1"],
      [2, "2001:db8::/64"],
    ]);
    for (let n = 0; n < 100; n += 1) noteAtConsole(context(), action, "203.0.113.1");
    expect(await noted(action)).toHaveLength(3);
    context().advance(3_700_000);
    noteAtConsole(context(), action, "203.0.113.1");
    expect((await noted(action)).at(-1)).toMatchObject({ count: 1, from: "203.0.113.1" });
  });

  test("from very many addresses fill neither the log nor the table of sources", async () => {
    const action = "security.cross_site_refused";
    context().advance(3_700_000);
    const before = { entries: (await noted(action)).length, sources: await context().db.prisma.signInSource.count() };
    for (let n = 0; n < 3_000; n += 1) noteAtConsole(context(), action, `198.51.${n >> 8}.${n & 255}`);
    const entries = (await noted(action)).slice(before.entries);
    expect(entries.length).toBeLessThan(40);
    expect(entries.at(-1)).toMatchObject({ from: "many addresses" });
    expect(entries.at(-1)?.count).toBeGreaterThan(900);
    expect(await context().db.prisma.signInSource.count()).toBeLessThan(before.sources + 30);
  });

  test("have links that were never made, of invitations and passwords together, from the fifth on", async () => {
    const visitor = { ip: "192.0.2.7" };
    for (let n = 0; n < 2; n += 1) {
      expect(await findInvitation(context(), `guess-${n}`, visitor)).toBeNull();
      expect(await findPasswordLinkOwner(context(), `guess-${n}`, visitor)).toBeNull();
    }
    expect(await noted("security.links_guessed")).toEqual([]);
    await findInvitation(context(), "one more", visitor);
    expect(await noted("security.links_guessed")).toEqual([{ count: 5, from: "192.0.2.7", ip: "192.0.2.7" }]);
  });

  test("have wrong passwords of who is signed in already, at the operator", async () => {
    const { id } = await context().db.prisma.operator.create({
      data: {
        id: "op-proof",
        email: "proof@example.com",
        name: "Proof",
        role: "viewer",
        passwordHash: await hashPassword("the right one"),
        createdAt: new Date(),
      },
    });
    const actor = { ...operatorOf("viewer", null), operatorId: id, email: "proof@example.com", sessionId: "s" };
    for (let n = 0; n < 2; n += 1)
      await expect(confirmIdentity(context(), actor, null, { password: "wrong" })).rejects.toMatchObject({
        field: "password",
      });
    expect(await noted("security.wrong_proofs")).toMatchObject([{ count: 2 }]);
    const entry = await context().db.prisma.auditEntry.findFirst({ where: { action: "security.wrong_proofs" } });
    expect(entry).toMatchObject({ environmentId: INSTALLATION, targetId: id, actorName: "Someone" });
  });

  test("have an environment's wrong signatures in its own log, and their filter shows nothing else", async () => {
    const { development } = await createTestApp(context());
    const { ref } = development;
    const api = createServerApi(context(), DEFAULT_SETTINGS);
    for (let n = 0; n < 12; n += 1) {
      const headers = signedHeaders({ baseUrl: "", appKey: ref.appKey, appSecret: "wrong", now: context().now });
      const request = new Request("http://api/v4/user/get", { method: "POST", headers, body: "{}" });
      expect((await api.fetch(request)).status).toBe(401);
    }
    await api.close();
    await flushSecurityEvents(context());
    const viewer = operatorOf("viewer", ref);
    await recordResultsDownload(context(), viewer, { jobId: "job-1", format: "csv" });
    const { rows } = await listAuditEntries(context(), viewer, { category: "security" });
    expect(rows).toMatchObject([
      { action: "job.results_downloaded", actor: { id: viewer.operatorId }, target: { kind: "job", id: "job-1" } },
      {
        action: "security.wrong_signatures",
        actor: { name: "Someone" },
        source: "server_api",
        result: "signature_invalid",
        target: { id: ref.appKey },
        after: { count: 12 },
      },
    ]);
    await context().owner.query("UPDATE audit_entries SET action = 'settings.changed' WHERE environment_id = $1", [
      ref.id,
    ]);
    expect((await listAuditEntries(context(), viewer, { category: "security" })).rows).toEqual([]);
    expect((await listAuditEntries(context(), viewer, {})).rows).toHaveLength(2);
  });
});
