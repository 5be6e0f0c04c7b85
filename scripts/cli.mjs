import path from "node:path";
import { pathToFileURL } from "node:url";
import { checkNodeVersion } from "./setup/node-version.mjs";

checkNodeVersion();
const { prepare } = await import("./setup/prepare.mjs");
await prepare();
const { bundle } = await import("./setup/bundle.mjs");
const file = await bundle("server/cli.ts", path.resolve(process.env.NEXT_DIST_DIR || ".next", "cli", "cli.mjs"));
process.setSourceMapsEnabled(true);
const { main } = await import(pathToFileURL(file).href);
process.exitCode = await main(process.argv.slice(2));
