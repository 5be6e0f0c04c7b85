import path from "node:path";
import { build } from "esbuild";

/** What each file of a release's own programs is made of. */
const PROGRAMS = {
  server: "scripts/release/server.mjs",
  cli: "scripts/release/cli.mjs",
  healthcheck: "scripts/release/healthcheck.mjs",
  "server/start": "server/release/start.ts",
  "server/cli": "server/release/cli.ts",
  "server/console": "server/console.ts",
  "server/service": "server/service.ts",
};

/** Native programs, what loads files of its own, and what the console's build loads as packages: traced instead of bundled. */
const PACKAGES = [
  "pg",
  "pino",
  "@node-rs/argon2",
  "@prisma/client",
  "@prisma/adapter-pg",
  "@prisma/driver-adapter-utils",
];

/** Optional parts of `ws`, which does without. */
const ABSENT = ["bufferutil", "utf-8-validate"];

/** CommonJS packages ask for Node's own modules by `require`. */
const REQUIRE = 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);';

/** Bundles the programs of a release with the packages that they are made of into `folder`; gives their paths in it. */
export async function bundlePrograms(root: string, folder: string): Promise<string[]> {
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(PROGRAMS)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: [...PACKAGES, ...ABSENT, "next"],
    banner: { js: REQUIRE },
    // Names and lines of the sources in what is logged, without the sources themselves.
    sourcemap: true,
    sourcesContent: false,
    legalComments: "external",
    logLevel: "error",
  });
  return Object.keys(PROGRAMS).map((name) => path.join(folder, `${name}.mjs`));
}
