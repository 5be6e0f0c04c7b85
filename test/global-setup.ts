import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/db/migrate";
import { openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the test server's maintenance database. */
    serverUrl: string;
    /** The migrated, empty database that each worker copies. */
    template: string;
  }
}

/** The server at TEST_DATABASE_URL or, when that is unset, an embedded one of the run's own. */
async function testServer(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== "") return { url: given, close: async () => {} };
  const dataDir = mkdtempSync(path.join(tmpdir(), "im-test-"));
  const server = await openEmbeddedPostgres({ dataDir, durable: false });
  const url = new URL(server.url);
  url.pathname = "/postgres";
  return {
    url: url.href,
    close: async () => {
      await server.close();
      for (const folder of [server.cluster, dataDir]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One PostgreSQL for the run, with one migrated template that each test file copies (test/support/database.ts). */
export default async function setup(project: TestProject) {
  const server = await testServer();
  const template = `im_test_template_${process.pid}`;
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${template}`);
  const url = new URL(server.url);
  url.pathname = `/${template}`;
  await migrate(url.href);
  project.provide("serverUrl", server.url);
  project.provide("template", template);
  return async () => {
    await admin.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await admin.end();
    await server.close();
  };
}
