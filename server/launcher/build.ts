import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "../../scripts/setup/lock.mjs";
import { RunError, run } from "../../scripts/setup/run.mjs";
import { step } from "../../scripts/setup/steps.mjs";
import { Failure } from "../installation/failure";

const FOLDERS = ["app", "components", "lib", "public"];
const FILES = [
  "next.config.ts",
  "tailwind.config.ts",
  "postcss.config.mjs",
  "package-lock.json",
  "proxy.ts",
  "instrumentation.ts",
  "prisma/schema.prisma",
];

export const distDir = () => process.env.NEXT_DIST_DIR || ".next";
const stampFile = () => path.join(distDir(), "built-from");

/** A hash of everything the console's build depends on; the same for the same sources wherever they lie. */
export function hashSources(root = "."): string {
  const hash = createHash("sha256").update(process.version.split(".")[0] ?? "");
  const add = (file: string) => {
    hash
      .update(`${file.split(path.sep).join("/")}\0`)
      .update(readFileSync(path.join(root, file)))
      .update("\0");
  };
  const walk = (folder: string) => {
    const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name);
      // Made from prisma/schema.prisma, which counts by itself.
      if (file === path.join("lib", "db", "generated")) continue;
      if (entry.isDirectory()) walk(file);
      else if (!/\.test\.tsx?$/.test(entry.name)) add(file);
    }
  };
  for (const folder of FOLDERS) if (existsSync(path.join(root, folder))) walk(folder);
  for (const file of FILES) if (existsSync(path.join(root, file))) add(file);
  hash.update(compilerOptions(path.join(root, "tsconfig.json")));
  return hash.digest("hex");
}

/** Not the whole file: Next writes its folders of generated types into `include` while it builds. */
function compilerOptions(file: string): string {
  if (!existsSync(file)) return "";
  const { compilerOptions: options } = JSON.parse(readFileSync(file, "utf8")) as { compilerOptions?: unknown };
  return JSON.stringify(options ?? null);
}

/** True when the console is built from the sources as they are. */
export function buildIsFresh(): boolean {
  if (!existsSync(path.join(distDir(), "BUILD_ID")) || !existsSync(stampFile())) return false;
  return readFileSync(stampFile(), "utf8") === hashSources();
}

/** Builds the console unless that is done. Throws `Failure` with the build's own words. */
export async function ensureBuilt(): Promise<void> {
  if (buildIsFresh()) return;
  await withLock(path.resolve(".locks", `build-${path.basename(distDir())}`), async () => {
    if (buildIsFresh()) return;
    const sources = hashSources();
    rmSync(stampFile(), { force: true });
    writePreviewKeys(sources);
    try {
      await step("Building the console", () =>
        run(process.execPath, [path.resolve("node_modules/next/dist/bin/next"), "build"], {
          quiet: true,
          env: {
            ...process.env,
            NODE_ENV: "production",
            NEXT_TELEMETRY_DISABLED: "1",
            CONSOLE_VERSION: sources.slice(0, 20),
            NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: keyOf(sources, "next-actions").toString("base64"),
          },
        }),
      );
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      throw new Failure(
        `${error.output.trim()}\n\nThe console could not be built. What the build wrote stands above.`,
        {
          cause: error,
        },
      );
    }
    writeFileSync(stampFile(), sources);
  });
}

/**
 * Next makes random keys for each build; these depend on the sources, so that the same sources build the same console. They protect
 * nothing: each installation encrypts with a key of its own (`partVariables`), and there are no previews.
 */
function keyOf(sources: string, purpose: string): Buffer {
  return createHash("sha256").update(`${purpose}\0${sources}`).digest();
}

/** Where Next keeps the keys of previews between builds, and takes them from. */
function writePreviewKeys(sources: string): void {
  const folder = path.join(distDir(), "cache");
  const hex = (purpose: string) => keyOf(sources, purpose).toString("hex");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, ".previewinfo"),
    JSON.stringify({
      previewModeId: hex("preview-id").slice(0, 32),
      previewModeSigningKey: hex("preview-signing"),
      previewModeEncryptionKey: hex("preview-encryption"),
      expireAt: Number.MAX_SAFE_INTEGER,
    }),
  );
}
