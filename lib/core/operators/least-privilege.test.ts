import { describe, expect, test } from "vitest";
import { createTestApp, operatorOf, testContext, withRole } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import { getAuditEntry } from "../audit/get-audit-entry";
import { listAuditEntries } from "../audit/list-audit-entries";
import { withoutSecrets } from "../webhooks/get-webhook";
import { inviteOperator } from "./invite-operator";
import { listOperators } from "./list-operators";
import { suggestOperators } from "./suggest-operators";

const context = testContext();
const SECRET = "https://hooks.example.com/services/T00/s3cr3t?token=s3cr3t";

describe("who only looks on", () => {
  test("sees operators without their addresses, and no invitations; oneself with the own one", async () => {
    const owner = await createTestOperator(context(), "owner");
    const viewer = await createTestOperator(context(), "viewer");
    await inviteOperator(context(), owner, { email: "invited@example.com", role: "viewer" });
    const seen = await listOperators(context(), viewer);
    expect(seen.invitations).toEqual([]);
    expect(new Set(seen.operators.map(({ email }) => email))).toEqual(new Set(["", viewer.email]));
    const all = await listOperators(context(), withRole(viewer, "support"));
    expect(all.operators.map(({ email }) => email)).toEqual(expect.arrayContaining([owner.email, viewer.email]));
    expect(all.invitations).toHaveLength(1);
  });

  test("finds operators by name and not by address", async () => {
    const owner = await createTestOperator(context(), "owner");
    const viewer = operatorOf("viewer", null);
    expect(await suggestOperators(context(), viewer, { q: owner.email })).toEqual([]);
    expect(await suggestOperators(context(), operatorOf("support", null), { q: owner.email })).toMatchObject([
      { id: owner.operatorId, email: owner.email },
    ]);
  });

  test("sees a webhook's host, and not what may be secret in its address, in the audit log neither", async () => {
    const { development } = await createTestApp(context());
    const { ref } = development;
    await context().db.prisma.auditEntry.create({
      data: {
        environmentId: ref.id,
        at: new Date(),
        actorKind: "operator",
        actorId: "someone",
        actorName: "Someone",
        action: "webhook.changed",
        targetKind: "webhook",
        targetId: "",
        requestId: "request",
        before: { url: "" },
        after: { url: SECRET, events: [] },
        source: "console",
      },
    });
    for (const role of ["viewer", "support"] as const) {
      const actor = operatorOf(role, ref);
      const { rows } = await listAuditEntries(context(), actor, { scope: "environment" });
      expect(JSON.stringify(rows)).not.toContain("s3cr3t");
      expect(rows[0]?.after).toEqual({ url: "https://hooks.example.com/…", events: [] });
      expect(JSON.stringify(await getAuditEntry(context(), actor, { id: rows[0]?.id ?? "" }))).not.toContain("s3cr3t");
    }
    const { rows } = await listAuditEntries(context(), operatorOf("admin", ref), { scope: "environment" });
    expect(rows[0]?.after).toMatchObject({ url: SECRET });
  });
});

test.each([
  ["", ""],
  ["https://example.com/", "https://example.com"],
  ["https://user:pass@example.com:8443/hooks", "https://example.com:8443/…"],
  ["http://example.com/?token=1", "http://example.com/…"],
  ["nonsense", "…"],
])("of the address %j is shown %j", (url, shown) => {
  expect(withoutSecrets(url)).toBe(shown);
});
