import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/** Scripts know the checkout by where they lie, so they stay outside of a bundle. */
const scriptsStayOutside = (folder) => ({
  name: "scripts-stay-outside",
  setup({ onResolve }) {
    onResolve({ filter: /\/scripts\/.*\.mjs$/ }, ({ path: script, resolveDir }) => ({
      path: path.relative(folder, path.resolve(resolveDir, script)).split(path.sep).join("/"),
      external: true,
    }));
  },
});

/**
 * Puts a program into one file of plain JavaScript, which starts in a fraction of the time that compiling each source file
 * would take. Takes a tenth of a second, so it is simply done at each start; the file is written when it differs, so that a
 * checkout in which everything is built need not be writable.
 */
export async function bundle(entryPoint, outfile) {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    plugins: [scriptsStayOutside(path.dirname(outfile))],
    sourcemap: true,
    write: false,
    logLevel: "silent",
  });
  for (const { path: file, contents } of outputFiles) {
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    // In one step: another start may run the one that is there.
    const written = `${file}.${process.pid}.part`;
    writeFileSync(written, contents);
    renameSync(written, file);
  }
  return outfile;
}
