// `npm run lockfile`, after `npm install` has changed package-lock.json. A registry that does not serve the optional packages of
// other platforms has npm leave them out of the lock file, and then `npm ci` refuses it everywhere; or npm writes them down without a
// checksum, and then nobody knows what will be installed there. Adds what is missing and asks the registry for the checksums.
// With --check, as part of `npm run check`, it changes nothing and asks nobody.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** `os`, `cpu` and `libc` as the package itself would declare them, read from its name; undefined when it tells none. */
function platformOf(name) {
  const words = name.split("/").pop().split("-");
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  if (cpu.length === 0) return undefined;
  const libc = words.includes("musl") ? ["musl"] : words.some((word) => word.startsWith("gnu")) ? ["glibc"] : [];
  return { ...(os.length > 0 && { os }), cpu, ...(libc.length > 0 && { libc }) };
}

/** Adds what is missing to a parsed lock file; gives the names of what was added. */
export function completeLockfile(lock) {
  const added = [];
  for (const [place, entry] of Object.entries({ ...lock.packages })) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (`node_modules/${name}` in lock.packages || `${place}/node_modules/${name}` in lock.packages) continue;
      const platform = platformOf(name);
      if (platform === undefined || !/^\d/.test(version)) continue;
      lock.packages[`node_modules/${name}`] = { version, ...(entry.dev && { dev: true }), optional: true, ...platform };
      added.push(name);
    }
  }
  const { "": root, ...rest } = lock.packages;
  lock.packages = { "": root, ...Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))) };
  return added;
}

/** The places of packages without a checksum. What comes inside of another package is covered by that one's. */
export function withoutChecksum(lock) {
  return Object.entries(lock.packages)
    .filter(([place, entry]) => place !== "" && !entry.inBundle && !/^sha512-/.test(entry.integrity ?? ""))
    .map(([place]) => place);
}

/** The checksum that the registry tells of a package; throws what npm says when it tells none. */
function checksumOf(name, version) {
  const args = ["view", `${name}@${version}`, "dist.integrity", "--json"];
  return JSON.parse(execFileSync("npm", args, { encoding: "utf8", timeout: 60_000 }));
}

if (import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const added = completeLockfile(lock);
  const bare = withoutChecksum(lock);
  if (added.length + bare.length === 0) {
    console.log("package-lock.json is complete.");
  } else if (process.argv.includes("--check")) {
    console.error(`package-lock.json lacks packages or checksums: ${bare.join(", ")}. Run: npm run lockfile`);
    process.exitCode = 1;
  } else {
    for (const place of bare) {
      const entry = lock.packages[place];
      entry.integrity = checksumOf(place.split("node_modules/").pop(), entry.version);
    }
    writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
    console.log(`Completed in package-lock.json: ${bare.join(", ")}.`);
  }
}
