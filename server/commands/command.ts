import type { ParseArgsConfig } from "node:util";
import type { Env } from "@/lib/env";
import type { Runtime } from "@/lib/runtime";
import type { ConsoleClient } from "../console-client/console-client";

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

/** A command by the console's HTTP API: on this installation, or with a token on another. It takes --url and --token besides its flags. */
export interface ApiCommand extends CommandBase {
  readonly needs: "console";
  run(console: ConsoleClient, flags: FlagValues, positionals: readonly string[]): Promise<CommandResult>;
}

/** A command that must work even where the installation does not. */
export interface SettingsCommand extends CommandBase {
  readonly needs: "settings";
  run(
    settings: Env,
    flags: FlagValues,
    positionals: readonly string[],
    given: {
      readonly env: Readonly<Record<string, string | undefined>>;
      /** Shows text beside the result. */
      say(text: string): void;
    },
  ): Promise<CommandResult>;
}

/** A command that needs no installation on this machine. */
export interface PlainCommand extends CommandBase {
  readonly needs: "nothing";
  run(given: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly flags: FlagValues;
  }): Promise<CommandResult>;
}

export type Command = CoreCommand | ApiCommand | SettingsCommand | PlainCommand;

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

/** A flag that may be left out; empty counts as left out. */
export function optional(flags: FlagValues, name: string): string | undefined {
  const value = flags[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A flag that is a whole number, where it is given. Throws `UsageError`. */
export function wholeNumber(flags: FlagValues, name: string): number | undefined {
  const value = optional(flags, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--${name} must be a whole number, not "${value}".`);
  return Number(value);
}

const MINUTES_OF: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

/** Minutes of a flag like "90m", "2h" or "7d", where it is given. Throws `UsageError`. */
export function minutesIn(flags: FlagValues, name: string): number | undefined {
  const text = optional(flags, name);
  if (text === undefined) return undefined;
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const each = MINUTES_OF[unit ?? ""];
  if (count === undefined || each === undefined)
    throw new UsageError(`--${name} must be like 90m, 2h or 7d, not "${text}".`);
  return Number(count) * each;
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
