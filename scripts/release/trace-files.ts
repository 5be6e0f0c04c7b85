import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import nft from "next/dist/compiled/@vercel/nft";

/** Where Next begins as a part of another server, which its own list of files does not have. */
const NEXT = "node_modules/next/dist/server/next.js";

/** Not followed: what builds and compiles, in code that only a checkout runs. What Next needs of it when it serves, it has listed. */
const FOR_BUILDS = new RegExp(
  [
    "^node_modules/(tsx|@?esbuild|typescript|react-dom|@next/swc[^/]*|caniuse-lite|browserslist|postcss|baseline-browser-mapping)/",
    "^node_modules/next/dist/(docs|server/dev|build/(webpack|swc|babel|templates|static-paths|analysis|turbopack-build|segment-config|adapter))",
    "^node_modules/next/dist/compiled/(next-|react|webpack|babel|@babel|@next|@edge-runtime|watchpack)",
  ].join("|"),
);

/** Of what Next lists, nothing here uses: pictures are served as they are. */
const UNUSED = /^node_modules\/(sharp|@img)\//;

/** Loaded by names that are put together when it runs (lib/db/schema-engine.ts). */
const ENGINE = ["package.json", "schema_engine_bg.js", "schema_engine_bg.wasm"];

/**
 * The files of packages that a built console and the programs in `bundles` load, as paths in `root`: what Next found while it built,
 * and what the tracer that Next uses finds of the programs.
 */
export async function traceFiles(root: string, distDir: string, bundles: readonly string[]): Promise<string[]> {
  const found = new Set([
    ...listedByNext(root, distDir),
    ...ENGINE.map((name) => `node_modules/@prisma/schema-engine-wasm/${name}`),
    "node_modules/next/package.json",
  ]);
  const { fileList } = await nft.nodeFileTrace([...bundles, path.join(root, NEXT)], {
    base: root,
    processCwd: root,
    ignore: (file) => FOR_BUILDS.test(file) || UNUSED.test(file),
  });
  for (const file of fileList) found.add(file.split(path.sep).join("/"));
  return [...found].filter((file) => file.startsWith("node_modules/") && !UNUSED.test(file)).sort();
}

function listedByNext(root: string, distDir: string): string[] {
  const lists = readdirSync(path.join(root, distDir), { recursive: true, encoding: "utf8" });
  return lists
    .filter((name) => name.endsWith(".nft.json"))
    .flatMap((name) => {
      const list = path.join(root, distDir, name);
      const { files } = JSON.parse(readFileSync(list, "utf8")) as { files: string[] };
      return files.map((file) => path.relative(root, path.resolve(path.dirname(list), file)));
    })
    .map((file) => file.split(path.sep).join("/"));
}
