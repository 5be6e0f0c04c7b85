import { execFileSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { signedClient } from "@/test/support/signed-client";
import { json, note, numberFlag } from "./common/flags";
import { type Credentials, type Installation, openInstallation, type Service, seedUsers } from "./common/installation";
import { connectAll, inOrder, tokensOf } from "./gateway/connect-all";
import { at, measureMessages, toOthers } from "./gateway/messages";
import { connectRaw, type RawClient } from "./gateway/raw-client";

/**
 * `npm run bench -- gateway [--json] [--connections N] [--bans N] [--seconds N]`: how fast clients connect with all checks,
 * what an idle connection takes, how many direct messages a second 64 senders get acknowledged (after their commit) and
 * delivered over 3,000 connections, and how long after the answer to a ban its connection is closed, in the process that was
 * asked and in another one. Server, PostgreSQL and clients share the machine; rate limits are off.
 */

const WARM_UP = 1_000;
const SETTLE_MS = 12_000;
const MESSAGING_CONNECTIONS = 3_000;
const SENDERS = 64;
const TARGETS = {
  connectsPerSecond: 2_000,
  idleKiB: 20,
  messagesPerSecond: 13_000,
  banHereMs: 10,
  banElsewhereMs: 20,
};

/** Each connection takes a descriptor here and one in the service. */
function affordable(wanted: number): number {
  const limit = Number(execFileSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }));
  const room = Number.isFinite(limit) ? limit - 500 : wanted;
  if (room < wanted)
    note(`ulimit -n is ${limit}: only ${room} of ${wanted} connections are opened. Raise it for more.`);
  return Math.min(room, wanted);
}

async function closeAll(clients: readonly RawClient[]): Promise<void> {
  for (const { socket } of clients) socket.destroy();
  await pause(1_000);
}

/** Bans one user after the other at `asked`, each connected at `holding`; milliseconds from the answer to the close. */
async function measureBans(
  asked: Service,
  holding: Service,
  { appKey, appSecret }: Credentials,
  tokenOf: (user: number) => string,
  users: readonly number[],
): Promise<{ afterAnswer: number[]; afterRequest: number[] }> {
  const api = signedClient({ baseUrl: `http://127.0.0.1:${asked.port}`, appKey, appSecret });
  const afterAnswer: number[] = [];
  const afterRequest: number[] = [];
  for (const user of users) {
    const client = await connectRaw(holding.port, appKey, tokenOf(user));
    const sent = performance.now();
    const { body } = await api.send("/v4/user/ban", { userIds: [`user-${user}`], durationMinutes: 5 });
    const answered = performance.now();
    if (body.code !== 0) throw new Error(`the ban was refused with ${body.code}`);
    const { at: closedAt, code } = await client.closed;
    if (code !== "31011") throw new Error(`closed with ${code}`);
    afterAnswer.push(Math.max(0, closedAt - answered));
    afterRequest.push(closedAt - sent);
    client.socket.destroy();
  }
  return { afterAnswer: afterAnswer.sort((a, b) => a - b), afterRequest: afterRequest.sort((a, b) => a - b) };
}

/** Lines about connections would be most of what a service does here. */
const QUIET = { LOG_LEVEL: "error" };

async function main(installation: Installation, connections: number, bans: number): Promise<void> {
  const { production } = installation;
  const tokenOf = tokensOf(production);
  const one = await installation.startService(QUIET);
  // Of the process as it starts: whatever serving adds to it once counts as the connections' own.
  const before = one.memory();
  note(`Warming up with ${WARM_UP} connections`);
  const tokens = Array.from({ length: connections }, (_, user) => tokenOf(user));
  await closeAll((await connectAll(one, production.appKey, tokens.slice(0, WARM_UP))).clients);
  await pause(3_000);

  const cpuBefore = one.cpuSeconds();
  note(`Opening ${connections} connections`);
  const connects = await connectAll(one, production.appKey, tokens);
  const cpuMicros = Math.round(((one.cpuSeconds() - cpuBefore) / connections) * 1e6);
  note(`${connects.perSecond} connects/s; waiting for memory to settle`);
  await pause(SETTLE_MS);
  const idleKiB = Math.round((one.memory() - before) / connections / 102.4) / 10;

  const clients = inOrder(connects.clients);
  await closeAll(clients.splice(MESSAGING_CONNECTIONS));
  note(`Sending messages over ${clients.length} connections for ${seconds} s`);
  const messages = await measureMessages(clients, { senders: SENDERS, to: toOthers(clients.length, SENDERS), seconds });
  note(`${messages.perSecond} messages/s`);

  const two = await installation.startService(QUIET);
  const users = (from: number) => Array.from({ length: bans }, (_, n) => connections + from + n);
  note(`Banning ${bans} users here and ${bans} elsewhere, beside ${clients.length} idle connections`);
  const here = await measureBans(one, one, production, tokenOf, users(0));
  const elsewhere = await measureBans(two, one, production, tokenOf, users(bans));
  await closeAll(clients);

  const ban = ({ afterAnswer, afterRequest }: typeof here) => ({
    p50: at(afterAnswer, 0.5),
    p99: at(afterAnswer, 0.99),
    p99FromRequest: at(afterRequest, 0.99),
  });
  const results = {
    connectsPerSecond: connects.perSecond,
    serviceMicrosPerConnect: cpuMicros,
    connectP50Ms: at(connects.times, 0.5),
    connectP99Ms: at(connects.times, 0.99),
    idleKiBPerConnection: idleKiB,
    messages,
    banToCloseMs: { sameProcess: ban(here), otherProcess: ban(elsewhere) },
  };
  if (json) {
    console.log(JSON.stringify({ benchmark: "gateway", connections, bans, results, targets: TARGETS }, null, 2));
    return;
  }
  const row = (measured: number, target: number, met: boolean, unit: string) => ({
    measured: `${measured} ${unit}`,
    target: `${target} ${unit}`,
    met,
  });
  const { sameProcess, otherProcess } = results.banToCloseMs;
  console.log("");
  console.table({
    "connects with all checks": row(
      connects.perSecond,
      TARGETS.connectsPerSecond,
      connects.perSecond >= TARGETS.connectsPerSecond,
      "/s",
    ),
    "memory of an idle connection": row(idleKiB, TARGETS.idleKiB, idleKiB <= TARGETS.idleKiB, "KiB"),
    "messages acknowledged and delivered": row(
      messages.perSecond,
      TARGETS.messagesPerSecond,
      messages.perSecond >= TARGETS.messagesPerSecond,
      "/s",
    ),
    "ban answered to closed, same process, p99": row(
      sameProcess.p99,
      TARGETS.banHereMs,
      sameProcess.p99 <= TARGETS.banHereMs,
      "ms",
    ),
    "ban answered to closed, other process, p99": row(
      otherProcess.p99,
      TARGETS.banElsewhereMs,
      otherProcess.p99 <= TARGETS.banElsewhereMs,
      "ms",
    ),
  });
  console.log(
    `Messages: acknowledged after p50 ${messages.ackP50} ms, p99 ${messages.ackP99} ms; delivered after p50 ${messages.deliveryP50} ms, p99 ${messages.deliveryP99} ms`,
  );
  console.log(
    `${cpuMicros} µs of the service's processor time per connect; connect p50 ${results.connectP50Ms} ms, p99 ${results.connectP99Ms} ms; from the ban's request to the close p99 ${sameProcess.p99FromRequest} ms here, ${otherProcess.p99FromRequest} ms elsewhere`,
  );
}

const connections = affordable(numberFlag("--connections", 10_000));
const bans = numberFlag("--bans", 300);
const seconds = numberFlag("--seconds", 5);
const installation = await openInstallation(seedUsers(connections + 2 * bans));
try {
  await main(installation, connections, bans);
} finally {
  await installation.close();
}
