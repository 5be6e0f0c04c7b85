import { checkNodeVersion } from "./setup/node-version.mjs";

checkNodeVersion();
const { prepare } = await import("./setup/prepare.mjs");
await prepare();
const { register } = await import("tsx/esm/api");
register();
const { main } = await import("../server/cli.ts");
process.exitCode = await main(process.argv.slice(2));
