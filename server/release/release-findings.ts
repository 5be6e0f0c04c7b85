import { readFileSync } from "node:fs";
import path from "node:path";
import { LEAST_NODE, nodeIsNewEnough } from "../../scripts/setup/node-version.mjs";
import { type Finding, ok, wrong } from "../commands/finding";

/** What `doctor` finds of an unpacked release: Node.js, and the machine that the release was made for. */
export async function releaseFindings(): Promise<Finding[]> {
  const { version, platform } = JSON.parse(readFileSync(path.resolve("package.json"), "utf8")) as {
    version: string;
    platform: string;
  };
  const node = process.versions.node;
  const here = `${process.platform}-${process.arch}`;
  return [
    nodeIsNewEnough(node)
      ? ok("Node.js", node)
      : wrong("Node.js", `${node} is too old: install ${LEAST_NODE.join(".")} or newer.`),
    platform === here
      ? ok("release", `${version} for ${platform}`)
      : wrong("release", `${version} was made for ${platform}, and this machine is ${here}: take the release for it.`),
  ];
}
