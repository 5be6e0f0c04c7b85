import type { Db } from "@/lib/db/database";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentRef, System } from "../actor";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import type { ItemResult, PendingItem } from "./job-item-store";
import type { ClaimedJob } from "./unfinished-job-store";

/** A transaction in which items of a job are done, under the renewed lease. */
export interface JobBatch {
  readonly context: Context;
  readonly tx: Db;
  /** The same transaction. */
  readonly run: Run;
  /** The installation, in the name of whoever started the job. */
  readonly actor: System;
  readonly environment: EnvironmentRef;
  readonly job: ClaimedJob;
}

/** How a kind of job (`JOB_KINDS`) is carried out. */
export interface JobKind {
  /** Items of one transaction: as many as make it fast, and lock nobody for long. */
  readonly batchSize: number;
  /**
   * Does items: locks, decides, writes, and gives what became of each with what must follow. All or nothing; what it throws
   * fails the batch, whose first item is then tried alone.
   */
  carryOut(batch: JobBatch, items: readonly PendingItem[]): Promise<Outcome<readonly ItemResult[]>>;
}
