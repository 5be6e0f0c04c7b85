import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

// `npm run page-weights`: what each page of the built console loads before it responds, and whether that is more than it may be.
// The end-to-end tests run it on the build that they test.

/**
 * Script of a page as it is loaded first, compressed: of one before the sign-in, and of one inside the frame. What a page of today is
 * above its neighbours is no room for more; the goal is the first number for both (docs/performance.md).
 */
const MOST_SCRIPT = { alone: 180 * 1024, framed: 262 * 1024 };
/** Typefaces that a page of Latin text asks for, as they are sent. */
const MOST_TYPEFACES = 60 * 1024;

const dist = path.resolve(process.env.NEXT_DIST_DIR || ".next");
if (!existsSync(path.join(dist, "BUILD_ID"))) {
  console.error("The console is not built. `npm start` and `npm run test:e2e` build it.");
  process.exit(2);
}

const sizes = new Map();
function compressed(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(path.join(dist, file))).length);
  return sizes.get(file);
}
const sum = (files) => [...files].reduce((total, file) => total + compressed(file), 0);
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

/** What Next writes about the page: which files the browser loads for its segments. */
function manifestOf(file) {
  const world = {};
  new Function("globalThis", readFileSync(file, "utf8"))(world);
  return Object.entries(world.__RSC_MANIFEST)[0];
}

const { rootMainFiles } = JSON.parse(readFileSync(path.join(dist, "build-manifest.json"), "utf8"));
const pages = readdirSync(path.join(dist, "server", "app"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("page_client-reference-manifest.js"))
  .map((file) => {
    const [name, { entryJSFiles }] = manifestOf(path.join(dist, "server", "app", file));
    const files = new Set([...rootMainFiles, ...Object.values(entryJSFiles).flat()]);
    return {
      name: name.replaceAll(/\/\([^)]*\)|\/page$/g, "") || "/",
      files: files.size,
      bytes: sum(files),
      most: name.startsWith("/(console)") ? MOST_SCRIPT.framed : MOST_SCRIPT.alone,
    };
  })
  .sort((one, other) => other.bytes - one.bytes);

const media = path.join(dist, "static", "media");
// Next marks with "p" what a page asks for at once; the others are asked for by a character that they have.
const typefaces = readdirSync(media)
  .filter((file) => /\.p\.[^/]*woff2$/.test(file))
  .reduce((total, file) => total + readFileSync(path.join(media, file)).length, 0);

for (const { name, files, bytes } of pages)
  console.log(`${kilobytes(bytes).padStart(9)}  ${String(files).padStart(2)} files  ${name}`);
console.log(`${kilobytes(sum(rootMainFiles)).padStart(9)}  of each of them is the framework`);
console.log(`${kilobytes(typefaces).padStart(9)}  typefaces`);

const heavy = pages.filter(({ bytes, most }) => bytes > most);
for (const { name, bytes, most } of heavy)
  console.error(`${name} loads ${kilobytes(bytes)} of script; it may load ${kilobytes(most)}.`);
if (typefaces > MOST_TYPEFACES)
  console.error(`The typefaces are ${kilobytes(typefaces)}; they may be ${kilobytes(MOST_TYPEFACES)}.`);
if (pages.length === 0 || typefaces === 0)
  console.error("The build has no pages or no typefaces: its shape has changed.");
process.exitCode = heavy.length > 0 || typefaces > MOST_TYPEFACES || pages.length === 0 || typefaces === 0 ? 1 : 0;
