import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "@/lib/durable-file";
import { Failure } from "./failure";

const REASONS: Record<string, string> = {
  EACCES: "this account may not write there",
  EPERM: "this account may not write there",
  EROFS: "it lies on a read-only disk",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "it is a file",
  ENOSPC: "the disk is full",
};

/** Makes the data directory and writes into it. Throws `Failure` when that does not work. */
export function checkDataDir(dataDir: string): void {
  const probe = path.join(dataDir, `.write-test-${process.pid}`);
  try {
    makeFolder(dataDir);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ""] ?? (error as Error).message;
    throw new Failure(
      `The data directory ${dataDir} (DATA_DIR) cannot be written: ${reason}. Change its owner, or set DATA_DIR to a folder that this account may write to.`,
      { cause: error },
    );
  }
}
