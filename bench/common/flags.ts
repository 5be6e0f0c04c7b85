/** What every benchmark reads from its command line. */

export const flags: readonly string[] = process.argv.slice(2);

/** The number after `name`, or `fallback` without it. */
export function numberFlag(name: string, fallback: number): number {
  const at = flags.indexOf(name);
  return at === -1 ? fallback : Number(flags[at + 1]);
}

/** The text after `name`; undefined without it. */
export function textFlag(name: string): string | undefined {
  const at = flags.indexOf(name);
  return at === -1 ? undefined : flags[at + 1];
}

/** `--json`: nothing is printed but the result. */
export const json = flags.includes("--json");

/** Tells how far a benchmark is. */
export function note(text: string): void {
  if (!json) console.log(text);
}
