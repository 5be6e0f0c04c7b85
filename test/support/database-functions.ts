import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parsePlPgSQL } from "libpg-query";

const FOLDER = "prisma/migrations";
const CREATE = /CREATE (?:OR REPLACE )?FUNCTION "(\w+)"[\s\S]*?\$\$[\s\S]*?\$\$[^;]*;/g;

/** The statements in the functions that migrations have made in the database, by the function's name; of several of a name the latest. */
export async function statementsOfFunctions(): Promise<Map<string, string[]>> {
  const functions = new Map<string, string>();
  for (const migration of readdirSync(FOLDER).sort()) {
    const file = `${FOLDER}/${migration}/migration.sql`;
    if (!existsSync(file)) continue;
    for (const [text, name = ""] of readFileSync(file, "utf8").matchAll(CREATE)) functions.set(name, text);
  }
  const statements = new Map<string, string[]>();
  for (const [name, text] of functions) {
    if (!/LANGUAGE plpgsql/.test(text)) continue;
    const found: string[] = [];
    collect(await parsePlPgSQL(text), found);
    statements.set(name, found);
  }
  return statements;
}

function collect(tree: unknown, found: string[]): void {
  if (typeof tree !== "object" || tree === null) return;
  for (const [key, value] of Object.entries(tree)) {
    // An expression is what SELECT would give.
    if (key !== "query" || typeof value !== "string") collect(value, found);
    else found.push(/^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(value) ? value : `SELECT ${value}`);
  }
}
