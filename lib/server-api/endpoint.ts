import type { z } from "zod";
import type { AppServer } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { UsedSeats } from "@/lib/core/quota/schema";
import type { TestRunAnswer } from "@/lib/core/test-runs/schema";

/** The sections of the reference, in their order. */
export const ENDPOINT_GROUPS = [
  "Access tokens",
  "User information",
  "Bans",
  "Soft delete",
  "Online status",
  "Hosted profiles",
  "Tags",
  "Friends",
  "Blocklist",
  "Direct-channel mute",
  "Direct messages",
  "Groups",
] as const;

/** What the reference says of an endpoint. */
interface EndpointDoc {
  readonly group: (typeof ENDPOINT_GROUPS)[number];
  /** The SDK's name for it, such as `banUsers`; unique. */
  readonly operationId: string;
  /** A few words, no full stop. */
  readonly summary: string;
  /** What a caller should know beyond the fields; Markdown. */
  readonly description: string;
  /** A valid body and the answer to it, such as `{code: 0}`. */
  readonly example: { readonly request: Readonly<Record<string, unknown>>; readonly answer: unknown };
}

/** One endpoint: what it is called, takes and does. The handler does everything that all of them share. */
export interface Endpoint {
  readonly path: string;
  /** Further paths that mean the same (contract section 19); they share the limit. */
  readonly aliases: readonly string[];
  /** Requests per window and App Key, or what `cost` counts. */
  readonly limit: number;
  /** Length of the rate window in milliseconds. */
  readonly windowMs: number;
  /**
   * A read may run while its nonce is still being claimed; what a replay reads is never sent. A write waits for the claim,
   * but what it reads ahead is read meanwhile, for writes that often find nothing to do.
   */
  readonly effect: "read" | "write" | "write, reads ahead";
  /** It registers users: it reads `X-Test-Run`, and its answer may say it and `X-User-Quota`. */
  readonly registers: boolean;
  /** Of the request's body. */
  readonly bodyLimitBytes: number;
  readonly doc: EndpointDoc;
  /** The body's fields. */
  readonly input: z.ZodType;
  /** What `result` is, or null where the answer is the code only. */
  readonly output: z.ZodType | null;
  /** Reads the body. Throws `ZodError` for what breaks contract sections 3.2 and 4; further fields are ignored. */
  parse(body: object): ParsedCall;
}

/** What a call carries beside its body, and what its answer carries beside its result. */
export interface CallHeaders {
  /** `X-Test-Run` as it was sent; undefined: it was not. */
  readonly testRun: string | undefined;
  /** `X-Test-Run` of the answer. */
  answerTestRun(answer: TestRunAnswer): void;
  /** `X-User-Quota` of the answer. */
  answerQuota(seats: UsedSeats): void;
}

/** A call whose body has been read. */
export interface ParsedCall {
  /** What it counts for in its rate window: 1, or as many as the contract says. */
  readonly cost: number;
  /** Reads what `run` is given as `ahead`; changes nothing. */
  readAhead(context: Context, actor: AppServer): Promise<unknown>;
  /** Gives `result`, or undefined where the answer is the code only. */
  run(context: Context, actor: AppServer, headers: CallHeaders, ahead?: unknown): Promise<unknown>;
}

interface Definition<Input extends z.ZodType, Output extends z.ZodType | null, Ahead> {
  readonly path: string;
  readonly aliases?: readonly string[];
  readonly limit: number;
  /** Default: one second. */
  readonly windowMs?: number;
  /** Default: 256 KB. */
  readonly bodyLimitBytes?: number;
  readonly effect: "read" | "write";
  /** Default: false. */
  readonly registers?: boolean;
  /** Of a write: reads what `run` is given as `ahead`, beside the claim of the nonce. Must change nothing. */
  readonly readAhead?: (context: Context, actor: AppServer, input: z.output<Input>) => Promise<Ahead>;
  readonly doc: EndpointDoc;
  readonly input: Input;
  /** Strict: a field that it does not name must not go out. */
  readonly output: Output;
  /** Default: 1. */
  readonly cost?: (input: z.output<Input>) => number;
  readonly run: (
    context: Context,
    actor: AppServer,
    input: z.output<Input>,
    ahead: Ahead | undefined,
    headers: CallHeaders,
  ) => Promise<Output extends z.ZodType ? z.input<Output> : void>;
}

const SECOND_MS = 1_000;
/** Far above the largest body that most endpoints take. */
const BODY_LIMIT_BYTES = 256 * 1024;

export function defineEndpoint<Input extends z.ZodType, Output extends z.ZodType | null, Ahead = undefined>(
  definition: Definition<Input, Output, Ahead>,
): Endpoint {
  const { path, limit, effect, doc, input, output, cost, readAhead, run } = definition;
  return {
    path,
    aliases: definition.aliases ?? [],
    limit,
    windowMs: definition.windowMs ?? SECOND_MS,
    effect: effect === "write" && readAhead !== undefined ? "write, reads ahead" : effect,
    registers: definition.registers ?? false,
    bodyLimitBytes: definition.bodyLimitBytes ?? BODY_LIMIT_BYTES,
    doc,
    input,
    output,
    parse(body) {
      const parsed = input.parse(body);
      return {
        cost: cost?.(parsed) ?? 1,
        readAhead: (context, actor) => readAhead?.(context, actor, parsed) ?? Promise.resolve(undefined),
        run: (context, actor, headers, ahead) => run(context, actor, parsed, ahead as Ahead | undefined, headers),
      };
    },
  };
}
