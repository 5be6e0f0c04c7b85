import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { Page } from "@/lib/core/paging/page-size";
import type { Site } from "./site";

/** Something of the console that is measured, at both sizes. */
export interface Case {
  readonly name: string;
  /** Set where the larger environment has more to do by what is asked, such as counting up to the cap. */
  readonly grows?: string;
  /** Milliseconds that its p95 stays under. Default: `TARGET_P95_MS`. */
  readonly target?: number;
  /** Makes what is measured, once per site. */
  readonly prepare: (site: Site) => Promise<() => Promise<unknown>>;
}

/** A page and what costs no more than one. */
export const TARGET_P95_MS = 30;

export const one = (
  name: string,
  run: (site: Site) => Promise<unknown>,
  more: Omit<Case, "name" | "prepare"> = {},
) => ({
  name,
  ...more,
  prepare: async (site: Site) => () => run(site),
});

type List<Query> = (context: Context, actor: Actor, query: Query) => Promise<Page<unknown>>;
interface Paged {
  readonly size?: unknown;
  readonly cursor?: unknown;
}

/** Rows before a deep page, if there are so many. */
const DEEP_ROWS = 4_000;

/** A list's first page, and one far inside, which is found by walking there with the largest pages. */
export function pages<Query extends Paged>(
  name: string,
  list: List<Query>,
  query: Query,
  more: Omit<Case, "name" | "prepare"> = {},
): Case[] {
  return [
    one(name, ({ context, actor }) => list(context, actor, query), more),
    {
      name: `${name}, deep page`,
      ...more,
      prepare: async ({ context, actor }) => {
        let cursor: string | undefined;
        for (let rows = 0; rows < DEEP_ROWS; rows += 100) {
          const page = await list(context, actor, { ...query, size: 100, cursor });
          if (page.next === null) break;
          cursor = page.next;
        }
        return () => list(context, actor, { ...query, cursor });
      },
    },
  ];
}
