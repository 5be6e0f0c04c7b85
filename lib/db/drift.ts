import pg from "pg";
import { readMigrations, readSchema } from "./migrate";
import { type SchemaFile, withSchemaEngine } from "./schema-engine";

/**
 * What `prisma/schema.prisma` says and the migrations do not build, as the SQL that would make up for it; empty when
 * they agree. Builds them in a database of its own on the server at `serverUrl`, which is dropped afterwards.
 * What Prisma's language cannot say (partial indexes, indexes on expressions) is not compared.
 */
export async function findDrift(serverUrl: string, schema: SchemaFile = readSchema()): Promise<string> {
  const name = `drift_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    return await withSchemaEngine(url.href, schema, (engine) => engine.diffFromMigrations(readMigrations(), schema));
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}
