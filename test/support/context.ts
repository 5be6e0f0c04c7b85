import pg from "pg";
import pino from "pino";
import { afterAll, beforeAll } from "vitest";
import type { Bus } from "@/lib/bus/bus";
import { connectPostgresBus } from "@/lib/bus/postgres-bus";
import type {
  AppServer,
  AppUser,
  EnvironmentName,
  EnvironmentRef,
  Operator,
  OperatorRole,
  System,
} from "@/lib/core/actor";
import { sealAppSecret } from "@/lib/core/apps/app-secret";
import { insertApp } from "@/lib/core/apps/app-store";
import { insertEnvironment } from "@/lib/core/apps/environment-store";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { createSecretBox } from "@/lib/core/secrets";
import { type Database, openDatabase } from "@/lib/db/database";
import { createOutbound } from "@/lib/outbound/create-outbound";
import type { Outbound } from "@/lib/outbound/outbound";
import { testDatabase } from "./database";

export const TEST_MASTER_KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/** A context on the file's own database, with a clock that tests move. */
export interface TestContext extends Context {
  /** Milliseconds to add to the clock; it runs on. */
  advance(ms: number): void;
  /** For the role of the running product. */
  readonly url: string;
  /** As the role that owns the tables: for what the product itself cannot do, and attacks on the audit log. */
  readonly owner: Pick<pg.Pool, "query">;
  readonly ownerUrl: string;
}

/** Opens a context for the tests of one file. Returns a function, since the database exists only in `beforeAll`. */
export function testContext(): () => TestContext {
  const databaseUrl = testDatabase();
  let context: TestContext | undefined;
  let db: Database;
  let bus: Bus;
  let outbound: Outbound;
  let owner: pg.Pool;

  beforeAll(async () => {
    let offset = 0;
    const log = pino({ level: "silent" });
    db = openDatabase({ url: databaseUrl(), poolSize: 10 });
    outbound = createOutbound({ allowPrivate: true });
    owner = new pg.Pool({ connectionString: databaseUrl.owner(), max: 1 });
    bus = await connectPostgresBus({ url: databaseUrl(), pool: db.pool, log });
    context = {
      db,
      bus,
      log,
      now: () => Date.now() + offset,
      secrets: createSecretBox(TEST_MASTER_KEY),
      outbound,
      restoreAfterMs: 3_600_000,
      testOperators: true,
      advance: (ms) => {
        offset += ms;
      },
      url: databaseUrl(),
      owner,
      ownerUrl: databaseUrl.owner(),
    };
  });
  afterAll(async () => {
    outbound?.close();
    await bus?.close();
    await db?.close();
    await owner?.end();
  });
  return () => {
    if (context === undefined) throw new Error("testContext() is ready only inside tests");
    return context;
  };
}

export interface TestEnvironment {
  readonly ref: EnvironmentRef;
  readonly appSecret: string;
}

/** A fresh app on the starter plan with both environments. */
export async function createTestApp(
  context: Context,
): Promise<{ appId: string; development: TestEnvironment; production: TestEnvironment }> {
  const app = {
    id: newId.app(),
    name: "Test app",
    description: "",
    plan: "starter" as const,
    createdAt: new Date(),
    expiresAt: null,
  };
  await insertApp(context.db.prisma, app);
  const open = async (name: EnvironmentName): Promise<TestEnvironment> => {
    const appKey = newId.appKey();
    const appSecret = newId.appSecret();
    const appSecretEncrypted = sealAppSecret(context.secrets, appKey, appSecret);
    const ref = await insertEnvironment(context.db.prisma, {
      appId: app.id,
      name,
      appKey,
      appSecretEncrypted,
      createdAt: app.createdAt,
    });
    return { ref, appSecret };
  };
  return { appId: app.id, development: await open("development"), production: await open("production") };
}

export function appServerOf(environment: EnvironmentRef): AppServer {
  return { kind: "app_server", source: "server_api", requestId: newId.request(), ip: "127.0.0.1", environment };
}

/** A connected user. */
export function appUserOf(environment: EnvironmentRef, userId: string): AppUser {
  return { kind: "app_user", source: "client", requestId: newId.request(), ip: "127.0.0.1", environment, userId };
}

export function operatorOf(role: OperatorRole, environment: EnvironmentRef | null): Operator {
  return {
    kind: "operator",
    source: "console",
    fresh: true,
    requestId: newId.request(),
    ip: "127.0.0.1",
    environment,
    operatorId: `op-${role}`,
    name: `Test ${role}`,
    email: `${role}@example.com`,
    role,
    holds: { everywhere: role, grants: [] },
  };
}

/** The same operator with another role, everywhere. */
export const withRole = (operator: Operator, role: OperatorRole): Operator => ({
  ...operator,
  role,
  holds: { everywhere: role, grants: [] },
});

export function systemOf(environment: EnvironmentRef | null): System {
  return { kind: "system", source: "cli", requestId: newId.request(), ip: "", environment };
}
