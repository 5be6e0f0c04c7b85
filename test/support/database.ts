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

  beforeAll(() => onServer(`CREATE DATABASE ${name} TEMPLATE ${inject("template")}`));
  afterAll(() => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  return () => url.href;
}
