import { rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { run } from "./setup/run.mjs";

/**
 * `npm run build:client [folder]`: the client library as the package exports it under `./client`: one file of plain
 * JavaScript for browsers and Node, and its types. Default folder: dist/client.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = path.resolve(process.argv[2] ?? path.join(root, "dist", "client"));

rmSync(folder, { recursive: true, force: true });
await build({
  entryPoints: [path.join(root, "lib", "client", "index.ts")],
  outfile: path.join(folder, "index.js"),
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  // Only for versions of Node without a WebSocket of their own; browsers never load it.
  external: ["ws"],
  sourcemap: true,
  logLevel: "warning",
});
const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
await run(process.execPath, [tsc, "-p", path.join(root, "lib", "client", "tsconfig.json"), "--outDir", folder], {
  cwd: root,
  quiet: true,
});
