import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = { "@": root };

const FOLDERS = ["lib", "app", "components", "server", "test"];
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`),
);
/** Changes what the files of a process share: modules, timers, globals or the environment. */
const changesProcess = (file: string) =>
  /\bvi\.|Object\.assign\((globalThis|process\.env)/.test(readFileSync(`${root}${file}`, "utf8"));
/** As globs, in which a folder such as `[env]` stands for itself. */
const OWN = FILES.filter(changesProcess).map((file) => file.replace(/[[\]()]/g, "\\$&"));

const project = (name: string, isolate: boolean, include: string[], exclude: string[]) => ({
  resolve: { alias },
  test: { name, isolate, include, exclude, testTimeout: 20_000, hookTimeout: 60_000 },
});

export default defineConfig({
  resolve: { alias },
  test: {
    globalSetup: ["test/global-setup.ts"],
    // On two processors one worker, which is the default, leaves one of them idle: much of a test is waiting for PostgreSQL.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Loading the product takes longer than most files' tests, so a worker loads it once for all files that leave it as it was.
    projects: [
      project(
        "shared process",
        false,
        FOLDERS.map((folder) => `${folder}/**/*.test.ts`),
        OWN,
      ),
      project("process of its own", true, OWN, []),
    ],
  },
});
