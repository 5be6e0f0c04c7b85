import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";

/**
 * Which installations run on this machine for this account, so that the command line finds the one that runs without being told its
 * data directory. Each launcher keeps a small file while it runs; one whose process is gone counts for nothing.
 */

type Environment = Readonly<Record<string, string | undefined>>;

const RunningSchema = z.object({ pid: z.int(), dataDir: z.string() });

const folderOf = (env: Environment) =>
  path.join(env.XDG_STATE_HOME || path.join(env.HOME || os.homedir(), ".local", "state"), "im-user-service", "running");

/** Says that this process runs the installation of a data directory. Gives what takes it back; null: nothing could be written. */
export function noteRunning(env: Environment, dataDir: string): (() => void) | null {
  const file = path.join(folderOf(env), `${process.pid}.json`);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ pid: process.pid, dataDir }));
  } catch {
    // An account without a home: the command line is told DATA_DIR there.
    return null;
  }
  return () => rmSync(file, { force: true });
}

/** The data directories of the installations that run. */
export function findRunning(env: Environment): string[] {
  let files: string[];
  try {
    files = readdirSync(folderOf(env));
  } catch {
    return [];
  }
  const found = new Set<string>();
  for (const name of files) {
    const note = readNote(path.join(folderOf(env), name));
    if (note !== null && isAlive(note.pid)) found.add(note.dataDir);
  }
  return [...found];
}

function readNote(file: string): z.infer<typeof RunningSchema> | null {
  try {
    return RunningSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
