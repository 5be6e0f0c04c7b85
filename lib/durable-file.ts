import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

/**
 * Files that cannot be made again, such as keys and passwords. Each is written under another name, synced, and given its own name,
 * and then its folder is synced: after a power cut it holds the whole text or is not there, and once one of these functions has
 * returned it is there.
 */

const NO_LINKS = ["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"];

/** Makes a folder with its parents, to stay after a power cut. Nothing happens when it is there. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  const above = path.dirname(path.resolve(first));
  for (let made = path.resolve(folder); made !== above; made = path.dirname(made)) syncFolder(path.dirname(made));
}

/** Writes a file of mode 600 in place of what may stand there. */
export function replaceFile(file: string, text: string): void {
  const written = writeBeside(file, text);
  renameSync(written, file);
  syncFolder(path.dirname(file));
}

/** Writes a file of mode 600. False, and nothing is done, when one stands there, even if it was made at this very moment. */
export function createFile(file: string, text: string): boolean {
  const written = writeBeside(file, text);
  try {
    linkSync(written, file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    // Where a file cannot have two names, this is as close as it gets.
    if (code !== "EEXIST" && !NO_LINKS.includes(code)) throw error;
    if (existsSync(file)) return false;
    renameSync(written, file);
  } finally {
    rmSync(written, { force: true });
  }
  syncFolder(path.dirname(file));
  return true;
}

/**
 * What a file says; null when it says nothing: it is not there, or a power cut has left nothing but its name, since it was
 * written by a version that did not write it as this one does.
 */
export function readDurableFile(file: string): string | null {
  try {
    const text = readFileSync(file, "utf8");
    return /^[\s\0]*$/.test(text) ? null : text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Has the names in a folder stay after a power cut. */
export function syncFolder(folder: string): void {
  // Windows does not let a folder be opened; it writes names down by itself.
  if (process.platform === "win32") return;
  let opened: number | undefined;
  try {
    opened = openSync(folder, "r");
    fsyncSync(opened);
  } catch (error) {
    // Folders that this account may not list, and file systems that cannot sync one.
    if (!["EACCES", "EINVAL", "EBADF"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

function writeBeside(file: string, text: string): string {
  const beside = `${file}.${randomBytes(4).toString("hex")}.part`;
  const opened = openSync(beside, "wx", 0o600);
  try {
    writeFileSync(opened, text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  return beside;
}
