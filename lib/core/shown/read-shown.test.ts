import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import type { Replica } from "@/lib/db/replica";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { banUsers } from "../bans/ban-users";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import { READ_OWN_ACTS_MS, readShown } from "./read-shown";

// What a standby is like stands in test/installations/replica.installations.ts. Here it is the same database, of which nothing can be
// changed; what answered is told by the connection's name.

const base = testContext();
let usable = true;
let replica: Replica;

beforeAll(() => {
  const url = new URL(base().url);
  url.searchParams.set("options", "-c default_transaction_read_only=on");
  const db = openDatabase({ url: url.href, poolSize: 2, applicationName: "replica" });
  replica = {
    state: () => ({ usable, staleMs: 0, reason: usable ? null : "away" }),
    run: (read) => read(db),
    close: () => db.close(),
  };
});
afterAll(() => replica?.close());

const context = (): Context => ({ ...base(), replica });

async function whoAnswers({ db }: Context): Promise<string> {
  const [row] = await db.prisma.$queryRaw<{ name: string }[]>`SELECT current_setting('application_name') AS name`;
  return row?.name === "replica" ? "replica" : "primary";
}

/** A request's actor. */
const request = (environment: Parameters<typeof operatorOf>[1], operatorId: string = newId.operator()) => ({
  ...operatorOf("admin", environment),
  operatorId,
});

test("without a replica, or with one that is not fresh, the primary is read", async () => {
  const { production } = await createTestApp(base());
  expect(await readShown(base(), request(production.ref), whoAnswers)).toBe("primary");
  expect(await readShown(context(), request(production.ref), whoAnswers)).toBe("replica");
  usable = false;
  expect(await readShown(context(), request(production.ref), whoAnswers)).toBe("primary");
  usable = true;
});

test("whoever has acted reads the primary for a minute, in the environment acted on; nobody else does", async () => {
  const { development, production } = await createTestApp(base());
  await insertTestUsers(base(), development.ref, [{ userId: "ana" }]);
  const actor = request(development.ref);
  const again = () => request(development.ref, actor.operatorId);
  await banUsers(context(), actor, { userIds: ["ana"], durationMinutes: 5 });
  expect(await readShown(context(), again(), whoAnswers)).toBe("primary");
  expect(await readShown(context(), request(production.ref, actor.operatorId), whoAnswers)).toBe("replica");
  expect(await readShown(context(), request(development.ref), whoAnswers)).toBe("replica");
  base().advance(READ_OWN_ACTS_MS + 1_000);
  expect(await readShown(context(), again(), whoAnswers)).toBe("replica");
});

test("what a job does in somebody's name is their act", async () => {
  const { development } = await createTestApp(base());
  await insertTestUsers(base(), development.ref, [{ userId: "ana" }]);
  const { operatorId, name } = request(development.ref);
  const job = {
    kind: "system",
    source: "job",
    requestId: newId.request(),
    ip: "",
    environment: development.ref,
    onBehalfOf: { kind: "operator", id: operatorId, name },
  } as const;
  await banUsers(context(), job, { userIds: ["ana"], durationMinutes: 5 });
  expect(await readShown(context(), request(development.ref, operatorId), whoAnswers)).toBe("primary");
});

test("all reads of one request come from one place, also when the operator acts meanwhile", async () => {
  const { development } = await createTestApp(base());
  await insertTestUsers(base(), development.ref, [{ userId: "ana" }]);
  const actor = request(development.ref);
  expect(await readShown(context(), actor, whoAnswers)).toBe("replica");
  await banUsers(context(), request(development.ref, actor.operatorId), { userIds: ["ana"], durationMinutes: 5 });
  expect(await readShown(context(), actor, whoAnswers)).toBe("replica");
});

test("what a replica cannot do is done by the primary; a refusal stays a refusal, and is not asked for twice", async () => {
  const { development } = await createTestApp(base());
  const actor = request(development.ref);
  const writing = async (on: Context) => {
    await on.db.prisma.$executeRaw`UPDATE apps SET name = name WHERE id = 'none'`;
    return whoAnswers(on);
  };
  expect(await readShown(context(), actor, writing)).toBe("primary");
  const broken = async (on: Context) => {
    if ((await whoAnswers(on)) === "replica") await on.db.pool.query("SELECT pg_terminate_backend(pg_backend_pid())");
    return whoAnswers(on);
  };
  expect(await readShown(context(), actor, broken)).toBe("primary");
  let asked = 0;
  const refused = readShown(context(), actor, async () => {
    asked += 1;
    throw new AppError("not_found");
  });
  await expect(refused).rejects.toThrow(AppError);
  expect(asked).toBe(1);
});
