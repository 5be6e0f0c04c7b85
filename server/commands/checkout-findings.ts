import { findBrowser } from "../../scripts/setup/browser.mjs";
import { LEAST_NODE, nodeIsNewEnough } from "../../scripts/setup/node-version.mjs";
import { isGenerated, isInstalled } from "../../scripts/setup/prepare.mjs";
import { buildIsFresh } from "../launcher/build";
import { type Finding, note, ok, wrong } from "./finding";

/** What `doctor` finds of a checkout: Node.js, what is installed, generated and built, and the browser for tests. */
export async function checkoutFindings(): Promise<Finding[]> {
  const version = process.versions.node;
  const browser = await findBrowser();
  return [
    nodeIsNewEnough(version)
      ? ok("Node.js", version)
      : wrong("Node.js", `${version} is too old: install ${LEAST_NODE.join(".")} or newer.`),
    isInstalled() ? ok("packages", "as package-lock.json asks") : wrong("packages", "not installed: run `npm ci`."),
    isGenerated()
      ? ok("database client", "generated from the schema as it is")
      : wrong("database client", "missing or older than the schema: `npm start` generates it."),
    buildIsFresh()
      ? ok("console build", "built from the sources as they are")
      : note("console build", "missing or older than the sources: the next `npm start` builds it."),
    browser === undefined
      ? note("browser for tests", "none; `npm test` installs a Chromium.")
      : ok("browser for tests", browser),
  ];
}
