import { parseArgs } from "node:util";
import { ownCommands } from "@/lib/own-commands";
import { Failure } from "../installation/failure";

/** What can be started by itself, where something else watches over processes: containers, units, jobs. */
const PARTS = ["console", "service", "migrate"] as const;
export type Part = (typeof PARTS)[number];

export interface StartOptions {
  /** Undefined: everything, kept running. */
  readonly part: Part | undefined;
  /** Reload on change instead of a build. */
  readonly dev: boolean;
  /** Where to write the addresses as JSON once everything is ready. */
  readonly readyFile: string | undefined;
  readonly help: boolean;
}

export function startHelp(): string {
  const { start, startWith } = ownCommands();
  const rows: [string, string][] = [
    [start, "the console and the service, kept running"],
    ...(start === startWith ? [] : [["npm run dev", "the same with reload on change"] as [string, string]]),
    [`${startWith} --ready-file FILE`, "write the addresses to FILE as JSON once everything is ready"],
    [`${startWith} console`, "the console alone, on the database of DATABASE_URL"],
    [`${startWith} service`, "the service alone"],
    [`${startWith} migrate`, "prepare the database for them, and end"],
  ];
  const width = Math.max(...rows.map(([command]) => command.length)) + 3;
  return `${rows.map(([command, words]) => command.padEnd(width) + words).join("\n")}

Settings come from the environment or .env; .env.example names them all.`;
}

/** Reads the launcher's own flags. Throws `Failure`. */
export function readOptions(argv: readonly string[]): StartOptions {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        dev: { type: "boolean", default: false },
        "ready-file": { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
      allowPositionals: true,
    });
    const [word, ...more] = positionals;
    const part = PARTS.find((name) => name === word);
    if (word !== undefined && part === undefined) throw new Error(`There is no part "${word}": ${PARTS.join(", ")}.`);
    if (more.length > 0) throw new Error(`"${more[0]}" is not expected after ${word}.`);
    return { part, dev: values.dev, readyFile: values["ready-file"], help: values.help };
  } catch (error) {
    throw new Failure(`${(error as Error).message}\n\n${startHelp()}`);
  }
}
