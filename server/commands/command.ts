import type { ParseArgsConfig } from "node:util";
import type { Env } from "@/lib/env";
import type { Runtime } from "@/lib/runtime";

/** What a command prints: `data` with --json, `text` without. */
export interface CommandResult {
  readonly data: unknown;
  readonly text: string;
  /** Default 0. */
  readonly exitCode?: number;
}

export type FlagValues = Readonly<Record<string, string | boolean | undefined>>;

interface CommandBase {
  /** As typed: "apps create". */
  readonly name: string;
  /** The flags in a usage line. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: NonNullable<ParseArgsConfig["options"]>;
  /** Names of what follows the command without a flag. */
  readonly positionals?: readonly string[];
}

/** A command on the core of this installation. */
export interface CoreCommand extends CommandBase {
  readonly needs: "installation";
  /** `progress` shows text beside the result. */
  run(
    runtime: Runtime,
    flags: FlagValues,
    positionals: readonly string[],
    progress: (text: string) => void,
  ): Promise<CommandResult>;
}

/** A command that must work even where nothing else does. */
export interface PlainCommand extends CommandBase {
  readonly needs: "settings";
  run(settings: Env): Promise<CommandResult>;
}

export type Command = CoreCommand | PlainCommand;

/** The operator typed something that cannot be carried out; exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** A flag that must be given. Throws `UsageError`. */
export function required(flags: FlagValues, name: string): string {
  const value = flags[name];
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(`--${name} is missing.`);
}

/** A flag that must be one of `words`. Throws `UsageError`. */
export function oneOf<T extends string>(flags: FlagValues, name: string, words: readonly T[]): T {
  const value = required(flags, name);
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new UsageError(`--${name} must be ${words.join(", ")}, not "${value}".`);
  return word;
}

/** Rows as text in columns. */
export function table(rows: ReadonlyArray<readonly string[]>): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
