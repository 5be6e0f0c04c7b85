import { checkNodeVersion } from "./setup/node-version.mjs";

checkNodeVersion();
// `npm run check`: lint with the layer rules, types, and the schema against the migrations.
const { endOnSignal } = await import("./setup/run.mjs");
endOnSignal(130);
const { prepare } = await import("./setup/prepare.mjs");
await prepare();
const { check } = await import("./setup/parts.mjs");
process.exitCode = (await check()) ? 0 : 1;
