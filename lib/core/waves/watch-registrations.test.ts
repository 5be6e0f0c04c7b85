import { expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { insertTestWebhook, storedEvents } from "@/test/support/webhooks";
import type { EnvironmentRef } from "../actor";
import { listWaves } from "./list-waves";
import { deleteOldRegistrationCounts } from "./registration-count-store";
import { watchRegistrations } from "./watch-registrations";
import { BUCKET_MS, bucketOf } from "./wave-rule";
import { deleteOldWaves } from "./wave-store";

const context = testContext();
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** An environment, five minutes into ten. */
async function setUp() {
  context().advance(bucketOf(context().now()) + BUCKET_MS + 5 * MINUTE_MS - context().now());
  const { production } = await createTestApp(context());
  await insertTestWebhook(context(), production.ref, "https://example.com/hook");
  const waves = () => listWaves(context(), operatorOf("viewer", production.ref));
  const told = async () =>
    (await storedEvents(context(), production.ref)).map(({ type, data }) => ({ type, data: data as object }));
  return { ref: production.ref, waves, told };
}

let serial = 0;
const register = (ref: EnvironmentRef, count: number, prefix: string, name = (n: number) => `Given${n} Surname${n}`) =>
  insertTestUsers(
    context(),
    ref,
    Array.from({ length: count }, (_, n) => {
      serial += 1;
      return { userId: `${prefix}${serial}`, name: name(n), createdAt: context().now() - 2 * MINUTE_MS + n };
    }),
  );
const uuids = (ref: EnvironmentRef, count: number, name?: (n: number) => string) =>
  insertTestUsers(
    context(),
    ref,
    Array.from({ length: count }, (_, n) => ({
      userId: crypto.randomUUID(),
      name:
        name?.(n) ??
        String.fromCodePoint(...Array.from(crypto.randomUUID().slice(0, 8), (c) => 97 + Number.parseInt(c, 16))),
      createdAt: context().now() - 2 * MINUTE_MS + n,
    })),
  );

/** Counts that the sweeper has kept on each of the last days, at this hour. */
async function usually({ id: environmentId }: EnvironmentRef, perHour: number, kind = "all", key = "", days = 14) {
  const bucket = bucketOf(context().now());
  await context().db.prisma.registrationCount.createMany({
    data: Array.from({ length: days }, (_, day) => ({
      environmentId,
      bucket: new Date(bucket - (day + 1) * DAY_MS),
      kind,
      key,
      count: perHour,
      countedAt: new Date(),
    })),
  });
}

test("one prefix far above the usual is a wave: found once, told once, followed while it lasts, and ended", async () => {
  const { ref, waves, told } = await setUp();
  await usually(ref, 3, "prefix", "promo-");
  await register(ref, 49, "promo-");
  await watchRegistrations(context());
  expect(await waves()).toEqual([]);

  context().advance(MINUTE_MS);
  await register(ref, 20, "promo-");
  await Promise.all([watchRegistrations(context()), watchRegistrations(context())]);
  const [wave] = await waves();
  expect(wave).toMatchObject({ kind: "prefix", key: "promo-", users: 69, usual: 3, running: true });
  expect(wave?.since.getTime()).toBeLessThan(context().now() - 2 * MINUTE_MS);

  context().advance(20 * MINUTE_MS);
  await register(ref, 100, "promo-");
  await watchRegistrations(context());
  expect(await waves()).toMatchObject([{ id: wave?.id, users: 169, running: true }]);

  context().advance(2 * HOUR_MS);
  await watchRegistrations(context());
  expect(await waves()).toMatchObject([{ id: wave?.id, users: 169, running: false }]);
  expect(await told()).toEqual([
    {
      type: "registration:wave",
      data: {
        kind: "prefix",
        prefix: "promo-",
        users: 69,
        usual: 3,
        since: wave?.since.getTime(),
        time: expect.any(Number),
      },
    },
  ]);

  context().advance(MINUTE_MS);
  await register(ref, 60, "promo-");
  await watchRegistrations(context());
  expect((await waves()).map(({ running }) => running)).toEqual([true, false]);
  expect(await told()).toHaveLength(2);
});

test("names that differ in digits only are a wave, whatever the ids are", async () => {
  const { ref, waves, told } = await setUp();
  await uuids(ref, 60, (n) => `Promo Bot${n}`);
  await watchRegistrations(context());
  expect(await waves()).toMatchObject([{ kind: "name", key: "promo bot", users: 60, usual: 0 }]);
  expect((await told())[0]?.data).toMatchObject({ kind: "name", name: "promo bot" });
});

test("registrations that have nothing in common are a wave when they are many times the usual of the hour", async () => {
  const { ref, waves } = await setUp();
  await usually(ref, 40);
  await uuids(ref, 150);
  await watchRegistrations(context());
  expect(await waves()).toEqual([]);
  context().advance(MINUTE_MS);
  await uuids(ref, 20);
  await watchRegistrations(context());
  expect(await waves()).toMatchObject([{ kind: "all", key: "", users: 170, usual: 40 }]);
});

test("what is usual is no wave, a few users are none, and users of one wave are not told again as another", async () => {
  const { ref, waves } = await setUp();
  await usually(ref, 200);
  await usually(ref, 200, "prefix", "user");
  await usually(ref, 200, "name", "given surname");
  await register(ref, 300, "user");
  await uuids(ref, 4, () => "Promo");
  await watchRegistrations(context());
  expect(await waves()).toEqual([]);

  const other = await setUp();
  await register(other.ref, 80, "bot-", (n) => `Bot ${n}`);
  await watchRegistrations(context());
  expect(await other.waves()).toMatchObject([{ kind: "prefix", key: "bot-" }]);
});

test("an environment from before the counting is judged once three days are known", async () => {
  const { ref, waves } = await setUp();
  const { prisma } = context().db;
  await prisma.environment.update({
    where: { id: ref.id },
    data: { createdAt: new Date(context().now() - 90 * DAY_MS) },
  });
  const countedFor = (days: number) =>
    prisma.installationFact.update({
      where: { key: "registrations_counted_since" },
      data: { value: context().now() - days * DAY_MS - 2 * HOUR_MS },
    });
  await countedFor(2);
  await register(ref, 80, "promo-");
  await watchRegistrations(context());
  expect(await waves()).toEqual([]);
  await countedFor(3);
  context().advance(MINUTE_MS);
  await watchRegistrations(context());
  expect(await waves()).toMatchObject([{ kind: "prefix", key: "promo-" }]);
});

test("of very many the shares are taken, and a count does not fall when users are deleted", async () => {
  const { ref, waves } = await setUp();
  await register(ref, 5_400, "load-", (n) => `N${n}`);
  await watchRegistrations(context());
  expect(await waves()).toMatchObject([{ kind: "prefix", key: "load-", users: 5_400 }]);
  await context().db.prisma.user.deleteMany({ where: { environmentId: ref.id } });
  context().advance(MINUTE_MS);
  await register(ref, 1, "load-");
  await watchRegistrations(context());
  expect(await waves()).toMatchObject([{ key: "load-", users: 5_400, running: true }]);
});

test("counts and waves of long ago are forgotten by chunks; a wave that runs is not", async () => {
  const { ref } = await setUp();
  await usually(ref, 5);
  await register(ref, 60, "promo-");
  await watchRegistrations(context());
  const { prisma } = context().db;
  const later = new Date(context().now() + 40 * DAY_MS);
  await prisma.registrationCount.deleteMany({ where: { environmentId: { not: ref.id } } });
  const counts = await prisma.registrationCount.count();
  expect(await deleteOldRegistrationCounts(prisma, later, counts - 1)).toBe(counts - 1);
  expect(await deleteOldRegistrationCounts(prisma, later, counts - 1)).toBe(1);
  await prisma.registrationWave.deleteMany({ where: { environmentId: { not: ref.id } } });
  expect(await deleteOldWaves(prisma, later, 10)).toBe(0);
  await prisma.registrationWave.updateMany({ data: { endedAt: new Date() } });
  expect(await deleteOldWaves(prisma, later, 10)).toBe(1);
});
