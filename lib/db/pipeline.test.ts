import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/test/support/database";
import { openPipeline, type Pipeline } from "./pipeline";

const databaseUrl = testDatabase();
const opened: Pipeline[] = [];

function pipeline(): { pipeline: Pipeline; lost: Error[] } {
  const lost: Error[] = [];
  const made = openPipeline({ url: databaseUrl() }, (error) => lost.push(error));
  opened.push(made);
  return { pipeline: made, lost };
}

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const ECHO = { name: "echo", text: "SELECT $1::int, $2::text" };
const BACKEND = { name: "backend", text: "SELECT pg_backend_pid(), pg_current_xact_id()::text" };
const NEXT = { name: "next", text: "SELECT pg_current_xact_id()::text, txid_current()::text, $1::text" };

describe("a pipeline", () => {
  test("gives each statement of a turn its own rows, as text", async () => {
    const { pipeline: one } = pipeline();
    const answers = await Promise.all([
      one.run(ECHO, ["1", "a"]),
      one.run({ name: "series", text: "SELECT generate_series(1, $1::int)" }, ["3"]),
      one.run({ name: "none", text: "SELECT 1 WHERE false" }, []),
      one.run(ECHO, ["2", null]),
    ]);
    expect(answers).toEqual([[["1", "a"]], [["1"], ["2"], ["3"]], [], [["2", null]]]);
    expect(await one.run(ECHO, ["3", "again"])).toEqual([["3", "again"]]);
  });

  test("carries out the statements of a turn in one transaction, and those of the next in another", async () => {
    const { pipeline: one } = pipeline();
    const [first, second] = await Promise.all([one.run(BACKEND, []), one.run(NEXT, ["x"])]);
    const third = await one.run(BACKEND, []);
    expect(second?.[0]?.[0]).toBe(first?.[0]?.[1]);
    expect(third[0]?.[1]).not.toBe(first?.[0]?.[1]);
    expect(third[0]?.[0]).toBe(first?.[0]?.[0]);
  });

  test("sends what arrives while it waits in the next exchange, in order", async () => {
    const { pipeline: one } = pipeline();
    const order: string[] = [];
    const ask = async (name: string) => {
      await one.run(ECHO, ["1", name]);
      order.push(name);
    };
    const first = ask("first");
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, ask("second"), ask("third")]);
    expect(order).toEqual(["first", "second", "third"]);
  });

  test("a statement that PostgreSQL refuses fails alone, and nothing of the others is done twice or lost", async () => {
    const { pipeline: one } = pipeline();
    const owner = new pg.Client({ connectionString: databaseUrl.owner() });
    await owner.connect();
    await owner.query("CREATE TABLE kept (n int PRIMARY KEY); GRANT ALL ON kept TO PUBLIC").finally(() => owner.end());
    const insert = { name: "insert", text: "INSERT INTO kept SELECT $1::int RETURNING n" };
    const results = await Promise.allSettled([
      one.run(insert, ["1"]),
      one.run(ECHO, ["no number", "x"]),
      one.run(insert, ["2"]),
      one.run(insert, ["2"]),
    ]);
    expect(results.map((result) => (result.status === "fulfilled" ? result.value : result.reason.code))).toEqual([
      [["1"]],
      "22P02",
      [["2"]],
      "23505",
    ]);
    expect(await one.run({ name: "all", text: "SELECT n FROM kept ORDER BY n" }, [])).toEqual([["1"], ["2"]]);
  });

  test("connects anew after its connection was ended, and what was under way then is rejected", async () => {
    const { pipeline: one, lost } = pipeline();
    const [[pid = null] = []] = await one.run(BACKEND, []);
    const asleep = one.run({ name: "asleep", text: "SELECT pg_sleep(60)" }, []);
    const rejected = expect(asleep).rejects.toThrow();
    const admin = new pg.Client({ connectionString: databaseUrl() });
    await admin.connect();
    await admin.query("SELECT pg_terminate_backend($1)", [pid]);
    await admin.end();
    await rejected;
    const [[other = null] = []] = await one.run(BACKEND, []);
    expect(other).not.toBe(pid);
    expect(lost.length).toBeLessThanOrEqual(1);
  });

  test("rejects while there is no server, and serves as soon as there is one", async () => {
    const url = new URL(databaseUrl());
    url.port = "1";
    const config = { url: url.href };
    const one = openPipeline(config, () => {});
    opened.push(one);
    await expect(one.run(ECHO, ["1", "a"])).rejects.toThrow();
    config.url = databaseUrl();
    expect(await one.run(ECHO, ["1", "a"])).toEqual([["1", "a"]]);
  });

  test("what comes while it cannot connect is rejected with that, and does not wait for another try", async () => {
    const tries: Socket[] = [];
    const server = createServer((socket) => tries.push(socket)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const one = openPipeline({ url: `postgresql://im@127.0.0.1:${port}/im` }, () => {});
    opened.push(one);
    const ask = () =>
      one.run(ECHO, ["1", "a"]).then(
        () => "served",
        () => "rejected",
      );
    const first = ask();
    await expect.poll(() => tries.length).toBe(1);
    const others = [ask(), ask()];
    for (const socket of tries) socket.destroy();
    expect(await Promise.all([first, ...others])).toEqual(["rejected", "rejected", "rejected"]);
    expect(tries.length).toBe(1);
    server.close();
  });

  test("closing waits for what runs, and refuses what comes after", async () => {
    const { pipeline: one } = pipeline();
    const running = one.run(ECHO, ["1", "a"]);
    const closing = one.close();
    await expect(one.run(ECHO, ["2", "b"])).rejects.toThrow("has been closed");
    expect(await running).toEqual([["1", "a"]]);
    await closing;
  });
});
