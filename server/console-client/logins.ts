import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { makeFolder, replaceFile } from "@/lib/durable-file";
import { Failure } from "../installation/failure";

type Environment = Readonly<Record<string, string | undefined>>;

const LoginsSchema = z.record(z.string(), z.string());

/** The file of the kept tokens, by the console's address: its owner's alone. */
const fileOf = (env: Environment): string =>
  path.join(env.XDG_CONFIG_HOME || path.join(env.HOME || os.homedir(), ".config"), "im-user-service", "logins.json");

/** Tokens that `login` has kept, by the console's address. Throws `Failure` for a file that cannot be read. */
export function readLogins(env: Environment): Readonly<Record<string, string>> {
  const file = fileOf(env);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new Failure(`${file} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  try {
    return LoginsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure(`${file} is damaged. Remove it and log in again.`, { cause });
  }
}

/** Keeps the token for this address; null forgets it. */
export function keepLogin(env: Environment, url: string, token: string | null): void {
  const { [url]: _, ...others } = readLogins(env);
  const file = fileOf(env);
  makeFolder(path.dirname(file));
  replaceFile(file, `${JSON.stringify(token === null ? others : { ...others, [url]: token }, null, 2)}\n`);
}
