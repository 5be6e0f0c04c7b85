import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the test server's maintenance database. */
    serverUrl: string;
    /** The migrated, empty database that each worker copies. */
    template: string;
  }
}

/** One PostgreSQL for the run, with one migrated template that each worker copies (test/support/database.ts). */
export default async function setup(project: TestProject) {
  const serverUrl = process.env.TEST_DATABASE_URL;
  if (serverUrl === undefined) throw new Error("TEST_DATABASE_URL is not set; run `npm run test:unit`.");
  const template = `im_test_template_${process.pid}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${template}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const folder = path.resolve("prisma/migrations");
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith(".toml")) continue;
    await client.query(readFileSync(path.join(folder, name, "migration.sql"), "utf8"));
  }
  await client.end();
  project.provide("serverUrl", serverUrl);
  project.provide("template", template);
  return async () => {
    await admin.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await admin.end();
  };
}
