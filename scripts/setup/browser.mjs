import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./prepare.mjs";
import { run } from "./run.mjs";
import { step } from "./steps.mjs";

// First the one without windows: a browser test takes a fifth less of the processor with it.
const ON_PATH = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const DOWNLOAD_LIMIT_MS = 4 * 60_000;

/** True when the program starts here; a browser whose libraries are missing does not. */
function starts(program) {
  try {
    return /\d+\.\d+/.test(
      execFileSync(program, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
  } catch {
    return false;
  }
}

async function playwrightsOwn() {
  try {
    const { chromium } = await import("@playwright/test");
    const program = chromium.executablePath();
    return existsSync(program) && starts(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

function onMachine() {
  const folders = (process.env.PATH ?? "").split(path.delimiter).concat("/usr/bin", "/usr/local/bin", "/snap/bin");
  const candidates = ON_PATH.flatMap((name) => folders.map((folder) => path.join(folder, name))).concat(APPLICATIONS);
  return candidates.find((program) => existsSync(program) && starts(program));
}

/** A Chromium that starts here: PLAYWRIGHT_CHROMIUM, Playwright's own, or the machine's; undefined when there is none. */
export async function findBrowser() {
  const given = process.env.PLAYWRIGHT_CHROMIUM;
  if (given) return starts(given) ? given : undefined;
  return (await playwrightsOwn()) ?? onMachine();
}

/** The Chromium for the end-to-end tests, installed when there is none. Throws with a sentence when that fails. */
export async function ensureBrowser() {
  const given = process.env.PLAYWRIGHT_CHROMIUM;
  if (given && !starts(given)) {
    throw new Error(
      `PLAYWRIGHT_CHROMIUM (${given}) does not start. Correct the path, or unset it to use what is there.`,
    );
  }
  const found = await findBrowser();
  if (found) return found;
  const tried = [];
  const attempt = async (title, command, args) => {
    try {
      await step(title, () => run(command, args, { cwd: root, quiet: true, timeout: DOWNLOAD_LIMIT_MS }));
    } catch (error) {
      tried.push(`${title}: ${lastLine(error.output) ?? error.message}`);
    }
    return findBrowser();
  };
  const playwright = path.join(root, "node_modules", "@playwright", "test", "cli.js");
  const downloaded = await attempt("Installing Playwright's Chromium", process.execPath, [
    playwright,
    "install",
    "chromium",
  ]);
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const env = "DEBIAN_FRONTEND=noninteractive";
    await attempt("Updating the list of Debian packages", "env", [env, "apt-get", "update", "-q"]);
    // Older releases have the whole browser only.
    for (const name of ["chromium-headless-shell", "chromium"]) {
      const install = [env, "apt-get", "install", "-y", "-q", "--no-install-recommends", name];
      const installed = await attempt(`Installing Debian's ${name}`, "env", install);
      if (installed) return installed;
    }
  }
  throw new Error(
    `No Chromium for the end-to-end tests was found or could be installed. Install one (for example \`apt-get install chromium\` or \`npx playwright install --with-deps chromium\`) or name it in PLAYWRIGHT_CHROMIUM.\n${tried.map((line) => `  ${line}`).join("\n")}`,
  );
}

const lastLine = (text) => text?.trim().split("\n").filter(Boolean).at(-1);
