import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createOutbound } from "@/lib/outbound/create-outbound";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { type Received, startReceiver } from "@/test/support/receiver";
import { insertTestWebhook, recordTestEvents } from "@/test/support/webhooks";
import type { EnvironmentRef } from "../actor";
import { changeWebhook } from "./change-webhook";
import { deliverPending } from "./deliver-pending";
import { pingWebhook } from "./ping-webhook";
import { getWebhookSigning, revealWebhookSecret, rotateWebhookSecret } from "./webhook-secret";

const context = testContext();
const HOUR = 3_600_000;

const secretOf = async (environment: EnvironmentRef) =>
  (await revealWebhookSecret(context(), operatorOf("admin", environment))).webhookSecret;

const rotate = (environment: EnvironmentRef, secretNumber: number, overlapHours: 0 | 1 | 24 | 168) =>
  rotateWebhookSecret(context(), operatorOf("admin", environment), { secretNumber, overlapHours });

/** As a receiver checks it, from what came over the wire: by which of the secrets it is signed. */
function signedBy({ headers, body }: Received, secrets: readonly string[]): string[] {
  const { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signatures } = headers;
  expect(Math.abs(context().now() / 1000 - Number(time))).toBeLessThan(5);
  return String(signatures)
    .split(" ")
    .map((signature) => {
      const of = secrets.find((secret) => {
        const hmac = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"));
        return signature === `v1,${hmac.update(`${id}.${time}.${body}`).digest("base64")}`;
      });
      return of ?? `nobody's: ${signature}`;
    });
}

async function environmentWith(url: string): Promise<EnvironmentRef> {
  const { development } = await createTestApp(context());
  await insertTestWebhook(context(), development.ref, url);
  return development.ref;
}

describe("the webhook secret", () => {
  test("signs id, time and the body as it is sent, of deliveries and of pings, beside the signature of the original", async () => {
    const receiver = await startReceiver();
    const environment = await environmentWith(receiver.url);
    const secret = await secretOf(environment);
    await recordTestEvents(context(), environment, ["alice"]);
    await deliverPending(context(), environment.id);
    await pingWebhook(context(), operatorOf("admin", environment));
    expect(receiver.received).toHaveLength(2);
    for (const received of receiver.received) {
      expect(signedBy(received, [secret])).toEqual([secret]);
      expect(received.headers["webhook-id"]).toBe(JSON.parse(received.body).id);
      expect(received.url).toMatch(/[?&]signature=[0-9a-f]{40}/);
    }
  });

  test("is each environment's own, the same for every process that has the master key, and stored nowhere", async () => {
    const { development, production } = await createTestApp(context());
    const secret = await secretOf(development.ref);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await secretOf(development.ref)).toBe(secret);
    expect(await secretOf(production.ref)).not.toBe(secret);
  });

  test("is rotated with an overlap in which both sign, and then the new one alone", async () => {
    const receiver = await startReceiver();
    const environment = await environmentWith(receiver.url);
    const first = await secretOf(environment);
    const deliver = async () => {
      await recordTestEvents(context(), environment, ["alice"]);
      await deliverPending(context(), environment.id);
      return signedBy(receiver.received.at(-1) as Received, [first, second, third]);
    };
    const { webhookSecret: second, previousSecretUntil } = await rotate(environment, 1, 24);
    let third = "";
    expect(second).not.toBe(first);
    expect(Math.abs(Number(previousSecretUntil) - context().now() - 24 * HOUR)).toBeLessThan(5_000);
    expect(await deliver()).toEqual([second, first]);
    context().advance(24 * HOUR);
    expect(await deliver()).toEqual([second]);
    expect(await getWebhookSigning(context(), operatorOf("viewer", environment))).toMatchObject({
      secretNumber: 2,
      previousSecretUntil: null,
    });

    await rotate(environment, 2, 168);
    third = (await rotate(environment, 3, 0)).webhookSecret;
    // One that was leaked: whatever signed before signs no more.
    expect(await deliver()).toEqual([third]);
  });

  test("is rotated once by two who decided on the same one, and not before there is a webhook", async () => {
    const { development } = await createTestApp(context());
    await expect(rotate(development.ref, 1, 24)).rejects.toMatchObject({ code: "invalid_parameter" });
    await insertTestWebhook(context(), development.ref, "http://127.0.0.1:9/");
    const both = await Promise.allSettled([rotate(development.ref, 1, 24), rotate(development.ref, 1, 24)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(rotate(development.ref, 1, 24)).rejects.toMatchObject({ code: "version_conflict" });
    await expect(rotate(development.ref, 2, 2 as never)).rejects.toMatchObject({ name: "ZodError" });
  });

  test("is shown and rotated by admins alone, and both are audited without it", async () => {
    const environment = await environmentWith("http://127.0.0.1:9/");
    const secret = await secretOf(environment);
    const { webhookSecret: second } = await rotate(environment, 1, 1);
    for (const role of ["viewer", "support"] as const) {
      const operator = operatorOf(role, environment);
      await expect(revealWebhookSecret(context(), operator)).rejects.toMatchObject({ code: "forbidden" });
      const input = { secretNumber: 2, overlapHours: 0 } as const;
      await expect(rotateWebhookSecret(context(), operator, input)).rejects.toMatchObject({ code: "forbidden" });
    }
    const where = { environmentId: environment.id, targetKind: "webhook" };
    const entries = await context().db.prisma.auditEntry.findMany({ where, orderBy: { id: "asc" } });
    expect(entries.map(({ action }) => action)).toEqual(["webhook.secret_revealed", "webhook.secret_rotated"]);
    expect(entries[1]?.after).toEqual({ overlapHours: 1 });
    const text = JSON.stringify(entries, (_, value) => (typeof value === "bigint" ? String(value) : value));
    for (const one of [secret, second]) expect(text).not.toContain(one);
  });

  test("a save of the webhook leaves the secret as it is", async () => {
    const environment = await environmentWith("http://127.0.0.1:9/");
    const { webhookSecret } = await rotate(environment, 1, 24);
    const local = { ...context(), outbound: createOutbound({ allowPrivate: true }) };
    const input = { version: 1, url: "http://127.0.0.1:9/other", events: [] };
    await changeWebhook(local, operatorOf("admin", environment), input);
    expect(await secretOf(environment)).toBe(webhookSecret);
  });
});
