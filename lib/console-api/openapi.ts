import { z } from "zod";
import { scopesFor } from "@/lib/core/permissions";
import { jsonSchema, RETRY_AFTER } from "@/lib/server-api/openapi";
import { CALL_GROUPS, type ConsoleCall } from "./call";
import { CALLS } from "./calls";

/** Where the description is served, below /api/console/v1, without a token. */
export const DOCUMENT_PATH = "/openapi.json";

type Json = Record<string, unknown>;

const FAILURE: Json = jsonSchema(
  z.object({
    error: z.object({
      code: z.string().describe("Why, such as `forbidden` or `invalid_parameter`."),
      message: z.string().describe("A sentence for people."),
      requestId: z.string().describe("Stands in log and audit log."),
      field: z.string().optional().describe("The field that is wrong."),
    }),
  }),
  "output",
);

function parametersOf(call: ConsoleCall): Json[] {
  const path = [...call.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema:
      name === "env"
        ? { enum: call.environments === "both" ? ["development", "production"] : ["development"] }
        : { type: "string" },
  }));
  if (call.input === null || call.method !== "GET") return path;
  const { properties = {} } = jsonSchema(call.input, "input") as { properties?: Record<string, Json> };
  return [
    ...path,
    ...Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema })),
  ];
}

function operation(call: ConsoleCall): Json {
  const scopes = call.permission === null ? [] : scopesFor(call.permission);
  const needs =
    scopes.length === 0 ? "Any token may." : `Needs the scope ${scopes.map((scope) => `\`${scope}\``).join(" or ")}.`;
  return {
    tags: [call.group],
    operationId: call.operationId,
    summary: call.summary,
    description: `${call.description}\n\n${needs}`,
    parameters: parametersOf(call),
    ...(call.input === null || call.method === "GET"
      ? {}
      : {
          requestBody: { required: true, content: { "application/json": { schema: jsonSchema(call.input, "input") } } },
        }),
    responses: {
      [call.status ?? 200]: {
        description: "Done.",
        content: { "application/json": { schema: jsonSchema(call.output, "output") } },
      },
      default: {
        description: "Refused.",
        headers: { "Retry-After": RETRY_AFTER },
        content: { "application/json": { schema: { $ref: "#/components/schemas/Failure" } } },
      },
    },
  };
}

/** The console's HTTP API as an OpenAPI 3.1 document. `consoleUrl` is where operators reach the console. */
export function consoleApiDocument(consoleUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const call of CALLS) paths[call.path] = { ...paths[call.path], [call.method.toLowerCase()]: operation(call) };
  return {
    openapi: "3.1.0",
    info: {
      title: "Console API",
      version: "1",
      description:
        "What operators do in the console, for the command line and CI: with a token from Account in the console, sent as `Authorization: Bearer imt_…`. Deleting and changing exist for Development only. Moments are ISO 8601 in UTC.",
    },
    servers: [{ url: `${consoleUrl}/api/console/v1` }],
    tags: CALL_GROUPS.filter((name) => CALLS.some(({ group }) => group === name)).map((name) => ({ name })),
    security: [{ token: [] }],
    paths,
    components: {
      schemas: { Failure: FAILURE },
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
  };
}
