import type { Registry } from "prom-client";
import { type MetricName, type Tally, talliedCounter } from "./tallied-counter";
import { type DurationTally, talliedHistogram } from "./tallied-histogram";

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
  const newDuration = talliedHistogram(registry, duration, [label]);
  const known = new Map<string, { readonly codes: Map<number, Tally>; readonly took: DurationTally }>();
  return (called, code, ms) => {
    let row = known.get(called);
    if (row === undefined) {
      row = { codes: new Map(), took: newDuration({ [label]: called }) };
      known.set(called, row);
    }
    let answers = row.codes.get(code);
    if (answers === undefined) {
      answers = newCount({ [label]: called, code });
      row.codes.set(code, answers);
    }
    answers.count += 1;
    row.took.add(ms);
  };
}
