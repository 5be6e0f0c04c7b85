import type { z } from "zod";
import type { AppUser } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { Connection } from "./connection";

/** One call of the client protocol. The connection does everything that all of them share. */
export interface Method {
  readonly name: string;
  /** Calls of one user in one second to this process; beyond it they are answered with 20604. Null: only the general limit. */
  readonly perSecond: number | null;
  /** The fields of `params`; further ones are ignored. */
  readonly input: z.ZodType;
  /** Reads the parameters and gives what carries the call out. Throws `ZodError`. */
  parse(params: object): (context: Context, actor: AppUser, connection: Connection) => object | Promise<object>;
}

interface Definition<Input extends z.ZodType> {
  /** `area/verb`, or one word for what belongs to the connection itself. */
  readonly name: string;
  readonly perSecond?: number;
  /** The fields of `params`; further ones are ignored. */
  readonly input: Input;
  /** Gives `result`. Throws `AppError`, whose `clientCode` is answered. */
  readonly run: (
    context: Context,
    actor: AppUser,
    input: z.output<Input>,
    connection: Connection,
  ) => object | Promise<object>;
}

export function defineMethod<Input extends z.ZodType>(definition: Definition<Input>): Method {
  const { name, input, run } = definition;
  return {
    name,
    perSecond: definition.perSecond ?? null,
    input,
    parse(params) {
      const parsed = input.parse(params);
      return (context, actor, connection) => run(context, actor, parsed, connection);
    },
  };
}
