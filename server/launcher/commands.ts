import path from "node:path";
import { pathToFileURL } from "node:url";
import { createSecretBox } from "@/lib/core/secrets";
import { DATABASE_FOLDER_VARIABLE, type Env, START_MARK_VARIABLE } from "@/lib/env";
import { SERVICE_NODE_FLAGS } from "./build-service";
import type { ChildCommand } from "./child";

/** Loaded into each process of the product before anything else; a release has it in the same place as a checkout. */
export const LEASH = pathToFileURL(path.resolve("server/launcher/leash.mjs")).href;
const leash = ["--import", LEASH];
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
  const { settings } = given;
  return {
    console: {
      name: "console",
      args: [...leash, given.consoleFile],
      env: { ...partVariables("console", settings, given), [START_MARK_VARIABLE]: given.mark },
    },
    service: {
      name: "service",
      args:
        given.serviceFile === null
          ? [...leash, tsx, "watch", "--clear-screen=false", "server/service.ts"]
          : [...leash, ...SERVICE_NODE_FLAGS, given.serviceFile],
      env: { ...partVariables("service", settings, given), [START_MARK_VARIABLE]: given.mark },
    },
  };
}

/** Not for them: only the launcher makes the first owner, migrates and speaks with systemd, and only the command line makes backups. */
const NOT_FOR_PARTS = [
  "OWNER_EMAIL",
  "OWNER_PASSWORD",
  "DATABASE_MIGRATE_URL",
  "BACKUP_PASSPHRASE",
  "PORT",
  "NOTIFY_SOCKET",
];

/** The environment of one of the two processes: what is set here, completed by what it must be told. */
export function partVariables(
  part: "console" | "service",
  settings: Env,
  given: Pick<ChildSettings, "databaseUrl" | "databaseFolder" | "masterKey" | "dev">,
): NodeJS.ProcessEnv {
  const variables: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: given.dev ? "development" : "production",
    DATABASE_URL: given.databaseUrl,
    MASTER_KEY: given.masterKey,
    [DATABASE_FOLDER_VARIABLE]: given.databaseFolder,
    CONSOLE_PORT: String(settings.CONSOLE_PORT),
    SERVICE_PORT: String(settings.SERVICE_PORT),
  };
  for (const name of NOT_FOR_PARTS) delete variables[name];
  if (part === "service") return variables;
  const secrets = createSecretBox(given.masterKey);
  return {
    ...variables,
    NEXT_TELEMETRY_DISABLED: "1",
    NEXTAUTH_URL: settings.PUBLIC_CONSOLE_URL,
    NEXTAUTH_SECRET: secrets.derive("nextauth"),
    // Of this installation, and the same for each of its consoles; the build's own one is known to whoever has a release.
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.from(secrets.derive("next-actions"), "base64url").toString("base64"),
  };
}
