import { AggregatorRegistry, Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { SECONDS, talliedHistogram } from "./tallied-histogram";

const NAME = { name: "im_test_seconds", help: "Only a test." };
/** Milliseconds on every bound, beside it, below the first and beyond the last. */
const TIMES = [...SECONDS.flatMap((bound) => [bound * 1000, bound * 999, bound * 1001]), 0, 0.2, 70_000];

function tallied(times: readonly number[]): Registry {
  const registry = new Registry();
  const newTally = talliedHistogram(registry, NAME, ["method"]);
  for (const method of ["one", "two"]) {
    const tally = newTally({ method });
    for (const ms of times) tally.add(ms);
  }
  return registry;
}

function ordinary(times: readonly number[]): Registry {
  const registry = new Registry();
  const histogram = new Histogram({ ...NAME, labelNames: ["method"], buckets: SECONDS, registers: [registry] });
  for (const method of ["one", "two"]) for (const ms of times) histogram.observe({ method }, ms / 1000);
  return registry;
}

test("a tallied histogram is scraped as one of prom-client's own", async () => {
  expect(await tallied(TIMES).metrics()).toBe(await ordinary(TIMES).metrics());
});

test("several processes' tallied histograms are gathered as prom-client's own are", async () => {
  const gathered = async (make: (times: readonly number[]) => Registry) => {
    const processes = [make(TIMES), make(TIMES.slice(3)), make([])];
    const read = await Promise.all(processes.map((registry) => registry.getMetricsAsJSON()));
    return AggregatorRegistry.aggregate(read).metrics();
  };
  expect(await gathered(tallied)).toBe(await gathered(ordinary));
});
