import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { consoleApiDocument } from "@/lib/console-api/openapi";
import { openApiDocument } from "@/lib/server-api/openapi";

/** Part of `npm run check`: the checked-in descriptions against endpoints and calls. `npm run openapi` writes them anew. */
const DOCUMENTS = {
  [path.join("docs", "server-api", "openapi.json")]: openApiDocument("http://localhost:3001"),
  [path.join("docs", "console-api", "openapi.json")]: consoleApiDocument("http://localhost:3000"),
};

function stored(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    console.error(`${file} cannot be read: ${error}`);
    return "";
  }
}

for (const [file, document] of Object.entries(DOCUMENTS)) {
  const current = `${JSON.stringify(document, null, 2)}\n`;
  if (process.argv.includes("--write")) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, current);
    console.log(`${file} is written.`);
  } else if (stored(file) === current) {
    console.log(`${file} is current.`);
  } else {
    console.error(`${file} does not describe what there is. Run: npm run openapi`);
    process.exitCode = 1;
  }
}
