import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { run } from "./setup/run.mjs";

/**
 * `npm run build:package [folder]`: the package that apps and tests install, with `im-user-service/client` for browsers and Node, and
 * `im-user-service/testing` and `im-user-service/testing/playwright`: plain JavaScript with types, and nothing of the product. Default
 * folder: dist; `npm pack ./dist` makes the file.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = path.resolve(process.argv[2] ?? path.join(root, "dist"));
const { version, license, dependencies, devDependencies } = JSON.parse(
  readFileSync(path.join(root, "package.json"), "utf8"),
);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const common = { bundle: true, format: "esm", target: "es2022", sourcemap: true, logLevel: "warning" };
await build({
  ...common,
  entryPoints: [path.join(root, "lib", "client", "index.ts")],
  outfile: path.join(folder, "client", "index.js"),
  platform: "neutral",
  // Only for versions of Node without a WebSocket of their own; browsers never load it.
  external: ["ws"],
});
await build({
  ...common,
  entryPoints: ["index", "playwright"].map((name) => path.join(root, "lib", "testing", `${name}.ts`)),
  outdir: path.join(folder, "testing"),
  platform: "node",
  splitting: true,
  external: ["ws", "@playwright/test"],
});
const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
await run(process.execPath, [tsc, "-p", path.join(root, "lib", "testing", "tsconfig.json"), "--outDir", folder], {
  cwd: root,
  quiet: true,
});

// Names the files, as Node's own way of finding modules wants it.
for (const part of ["client", "testing"]) {
  for (const name of readdirSync(path.join(folder, part)).filter((file) => file.endsWith(".d.ts"))) {
    const file = path.join(folder, part, name);
    const named = readFileSync(file, "utf8").replaceAll(
      /(from|import\()(\s*)"(\.\.?\/[^"]+)"/g,
      (_, word, gap, target) => {
        const whole = target === "../client" ? "../client/index" : target;
        return `${word}${gap}"${whole}.js"`;
      },
    );
    writeFileSync(file, named);
  }
}

const entry = (name) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
writeFileSync(
  path.join(folder, "package.json"),
  `${JSON.stringify(
    {
      name: "im-user-service",
      version,
      license,
      description: "The client SDK of IM User Service, and what tests against an installation need.",
      type: "module",
      engines: { node: ">=20.19" },
      exports: {
        "./client": entry("client/index"),
        "./testing": entry("testing/index"),
        "./testing/playwright": entry("testing/playwright"),
        "./package.json": "./package.json",
      },
      peerDependencies: { "@playwright/test": devDependencies["@playwright/test"], ws: dependencies.ws },
      peerDependenciesMeta: { "@playwright/test": { optional: true }, ws: { optional: true } },
    },
    null,
    2,
  )}\n`,
);
