import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openApiDocument } from "@/lib/server-api/openapi";

/** Part of `npm run check`: the checked-in description against the endpoints. `npm run openapi` writes it anew. */
const file = path.join("docs", "server-api", "openapi.json");
const current = `${JSON.stringify(openApiDocument("http://localhost:3001"), null, 2)}\n`;

if (process.argv.includes("--write")) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, current);
  console.log(`${file} is written.`);
} else {
  let stored = "";
  try {
    stored = readFileSync(file, "utf8");
  } catch (error) {
    console.error(`${file} cannot be read: ${error}`);
  }
  if (stored === current) {
    console.log(`${file} is current.`);
  } else {
    console.error(`${file} does not describe the endpoints as they are. Run: npm run openapi`);
    process.exitCode = 1;
  }
}
