import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/**
 * What a file with "use client" imports goes to browsers, with all that it imports itself. Neither the linter nor the types see
 * when that is a use case with its database behind it: only the production build does, minutes later.
 */

const root = path.resolve(import.meta.dirname, "..");
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:([^;]*?)\s+from\s+)?"([^"]+)";/gms;
/** Runs on the server, or there only. */
const SERVER =
  /^(node:|pg$|@prisma\/|ioredis$|pino$|next\/headers$|next\/server$|server-only$|otplib$|@simplewebauthn\/server$)/;

function filesOf(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => path.join(folder, file));
}

const directive = (text: string) => /^\s*"use (client|server)";/.exec(text)?.[1];
const text = new Map<string, string>();
function read(file: string): string {
  // Code that a page shows stands in template strings.
  const known = text.get(file) ?? readFileSync(path.join(root, file), "utf8").replaceAll(/`[^`]*`/g, "``");
  text.set(file, known);
  return known;
}

/** The file of this project that an import means; null: a package's. */
function resolve(from: string, name: string): string | null {
  if (!name.startsWith(".") && !name.startsWith("@/")) return null;
  const base = name.startsWith("@/") ? name.slice(2) : path.join(path.dirname(from), name);
  const candidates = [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`, `${base}/index.tsx`];
  return candidates.find((file) => statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile()) ?? null;
}

/** Whether an import brings more than types: `{ type A, type B }` brings none. */
const bringsValues = (names: string | undefined) =>
  names === undefined ||
  !/^\{.*\}$/s.test(names.trim()) ||
  names
    .trim()
    .slice(1, -1)
    .split(",")
    .some((part) => part.trim() !== "" && !/^type\s/.test(part.trim()));

/** The way from a file to a module that only the server has, as file names; null: there is none. */
function wayToServer(start: string, seen: Set<string>): string[] | null {
  const queue: string[][] = [[start]];
  for (let way = queue.shift(); way !== undefined; way = queue.shift()) {
    const file = way.at(-1) as string;
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, names, name = ""] of read(file).matchAll(IMPORT)) {
      if (!bringsValues(names)) continue;
      if (SERVER.test(name)) return [...way, name];
      const next = resolve(file, name);
      // A server action is called over the network.
      if (next !== null && /\.tsx?$/.test(next) && directive(read(next)) !== "server") queue.push([...way, next]);
    }
  }
  return null;
}

test("what browsers load has nothing of the server in it", () => {
  const starts = ["app", "components"].flatMap(filesOf).filter((file) => directive(read(file)) === "client");
  expect(starts.length).toBeGreaterThan(100);
  const seen = new Set<string>();
  const ways = starts.map((file) => wayToServer(file, seen)).filter((way) => way !== null);
  expect(ways.map((way) => way.join(" > "))).toEqual([]);
});

test("it would be found, behind any number of files", () => {
  // A page's own action file and what is behind it, as if a page of the browser imported it.
  expect(wayToServer("lib/core/operators/list-operators.ts", new Set())).not.toBeNull();
  expect(wayToServer("lib/core/permissions.ts", new Set())).toBeNull();
});
