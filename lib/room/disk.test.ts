import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { judgeDisk, keptBytes, readDisk } from "./disk";

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

const withFree = (sizeBytes: number, freeBytes: number) => ({ sizeBytes, freeBytes });

test("operators are told from 90 % on, and changes are refused below a twentieth, 64 MiB at least and a gigabyte at most", () => {
  expect(judgeDisk(withFree(10 * GIB, 1.01 * GIB))).toBe("enough");
  expect(judgeDisk(withFree(10 * GIB, GIB))).toBe("short");
  expect(judgeDisk(withFree(10 * GIB, 0.5 * GIB))).toBe("short");
  expect(judgeDisk(withFree(10 * GIB, 0.49 * GIB))).toBe("none");
  expect(keptBytes({ sizeBytes: 10 * GIB })).toBe(0.5 * GIB);
  expect(keptBytes({ sizeBytes: 4096 * GIB })).toBe(GIB);
  expect(keptBytes({ sizeBytes: 256 * MIB })).toBe(64 * MIB);
});

test("on a disk so small that a tenth is less than what is kept, operators are told before changes are refused", () => {
  expect(judgeDisk(withFree(256 * MIB, 64 * MIB))).toBe("short");
  expect(judgeDisk(withFree(256 * MIB, 63 * MIB))).toBe("none");
});

test("a level is left only when a quarter more is free than where it began", () => {
  const disk = (free: number) => withFree(10 * GIB, free * GIB);
  expect(judgeDisk(disk(0.6), "none")).toBe("none");
  expect(judgeDisk(disk(0.63), "none")).toBe("short");
  expect(judgeDisk(disk(1.2), "short")).toBe("short");
  expect(judgeDisk(disk(1.26), "short")).toBe("enough");
});

test("a folder's disk is what the system says, and of one that is not there nothing is known", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "im-room-"));
  const disk = await readDisk(folder);
  expect(disk?.sizeBytes).toBeGreaterThan(disk?.freeBytes ?? Number.POSITIVE_INFINITY);
  expect(disk?.freeBytes).toBeGreaterThan(0);
  rmSync(folder, { recursive: true });
  expect(await readDisk(folder)).toBeNull();
});
