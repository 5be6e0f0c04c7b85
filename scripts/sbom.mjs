// `npm run sbom`: the packages that the product is made of, from package-lock.json alone, as CycloneDX on standard output.
// `npm sbom --omit=dev` would leave out what both the product and its development need, so npm is shown a lock file without development.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const read = (name) => JSON.parse(readFileSync(name, "utf8"));

/** The entries of a lock file without those that only development needs. */
function shippedOf(packages) {
  const { devDependencies: _, ...root } = packages[""];
  const shipped = Object.entries(packages).filter(([place, entry]) => place !== "" && !entry.dev && !entry.devOptional);
  return { "": root, ...Object.fromEntries(shipped) };
}

const { devDependencies: _, ...manifest } = read("package.json");
const lock = read("package-lock.json");
const folder = path.join(mkdtempSync(path.join(tmpdir(), "im-sbom-")), manifest.name);
mkdirSync(folder);
try {
  for (const [name, content] of [
    ["package.json", manifest],
    ["package-lock.json", { ...lock, packages: shippedOf(lock.packages) }],
  ]) {
    writeFileSync(path.join(folder, name), JSON.stringify(content));
  }
  const args = ["sbom", "--sbom-format=cyclonedx", "--sbom-type=application", "--package-lock-only"];
  process.stdout.write(execFileSync("npm", args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }));
} finally {
  rmSync(path.dirname(folder), { recursive: true, force: true });
}
