import { compile } from "json-schema-to-typescript";
import type { z } from "zod";
import { CALLS } from "@/lib/console-api/calls";
import { byGroup, jsonSchema } from "@/lib/server-api/openapi";

type Json = Record<string, unknown>;

const object = (properties: Record<string, Json>): Json => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const NOTHING: Json = object({});

const schemaOf = (schema: z.ZodType | null, io: "input" | "output"): Json =>
  schema === null ? NOTHING : jsonSchema(schema, io);

/** Types of what each operation takes and gives, as TypeScript. */
async function typesOf(name: string, operations: Record<string, Json>): Promise<string> {
  return compile(object(operations), name, {
    additionalProperties: false,
    bannerComment: "",
    ignoreMinAndMaxItems: true,
    strictIndexSignatures: true,
    style: { printWidth: 120 },
  });
}

/**
 * The source of `lib/testing/calls.ts`: every endpoint of the Server API and every call of the console's HTTP API, with its types, for
 * the testing package. Made of the same lists as the descriptions.
 */
export async function testingCalls(): Promise<string> {
  const endpoints = byGroup();
  const serverApi = Object.fromEntries(
    endpoints.map(({ doc, input, output }) => [
      doc.operationId,
      object({ request: schemaOf(input, "input"), result: schemaOf(output, "output") }),
    ]),
  );
  const consoleApi = Object.fromEntries(
    CALLS.map(({ operationId, input, output }) => [
      operationId,
      object({ input: schemaOf(input, "input"), output: schemaOf(output, "output") }),
    ]),
  );
  const paths = endpoints.map(({ doc, path }) => `  ${doc.operationId}: "${path}",`);
  const calls = CALLS.map(
    ({ operationId, method, path }) => `  ${operationId}: { method: "${method}", path: "${path}" },`,
  );
  const source = `// Made by \`npm run openapi\` of the endpoints and calls themselves; edited by nobody.

/** The path of each endpoint of the Server API, by the SDK's name for it. */
export const SERVER_API_PATHS = {
${paths.join("\n")}
} as const;

/** Method and path of each call of the console's HTTP API. */
export const CONSOLE_API_CALLS = {
${calls.join("\n")}
} as const;

${await typesOf("ServerApiTypes", serverApi)}
${await typesOf("ConsoleApiTypes", consoleApi)}`;
  return source.replaceAll(": {};", ": Record<string, never>;");
}
