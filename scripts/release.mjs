import { checkNodeVersion } from "./setup/node-version.mjs";

checkNodeVersion();
// `npm run release [folder]`: the archive that starts without npm and without building. Default folder: dist.
const { endOnSignal } = await import("./setup/run.mjs");
endOnSignal(130);
const { prepare } = await import("./setup/prepare.mjs");
await prepare();
const { register } = await import("tsx/esm/api");
register();
const { makeRelease } = await import("./release/make-release.ts");
try {
  console.log(await makeRelease(process.argv[2] ?? "dist"));
} catch (error) {
  console.error(error.output ?? error.message);
  process.exitCode = 1;
}
