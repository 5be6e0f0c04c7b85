import { runCommandLine, type Terminal, THIS_TERMINAL } from "./command-line";
import { checkoutFindings } from "./commands/checkout-findings";

/** The command line of a checkout (scripts/cli.mjs): carries out one line and gives the exit code. */
export const main = (argv: readonly string[], terminal: Terminal = THIS_TERMINAL): Promise<number> =>
  runCommandLine(argv, terminal, checkoutFindings);
