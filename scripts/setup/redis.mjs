import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run } from "./run.mjs";
import { step } from "./steps.mjs";

const starts = () => spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;

/**
 * Installs the Redis that the tests of the bus start, where this account may and apt is there. Where it cannot be had the
 * tests that need it are skipped by name; a line says so.
 */
export async function ensureRedis() {
  if (starts()) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const apt = (...args) => run("env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", ...args], { quiet: true });
    try {
      await step("Installing Debian's redis-server for the tests", async () => {
        await apt("update", "-q");
        await apt("install", "-y", "-q", "--no-install-recommends", "redis-server");
      });
    } catch (error) {
      console.error(error.output?.trim().split("\n").at(-1) ?? error.message);
    }
  }
  if (!starts()) {
    console.error(
      "redis-server could not be had: the tests of the bus over Redis are skipped. Install it to run them.",
    );
  }
}
