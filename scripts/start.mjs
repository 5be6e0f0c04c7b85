import { checkNodeVersion } from "./setup/node-version.mjs";

checkNodeVersion();
// Only now what needs that Node: `npm start` and `npm run dev` begin here, with nothing installed.
const { endOnSignal } = await import("./setup/run.mjs");
const withdraw = endOnSignal(0);
const { prepare } = await import("./setup/prepare.mjs");
await prepare();
const { register } = await import("tsx/esm/api");
register();
const { start } = await import("../server/start.ts");
const { checkoutPrograms } = await import("../server/launcher/checkout-programs.ts");
const ended = start(process.argv.slice(2), checkoutPrograms);
// From here on the launcher itself listens for Ctrl-C.
withdraw();
await ended;
