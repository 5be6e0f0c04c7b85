import { z } from "zod";
import type { Actor } from "../actor";
import type { Context } from "../context";
import { CursorCodec, cursorKey } from "../paging/cursor";
import type { Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { developmentForRuns } from "./development-only";
import { countMembers } from "./member-store";
import { type TestRunListQueryInput, TestRunListQuerySchema, type TestRunSummary } from "./schema";
import { summaryOf } from "./summary";
import { findTestRuns, type StoredTestRun, type TestRunKeys } from "./test-run-store";

const KeysSchema: z.ZodType<TestRunKeys> = z.tuple([cursorKey.ms, cursorKey.text]);

/** One page of an environment's test runs with their numbers, latest first. Throws `development_only`, `forbidden`. */
export async function listTestRuns(
  context: Context,
  actor: Actor,
  input: TestRunListQueryInput,
): Promise<Page<TestRunSummary>> {
  const { id } = developmentForRuns(actor, "test_runs.read");
  const { state, size, cursor } = TestRunListQuerySchema.parse(input);
  const now = context.now();
  const page = await readPage({
    size,
    cursor,
    codec: new CursorCodec("test-runs", KeysSchema),
    keysOf: (run: StoredTestRun): TestRunKeys => [run.startedAt.getTime(), run.id],
    read: (place, limit) => findTestRuns(context.db.prisma, id, { state, now: new Date(now) }, place, limit),
  });
  const ids = page.rows.map((run) => run.id);
  const counts = await countMembers(context.db, id, ids);
  return { ...page, rows: page.rows.map((run) => summaryOf(run, counts.get(run.id), now)) };
}
