import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** `npm run test:installations`: other people's PostgreSQL, poolers and reverse proxies, from Debian's packages; and unpacked releases. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["test/installations/**/*.installations.ts"],
    globalSetup: ["test/global-setup.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
