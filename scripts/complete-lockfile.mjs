// `npm run lockfile`, after `npm install` has changed package-lock.json: adds the entries of optional packages for other
// platforms that the registry at hand did not serve. npm leaves those out of the lock file, and then `npm ci` refuses it
// everywhere. Entries made here have no checksum; npm fetches such a package only on the platform that it is for.
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

if (import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const added = completeLockfile(lock);
  if (added.length > 0) writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
  console.log(
    added.length === 0 ? "package-lock.json is complete." : `Added to package-lock.json: ${added.join(", ")}.`,
  );
}
