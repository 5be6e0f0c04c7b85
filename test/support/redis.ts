import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./free-port";

/** Whether a redis-server can be started here. `npm test` installs one where it may. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

if (!hasRedis) {
  process.stderr.write(
    "redis-server is not installed: the tests of the bus over Redis are skipped (apt-get install redis-server).\n",
  );
}

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A Redis of the test's own, keeping nothing. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child: ChildProcess = spawn("redis-server", options, { stdio: "ignore" });
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (child.exitCode !== null || tries > 200) throw new Error("redis-server did not start");
    await pause(25);
  }
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async close() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
