import { existsSync } from "node:fs";
import path from "node:path";

/** What people type to run this installation: npm runs a checkout, Node alone an unpacked release. */
export interface OwnCommands {
  /** Starts everything. */
  readonly start: string;
  /** What stands before a part that is to start alone, or a flag. */
  readonly startWith: string;
  /** What stands before a command of the command line. */
  readonly cli: string;
}

const CHECKOUT: OwnCommands = { start: "npm start", startWith: "npm start --", cli: "npm run --silent cli --" };
const RELEASE: OwnCommands = { start: "node server.mjs", startWith: "node server.mjs", cli: "node cli.mjs" };

let known: OwnCommands | undefined;

/** The commands of this installation, for what tells people what to do. */
export function ownCommands(): OwnCommands {
  known ??= existsSync(path.resolve(/* turbopackIgnore: true */ "server.mjs")) ? RELEASE : CHECKOUT;
  return known;
}
