import type { z } from "zod";
import type { SearchParams } from "@/lib/console/page";
import { firstValues } from "./list-url";

/** A list's whole state, from its address. Each part of the core's schema falls back by itself, so that no address can fail. */
export async function readListQuery<Query>(schema: z.ZodType<Query>, searchParams: SearchParams): Promise<Query> {
  return schema.parse(firstValues(await searchParams));
}
