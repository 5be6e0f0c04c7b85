import { numberArray, textArray } from "@/lib/db/array-text";
import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";

/** The hot path of asking who is whose friend. */

interface Question {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  readonly targetIds: readonly string[];
}

// Only what is found comes back: a friend as the number of its pair, from 1; a user who exists as that of the question, from 0
// downwards.
const FIND = {
  name: "friends-relationships",
  text: `SELECT i.pair FROM ${rowsOf("int", "text", "text", "int")} AS i(environment_id, user_id, target_id, pair)
    CROSS JOIN LATERAL (
      SELECT true FROM friendships f
      WHERE f.environment_id = i.environment_id AND f.user_id = i.user_id AND f.friend_id = i.target_id LIMIT 1
    ) f
    UNION ALL
    SELECT -i.question FROM unnest((SELECT $5::int[]), (SELECT $6::text[]), (SELECT $7::int[])) AS i(environment_id, user_id, question)
    CROSS JOIN LATERAL (
      SELECT true FROM users u
      WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id AND u.soft_deleted_at IS NULL LIMIT 1
    ) u`,
};

const finding = perDatabase((db) =>
  createBatch<Question, ReadonlySet<string> | null>({
    maxItems: 50,
    maxInFlight: 3,
    async run(questions) {
      const pairs = questions.flatMap((question, index) =>
        question.targetIds.map((targetId) => ({ ...question, targetId, question: index })),
      );
      const rows = await db.pipeline.run(FIND, [
        numberArray(pairs.map((pair) => pair.environmentId)),
        textArray(pairs.map((pair) => pair.userId)),
        textArray(pairs.map((pair) => pair.targetId)),
        numberArray(pairs.map((_, index) => index + 1)),
        numberArray(questions.map((question) => question.environmentId)),
        textArray(questions.map((question) => question.userId)),
        numberArray(questions.map((_, index) => index)),
      ]);
      const found = rows.map(([pair]) => Number(pair));
      const friends = questions.map((): Set<string> | null => null);
      for (const pair of found) if (pair <= 0) friends[-pair] = new Set();
      for (const pair of found) {
        const friend = pairs[pair - 1];
        if (friend !== undefined) friends[friend.question]?.add(friend.targetId);
      }
      return friends;
    },
  }),
);

/** Which of the targets are friends of the user; null for a user who is unknown or soft-deleted. Shares statements. */
export function findFriendsAmong(
  db: Database,
  environmentId: EnvironmentId,
  userId: string,
  targetIds: readonly string[],
): Promise<ReadonlySet<string> | null> {
  return finding(db)({ environmentId, userId, targetIds });
}
