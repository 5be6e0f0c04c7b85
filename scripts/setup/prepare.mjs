import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.mjs";
import { RunError, run } from "./run.mjs";
import { step } from "./steps.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

const inRoot = (...parts) => path.join(root, ...parts);
const hashOf = (...files) => {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(inRoot(file)));
  return hash.digest("hex");
};

function readStamp(file) {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}

/** Beside node_modules would litter the checkout; inside, it goes when node_modules goes. */
const installStamp = inRoot("node_modules", ".installed");
const wantedInstall = () => `${hashOf("package-lock.json")} ${process.platform}-${process.arch}`;

/** What npm itself wrote tells the same when someone ran `npm ci` or `npm install` by hand. */
function installedByHand() {
  const record = inRoot("node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8")).packages;
  const have = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(
    ([name, entry]) => name === "" || entry.optional || entry.devOptional || have[name]?.version === entry.version,
  );
}

/** True when node_modules is what package-lock.json asks for. */
export function isInstalled() {
  if (!existsSync(inRoot("node_modules"))) return false;
  if (readStamp(installStamp) === wantedInstall()) return true;
  if (!installedByHand()) return false;
  try {
    writeFileSync(installStamp, wantedInstall());
  } catch (error) {
    // The stamp saves reading the two lists; a checkout that cannot be written does without.
    if (error.code !== "EACCES" && error.code !== "EROFS") throw error;
  }
  return true;
}

const npm = () =>
  process.env.npm_execpath?.endsWith(".js")
    ? [process.execPath, process.env.npm_execpath]
    : [process.platform === "win32" ? "npm.cmd" : "npm"];

async function ensureInstalled() {
  if (isInstalled()) return;
  await withLock(inRoot(".locks", "install"), async () => {
    if (isInstalled()) return;
    const [program, ...before] = npm();
    const args = [...before, "ci", "--include=dev", "--no-audit", "--no-fund"];
    await step("Installing packages (npm ci)", () => run(program, args, { cwd: root, quiet: true }));
    writeFileSync(installStamp, wantedInstall());
  });
}

const generated = inRoot("lib", "db", "generated");
const clientStamp = path.join(generated, ".generated-from");
const wantedClient = () => hashOf("prisma/schema.prisma", "node_modules/prisma/package.json");

/** True when the database client was generated from the schema as it is. */
export function isGenerated() {
  return existsSync(path.join(generated, "client.ts")) && readStamp(clientStamp) === wantedClient();
}

async function ensureGenerated() {
  if (isGenerated()) return;
  await withLock(inRoot(".locks", "generate"), async () => {
    if (isGenerated()) return;
    await step("Generating the database client", () =>
      run(process.execPath, [inRoot("node_modules", "prisma", "build", "index.js"), "generate"], {
        cwd: root,
        quiet: true,
        env: {
          ...process.env,
          // `generate` asks where the schema engine is but does not run it; unless told, it would download one.
          PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
          PRISMA_HIDE_UPDATE_MESSAGE: "1",
          CHECKPOINT_DISABLE: "1",
        },
      }),
    );
    writeFileSync(clientStamp, wantedClient());
  });
}

/** Installs and generates what is missing. Ends the process with a clear message when that fails. */
export async function prepare() {
  process.chdir(root);
  try {
    await ensureInstalled();
    await ensureGenerated();
  } catch (error) {
    if (!(error instanceof RunError) && error.code !== "EACCES" && error.code !== "EROFS") throw error;
    if (error.output) console.error(error.output.trim());
    console.error(
      error instanceof RunError
        ? `\nThe set-up failed: ${error.message}. What it wrote stands above.`
        : `The set-up cannot write into ${root}: ${error.message}. Use an account that may write there.`,
    );
    process.exit(1);
  }
}
