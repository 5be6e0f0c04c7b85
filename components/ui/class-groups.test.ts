import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { extendTailwindMerge } from "tailwind-merge";
import { expect, test } from "vitest";
import { mergeClasses } from "./class-groups";

const root = path.resolve(import.meta.dirname, "../..");
const wholeTailwind = extendTailwindMerge({
  extend: {
    classGroups: { "font-size": [{ text: ["13", "title", "figure"] }], shadow: [{ shadow: ["raised", "overlay"] }] },
  },
});

/** Every word of a string in the sources that tailwind-merge takes for a class, without what comes before a colon. */
function classesOfSources(): string[] {
  const found = new Set<string>();
  for (const folder of ["app", "components"])
    for (const file of readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!/\.tsx?$/.test(file) || file.includes(".test.") || file.endsWith("class-groups.ts")) continue;
      const text = readFileSync(path.join(root, folder, file), "utf8");
      for (const [, quoted, template] of text.matchAll(/"([^"\n]*)"|`([^`]*)`/g))
        for (const word of (quoted ?? template ?? "").split(/\s+/))
          found.add(word.replace(/^(?:[\w\-[\]=*&>]+:)+/, ""));
    }
  // A class that is known is kept once.
  return [...found].filter((word) => /^[-!a-z[]/.test(word) && wholeTailwind(`${word} ${word}`) === word);
}

test("of any two classes in the sources the same one wins as with all of Tailwind", () => {
  const classes = classesOfSources();
  expect(classes.length).toBeGreaterThan(300);
  const different: string[] = [];
  for (const first of classes)
    for (const second of classes) {
      if (first === second) continue;
      const both = `${first} ${second}`;
      if (mergeClasses(both) !== wholeTailwind(both))
        different.push(`${both}: ${mergeClasses(both)} | ${wholeTailwind(both)}`);
    }
  expect(different.slice(0, 40)).toEqual([]);
}, 60_000);
