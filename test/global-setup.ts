import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/db/migrate";
import { grantRuntimeRights } from "@/lib/db/runtime-role";
import { openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the test server's maintenance database. */
    serverUrl: string;
    /** The migrated, empty database that each worker copies. */
    template: string;
    /** The role that the product runs as there, which is its password too. */
    runtimeRole: string;
  }
}

/** The server at TEST_DATABASE_URL or, when that is unset, an embedded one of the run's own. */
async function testServer(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== "") return { url: given, close: async () => {} };
  const dataDir = mkdtempSync(path.join(tmpdir(), "im-test-"));
  const server = await openEmbeddedPostgres({ dataDir, durable: false });
  const url = new URL(server.ownerUrl);
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
  const runtimeRole = `im_test_runtime_${process.pid}`;
  // The setting is for test/support/deadlock.ts alone.
  await admin.query(`CREATE ROLE ${runtimeRole} LOGIN PASSWORD '${runtimeRole}';
    GRANT SET ON PARAMETER deadlock_timeout TO ${runtimeRole}`);
  const { missing } = await grantRuntimeRights(url.href, runtimeRole);
  if (missing.length > 0) throw new Error(`The tests' role lacks ${missing.join(", ")}.`);
  project.provide("serverUrl", server.url);
  project.provide("template", template);
  project.provide("runtimeRole", runtimeRole);
  return async () => {
    await admin.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await admin.query(`REVOKE ALL ON PARAMETER deadlock_timeout FROM ${runtimeRole}`);
    await admin.query(`DROP ROLE ${runtimeRole}`);
    await admin.end();
    await server.close();
  };
}
