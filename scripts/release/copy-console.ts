import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Of a build's folder: the pages as Node and browsers load them, and Next's lists of them. */
const PARTS = /^(server|static|node_modules)(\/|$)|^BUILD_ID$|^package\.json$|^[^/]*-(manifest|files)\.json$/;

/** Sources of the server's code, which only debuggers read, and lists for tracers. */
const LEFT_OUT = /\/server\/.*\.map$|\.nft\.json$/;

/** Copies the built console from `root` into `folder`, with nothing of where it was built. */
export function copyConsole(root: string, distDir: string, folder: string): void {
  const from = path.join(root, distDir);
  cpSync(from, path.join(folder, distDir), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => {
      const name = path.relative(from, file).split(path.sep).join("/");
      return (name === "" || PARTS.test(name)) && !LEFT_OUT.test(`/${name}`);
    },
  });
  const config = path.join(folder, distDir, "required-server-files.json");
  writeFileSync(config, readFileSync(config, "utf8").replaceAll(JSON.stringify(root).slice(1, -1), "."));
}
