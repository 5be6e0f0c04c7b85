import pg from "pg";
import { afterAll, inject } from "vitest";

/** Empty databases and roles of a test file's own on the test server, made as the test says and dropped after it. */
export interface OwnDatabases {
  /** Makes a database and gives its address; `clauses` follow CREATE DATABASE. */
  create(clauses?: string): Promise<string>;
  /** Makes a role without any rights, and gives the address of a database for it. */
  roleFor(url: string): Promise<{ role: string; url: string }>;
  /** As the superuser, on the database at `url`. */
  run(url: string, sql: string): Promise<pg.QueryResult>;
}

export function ownDatabases(serverUrl: () => string = () => inject("serverUrl")): OwnDatabases {
  const databases: string[] = [];
  const roles: string[] = [];
  const unique = () => `im_own_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const run = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const at = (database: string) => {
    const url = new URL(serverUrl());
    url.pathname = `/${database}`;
    return url;
  };
  afterAll(async () => {
    for (const name of databases) await run(serverUrl(), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    for (const name of roles) await run(serverUrl(), `DROP ROLE IF EXISTS ${name}`);
  });
  return {
    async create(clauses = "") {
      const name = unique();
      databases.push(name);
      await run(serverUrl(), `CREATE DATABASE ${name} ${clauses}`);
      return at(name).href;
    },
    async roleFor(given) {
      const role = unique();
      roles.push(role);
      await run(serverUrl(), `CREATE ROLE ${role} LOGIN PASSWORD 'role'`);
      const url = new URL(given);
      url.username = role;
      url.password = "role";
      return { role, url: url.href };
    },
    run,
  };
}

/** The same address with one more setting. */
export function withSetting(url: string, name: string, value: string): string {
  const changed = new URL(url);
  changed.searchParams.set(name, value);
  return changed.href;
}
