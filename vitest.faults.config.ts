import { defineConfig, mergeConfig } from "vitest/config";
import shared from "./vitest.config";

/** `npm run test:faults`: what takes minutes, since processes, database and bus are really lost. */
const { include: _include, ...rest } = shared.test ?? {};

export default mergeConfig(
  { ...shared, test: rest },
  defineConfig({ test: { include: ["test/faults/**/*.faults.ts"], testTimeout: 180_000, fileParallelism: false } }),
);
