import type { SpawnOptions } from "node:child_process";

/** A program that ended with something else than 0. */
export class RunError extends Error {
  /** What it wrote, when that was kept back. */
  readonly output: string;
  /** Its exit code; 1 when a signal ended it. */
  readonly code: number;
}
/** Runs a program to its end; gives what it wrote when `quiet` or `tee`. Throws `RunError`. */
export function run(
  command: string,
  args: readonly string[],
  options?: SpawnOptions & { quiet?: boolean; tee?: boolean },
): Promise<string>;
/** Ends what runs, with all its children. */
export function endRunning(signal?: NodeJS.Signals): Promise<void>;
/** Ctrl-C and SIGTERM end what runs and then this process, with `code`. Returns how to take that back. */
export function endOnSignal(code: number): () => void;
