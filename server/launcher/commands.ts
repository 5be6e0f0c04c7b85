import path from "node:path";
import { pathToFileURL } from "node:url";
import { createSecretBox } from "@/lib/core/secrets";
import { DATABASE_FOLDER_VARIABLE, type Env, START_MARK_VARIABLE } from "@/lib/env";
import { SERVICE_NODE_FLAGS } from "./build-service";
import type { ChildCommand } from "./child";

const leash = ["--import", pathToFileURL(path.resolve("server/launcher/leash.mjs")).href];
const tsx = path.resolve("node_modules/tsx/dist/cli.mjs");

export interface ChildSettings {
  readonly settings: Env;
  readonly databaseUrl: string;
  /** Where the embedded database lies; absent: it is another one. */
  readonly databaseFolder?: string | undefined;
  readonly masterKey: string;
  /** What the two answer to /readyz with (`startMark`). */
  readonly mark: string;
  /** The console's program in one file (`buildConsole`). */
  readonly consoleFile: string;
  /** The service in one file (`buildService`); null: its sources, compiled and watched as they are, with reload. */
  readonly serviceFile: string | null;
  readonly dev: boolean;
}

/** The two processes that the launcher keeps running. */
export function childCommands(given: ChildSettings): { console: ChildCommand; service: ChildCommand } {
  const { settings, dev } = given;
  const shared: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: dev ? "development" : "production",
    DATABASE_URL: given.databaseUrl,
    MASTER_KEY: given.masterKey,
    [START_MARK_VARIABLE]: given.mark,
    [DATABASE_FOLDER_VARIABLE]: given.databaseFolder,
    CONSOLE_PORT: String(settings.CONSOLE_PORT),
    SERVICE_PORT: String(settings.SERVICE_PORT),
  };
  // Only the launcher makes the first owner, and only the command line backups.
  for (const name of ["OWNER_EMAIL", "OWNER_PASSWORD", "BACKUP_PASSPHRASE", "PORT"]) delete shared[name];
  return {
    console: {
      name: "console",
      args: [...leash, given.consoleFile],
      env: {
        ...shared,
        NEXT_TELEMETRY_DISABLED: "1",
        NEXTAUTH_URL: settings.PUBLIC_CONSOLE_URL,
        NEXTAUTH_SECRET: createSecretBox(given.masterKey).derive("nextauth"),
      },
    },
    service: {
      name: "service",
      args:
        given.serviceFile === null
          ? [...leash, tsx, "watch", "--clear-screen=false", "server/service.ts"]
          : [...leash, ...SERVICE_NODE_FLAGS, given.serviceFile],
      env: shared,
    },
  };
}
