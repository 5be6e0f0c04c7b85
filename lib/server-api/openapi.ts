import { z } from "zod";
import { ERRORS, type ErrorCode } from "@/lib/core/errors";
import { ENDPOINT_GROUPS, type Endpoint } from "./endpoint";
import { ENDPOINTS } from "./endpoints";

/** Where the description is served, by GET and without a signature. */
export const OPENAPI_PATH = "/v4/openapi.json";

type Json = Record<string, unknown>;

/** The headers that sign a request (contract section 1.1); each is needed. */
export const SIGNING_HEADERS: ReadonlyArray<{ key: string; header: string; description: string }> = [
  { key: "appKey", header: "App-Key", description: "The App Key of the environment." },
  { key: "nonce", header: "Nonce", description: "Random text of 1 to 18 characters, new for every request." },
  {
    key: "timestamp",
    header: "Timestamp",
    description: "Unix time in milliseconds, without leading zeros; at most 5 minutes from the server's clock.",
  },
  {
    key: "signature",
    header: "Signature",
    description: "Lower-case hexadecimal SHA-1 of App Secret + Nonce + Timestamp, without separators.",
  },
];

const REQUEST_ID = {
  name: "X-Request-ID",
  in: "header",
  required: false,
  description: "Comes back in the answer and stands in log and audit log. Left out: one is made.",
  schema: { type: "string", maxLength: 36 },
};

const TEST_RUN = {
  name: "X-Test-Run",
  in: "header",
  required: false,
  description: "In Development: the test run that a new user joins. One that does not live hinders nobody.",
  schema: { type: "string" },
};

const TEST_RUN_ANSWER = {
  description:
    "The test run that the user belongs to, or `none; reason=…`. Left out where none was named and none took the user in.",
  schema: { type: "string" },
};

/** Of every refusal with status 429. */
export const RETRY_AFTER = {
  description: "With status 429: after how many seconds to try again.",
  schema: { type: "integer", minimum: 1 },
};

const USER_QUOTA = "X-User-Quota";

const USER_QUOTA_ANSWER = {
  description:
    "In Development, once four fifths of the user limit are taken by a new user: how many are, and the limit: `87; limit=100`.",
  schema: { type: "string" },
};

/** A schema as JSON Schema 2020-12; `io` says whether it describes what comes in or what goes out. */
export function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
  return rest;
}

const envelope = (endpoint: Endpoint): Json => ({
  type: "object",
  properties: {
    code: { const: 0 },
    ...(endpoint.output === null ? {} : { result: jsonSchema(endpoint.output, "output") }),
  },
  required: endpoint.output === null ? ["code"] : ["code", "result"],
  additionalProperties: false,
});

const FAILURE: Json = {
  type: "object",
  properties: {
    code: { type: "integer", description: "Why; see the table of codes." },
    errorMessage: { type: "string", description: "A sentence that names the field where one is wrong." },
    url: { type: "string", description: "The path of the request." },
    profileKey: { type: "string", description: "The key of a hosted profile that was refused." },
  },
  required: ["code", "errorMessage", "url"],
  additionalProperties: false,
};

/** "At most 200 a second and App Key." */
export function limitText(endpoint: Endpoint): string {
  const window = endpoint.windowMs === 60_000 ? "minute" : "second";
  return `At most ${endpoint.limit} a ${window} and App Key.`;
}

function operation(endpoint: Endpoint): Json {
  const { doc, aliases, input, registers } = endpoint;
  const also = aliases.length === 0 ? "" : ` Also served at ${aliases.map((path) => `\`${path}\``).join(", ")}.`;
  return {
    tags: [doc.group],
    operationId: doc.operationId,
    summary: doc.summary,
    description: `${doc.description}\n\n${limitText(endpoint)}${also}`,
    parameters: [REQUEST_ID, ...(registers ? [TEST_RUN] : [])].map(({ name }) => ({
      $ref: `#/components/parameters/${name}`,
    })),
    requestBody: {
      required: true,
      content: { "application/json": { schema: jsonSchema(input, "input"), example: doc.example.request } },
    },
    responses: {
      200: {
        description: "Done.",
        ...(registers
          ? {
              headers: {
                [TEST_RUN.name]: TEST_RUN_ANSWER,
                [USER_QUOTA]: USER_QUOTA_ANSWER,
              },
            }
          : {}),
        content: { "application/json": { schema: envelope(endpoint), example: doc.example.answer } },
      },
      default: {
        description: "Refused, with the HTTP status and the code of the table above; never with status 200.",
        headers: { "Retry-After": RETRY_AFTER },
        content: { "application/json": { schema: { $ref: "#/components/schemas/Failure" } } },
      },
    },
  };
}

/** Refusals that only people at the console, or connected clients, can meet. */
const NOT_OF_THE_SERVER_API: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "sign_in_failed",
  "sign_in_locked",
  "issuer_only",
  "second_factor_needed",
  "second_factor_missing",
  "confirmation_needed",
  "not_signed_in",
  "forbidden",
  "not_found",
  "development_only",
  "test_run_not_found",
  "test_run_exists",
  "test_run_over",
  "test_run_limit_reached",
  "scenario_running",
  "not_in_test_run",
  "seats_not_free",
  "clock_backwards",
  "clock_too_far",
  "version_conflict",
  "last_owner",
  "email_taken",
  "link_invalid",
  "production_closed",
  "app_in_use",
  "too_many_targets",
  "message_muted",
  "message_blocked",
  "message_friends_only",
  "group_not_open",
  "group_invite_forbidden",
  "group_consent_needed",
  "group_forbidden",
  "already_in_group",
  "server_api_only",
  "user_exists",
  "token_invalid",
  "token_expired",
  "token_of_other_environment",
  "user_banned",
  "origin_refused",
  "connecting_too_often",
  "protocol_unsupported",
  "connect_unavailable",
  "not_connected",
  "already_connected",
  "profile_key_not_settable",
  "profile_too_many_ids",
  "profile_not_found",
  // Faults like others to an app server: `internal` and `timeout` stand for them.
  "database_away",
  "database_silent",
]);

/** A `code` of the failure envelope. */
interface WireCode {
  readonly code: number;
  /** HTTP status */
  readonly status: number;
  /** When it is given; one sentence for each occasion. */
  readonly when: string;
}

/** Every code that a signed request may be refused with, in ascending order. */
export function wireCodes(): WireCode[] {
  const rows = new Map<number, WireCode>();
  for (const [name, { wireCode: code, status, sentence }] of Object.entries(ERRORS)) {
    if (NOT_OF_THE_SERVER_API.has(name as ErrorCode)) continue;
    const known = rows.get(code);
    rows.set(code, { code, status, when: known === undefined ? sentence : `${known.when} ${sentence}` });
  }
  return [...rows.values()].sort((a, b) => a.code - b.code);
}

const codeTable = () =>
  [
    "| code | status | when |",
    "|---|---|---|",
    ...wireCodes().map(({ code, status, when }) => `| ${code} | ${status} | ${when} |`),
  ].join("\n");

const INTRODUCTION = `Every request is a POST with a JSON object as its body and four headers that sign it:

| header | content |
|---|---|
${SIGNING_HEADERS.map(({ header, description }) => `| \`${header}\` | ${description} |`).join("\n")}

Every answer is an envelope: \`{"code":0}\` or \`{"code":0,"result":{…}}\` with status 200, otherwise another status with \`code\`, \`errorMessage\` and \`url\`. Unknown fields are ignored. Numbers may be sent as text and text as numbers.

${codeTable()}`;

/** The endpoints in the order of the reference. */
export const byGroup = (): Endpoint[] =>
  [...ENDPOINTS].sort((a, b) => ENDPOINT_GROUPS.indexOf(a.doc.group) - ENDPOINT_GROUPS.indexOf(b.doc.group));

/**
 * The Server API as an OpenAPI 3.1 document, made of the same schemas that check what comes in and goes out. `serverUrl`
 * is where app servers reach it.
 */
export function openApiDocument(serverUrl: string): Json {
  const endpoints = byGroup();
  return {
    openapi: "3.1.0",
    info: {
      title: "Server API",
      version: "4",
      description: INTRODUCTION,
    },
    servers: [{ url: serverUrl }],
    tags: ENDPOINT_GROUPS.filter((group) => endpoints.some((endpoint) => endpoint.doc.group === group)).map((name) => ({
      name,
    })),
    security: [Object.fromEntries(SIGNING_HEADERS.map(({ key }) => [key, []]))],
    paths: Object.fromEntries(endpoints.map((endpoint) => [endpoint.path, { post: operation(endpoint) }])),
    components: {
      schemas: { Failure: FAILURE },
      parameters: { [REQUEST_ID.name]: REQUEST_ID, [TEST_RUN.name]: TEST_RUN },
      securitySchemes: Object.fromEntries(
        SIGNING_HEADERS.map(({ key, header, description }) => [
          key,
          { type: "apiKey", in: "header", name: header, description },
        ]),
      ),
    },
  };
}
