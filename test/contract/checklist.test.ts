import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerUser } from "@/lib/core/users/register-user";
import { ENDPOINTS } from "@/lib/server-api/endpoints";
import { MOUNTS, type RunningApi, serveApi } from "@/test/support/api-server";
import { appServerOf, createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { type SignedClient, signedClient } from "@/test/support/signed-client";
import { storedIn } from "@/test/support/stored";
import type { EndpointCase } from "./cases/shared";
import { ENDPOINT_CASES } from "./endpoint-cases";

/**
 * The same questions to every endpoint, over HTTP with real signatures. The mounts carry requests to one and the same API
 * (transport.test.ts asks each of them everything about that), so all questions are put on the first; on the other each
 * endpoint is called, and those whose bodies, names or windows are unlike the rest are asked everything once more.
 */

/** What endpoints answer with 404 for a group named after an unknown id. */
const NO_SUCH_GROUP = 25410;

const BODY_LIMIT = 256 * 1024;
const [FIRST_MOUNT] = MOUNTS;
const isUnlikeTheRest = ({ aliases, windowMs, bodyLimitBytes }: EndpointCase) =>
  aliases !== undefined || windowMs !== undefined || bodyLimitBytes !== undefined;

const context = testContext();

test("every endpoint that is served is in the checklist, with its limit", () => {
  const served = ENDPOINTS.map(({ path, aliases, limit, windowMs, bodyLimitBytes }) => ({
    path,
    aliases,
    limit,
    windowMs,
    bodyLimitBytes,
  }));
  const asked = ENDPOINT_CASES.map(({ path, aliases = [], limit, windowMs = 1_000, bodyLimitBytes = BODY_LIMIT }) => ({
    path,
    aliases,
    limit,
    windowMs,
    bodyLimitBytes,
  }));
  expect(asked).toEqual(served);
});

describe.each(MOUNTS)("on the %s", (mount) => {
  let api: RunningApi;
  let mine: TestEnvironment;
  let others: TestEnvironment;
  let client: SignedClient;
  let number = 0;

  beforeAll(async () => {
    api = await serveApi(context(), mount);
  });
  afterAll(() => api.close());

  const clientOf = (environment: TestEnvironment, baseUrl = api.baseUrl, now?: () => number) =>
    signedClient({ baseUrl, appKey: environment.ref.appKey, appSecret: environment.appSecret, now });

  const newUser = async (environment: TestEnvironment): Promise<string> => {
    number += 1;
    const userId = `known-${number}`;
    await registerUser(context(), appServerOf(environment.ref), { userId, name: "Known" });
    return userId;
  };

  /** A registered user, with whatever else a valid body of this endpoint needs. */
  const preparedUser = async (endpoint: EndpointCase, environment: TestEnvironment): Promise<string> => {
    const userId = await newUser(environment);
    await endpoint.prepare?.(context(), environment, userId);
    return userId;
  };

  const stored = ({ ref }: TestEnvironment) => storedIn(context(), ref.id);

  const send = (endpoint: EndpointCase, body: unknown, change = {}) => client.send(endpoint.path, body, change);

  const expectFailure = (
    answer: Awaited<ReturnType<typeof send>>,
    endpoint: EndpointCase,
    failure: { status: number; code: number; field?: string },
  ) => {
    expect(answer).toMatchObject({ status: failure.status, body: { code: failure.code, url: endpoint.path } });
    expect(answer.body.errorMessage).toMatch(/./);
    if (failure.field !== undefined) expect(answer.body.errorMessage).toContain(failure.field);
    expect(answer.body).not.toHaveProperty("result");
  };

  describe.each(ENDPOINT_CASES.map((endpoint) => [endpoint.path, endpoint] as const))("%s", (_path, endpoint) => {
    beforeAll(async () => {
      const app = await createTestApp(context());
      mine = app.production;
      others = app.development;
      client = clientOf(mine);
    });

    test("success, and a repeat of it with a new nonce", async () => {
      const userId = await preparedUser(endpoint, mine);
      const body = endpoint.body(userId);
      const answer = await send(endpoint, body);
      expect([answer.status, answer.body.errorMessage]).toEqual([200, undefined]);
      const result = endpoint.result(userId);
      expect(answer.body).toEqual(result === undefined ? { code: 0 } : { code: 0, result });
      expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
      const repeated = await send(endpoint, body);
      if (endpoint.repeat !== undefined) expectFailure(repeated, endpoint, endpoint.repeat);
      else expect(repeated.body).toEqual(result === undefined ? { code: 0 } : { code: 0, result });
    });

    if (mount !== FIRST_MOUNT && !isUnlikeTheRest(endpoint)) return;

    for (const alias of endpoint.aliases ?? [])
      test(`the same at ${alias}`, async () => {
        const userId = await preparedUser(endpoint, mine);
        const answer = await client.send(alias, endpoint.body(userId));
        const result = endpoint.result(userId);
        expect(answer.body).toEqual(result === undefined ? { code: 0 } : { code: 0, result });
      });

    test("unknown fields are ignored", async () => {
      const userId = await preparedUser(endpoint, mine);
      const body = { ...endpoint.body(userId), surprise: { a: [1] }, __proto: 1, constructor: 2 };
      expect((await send(endpoint, body)).body.code).toBe(0);
    });

    test("each field: missing, wrong type, out of range, too long, and at its edge", async () => {
      const userId = await preparedUser(endpoint, mine);
      const body = endpoint.body(userId);
      const before = await stored(mine);
      for (const [field, rules] of Object.entries(endpoint.fields)) {
        const { [field]: _, ...without } = body;
        if (rules.required) {
          expectFailure(await send(endpoint, without), endpoint, { status: 400, code: 1002, field });
        }
        for (const value of rules.refused) {
          const failure = { status: 400, code: rules.refusedCode ?? 1002, field };
          expectFailure(await send(endpoint, { ...body, [field]: value }), endpoint, failure);
        }
        if (rules.tooLong !== undefined) {
          const failure = { status: 400, code: rules.tooLongCode ?? 1005, field };
          expectFailure(await send(endpoint, { ...body, [field]: rules.tooLong }), endpoint, failure);
        }
        expect(await stored(mine)).toBe(before);
      }
      for (const [field, rules] of Object.entries(endpoint.fields)) {
        for (const value of rules.accepted) {
          const own = endpoint.body(await preparedUser(endpoint, mine));
          const answer = await send(endpoint, { ...own, [field]: value });
          expect([field, value, answer.body.code]).toEqual([field, value, 0]);
        }
        if (!rules.required) {
          const { [field]: _, ...without } = endpoint.body(await preparedUser(endpoint, mine));
          const answer = await send(endpoint, without);
          expect([`without ${field}`, answer.body.code]).toEqual([`without ${field}`, 0]);
        }
      }
    });

    const idTest = "an unknown id, and an id of another environment only";
    if (endpoint.unknownId !== undefined)
      test(idTest, async () => {
        await preparedUser(endpoint, mine);
        const foreign = await newUser(others);
        const before = await stored(others);
        for (const id of ["never-seen", foreign]) {
          const answer = await send(endpoint, endpoint.body(id));
          if (endpoint.unknownId === 0) expect(answer).toMatchObject({ status: 200, body: { code: 0 } });
          else {
            const status = endpoint.unknownId === NO_SUCH_GROUP ? 404 : 400;
            expectFailure(answer, endpoint, { status, code: endpoint.unknownId ?? -1 });
          }
          const made = await context().db.prisma.user.count({ where: { environmentId: mine.ref.id, userId: id } });
          expect(made).toBe(endpoint.registers ? 1 : 0);
          await context().db.prisma.user.deleteMany({ where: { environmentId: mine.ref.id, userId: id } });
        }
        expect(await stored(others)).toBe(before);
      });

    test("a bad signature, and another environment's App Key with this one's signature, change nothing", async () => {
      const body = endpoint.body(await preparedUser(endpoint, mine));
      const before = await stored(mine);
      const wrong = await send(endpoint, body, { headers: { Signature: "0".repeat(40) } });
      expectFailure(wrong, endpoint, { status: 401, code: 1004 });
      const crossed = await send(endpoint, body, { headers: { "App-Key": others.ref.appKey } });
      expectFailure(crossed, endpoint, { status: 401, code: 1004 });
      expect(await stored(mine)).toBe(before);
    });

    test("a replay changes nothing and reads nothing", async () => {
      const headers = client.headers();
      const first = await send(endpoint, endpoint.body(await preparedUser(endpoint, mine)), { headers });
      expect(first.body.code).toBe(0);
      const other = await preparedUser(endpoint, mine);
      const before = await stored(mine);
      const replayed = await send(endpoint, endpoint.body(other), { headers });
      expectFailure(replayed, endpoint, { status: 401, code: 1004 });
      expect(await stored(mine)).toBe(before);
    });

    test("a body that is no JSON object, or too large, is refused", async () => {
      const raw = ["", "{", "null", "[]", '"x"', "7", "{}{}", `{"userId":"\xff`];
      for (const text of raw) {
        expectFailure(await send(endpoint, null, { raw: text }), endpoint, { status: 400, code: 1002 });
      }
      const invalidUtf8 = new Uint8Array([...Buffer.from('{"userId":"'), 0xff, 0xfe, ...Buffer.from('"}')]);
      expectFailure(await send(endpoint, null, { raw: invalidUtf8 }), endpoint, { status: 400, code: 1002 });
      const form = { headers: { "Content-Type": "application/x-www-form-urlencoded" }, raw: "userId=a" };
      expectFailure(await send(endpoint, null, form), endpoint, { status: 400, code: 1002 });
      const large = { ...endpoint.body("x"), padding: "x".repeat(endpoint.bodyLimitBytes ?? BODY_LIMIT) };
      expectFailure(await send(endpoint, large), endpoint, { status: 400, code: 1002 });
    });

    test("another method is 405, with the one to use", async () => {
      for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
        const answer = await send(endpoint, {}, { method });
        expectFailure(answer, endpoint, { status: 405, code: 1002 });
        expect(answer.headers.get("allow")).toBe("POST");
      }
    });

    test(`at most ${endpoint.limit} in a window, counted for this App Key and endpoint alone`, async () => {
      const windowMs = endpoint.windowMs ?? 1_000;
      let now = Math.floor(Date.now() / windowMs) * windowMs;
      const limited = await serveApi({ ...context(), now: () => now }, mount, { rateLimits: true });
      try {
        const limitedClient = clientOf(mine, limited.baseUrl, () => now);
        const { body: bodyOf, cost } = endpoint.counted ?? { body: endpoint.body, cost: 1 };
        const allowed = Math.floor(endpoint.limit / cost);
        const body = bodyOf(await preparedUser(endpoint, mine));
        /** How many of these calls were let in, whatever came of them, and how many were refused with 1008. */
        const ask = async (count: number) => {
          const call = () => limitedClient.send(endpoint.path, body);
          const answers: Awaited<ReturnType<typeof call>>[] = [];
          // A call is counted as one before its body is read, so those that count for more get in whole only one by one.
          if (endpoint.counted === undefined) answers.push(...(await Promise.all(Array.from({ length: count }, call))));
          else for (let n = 0; n < count; n += 1) answers.push(await call());
          const over = answers.filter((answer) => answer.status === 429 && answer.body.code === 1008);
          // The window has only just begun.
          for (const answer of over) expect(answer.headers.get("retry-after")).toBe(String(windowMs / 1_000));
          const refused = over.length;
          expect(answers.filter((answer) => answer.status >= 500)).toEqual([]);
          return { let: count - refused, refused };
        };
        expect(await ask(allowed + 7)).toEqual({ let: allowed, refused: 7 });
        const otherPath = endpoint.path === "/v4/user/unban" ? "/v4/user/ban/list" : "/v4/user/unban";
        expect((await limitedClient.send(otherPath, { userIds: ["x"] })).body.code).toBe(0);
        const otherKey = clientOf(others, limited.baseUrl, () => now);
        const otherBody = endpoint.body(await preparedUser(endpoint, others));
        expect((await otherKey.send(endpoint.path, otherBody)).body.code).toBe(0);
        now += windowMs;
        expect(await ask(1)).toEqual({ let: 1, refused: 0 });
      } finally {
        await limited.close();
      }
    });
  });
});
