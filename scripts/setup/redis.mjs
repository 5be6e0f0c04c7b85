import { spawnSync } from "node:child_process";
import { installDebian } from "./debian.mjs";

const starts = () => spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;

/**
 * Installs the Redis that the tests of the bus start, where this account may and apt is there. Where it cannot be had the
 * tests that need it are skipped by name; a line says so.
 */
export async function ensureRedis() {
  if (starts()) return;
  await installDebian("redis-server");
  if (!starts()) {
    console.error(
      "redis-server could not be had: the tests of the bus over Redis are skipped. Install it to run them.",
    );
  }
}
