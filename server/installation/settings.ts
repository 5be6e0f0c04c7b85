import { existsSync } from "node:fs";
import path from "node:path";
import { type Env, EnvError, parseEnv } from "@/lib/env";
import { Failure } from "./failure";

/** This installation's settings: `source`, or the environment completed from `.env`. Throws `Failure`. */
export function loadSettings(source: Record<string, string | undefined> = process.env): Env {
  if (source === process.env && existsSync(".env")) process.loadEnvFile(".env");
  try {
    return parseEnv(source);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    throw new Failure(`${error.message}\nCorrect the environment or .env; every variable stands in .env.example.`);
  }
}

/** The data directory as an absolute path. */
export const dataDirOf = (settings: Env) => path.resolve(settings.DATA_DIR);
