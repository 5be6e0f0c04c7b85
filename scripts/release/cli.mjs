import { fileURLToPath } from "node:url";
import { checkNodeVersion } from "../setup/node-version.mjs";

// `cli.mjs` of a release: what npm and scripts/cli.mjs do for a checkout.
checkNodeVersion();
process.chdir(fileURLToPath(new URL(".", import.meta.url)));
await import(new URL("server/cli.mjs", import.meta.url).href);
