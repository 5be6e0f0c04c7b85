import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";

/** What a power cut may take away depends on the order of these calls. */
const calls = vi.hoisted(() => [] as string[]);
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const opened = new Map<number, string>();
  const short = (file: unknown) => path.basename(String(file)).replace(/\.[0-9a-f]{8}\.part$/, ".part");
  return {
    ...fs,
    openSync: (...given: Parameters<typeof fs.openSync>) => {
      const descriptor = fs.openSync(...given);
      opened.set(descriptor, short(given[0]));
      return descriptor;
    },
    fsyncSync: (descriptor: number) => {
      calls.push(`sync ${opened.get(descriptor)}`);
      fs.fsyncSync(descriptor);
    },
    linkSync: (from: string, to: string) => {
      calls.push(`link ${short(from)} ${short(to)}`);
      fs.linkSync(from, to);
    },
    renameSync: (from: string, to: string) => {
      calls.push(`rename ${short(from)} ${short(to)}`);
      fs.renameSync(from, to);
    },
  };
});
const { createFile, makeFolder, readDurableFile, replaceFile } = await import("./durable-file");

const root = mkdtempSync(path.join(tmpdir(), "im-durable-"));
const folder = path.join(root, "data");
const file = path.join(folder, "key");
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  makeFolder(folder);
  calls.length = 0;
});

describe("a file that cannot be made again", () => {
  test("is on disk as a whole before its name is, and its name before anybody relies on it", () => {
    expect(createFile(file, "secret")).toBe(true);
    expect(calls).toEqual(["sync key.part", "link key.part key", "sync data"]);
    calls.length = 0;
    replaceFile(file, "other");
    expect(calls).toEqual(["sync key.part", "rename key.part key", "sync data"]);
    expect(readDurableFile(file)).toBe("other");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["key"]);
  });

  test("is not made over one that is there", () => {
    writeFileSync(file, "first");
    expect(createFile(file, "second")).toBe(false);
    expect(readFileSync(file, "utf8")).toBe("first");
    expect(readdirSync(folder)).toEqual(["key"]);
  });

  test("lies in a folder whose name and whose parents' names are on disk", () => {
    makeFolder(path.join(folder, "a", "b"));
    expect(calls).toEqual(["sync a", "sync data"]);
    calls.length = 0;
    makeFolder(path.join(folder, "a", "b"));
    expect(calls).toEqual([]);
  });

  test.each([[""], ["\n"], ["\0\0\0\0"]])("says nothing when a power cut has left %j of it", (left) => {
    expect(readDurableFile(file)).toBeNull();
    writeFileSync(file, left);
    expect(readDurableFile(file)).toBeNull();
  });
});
