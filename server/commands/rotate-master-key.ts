import { randomBytes } from "node:crypto";
import { rotateMasterKey, UnreadableSecret } from "@/lib/core/master-key/rotate-master-key";
import { createFile } from "@/lib/durable-file";
import type { Env } from "@/lib/env";
import type { Runtime } from "@/lib/runtime";
import { Failure } from "../installation/failure";
import { systemActor } from "../installation/first-run";
import { adoptNextKey, keepNextKey } from "../installation/master-key";
import { withStoppedInstallation } from "../installation/runtime";
import { settingsOfInstallation } from "../installation/which";
import { optional, type SettingsCommand, UsageError } from "./command";

const NAME = "rotate-master-key";

/** Where the new key goes: into the data directory, or into a file that whoever sets MASTER_KEY names. */
function placeOfKey(settings: Env, newFile: string | undefined): { keep(key: string): void; done(): string } {
  if (settings.MASTER_KEY === undefined) {
    if (newFile !== undefined) throw new UsageError("--new-key-file is for installations that set MASTER_KEY.");
    return {
      keep: (key) => keepNextKey(settings, key),
      done: () => {
        adoptNextKey(settings);
        return "The new key is in the data directory; start the product again, and back it up.";
      },
    };
  }
  if (newFile === undefined) {
    throw new UsageError("--new-key-file is missing: MASTER_KEY is set, so say where the new one is to be written.");
  }
  return {
    keep: (key) => {
      if (!createFile(newFile, `${key}\n`)) throw new Failure(`${newFile} is there already. Name a new file.`);
    },
    done: () => `Set MASTER_KEY to what ${newFile} says, start the product again, and back it up.`,
  };
}

async function rotate({ context, env }: Runtime, place: ReturnType<typeof placeOfKey>): Promise<{ sealed: number }> {
  const { MASTER_KEY: from } = env;
  if (from === undefined) throw new Error("An installation that runs has a key.");
  const to = randomBytes(32).toString("hex");
  // On disk before anything is sealed with it.
  place.keep(to);
  try {
    return await rotateMasterKey(context, systemActor("cli"), { from, to });
  } catch (error) {
    if (!(error instanceof UnreadableSecret)) throw error;
    throw new Failure(`${error.message} Nothing was changed.`, { cause: error });
  }
}

export const rotateMasterKeyCommand: SettingsCommand = {
  name: NAME,
  usage: "[--new-key-file NEW-FILE]",
  summary: "seal every stored secret with a new master key; the product must be stopped",
  needs: "settings",
  flags: { "new-key-file": { type: "string" } },
  async run(settings, flags, _positionals, { env }) {
    const installation = settingsOfInstallation(settings, env);
    const place = placeOfKey(installation, optional(flags, "new-key-file"));
    return withStoppedInstallation(NAME, installation, async (runtime) => {
      const { sealed } = await rotate(runtime, place);
      return { data: { sealed }, text: `Sealed ${sealed} secrets with a new master key. ${place.done()}` };
    });
  },
};
