import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";

/**
 * A database of this test file's own, copied from the migrated template before its tests and dropped after them.
 * Returns a function that gives its address.
 */
export function testDatabase(): () => string {
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
  return () => url.href;
}
