import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { consoleApiDocument } from "@/lib/console-api/openapi";
import { openApiDocument } from "@/lib/server-api/openapi";
import { asvsDocument } from "./asvs-document";
import { auditLogDocument } from "./audit-log-document";
import { testingCalls } from "./testing-calls";

const asText = (document: object) => `${JSON.stringify(document, null, 2)}\n`;

/** Part of `npm run check`: what is made of endpoints and calls, as it is checked in. `npm run openapi` writes it anew. */
const MADE = {
  [path.join("docs", "server-api", "openapi.json")]: asText(openApiDocument("http://localhost:3001")),
  [path.join("docs", "console-api", "openapi.json")]: asText(consoleApiDocument("http://localhost:3000")),
  [path.join("docs", "audit-log.md")]: auditLogDocument(),
  [path.join("docs", "asvs.md")]: asvsDocument(),
  [path.join("lib", "testing", "calls.ts")]: await testingCalls(),
};

function stored(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    console.error(`${file} cannot be read: ${error}`);
    return "";
  }
}

for (const [file, current] of Object.entries(MADE)) {
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
