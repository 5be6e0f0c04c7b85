import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Env } from "@/lib/env";
import { Failure } from "../installation/failure";

const LEAST = 12;

interface Wanted {
  readonly settings: Env;
  /** As --passphrase-file names it. */
  readonly file: string | undefined;
  /** A new one is typed twice. */
  readonly isNew: boolean;
}

/**
 * The passphrase of a backup: the first line of a file, BACKUP_PASSPHRASE, or what is typed; null where there is nobody to ask.
 * Throws `Failure`.
 */
export async function findPassphrase({ settings, file, isNew }: Wanted): Promise<string | null> {
  if (file !== undefined) return longEnough(readFirstLine(file), isNew);
  if (settings.BACKUP_PASSPHRASE !== undefined) return settings.BACKUP_PASSPHRASE;
  if (!process.stdin.isTTY) return null;
  const typed = longEnough(await ask("Passphrase of the backup: "), isNew);
  if (isNew && typed !== (await ask("Again: "))) throw new Failure("The two passphrases differ.");
  return typed;
}

function readFirstLine(file: string): string {
  try {
    return readFileSync(file, "utf8").split(/\r?\n/)[0] ?? "";
  } catch (error) {
    throw new Failure(`The passphrase file ${file} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
}

function longEnough(passphrase: string, isNew: boolean): string {
  if (isNew && passphrase.length < LEAST) throw new Failure(`A passphrase must have at least ${LEAST} characters.`);
  return passphrase;
}

/** Asks on the terminal, without showing what is typed. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question("");
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
