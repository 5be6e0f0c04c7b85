import { fewRows, rowsOf } from "@/lib/db/sql";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/** One user who blocks another. */
export interface BlockKey {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  readonly blockedId: string;
}

const FIND = {
  name: "blocks-find",
  text: `SELECT i.ordinal::int AS ordinal
    FROM ${rowsOf("int", "text", "text")} WITH ORDINALITY AS i(environment_id, user_id, blocked_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT true FROM blocks
      WHERE environment_id = i.environment_id AND user_id = i.user_id AND blocked_id = i.blocked_id LIMIT 1
    ) b`,
};

/** Those of the blocks that there are already. The blocking users must be locked. */
export async function findBlocks<Key extends BlockKey>(run: Run, blocks: readonly Key[]): Promise<Set<Key>> {
  const rows = await run<{ ordinal: number }>(FIND, keyColumns(blocks));
  return new Set(rows.flatMap(({ ordinal }) => blocks[ordinal - 1] ?? []));
}

const INSERT = {
  name: "blocks-insert",
  text: `WITH made AS (
      INSERT INTO blocks (environment_id, user_id, blocked_id, blocked_at)
      SELECT * FROM ${rowsOf("int", "text", "text", "timestamptz")}
      RETURNING environment_id, user_id
    )
    UPDATE users u SET blocked_count = u.blocked_count + m.more FROM (
      SELECT environment_id, user_id, count(*)::int AS more FROM made GROUP BY environment_id, user_id LIMIT (SELECT 1000000)
    ) m WHERE u.environment_id = m.environment_id AND u.user_id = m.user_id`,
};

/** Blocks, and counts. The users must be locked, the blocks new and distinct. */
export async function insertBlocks(run: Run, blocks: ReadonlyArray<BlockKey & { readonly at: Date }>): Promise<void> {
  await run(INSERT, [...keyColumns(blocks), blocks.map((block) => block.at.toISOString())]);
}

const DELETE = {
  name: "blocks-delete",
  text: `WITH gone AS (
      DELETE FROM blocks b USING ${fewRows(1, { environment_id: "int", user_id: "text", blocked_id: "text" })} i
      WHERE b.environment_id = i.environment_id AND b.user_id = i.user_id AND b.blocked_id = i.blocked_id
      RETURNING b.environment_id, b.user_id, b.blocked_id
    ), counted AS (
      UPDATE users u SET blocked_count = u.blocked_count - g.fewer FROM (
        SELECT environment_id, user_id, count(*)::int AS fewer FROM gone GROUP BY environment_id, user_id
      ) g WHERE u.environment_id = g.environment_id AND u.user_id = g.user_id
    )
    SELECT blocked_id AS "blockedId" FROM gone`,
};

/** Unblocks, and counts; gives the ids that were blocked. The user must be locked. */
export async function deleteBlocks(
  run: Run,
  environmentId: EnvironmentId,
  userId: string,
  blockedIds: readonly string[],
): Promise<Set<string>> {
  const keys = blockedIds.map((blockedId) => ({ environmentId, userId, blockedId }));
  const gone = await run<{ blockedId: string }>(DELETE, keyColumns(keys));
  return new Set(gone.map(({ blockedId }) => blockedId));
}

const keyColumns = (blocks: readonly BlockKey[]) => [
  blocks.map((block) => block.environmentId),
  blocks.map((block) => block.userId),
  blocks.map((block) => block.blockedId),
];
