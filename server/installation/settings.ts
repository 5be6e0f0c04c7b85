import { existsSync } from "node:fs";
import path from "node:path";
import { type Env, EnvError, parseEnv } from "@/lib/env";
import { Failure } from "./failure";

/** This installation's settings: the environment, completed from `.env` when there is one. Throws `Failure`. */
export function loadSettings(): Env {
  if (existsSync(".env")) process.loadEnvFile(".env");
  try {
    return parseEnv(process.env);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    throw new Failure(`${error.message}\nCorrect the environment or .env; every variable stands in .env.example.`);
  }
}

/** The data directory as an absolute path. */
export const dataDirOf = (settings: Env) => path.resolve(settings.DATA_DIR);
