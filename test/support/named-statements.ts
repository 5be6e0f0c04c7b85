import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Statement } from "@/lib/db/statement";

/** Where modules hand over what stands at their top. */
const HANDED_OVER = "imTopOfModules";

const TOP_LEVEL = /^(?:export )?const (\w+)\b/gm;
/** A name and, where it stands there, the text. */
const WRITTEN = /\bname: (["`])([^"`]+)\1,\s*(?:\/\/[^\n]*\s*)*text\b(?:: (["`])([^"`]+)\3)?/g;

const PIECE = /\$\{[^}]*\}/g;

const handingOver = (source: string) => {
  const names = [...source.matchAll(TOP_LEVEL)].map(([, name]) => name);
  return `${source}\nglobalThis.${HANDED_OVER}?.push([${names.join(", ")}]);\n`;
};

/**
 * The named statements of the product as they are sent, with all pieces filled in: those that stand at the top of a module of `lib`, whose
 * modules are run for it, so that none is left out because no test sends it. `made` are those that a call makes, with
 * "users" for what it fills in.
 */
export async function namedStatements(root: string): Promise<{ statements: Statement[]; made: Statement[] }> {
  const files = readdirSync(path.join(root, "lib"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|^console[\\/]|^db[\\/]generated/.test(file))
    .map((file) => path.join(root, "lib", file))
    .filter((file) => /\btext\b/.test(readFileSync(file, "utf8")) && /\bname\b/.test(readFileSync(file, "utf8")));
  const tops: unknown[] = [];
  // Inside the checkout, where packages are found.
  const folder = mkdtempSync(path.join(root, "node_modules", ".test-statements-"));
  Object.defineProperty(globalThis, HANDED_OVER, { value: tops, configurable: true });
  try {
    await build({
      entryPoints: files,
      bundle: true,
      splitting: true,
      outdir: folder,
      outbase: root,
      format: "esm",
      platform: "node",
      packages: "external",
      outExtension: { ".js": ".mjs" },
      alias: { "@": root },
      logLevel: "error",
      plugins: [
        {
          name: "hand over",
          setup({ onLoad }) {
            onLoad({ filter: /[\\/]lib[\\/].*\.ts$/ }, ({ path: file }) => ({
              contents: handingOver(readFileSync(file, "utf8")),
              loader: "ts",
            }));
          },
        },
      ],
    });
    for (const file of files) {
      const built = path.join(folder, path.relative(root, file)).replace(/\.ts$/, ".mjs");
      await import(/* @vite-ignore */ pathToFileURL(built).href);
    }
  } finally {
    Reflect.deleteProperty(globalThis, HANDED_OVER);
    rmSync(folder, { recursive: true, force: true });
  }
  const found = new Map<string, string>();
  keepStatements(tops, found, new Set());
  const written = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(WRITTEN)].map(([, , name = "", , text = ""]) => ({ name, text })),
  );
  return {
    statements: [...found].map(([name, text]) => ({ name, text })),
    made: written
      .filter(({ name }) => ![...found.keys()].some((known) => fits(name, known)))
      .map(({ name, text }) => ({ name: name.replace(PIECE, "users"), text: text.replace(PIECE, "users") })),
  };
}

/** Finds statements in whatever a module holds. */
function keepStatements(value: unknown, found: Map<string, string>, seen: Set<unknown>): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (Object.hasOwn(value, "name") && Object.hasOwn(value, "text")) {
    const { name, text } = value as Partial<Statement>;
    if (typeof name === "string" && typeof text === "string") found.set(name, text);
  }
  const inner = value instanceof Map ? [...value.values()] : Object.values(value);
  for (const one of inner) keepStatements(one, found, seen);
}

/** Whether a name in the source, with `${…}` in it, can have become this one. */
function fits(written: string, known: string): boolean {
  const parts = written.split(PIECE).map((part) => part.replaceAll(/[^\w-]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`).test(known);
}
