import { runCommandLine, THIS_TERMINAL } from "../command-line";
import { releaseFindings } from "./release-findings";

/** `node cli.mjs`, of which scripts/release makes the file. */
process.exitCode = await runCommandLine(process.argv.slice(2), THIS_TERMINAL, releaseFindings);
