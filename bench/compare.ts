import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { flags, json, note, numberFlag } from "./common/flags";
import type { Slice, SliceOrder } from "./compare/side";
import { SCENARIOS } from "./server-api/scenarios";

/**
 * `npm run bench -- compare --to <folder> [--only "ban;get"] [--slices N] [--seconds N] [--json]`: this checkout beside another one, in which
 * packages are installed and the Prisma client is generated. Both run at the same time, each with a database of its own, and are
 * driven in turns of a fraction of a second, so that whatever else the machine does hits both alike. "faster" is the median over the
 * turns of what this checkout does in a second to what the other does; "cpu" the same of the processor time of the service for each request,
 * turned round so that above 1 is better in both. The other checkout needs this version of `bench/`: copy the folder there.
 */

const folder = flags[flags.indexOf("--to") + 1];
if (!flags.includes("--to") || folder === undefined) throw new Error("Name the other checkout: --to <folder>.");
const slices = numberFlag("--slices", 12);
const seconds = numberFlag("--seconds", 0.5);
const only = flags.includes("--only") ? flags[flags.indexOf("--only") + 1]?.split(";") : undefined;
const WARM_UP_SECONDS = 3;
const CONNECTIONS = 16;

async function startSide(cwd: string): Promise<ChildProcess> {
  const side = fork(path.join(cwd, "bench/compare/side.ts"), { cwd, execArgv: ["--import", "tsx"] });
  await Promise.race([
    once(side, "message"),
    once(side, "exit").then(() => Promise.reject(new Error(`The checkout in ${cwd} did not start.`))),
  ]);
  return side;
}

async function runSlice(side: ChildProcess, order: SliceOrder): Promise<Slice> {
  side.send(order);
  const [{ slice, error }] = (await once(side, "message")) as [{ slice?: Slice; error?: string }];
  if (slice === undefined) throw new Error(`${order.scenario}: ${error}`);
  return slice;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const chosen = SCENARIOS.filter(({ name }) => only?.some((beginning) => name.startsWith(beginning)) ?? true);
if (chosen.length === 0) throw new Error(`No scenario begins with ${only?.join(" or ")}.`);
const sides: ChildProcess[] = [];
try {
  for (const cwd of [process.cwd(), path.resolve(folder)]) sides.push(await startSide(cwd));
  const [mine, other] = sides as [ChildProcess, ChildProcess];
  const results = [];
  let round = 10;
  for (const { name } of chosen) {
    const turn = async (side: ChildProcess, length = seconds) => {
      round += 1;
      return runSlice(side, { scenario: name, seconds: length, connections: CONNECTIONS, round });
    };
    for (const side of sides) await turn(side, WARM_UP_SECONDS);
    const pairs: Array<[Slice, Slice]> = [];
    for (let slice = 0; slice < slices; slice += 1) {
      // Whoever goes first changes, so that neither always has the other's checkpoint behind it.
      if (slice % 2 === 0) pairs.push([await turn(mine), await turn(other)]);
      else {
        const theirs = await turn(other);
        pairs.push([await turn(mine), theirs]);
      }
    }
    const result = {
      scenario: name,
      faster: Number(median(pairs.map(([a, b]) => a.requestsPerSecond / b.requestsPerSecond)).toFixed(2)),
      cpu: Number(median(pairs.map(([a, b]) => b.cpuMicroseconds / a.cpuMicroseconds)).toFixed(2)),
      "µs here": Math.round(median(pairs.map(([a]) => a.cpuMicroseconds))),
      "µs there": Math.round(median(pairs.map(([, b]) => b.cpuMicroseconds))),
    };
    results.push(result);
    note(`${name}: ${result.faster} by requests a second, ${result.cpu} by processor time`);
  }
  if (json) console.log(JSON.stringify({ benchmark: "compare", slices, seconds, results }, null, 2));
  else console.table(results);
} finally {
  for (const side of sides) if (side.connected) side.disconnect();
}
