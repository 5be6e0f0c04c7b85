import { describe, expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { startReceiver } from "@/test/support/receiver";
import { insertTestWebhook, recordTestEvents, storedEvents } from "@/test/support/webhooks";
import type { EnvironmentRef } from "../actor";
import { deliverPending } from "./deliver-pending";
import type { DeliveryState } from "./delivery-schema";
import { countDeliveries, countNewerDeliveries, getDelivery, listDeliveries } from "./list-deliveries";
import { pingWebhook } from "./ping-webhook";
import { replayDeadDeliveries, replayDelivery } from "./replay-deliveries";
import { KEEP_ATTEMPTS_MS, KEEP_DEAD_MS } from "./retry-rules";
import { countTimeout } from "./run-store";
import { forgetOldDeliveries } from "./sweep-webhooks";

const context = testContext();

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

/** An environment with deliveries in every state: two delivered, one failing with one behind it, one given up. */
async function environmentWithLog() {
  const answers: Record<string, number> = { failing: 503, dead: 500 };
  const receiver = await startReceiver(({ body }, _request, response) => {
    const [{ userId }] = (JSON.parse(body) as { data: [{ userId: string }] }).data;
    response.writeHead(answers[userId] ?? 200).end(`for ${userId}`);
  });
  const { development, production } = await createTestApp(context());
  await insertTestWebhook(context(), development.ref, receiver.url);
  await recordTestEvents(context(), development.ref, ["dead"]);
  await deliverPending(context(), development.ref.id);
  await context().db.prisma.webhookEvent.updateMany({
    where: { environmentId: development.ref.id },
    data: { giveUpAt: new Date(context().now() - 1), dueAt: new Date(context().now() - 1) },
  });
  await deliverPending(context(), development.ref.id);
  await recordTestEvents(context(), development.ref, ["alice", "failing", "alice", "failing"]);
  await deliverPending(context(), development.ref.id);
  return { environment: development.ref, other: production.ref, receiver, answers };
}

const viewer = (environment: EnvironmentRef) => operatorOf("viewer", environment);
const admin = (environment: EnvironmentRef) => operatorOf("admin", environment);
const list = async (environment: EnvironmentRef, filter: Parameters<typeof listDeliveries>[2] = {}) =>
  (await listDeliveries(context(), viewer(environment), filter)).rows;

test("a user's deliveries are those about their friendships too, whoever is named first", async () => {
  const { development, production } = await createTestApp(context());
  const now = new Date(context().now());
  const keys = ["alice", "alice bob", "aaron alice", "bob carol", "alice2 bob", "malice", "alice bob", ""];
  for (const { ref } of [production, development]) {
    for (const [n, orderKey] of keys.entries()) {
      const type = orderKey.includes(" ") ? "user:friendship" : "user:connection_status";
      const state = n % 2 === 0 ? { deliveredAt: now } : { dueAt: now };
      await context().db.prisma.webhookEvent.create({
        data: { environmentId: ref.id, type, orderKey, data: {}, createdAt: now, giveUpAt: now, ...state },
      });
    }
  }
  const about = async (filter: Parameters<typeof listDeliveries>[2]) =>
    (await list(development.ref, filter)).map(({ userId }) => userId);
  expect(await about({ user: "alice" })).toEqual(["alice bob", "aaron alice", "alice bob", "alice"]);
  expect(await about({ user: "bob" })).toEqual(["alice bob", "alice2 bob", "bob carol", "alice bob"]);
  expect(await about({ user: "alice", state: "delivered" })).toEqual(["alice bob", "aaron alice", "alice"]);
  expect(await about({ user: "alice", type: "user:friendship" })).toEqual(["alice bob", "aaron alice", "alice bob"]);
  const [newest] = await list(development.ref, { user: "alice" });
  const newer = (after: string) => countNewerDeliveries(context(), viewer(development.ref), { user: "alice" }, after);
  expect((await newer(newest?.id ?? "")).count).toBe(0);
  expect((await newer("0")).count).toBe(4);

  for (let n = 0; n < 60; n++) {
    await context().db.prisma.webhookEvent.create({
      data: {
        environmentId: development.ref.id,
        type: "user:friendship",
        orderKey: n % 2 === 0 ? `dora user${n}` : `a${n} dora`,
        data: {},
        createdAt: now,
        giveUpAt: now,
      },
    });
  }
  const first = await listDeliveries(context(), viewer(development.ref), { user: "dora", size: "25" });
  const second = await listDeliveries(context(), viewer(development.ref), {
    user: "dora",
    size: "25",
    cursor: first.next ?? "",
  });
  const back = await listDeliveries(context(), viewer(development.ref), {
    user: "dora",
    size: "25",
    cursor: second.previous ?? "",
  });
  const ids = [...first.rows, ...second.rows].map(({ id }) => Number(id));
  expect(ids).toHaveLength(50);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
  expect(back.rows).toEqual(first.rows);
});

describe("the delivery log", () => {
  test("shows each event once, latest first, with its state, tries, last answer and next try", async () => {
    const { environment, other } = await environmentWithLog();
    const rows = await list(environment);
    expect(
      rows.map(({ userId, state, attempts, lastAnswer }) => [userId, state, attempts, lastAnswer?.status]),
    ).toEqual([
      ["failing", "waiting", 0, undefined],
      ["alice", "delivered", 1, 200],
      ["failing", "failing", 1, 503],
      ["alice", "delivered", 1, 200],
      ["dead", "dead", 2, 500],
    ]);
    expect(rows[0]?.nextTryAt).toBeNull();
    expect(rows[2]?.nextTryAt?.getTime()).toBeGreaterThan(context().now());
    expect(await list(other)).toEqual([]);
  });

  test("is filtered by state, type and user, and paged in both directions", async () => {
    const { environment } = await environmentWithLog();
    const states: Record<DeliveryState, string[]> = {
      waiting: ["failing"],
      failing: ["failing"],
      delivered: ["alice", "alice"],
      dead: ["dead"],
    };
    for (const [state, users] of Object.entries(states)) {
      expect((await list(environment, { state: state as DeliveryState })).map((row) => row.userId)).toEqual(users);
    }
    expect(await list(environment, { user: "alice" })).toHaveLength(2);
    expect(await list(environment, { user: "alice", state: "dead" })).toEqual([]);
    expect(await list(environment, { type: "quota:threshold" })).toEqual([]);
    expect(await list(environment, { type: "user:friendship" })).toHaveLength(5);

    await recordTestEvents(
      context(),
      environment,
      Array.from({ length: 60 }, (_, n) => `u${n}`),
    );
    const first = await listDeliveries(context(), viewer(environment), { size: 25 });
    const second = await listDeliveries(context(), viewer(environment), { size: 25, cursor: first.next ?? "" });
    const third = await listDeliveries(context(), viewer(environment), { size: 25, cursor: second.next ?? "" });
    const ids = [first, second, third].flatMap((page) => page.rows.map((row) => Number(row.id)));
    expect(ids).toHaveLength(65);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    const back = await listDeliveries(context(), viewer(environment), { size: 25, cursor: second.previous ?? "" });
    expect(back.rows).toEqual(first.rows);
  });

  test("shows one delivery with its envelope as it was sent and every try; never another environment's", async () => {
    const { environment, other, receiver } = await environmentWithLog();
    const [row] = await list(environment, { state: "dead" });
    const delivery = await getDelivery(context(), viewer(environment), { deliveryId: row?.id ?? "" });
    expect(delivery?.envelope).toBe(receiver.received[0]?.body);
    expect(delivery?.tries.map(({ attempt, status, error, answer }) => [attempt, status, error, answer])).toEqual([
      [2, 500, "Answered 500.", "for dead"],
      [1, 500, "Answered 500.", "for dead"],
    ]);
    expect(await getDelivery(context(), viewer(other), { deliveryId: row?.id ?? "" })).toBeNull();
    for (const deliveryId of ["0", "x", "9".repeat(30)]) {
      expect(await getDelivery(context(), viewer(environment), { deliveryId })).toBeNull();
    }
  });

  test("counts what waits, fails and is given up, and says until when the receiver is left in peace", async () => {
    const { environment, other } = await environmentWithLog();
    const counts = () => countDeliveries(context(), viewer(environment));
    expect(await counts()).toEqual({ waiting: 1, failing: 1, dead: 1, pausedUntil: null });
    for (let n = 0; n < 5; n++) await countTimeout(context().db.prisma, environment.id, context().now());
    expect((await counts()).pausedUntil?.getTime()).toBeGreaterThan(context().now());
    context().advance(61_000);
    expect((await counts()).pausedUntil).toBeNull();
    expect(await countDeliveries(context(), viewer(other))).toMatchObject({ waiting: 0, failing: 0, dead: 0 });
  });

  test("forgets tries and delivered events after 7 days, given up ones after 30, and what waits never", async () => {
    const { environment } = await environmentWithLog();
    await forgetOldDeliveries(context());
    expect(await list(environment)).toHaveLength(5);
    context().advance(KEEP_ATTEMPTS_MS + 60_000);
    await forgetOldDeliveries(context());
    const left = await list(environment);
    expect(left.map(({ state, lastAnswer }) => [state, lastAnswer])).toEqual([
      ["waiting", null],
      ["failing", null],
      ["dead", null],
    ]);
    context().advance(KEEP_DEAD_MS - KEEP_ATTEMPTS_MS);
    await forgetOldDeliveries(context());
    expect((await list(environment)).map((row) => row.state)).toEqual(["waiting", "failing"]);
  });
});

describe("replay", () => {
  test("sends a given up event again under the same id, with a new 24 hours, and is audited", async () => {
    const { environment, receiver, answers } = await environmentWithLog();
    const [row] = await list(environment, { state: "dead" });
    const ids = () => receiver.received.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    const before = ids().length;
    answers.dead = 200;
    await replayDelivery(context(), admin(environment), { deliveryId: row?.id ?? "" });
    await deliverPending(context(), environment.id);
    expect(ids().slice(before)).toEqual([row?.eventId]);
    expect(await getDelivery(context(), viewer(environment), { deliveryId: row?.id ?? "" })).toMatchObject({
      state: "delivered",
      attempts: 3,
    });
    const entries = await context().db.prisma.auditEntry.findMany({ where: { environmentId: environment.id } });
    expect(entries).toMatchObject([
      { action: "webhook.delivery_replayed", after: { event: row?.eventId, type: "user:friendship" } },
    ]);
  });

  test("of a delivered event joins the end of its user's row", async () => {
    const { environment, receiver, answers } = await environmentWithLog();
    answers.alice = 500;
    await recordTestEvents(context(), environment, ["alice"]);
    await deliverPending(context(), environment.id);
    const delivered = await list(environment, { user: "alice", state: "delivered" });
    const oldest = delivered.at(-1);
    await replayDelivery(context(), admin(environment), { deliveryId: oldest?.id ?? "" });
    await deliverPending(context(), environment.id);
    answers.alice = 200;
    const before = receiver.received.length;
    context().advance(60_000);
    await deliverPending(context(), environment.id);
    const sent = receiver.received.slice(before).map(({ body }) => JSON.parse(body) as { id: string; data: unknown });
    const ofAlice = sent.filter(({ data }) => JSON.stringify(data).includes("alice"));
    expect(ofAlice).toHaveLength(2);
    expect(ofAlice[1]?.id).toBe(oldest?.eventId);
  });

  test("of all given up events keeps their order and leaves pings alone", async () => {
    const { environment, receiver, answers } = await environmentWithLog();
    await recordTestEvents(context(), environment, ["dead", "dead", "dead"]);
    await context().db.prisma.webhookEvent.updateMany({
      where: { environmentId: environment.id, orderKey: "dead" },
      data: { deadAt: new Date(), dueAt: null },
    });
    await pingWebhook(context(), admin(environment));
    answers.dead = 200;
    const before = receiver.received.length;
    expect(await replayDeadDeliveries(context(), admin(environment))).toEqual({ replayed: 4 });
    await deliverPending(context(), environment.id);
    const sent = receiver.received.slice(before).map(({ body }) => JSON.parse(body) as { id: string });
    const inOrder = (await storedEvents(context(), environment)).filter((event) => event.orderKey === "dead");
    expect(sent.map(({ id }) => id).filter((id) => inOrder.some((event) => event.eventId === id))).toEqual(
      inOrder.map((event) => event.eventId),
    );
    expect(await replayDeadDeliveries(context(), admin(environment))).toEqual({ replayed: 0 });
  });

  test("is refused for what still waits, without an address, to support, and for other environments' deliveries", async () => {
    const { environment, other } = await environmentWithLog();
    const [dead] = await list(environment, { state: "dead" });
    const [waiting] = await list(environment, { state: "waiting" });
    const replay = (of: EnvironmentRef, id = "", actor = admin(of)) =>
      refusal(replayDelivery(context(), actor, { deliveryId: id }));
    expect(await replay(environment, waiting?.id)).toMatchObject({
      code: "invalid_parameter",
      message: expect.stringMatching(/still waiting/),
    });
    expect(await replay(environment, dead?.id, operatorOf("support", environment))).toMatchObject({
      code: "forbidden",
    });
    expect(await replay(other, dead?.id)).toMatchObject({ code: "not_found" });
    await insertTestWebhook(context(), environment, "");
    expect(await replay(environment, dead?.id)).toMatchObject({
      code: "invalid_parameter",
      message: expect.stringMatching(/an address first/),
    });
    expect(await refusal(replayDeadDeliveries(context(), admin(environment)))).toMatchObject({
      message: expect.stringMatching(/an address first/),
    });
  });
});

describe("a ping", () => {
  test("is sent now, signed, tried once, and stands in the log", async () => {
    const { environment, receiver } = await environmentWithLog();
    const before = receiver.received.length;
    const outcome = await pingWebhook(context(), admin(environment));
    expect(outcome).toMatchObject({ accepted: true, status: 200, error: "" });
    const [received] = receiver.received.slice(before);
    expect(JSON.parse(received?.body ?? "")).toMatchObject({
      type: "webhook:ping",
      data: [{ appKey: environment.appKey, environment: "development" }],
    });
    expect(received?.url).toMatch(/\?nonce=\w+&signTimestamp=\d+&signature=[0-9a-f]{40}$/);
    expect((await list(environment))[0]).toMatchObject({
      id: outcome.deliveryId,
      type: "webhook:ping",
      state: "delivered",
      userId: null,
    });
  });

  test("to a broken receiver says what it answered, and is neither retried nor counted as given up", async () => {
    const receiver = await startReceiver((_received, _request, response) => {
      response.writeHead(418).end("I'm a teapot");
    });
    const { development } = await createTestApp(context());
    await insertTestWebhook(context(), development.ref, receiver.url);
    expect(await pingWebhook(context(), admin(development.ref))).toMatchObject({
      accepted: false,
      status: 418,
      error: "Answered 418.",
      answer: "I'm a teapot",
    });
    expect(await deliverPending(context(), development.ref.id)).toBeNull();
    expect(receiver.received).toHaveLength(1);
    expect(await countDeliveries(context(), viewer(development.ref))).toMatchObject({ dead: 0 });
  });

  test("needs an address and the role", async () => {
    const { development } = await createTestApp(context());
    expect(await refusal(pingWebhook(context(), admin(development.ref)))).toMatchObject({
      message: expect.stringMatching(/an address first/),
    });
    expect(await refusal(pingWebhook(context(), viewer(development.ref)))).toMatchObject({ code: "forbidden" });
  });
});
