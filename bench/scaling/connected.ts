import { setTimeout as pause } from "node:timers/promises";
import { accessTokenKey, makeAccessToken } from "@/lib/core/tokens/access-token";
import { note, numberFlag } from "../common/flags";
import { openInstallation, seedUsers } from "../common/installation";
import { connectRaw, type RawClient } from "../gateway/raw-client";
import { productionOf, runtimeOn } from "./context";
import { familySeconds, postmasterOf } from "./processors";

/**
 * What connected users who do nothing cost: memory of the service for each, its and PostgreSQL's processor time while everybody idles:
 * `[--connections N] [--seconds N]`. Each takes a descriptor here and one in the service (`ulimit -n`). About two minutes.
 */

const AT_ONCE = 50;
const SETTLE_MS = 12_000;

export async function measureConnected(): Promise<unknown> {
  const [connections, seconds] = [numberFlag("--connections", 5_000), numberFlag("--seconds", 30)];
  const installation = await openInstallation(seedUsers(connections));
  const runtime = await runtimeOn(installation);
  const open: RawClient[] = [];
  try {
    const { production } = installation;
    const { id: environmentId } = productionOf(installation);
    const { rows } = await runtime.context.db.pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    const server = postmasterOf(rows[0]?.pid ?? 0);
    const service = await installation.startService({ LOG_LEVEL: "error", METRICS_ADDRESS: "off" });
    const spent = async () => {
      const before = [familySeconds(service.pid), familySeconds(server)];
      await pause(seconds * 1_000);
      return [familySeconds(service.pid), familySeconds(server)].map((now, at) => (now - (before[at] ?? 0)) / seconds);
    };
    await pause(SETTLE_MS);
    note("Nobody is connected");
    const [memory, alone] = [service.memory(), await spent()];
    const key = accessTokenKey(production.appSecret);
    let next = 0;
    const connect = async () => {
      for (let user = next++; user < connections; user = next++) {
        const token = makeAccessToken(key, {
          environmentId,
          userId: `user-${user}`,
          issuedAt: Date.now(),
          expiresAt: null,
        });
        open.push(await connectRaw(service.port, production.appKey, token));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, connect));
    note(`${open.length} are connected`);
    await pause(SETTLE_MS);
    const held = service.memory() - memory;
    const idle = await spent();
    const perThousand = (at: number) =>
      Math.round((((idle[at] ?? 0) - (alone[at] ?? 0)) * 1e6) / (connections / 1_000)) / 1_000;
    const { rows: sizes } = await runtime.context.db.pool.query<{ bytes: number }>(
      "SELECT pg_total_relation_size('connections')::float8 AS bytes",
    );
    return {
      connections,
      kibPerConnection: Math.round(held / connections / 102.4) / 10,
      /** Milliseconds of processor time in a second. */
      serviceMsPerSecondAlone: Math.round((alone[0] ?? 0) * 1e4) / 10,
      databaseMsPerSecondAlone: Math.round((alone[1] ?? 0) * 1e4) / 10,
      serviceMsPerSecondPerThousand: perThousand(0),
      databaseMsPerSecondPerThousand: perThousand(1),
      bytesPerPresenceRow: Math.round((sizes[0]?.bytes ?? 0) / connections),
    };
  } finally {
    for (const { socket } of open) socket.destroy();
    await runtime.close();
    await installation.close();
  }
}
