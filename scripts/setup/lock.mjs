import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";

const WAIT_MS = 200;

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

function holderOf(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, "holder.json"), "utf8"));
  } catch {
    return undefined;
  }
}

/** True when the lock's holder has ended without giving it back, or never said who it is. */
function isStale(folder, unknownSince) {
  const holder = holderOf(folder);
  if (holder === undefined) return Date.now() - unknownSince > 3000;
  return holder.host === hostname() && !alive(holder.pid);
}

/**
 * Runs `work` while no other process of this machine runs work under the same lock folder; waits for its turn. A holder
 * that was killed does not keep others out.
 */
export async function withLock(folder, work) {
  const unknownSince = Date.now();
  mkdirSync(path.dirname(folder), { recursive: true });
  for (;;) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isStale(folder, unknownSince)) {
      const aside = `${folder}.stale-${process.pid}-${Date.now()}`;
      try {
        renameSync(folder, aside);
        rmSync(aside, { recursive: true, force: true });
      } catch (error) {
        if (error.code !== "ENOENT") throw error;
      }
    } else {
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
  writeFileSync(path.join(folder, "holder.json"), JSON.stringify({ pid: process.pid, host: hostname() }));
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
