import type { Run } from "@/lib/db/statement";
import type { EnvironmentClock, EnvironmentId, EnvironmentRef } from "../actor";
import { AppError } from "../errors";

/** The test clocks of development environments. Of production nothing here reads or writes anything. */

// A share of the row's key, which goes with everything but the end of the clock and of the app.
const HOLD = {
  name: "clock-hold",
  text: "SELECT id FROM environments WHERE id = $1::int AND clock_started_at = $2::timestamptz FOR KEY SHARE",
};

/**
 * Keeps the clock by which a change is made until its transaction ends: going back to real time waits for the change, and
 * translates what it wrote. Asks nothing in environments without a clock. Throws `clock_moved` when that clock is no more.
 */
export async function holdClock(run: Run, environment: EnvironmentRef | null): Promise<void> {
  if (environment === null || environment.clock === null) return;
  const held = await run(HOLD, [environment.id, new Date(environment.clock.startedAt).toISOString()]);
  if (held.length === 0) throw new AppError("clock_moved");
}

const CLOCK = `SELECT clock_ahead_ms::float8 AS "aheadMs", clock_started_at AS "startedAt" FROM environments WHERE id = $1::int`;

// Movers take turns; changes of the environment go on.
const LOCK_TO_MOVE = { name: "clock-lock-to-move", text: `${CLOCK} FOR NO KEY UPDATE` };

// Waits for every change that is made by this clock.
const LOCK_TO_END = { name: "clock-lock-to-end", text: `${CLOCK} FOR UPDATE` };

/** Locks the environment's clock, to move it or to end it; null: it has none. Throws `not_found` when its app is gone. */
export async function lockClock(
  run: Run,
  environmentId: EnvironmentId,
  to: "move" | "end",
): Promise<EnvironmentClock | null> {
  const [row] = await run<{ aheadMs: number | null; startedAt: Date | null }>(
    to === "move" ? LOCK_TO_MOVE : LOCK_TO_END,
    [environmentId],
  );
  if (row === undefined) throw new AppError("not_found", { message: "The environment does not exist any more." });
  const { aheadMs, startedAt } = row;
  return aheadMs === null || startedAt === null ? null : { aheadMs, startedAt: startedAt.getTime() };
}

const SET = {
  name: "clock-set",
  text: `WITH step AS (
      INSERT INTO clock_steps (environment_id, passed_from, real_at, ahead_ms)
      VALUES ($1::int, $4::timestamptz, $5::timestamptz, $2::int8)
    )
    UPDATE environments SET clock_ahead_ms = $2::int8, clock_started_at = $3::timestamptz WHERE id = $1::int`,
};

/** A move of a clock, which is locked. Times in Unix milliseconds. */
export interface ClockStep {
  /** What it said before. */
  readonly passedFrom: number;
  /** The real moment. */
  readonly realAt: number;
}

export async function setClock(
  run: Run,
  environmentId: EnvironmentId,
  { aheadMs, startedAt }: EnvironmentClock,
  { passedFrom, realAt }: ClockStep,
): Promise<void> {
  const iso = (at: number) => new Date(at).toISOString();
  await run(SET, [environmentId, aheadMs, iso(startedAt), iso(passedFrom), iso(realAt)]);
}

const LAST_STEP = {
  name: "clock-last-step",
  text: "SELECT real_at AS at FROM clock_steps WHERE environment_id = $1::int ORDER BY passed_from DESC LIMIT 1",
};

/** The real moment at which the clock was moved last, in Unix milliseconds; null: never. */
export async function findLastMove(run: Run, environmentId: EnvironmentId): Promise<number | null> {
  const [row] = await run<{ at: Date }>(LAST_STEP, [environmentId]);
  return row?.at.getTime() ?? null;
}
