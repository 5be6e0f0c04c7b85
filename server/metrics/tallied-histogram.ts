import { Histogram, type Metric, type MetricValueWithName, type Registry } from "prom-client";
import type { Labels, MetricName } from "./tallied-counter";

/** Bounds of the buckets: from a millisecond, as fast as a call gets, to beyond what a statement may take. */
export const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** The durations of one combination of labels. */
export class DurationTally {
  /** By bucket, each without those below it; the last is for what took longer than every bound. */
  readonly #counts = new Array<number>(SECONDS.length + 1).fill(0);
  #sum = 0;

  add(ms: number): void {
    const seconds = ms / 1000;
    let bucket = 0;
    while (seconds > (SECONDS[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += seconds;
  }

  /** The lines of a scrape. */
  values(name: string, labels: Labels): MetricValueWithName<string>[] {
    let total = 0;
    const buckets = this.#counts.map((count, bucket) => {
      total += count;
      return { metricName: `${name}_bucket`, labels: { le: SECONDS[bucket] ?? "+Inf", ...labels }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: this.#sum },
      { metricName: `${name}_count`, labels, value: total },
    ];
  }
}

/** A histogram of durations that is kept in tallies, for the reason that `talliedCounter` gives. */
export function talliedHistogram(
  registry: Registry,
  { name, help }: MetricName,
  labelNames: readonly string[],
): (labels: Labels) => DurationTally {
  const tallies: { readonly labels: Labels; readonly tally: DurationTally }[] = [];
  // Says what a histogram is, and stays empty. A registry asks what is in it for no more than a name and `get`: so
  // prom-client gathers the metrics of several processes itself.
  const described = new Histogram({ name, help, labelNames, registers: [] });
  const metric = {
    name,
    get: async () => ({
      ...(await described.get()),
      values: tallies.flatMap(({ labels, tally }) => tally.values(name, labels)),
    }),
  };
  registry.registerMetric(metric as unknown as Metric);
  return (labels) => {
    const tally = new DurationTally();
    tallies.push({ labels, tally });
    return tally;
  };
}
