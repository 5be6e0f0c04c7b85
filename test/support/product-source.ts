import { readdirSync, readFileSync } from "node:fs";

/** What runs where the product is installed: not its tests, its build, nor the package that other people test with. */
const FOLDERS = ["app", "components", "lib", "server"];
const NOT_RUN = /\.test\.tsx?$|^lib\/(testing|db\/generated)\//;

/** The text of each source file of the product by its path. */
export function productSource(): ReadonlyMap<string, string> {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file.replaceAll("\\", "/")}`),
  );
  return new Map(
    [...files, "proxy.ts", "instrumentation-client.ts"]
      .filter((file) => /\.(tsx?|mjs)$/.test(file) && !NOT_RUN.test(file))
      .map((file) => [file, readFileSync(file, "utf8")]),
  );
}
