import { readFileSync } from "node:fs";
import path from "node:path";

/** The version of this product. */
export const productVersion = (): string =>
  (JSON.parse(readFileSync(path.resolve("package.json"), "utf8")) as { version: string }).version;
