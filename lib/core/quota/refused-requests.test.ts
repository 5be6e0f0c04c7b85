import { expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import type { EnvironmentId } from "../actor";
import { getApiUse } from "./get-api-use";
import { deleteOldRefusedRequests } from "./refused-request-store";
import { createRefusedRequests } from "./refused-requests";

const context = testContext();
const HOUR_MS = 3_600_000;

test("refusals of all processes add up by endpoint, and after a day they are past", async () => {
  const { development, production } = await createTestApp(context());
  const { id } = development.ref;
  const processes = [createRefusedRequests(context()), createRefusedRequests(context())] as const;
  for (let n = 0; n < 30; n++) processes[n % 2 === 0 ? 0 : 1].count(id, n < 20 ? "/v4/user/get" : "/v4/user/ban");
  processes[0].count(production.ref.id, "/v4/user/get");
  await Promise.all(processes.map((one) => one.flush()));
  await processes[0].flush();
  processes[0].count(id, "/v4/user/ban");
  await processes[0].flush();

  const refused = async () =>
    Object.fromEntries(
      (await getApiUse(context(), operatorOf("viewer", development.ref))).endpoints.map((use) => [
        use.endpoint,
        use.refused,
      ]),
    );
  expect(await refused()).toEqual({ "/v4/user/get": 20, "/v4/user/ban": 11 });
  expect(await context().db.prisma.refusedRequest.count({ where: { environmentId: id } })).toBe(2);
  context().advance(23 * HOUR_MS);
  expect(await refused()).toEqual({ "/v4/user/get": 20, "/v4/user/ban": 11 });
  context().advance(HOUR_MS);
  expect(await refused()).toEqual({});

  context().advance(7 * 24 * HOUR_MS);
  const sweep = () => deleteOldRefusedRequests(context().db.prisma, new Date(context().now()), 2);
  expect([await sweep(), await sweep(), await sweep()]).toEqual([2, 1, 0]);
});

test("what cannot be written waits, and of an app that is gone nothing is kept", async () => {
  const { development } = await createTestApp(context());
  const away = { ...context().db, pool: { query: () => Promise.reject(new Error("away")) } };
  let db = away as unknown as ReturnType<typeof context>["db"];
  const refused = createRefusedRequests({
    ...context(),
    get db() {
      return db;
    },
  });
  refused.count(development.ref.id, "/v4/user/get");
  refused.count(2_000_000_000 as EnvironmentId, "/v4/user/get");
  await refused.flush();
  db = context().db;
  await refused.flush();
  const { endpoints } = await getApiUse(context(), operatorOf("viewer", development.ref));
  expect(endpoints).toEqual([{ endpoint: "/v4/user/get", lastWindow: null, refused: 1 }]);
  expect(await context().db.prisma.refusedRequest.count({ where: { environmentId: 2_000_000_000 } })).toBe(0);
});

test("the last rate window is told as it was counted", async () => {
  const { development } = await createTestApp(context());
  const window = {
    environmentId: development.ref.id,
    endpoint: "/v4/user/get",
    windowStart: 1_700_000_000_000n,
    count: 12,
  };
  await context().db.prisma.rateWindow.create({ data: window });
  const { endpoints } = await getApiUse(context(), operatorOf("viewer", development.ref));
  expect(endpoints).toEqual([
    { endpoint: "/v4/user/get", lastWindow: { start: 1_700_000_000_000, count: 12 }, refused: 0 },
  ]);
});
