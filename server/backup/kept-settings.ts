import { ENV_VARIABLES } from "@/lib/env";

/** What belongs to a machine, or must not be kept, and does not move with a backup. */
const OF_THE_MACHINE = new Set([
  "DATA_DIR",
  "DATABASE_URL",
  "DATABASE_MIGRATE_URL",
  "DATABASE_REPLICA_URL",
  "MASTER_KEY",
  "BACKUP_PASSPHRASE",
  "OWNER_EMAIL",
  "OWNER_PASSWORD",
  "NODE_ENV",
]);

/** The settings that are set and go into a backup. */
export function keptSettings(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ENV_VARIABLES) {
    const value = env[name];
    if (value !== undefined && value !== "" && !OF_THE_MACHINE.has(name)) kept[name] = value;
  }
  return kept;
}

/** Settings as lines of a `.env` file. */
export function asDotEnv(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => {
      const quote = ["'", '"', "`"].find((mark) => !value.includes(mark)) ?? "";
      return `${name}=${quote}${value}${quote}\n`;
    })
    .join("");
}
