import { start } from "../start";
import { releasePrograms } from "./release-programs";

/** `node server.mjs`, of which scripts/release makes the file. */
await start(process.argv.slice(2), releasePrograms);
