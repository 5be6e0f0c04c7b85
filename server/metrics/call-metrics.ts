import { Histogram, type Registry } from "prom-client";
import { type MetricName, type Tally, talliedCounter } from "./tallied-counter";

/** Bounds of the buckets: from a millisecond, as fast as a call gets, to beyond what a statement may take. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export interface CallMetricNames {
  /** How what was called is labelled. */
  readonly label: string;
  readonly calls: MetricName;
  readonly duration: MetricName;
}

/**
 * A counter of answered calls by what was called and the answer's code, and a histogram of the time they took. Gives the
 * function to be told of each; what it is told must be bounded.
 */
export function callMetrics(
  registry: Registry,
  { label, calls, duration }: CallMetricNames,
): (called: string, code: number, ms: number) => void {
  const newCount = talliedCounter(registry, calls, [label, "code"]);
  const took = new Histogram({ ...duration, labelNames: [label], buckets: SECONDS, registers: [registry] });
  const counts = new Map<string, Map<number, Tally>>();
  return (called, code, ms) => {
    let answers = counts.get(called);
    if (answers === undefined) {
      answers = new Map();
      counts.set(called, answers);
    }
    let answered = answers.get(code);
    if (answered === undefined) {
      answered = newCount({ [label]: called, code });
      answers.set(code, answered);
    }
    answered.count += 1;
    took.observe({ [label]: called }, ms / 1000);
  };
}
