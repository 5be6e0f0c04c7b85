import type { z } from "zod";
import type { AppServer } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";

/** One endpoint: what it is called, takes and does. The handler does everything that all of them share. */
export interface Endpoint {
  readonly path: string;
  /** Requests per second and App Key. */
  readonly limit: number;
  /** A read may run while its nonce is still being claimed; what a replay reads is never sent. */
  readonly effect: "read" | "write";
  /** Takes the parsed JSON object; gives `result`, or undefined where the answer is the code only. */
  run(context: Context, actor: AppServer, body: object): Promise<unknown>;
}

interface Definition<Schema extends z.ZodType> extends Omit<Endpoint, "run"> {
  /** Throws `ZodError` for what breaks contract sections 3.2 and 4; further fields are ignored. */
  readonly input: Schema;
  readonly run: (context: Context, actor: AppServer, input: z.output<Schema>) => Promise<unknown>;
}

export function defineEndpoint<Schema extends z.ZodType>(definition: Definition<Schema>): Endpoint {
  const { input, run } = definition;
  return { ...definition, run: (context, actor, body) => run(context, actor, input.parse(body)) };
}
