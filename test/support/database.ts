import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";

/** Gives the address of a database for the role that the product runs as, and for the one that owns its tables. */
interface TestDatabase {
  (): string;
  owner(): string;
}

/** A database of this test file's own, copied from the migrated template before its tests and dropped after them. */
export function testDatabase(): TestDatabase {
  const name = `im_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const url = new URL(inject("serverUrl"));
  url.pathname = `/${name}`;

  const onServer = async (sql: string) => {
    const admin = new pg.Client({ connectionString: inject("serverUrl") });
    await admin.connect();
    try {
      await admin.query(sql);
    } finally {
      await admin.end();
    }
  };

  beforeAll(async () => {
    await onServer(`CREATE DATABASE ${name} TEMPLATE ${inject("template")}`);
    // Looked for once, when a lock has been waited for so long: by then deadlock.ts has closed the circle on a busy machine too.
    await onServer(`ALTER DATABASE ${name} SET deadlock_timeout = '2s'`);
  });
  afterAll(() => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const runtime = new URL(url);
  runtime.username = runtime.password = inject("runtimeRole");
  return Object.assign(() => runtime.href, { owner: () => url.href });
}
