import { describe, expect, test } from "vitest";
import { createOutbound } from "@/lib/outbound/create-outbound";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { startReceiver } from "@/test/support/receiver";
import { recordTestEvents, storedEvents } from "@/test/support/webhooks";
import type { EnvironmentRef } from "../actor";
import { changeWebhook } from "./change-webhook";
import { deliverPending } from "./deliver-pending";
import { webhookUrlProblem } from "./facts";
import { getWebhook } from "./get-webhook";
import { type ChangeWebhookInput, ChangeWebhookSchema } from "./schema";

const context = testContext();
const URL_1 = "https://hooks.example/im?team=1";

const save = (environment: EnvironmentRef, input: Partial<ChangeWebhookInput>) =>
  changeWebhook(context(), operatorOf("admin", environment), {
    version: 0,
    url: "http://127.0.0.1:9/",
    events: ["user:friendship"],
    ...input,
  });

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

const auditOf = (environment: EnvironmentRef) =>
  context().db.prisma.auditEntry.findMany({
    where: { environmentId: environment.id, targetKind: "webhook" },
    orderBy: { id: "asc" },
  });

describe("changeWebhook", () => {
  test("starts with nothing; what is saved is read back with who saved it, and audited with before and after", async () => {
    const { development, production } = await createTestApp(context());
    const viewer = operatorOf("viewer", development.ref);
    expect(await getWebhook(context(), viewer)).toEqual({ version: 0, url: "", events: [], changed: null });

    const events = ["quota:threshold", "user:friendship", "user:friendship"] as const;
    const { version } = await save(development.ref, { url: "http://127.0.0.1:9/a", events: [...events] });
    expect(await getWebhook(context(), viewer)).toMatchObject({ version, url: "http://127.0.0.1:9/…" });
    const state = await getWebhook(context(), operatorOf("admin", development.ref));
    expect(state).toMatchObject({
      version,
      url: "http://127.0.0.1:9/a",
      events: ["user:friendship", "quota:threshold"],
      changed: { byName: "Test admin" },
    });
    await save(development.ref, { version, url: "http://127.0.0.1:9/a", events: ["user:friendship"], note: "less" });
    expect(await auditOf(development.ref)).toMatchObject([
      {
        action: "webhook.changed",
        before: { url: "", events: [] },
        after: { url: "http://127.0.0.1:9/a", events: ["user:friendship", "quota:threshold"] },
      },
      {
        before: { events: ["user:friendship", "quota:threshold"] },
        after: { events: ["user:friendship"], note: "less" },
      },
    ]);
    expect(await getWebhook(context(), operatorOf("viewer", production.ref))).toMatchObject({ version: 0, url: "" });
  });

  test("of changes made on one version the first is saved; the others are told who was first and change nothing", async () => {
    const { development } = await createTestApp(context());
    const { version } = await save(development.ref, {});
    for (const from of [0, version]) {
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, (_, n) =>
          refusal(save(development.ref, { version: from, url: `http://127.0.0.1:9/${from}-${n}` })),
        ),
      );
      const conflicts = outcomes.filter((outcome) => outcome !== null);
      expect(conflicts).toHaveLength(from === 0 ? 5 : 4);
      for (const conflict of conflicts) {
        expect(conflict).toMatchObject({
          code: "version_conflict",
          message: expect.stringMatching(/^Test admin changed the webhook at/),
        });
      }
    }
    expect((await getWebhook(context(), operatorOf("viewer", development.ref))).version).toBe(version + 1);
  });

  test("two first ones race: one is saved", async () => {
    const { development } = await createTestApp(context());
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => refusal(save(development.ref, {}))));
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
  });

  test("an address that leads inside is refused at its field, with the way to allow it", async () => {
    const { development } = await createTestApp(context());
    const guarded = {
      ...context(),
      outbound: createOutbound({ allowPrivate: false, resolve: async () => ["10.0.0.7"] }),
    };
    const input = { version: 0, url: URL_1, events: ["user:friendship" as const] };
    expect(await refusal(changeWebhook(guarded, operatorOf("admin", development.ref), input))).toMatchObject({
      code: "invalid_parameter",
      field: "url",
      message:
        "The name hooks.example leads to 10.0.0.7, which is not on the public internet. WEBHOOK_ALLOW_PRIVATE=on allows it for the whole installation.",
    });
    expect(await getWebhook(context(), operatorOf("viewer", development.ref))).toMatchObject({ version: 0 });
  });

  test("in production an operator says why; support may look and not change", async () => {
    const { production } = await createTestApp(context());
    expect(await refusal(save(production.ref, {}))).toMatchObject({ code: "invalid_parameter", field: "note" });
    await save(production.ref, { note: "first webhook" });
    const support = operatorOf("support", production.ref);
    const input = { version: 1, url: "", events: [] };
    expect(await refusal(changeWebhook(context(), support, input))).toMatchObject({ code: "forbidden" });
    expect(await getWebhook(context(), support)).toMatchObject({ version: 1 });
  });

  test("a new address gets at once what the old one refused", async () => {
    const { development } = await createTestApp(context());
    const broken = await startReceiver((_received, _request, response) => void response.writeHead(500).end());
    const working = await startReceiver();
    const { version } = await save(development.ref, { url: broken.url });
    await recordTestEvents(context(), development.ref, ["alice", "bob"]);
    const next = await deliverPending(context(), development.ref.id);
    await deliverPending(context(), development.ref.id);
    expect(broken.received).toHaveLength(2);
    expect(next).toBeGreaterThan(context().now());

    await save(development.ref, { version, url: working.url });
    await deliverPending(context(), development.ref.id);
    expect(working.received).toHaveLength(2);
    expect((await storedEvents(context(), development.ref)).every((event) => event.deliveredAt !== null)).toBe(true);
  });
});

describe("an address", () => {
  test.each([
    "https://example.com",
    "http://example.com:8080/hook?a=1",
    "https://[2606:4700::1111]/x",
    "https://müller.example/",
  ])("%s can be one", (url) => expect(webhookUrlProblem(url)).toBeUndefined());

  test.each([
    ["example.com/hook", /full address/],
    ["ftp://example.com", /https:\/\/ or http:\/\//],
    ["javascript:alert(1)", /https:\/\/ or http:\/\//],
    ["https://ana:secret@example.com", /name and password/],
    ["https://example.com/#part", /after #/],
    ["https://example.com/?nonce=1", /parameter nonce/],
    ["https://example.com/?a=1&signature=2", /parameter signature/],
    [`https://example.com/${"x".repeat(2_000)}`, /at most 2000/],
  ])("%s cannot, and is told why", (url, reason) => {
    expect(webhookUrlProblem(url)).toMatch(reason);
    const parsed = ChangeWebhookSchema.safeParse({ version: 0, url, events: [] });
    expect(parsed.error?.issues[0]).toMatchObject({ path: ["url"], message: expect.stringMatching(reason) });
  });

  test("an event that does not exist is refused", () => {
    const parsed = ChangeWebhookSchema.safeParse({ version: 0, url: "", events: ["webhook:ping"] });
    expect(parsed.success).toBe(false);
  });
});
