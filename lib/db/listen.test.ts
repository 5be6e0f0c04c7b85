import pg from "pg";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CuttableProxy, cuttableProxy } from "@/test/support/cuttable-proxy";
import { testDatabase } from "@/test/support/database";
import { ANSWER_WITHIN_MS, type Listening, listen } from "./listen";

/** A connection that only listens, by a way that a test makes silent; what is said to it takes another way. */

const databaseUrl = testDatabase();
const PULSE_MS = 200;
let speaker: pg.Client;
let proxy: CuttableProxy;
let listening: Listening;
let heard: string[];
let times: { listening: number; lost: number };

beforeEach(async () => {
  const url = new URL(databaseUrl());
  speaker = new pg.Client(url.href);
  await speaker.connect();
  proxy = await cuttableProxy(url.hostname, Number(url.port));
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  heard = [];
  times = { listening: 0, lost: 0 };
  listening = await listen({
    url: url.href,
    channel: "A channel",
    name: "test",
    log: pino({ level: "silent" }),
    pulseMs: PULSE_MS,
    onPayload: (payload) => heard.push(payload),
    onListening: () => {
      times.listening += 1;
    },
    onLost: () => {
      times.lost += 1;
    },
  });
});
afterEach(async () => {
  await listening.close();
  await speaker.end();
  await proxy.close();
});

const say = (text: string) => speaker.query("SELECT pg_notify('A channel', $1)", [text]);

test("a way that swallows everything is noticed, another is found, and who listens is told", {
  timeout: 30_000,
}, async () => {
  await say("one");
  await expect.poll(() => heard).toEqual(["one"]);
  proxy.replace();
  await say("two");
  await expect.poll(() => times, { timeout: 15_000 }).toEqual({ listening: 2, lost: 1 });
  expect(listening.connected()).toBe(true);
  await say("three");
  await expect.poll(() => heard).toEqual(["one", "three"]);
});

/** When the listening connection was last asked something, as PostgreSQL saw it. */
async function lastAsked(): Promise<number> {
  const { rows } = await speaker.query<{ at: Date }>(
    `SELECT query_start AS at FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'im-user-service test'`,
  );
  return rows[0]?.at.getTime() ?? 0;
}

test("a database to which nobody says anything is not thought lost", async () => {
  // Longer than a sign of life may take.
  const asked = (await lastAsked()) + ANSWER_WITHIN_MS + PULSE_MS;
  await expect.poll(lastAsked, { timeout: 15_000 }).toBeGreaterThan(asked);
  expect(times).toEqual({ listening: 1, lost: 0 });
  await say("one");
  await expect.poll(() => heard).toEqual(["one"]);
});

test("ends in time although the database is silent", async () => {
  proxy.freeze();
  await listening.close();
  expect(times).toEqual({ listening: 1, lost: 0 });
});
