import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, rmdirSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Whether this process may mount: only root. */
export const canMount = process.platform === "linux" && process.getuid?.() === 0;

/** A small file system of a test's own, in memory. */
export interface SmallDisk {
  readonly folder: string;
  freeBytes(): number;
  /** Writes ballast until only so much is left; takes as much away when less is left. */
  leave(bytes: number): void;
  /** Takes the ballast away. */
  clear(): void;
  remove(): void;
}

const CHUNK = Buffer.alloc(1024 * 1024, 1);

export function smallDisk(sizeMib: number): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), "im-small-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${sizeMib}m,mode=0755`, "tmpfs", folder]);
  chmodSync(folder, 0o755);
  const ballast = path.join(folder, "ballast");
  const freeBytes = () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  const clear = () => rmSync(ballast, { force: true });
  return {
    folder,
    freeBytes,
    leave(bytes) {
      if (freeBytes() < bytes) clear();
      const file = openSync(ballast, "a");
      try {
        for (let free = freeBytes(); free > bytes; free = freeBytes()) {
          writeSync(file, CHUNK.subarray(0, Math.min(CHUNK.length, free - bytes)));
        }
      } catch (error) {
        // Others write as well: it is full, which is as much as was asked for.
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      } finally {
        closeSync(file);
      }
    },
    clear,
    remove() {
      execFileSync("umount", ["--lazy", folder]);
      rmdirSync(folder);
    },
  };
}
