import { readState } from "@/lib/embedded-postgres/cluster-state";
import type { Env } from "@/lib/env";
import { ownCommands } from "@/lib/own-commands";
import { Failure } from "./failure";
import { findRunning } from "./running";
import { dataDirOf } from "./settings";

/**
 * The settings of the installation that a command is for: the one that is named, the one of this folder, or the only one that runs.
 * A command never makes an installation. Throws `Failure` when there is none.
 */
export function settingsOfInstallation(settings: Env, env: Readonly<Record<string, string | undefined>>): Env {
  const dataDir = dataDirOf(settings);
  if (settings.DATABASE_URL !== undefined || readState(dataDir) !== null) return settings;
  const ways = `Start one with \`${ownCommands().start}\`, set DATA_DIR to its folder, or name another machine’s console with --url.`;
  if (env.DATA_DIR !== undefined && env.DATA_DIR !== "") {
    throw new Failure(`There is no installation in ${dataDir} (DATA_DIR). ${ways}`);
  }
  const [running, ...others] = findRunning(env).filter((folder) => readState(folder) !== null);
  if (others.length > 0) {
    throw new Failure(`Several installations run here. Set DATA_DIR to one: ${[running, ...others].join(", ")}.`);
  }
  if (running === undefined) throw new Failure(`There is no installation in ${dataDir}, and none runs. ${ways}`);
  return { ...settings, DATA_DIR: running };
}
