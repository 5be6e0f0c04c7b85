import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { EnvironmentId } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { createLastSeen } from "@/lib/core/presence/last-seen";
import { isOnline } from "@/lib/core/presence/online-store";
import { insertConnections, oneByOne } from "@/lib/core/presence/presence-store";
import { reapNodes } from "@/lib/core/presence/reap-nodes";
import { note, numberFlag } from "../common/flags";
import { type Installation, openInstallation } from "../common/installation";
import { productionOf, runtimeOn } from "./context";

/**
 * What losing one process is to the others: `[--connections N] [--processes N]`. The rows of N connections, held by so many processes, are put
 * into PostgreSQL; no socket is opened. One process stops its heartbeat; another one finds it dead and removes its rows by the
 * product's own code, without and with a webhook that is told who went offline, while connects and questions go on. Three minutes.
 */

const TOLD = "user:connection_status";
const EVERY_MS = 20;

const ROWS = `INSERT INTO connections (node_id, environment_id, user_id, id, platform, sdk, device, ip, port, connected_at)
  SELECT ($1::uuid[])[1 + n % cardinality($1::uuid[])], $2, 'user-' || n, gen_random_uuid(), 'Android', 'bench/1', 'Pixel', '192.0.2.1', 40000, now()
  FROM generate_series($3::int, $4::int - 1) AS n`;

const USERS = `INSERT INTO users (environment_id, user_id, name, created_at)
  SELECT $1, 'user-' || n, 'User', now() FROM generate_series($2::int, $3::int - 1) AS n`;

/** Milliseconds that each question and each connect of a bystander takes until it is told to stop. */
function bystander({ db }: Context, environmentId: EnvironmentId, users: number, node: string) {
  const [asked, added]: [number[], number[]] = [[], []];
  let running = true;
  const repeat = async (times: number[], once: (number: number) => Promise<unknown>) => {
    for (let number = 0; running; number += 1) {
      const began = performance.now();
      await once(number);
      times.push(performance.now() - began);
      await pause(EVERY_MS);
    }
  };
  const device = { platform: "Web", sdk: "", device: "", ip: "", port: 0 };
  const done = Promise.all([
    repeat(asked, (number) => isOnline(db, environmentId, `user-${(number * 7_919) % users}`)),
    repeat(added, () => {
      const one = {
        environmentId,
        userId: `new-${randomUUID()}`,
        id: randomUUID(),
        ...device,
        connectedAt: new Date(),
      };
      return insertConnections(oneByOne(db), node, [one]);
    }),
  ]);
  return async () => {
    running = false;
    await done;
    const worst = (times: number[]) => Math.round(Math.max(...times));
    return { askedMaxMs: worst(asked), addedMaxMs: worst(added), answered: asked.length + added.length };
  };
}

async function lose(installation: Installation, told: boolean, dead: string, alive: string): Promise<object> {
  const runtime = await runtimeOn(installation);
  const { context } = runtime;
  try {
    const { id: environmentId } = productionOf(installation);
    const { pool } = context.db;
    if (told) {
      await pool.query(
        `INSERT INTO webhooks (environment_id, url, events, updated_at, updated_by_name)
         VALUES ($1, 'https://receiver.invalid/hook', $2, now(), 'Bench')`,
        [environmentId, [TOLD]],
      );
    }
    const { rows } = await pool.query("SELECT count(*)::int AS held FROM connections WHERE node_id = $1", [dead]);
    await pool.query("UPDATE gateway_nodes SET heartbeat_at = now() - interval '1 minute' WHERE id = $1", [dead]);
    const stop = bystander(context, environmentId, numberFlag("--connections", 1_000_000), alive);
    const lastSeen = createLastSeen(context);
    const began = performance.now();
    const failure = await reapNodes(context, lastSeen).then(
      () => null,
      (error: Error) => error.message,
    );
    const reapedMs = Math.round(performance.now() - began);
    const others = await stop();
    const flushing = performance.now();
    await lastSeen.flush();
    const { rows: after } = await pool.query(
      `SELECT (SELECT count(*)::int FROM connections WHERE node_id = $1) AS left,
         (SELECT count(*)::int FROM webhook_events WHERE environment_id = $2) AS events`,
      [dead, environmentId],
    );
    const lastSeenMs = Math.round(performance.now() - flushing);
    const found = { told, held: rows[0].held, reapedMs, failure, ...after[0], lastSeenMs, ...others };
    note(JSON.stringify(found));
    return found;
  } finally {
    await runtime.close();
  }
}

export async function measureLoss(): Promise<unknown> {
  const [connections, processes] = [numberFlag("--connections", 1_000_000), numberFlag("--processes", 40)];
  const nodes = Array.from({ length: processes }, () => randomUUID());
  const installation = await openInstallation(async (pool, environmentId) => {
    await pool.query(
      "INSERT INTO gateway_nodes (id, started_at, heartbeat_at) SELECT id, now(), now() + interval '1 day' FROM unnest($1::uuid[]) AS id",
      [nodes],
    );
    // In steps, each of which stays below the limit of a statement.
    const step = 50_000;
    for (let from = 0; from < connections; from += step) {
      const to = Math.min(connections, from + step);
      await pool.query(USERS, [environmentId, from, to]);
      await pool.query(ROWS, [nodes, environmentId, from, to]);
    }
  });
  try {
    const losses = [];
    for (const [at, told] of [false, true].entries())
      losses.push(await lose(installation, told, nodes[at] ?? "", nodes.at(-1) ?? ""));
    return { connections, processes, losses };
  } finally {
    await installation.close();
  }
}
