import { fileURLToPath } from "node:url";
import { checkNodeVersion } from "../setup/node-version.mjs";

// `server.mjs` of a release: what npm and scripts/start.mjs do for a checkout.
checkNodeVersion();
process.chdir(fileURLToPath(new URL(".", import.meta.url)));
await import(new URL("server/start.mjs", import.meta.url).href);
