import { existsSync, readdirSync } from "node:fs";
import { checkNodeVersion } from "./setup/node-version.mjs";

checkNodeVersion();
// `npm run bench -- NAME [flags]` runs bench/NAME.ts.
const { endOnSignal, RunError, run } = await import("./setup/run.mjs");
endOnSignal(130);
const { prepare } = await import("./setup/prepare.mjs");
await prepare();
const [name, ...flags] = process.argv.slice(2);
const names = existsSync("bench")
  ? readdirSync("bench").flatMap((file) => (file.endsWith(".ts") ? [file.slice(0, -3)] : []))
  : [];
if (!names.includes(name)) {
  console.error(
    `${name ? `There is no benchmark "${name}"` : "Name a benchmark"}: npm run bench -- ${names.join(" | ")}`,
  );
  process.exit(2);
}
try {
  await run(process.execPath, ["--import", "tsx", `bench/${name}.ts`, ...flags], {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
} catch (error) {
  if (!(error instanceof RunError)) throw error;
  process.exitCode = error.code;
}
