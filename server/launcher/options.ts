import { parseArgs } from "node:util";
import { Failure } from "../installation/failure";

export interface StartOptions {
  /** Reload on change instead of a build. */
  readonly dev: boolean;
  /** Where to write the addresses as JSON once everything is ready. */
  readonly readyFile: string | undefined;
  readonly help: boolean;
}

export const START_HELP = `npm start                     the console and the service, built
npm run dev                   the same with reload on change
  -- --ready-file FILE        write the addresses to FILE as JSON once everything is ready

Settings come from the environment or .env; .env.example names them all.`;

/** Reads the launcher's own flags. Throws `Failure`. */
export function readOptions(argv: readonly string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        dev: { type: "boolean", default: false },
        "ready-file": { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return { dev: values.dev, readyFile: values["ready-file"], help: values.help };
  } catch (error) {
    throw new Failure(`${(error as Error).message}\n\n${START_HELP}`);
  }
}
