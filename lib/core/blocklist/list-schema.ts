import { z } from "zod";
import { CursorSchema, PageSizeSchema } from "../paging/page-size";

/** What the console shows of a user's blocklist: whom the user blocks, or who blocks the user. Browser-safe. */

export const BLOCK_VIEWS = ["blocks", "blocked-by"] as const;
export type BlockView = (typeof BLOCK_VIEWS)[number];

/** In the spelling of the tab's URL; what cannot be read falls back to its default. The latest block comes first. */
export const UserBlocksQuerySchema = z.object({
  view: z.enum(BLOCK_VIEWS).catch("blocks"),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type UserBlocksQueryInput = Partial<z.input<typeof UserBlocksQuerySchema>>;
export type UserBlocksQuery = z.output<typeof UserBlocksQuerySchema>;

/** A block; `userId` is the other user: who is blocked, or who blocks. */
export interface BlockRow {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly blockedAt: Date;
}
