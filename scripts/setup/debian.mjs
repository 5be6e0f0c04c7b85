import { existsSync } from "node:fs";
import { run } from "./run.mjs";
import { step } from "./steps.mjs";

/**
 * Installs Debian packages that only tests need, where this account may and apt is there. Says why when it cannot: the tests that
 * need them are skipped by name then.
 */
export async function installDebian(...packages) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const apt = (...args) => run("env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", ...args], { quiet: true });
  try {
    await step(`Installing Debian's ${packages.join(", ")} for the tests`, async () => {
      await apt("update", "-q");
      await apt("install", "-y", "-q", "--no-install-recommends", ...packages);
    });
  } catch (error) {
    console.error(error.output?.trim().split("\n").at(-1) ?? error.message);
  }
}
