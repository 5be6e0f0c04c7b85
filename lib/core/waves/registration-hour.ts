import type { KeptCount } from "./registration-count-store";
import { WAVE_KINDS, type WaveKind } from "./schema";
import { HOUR_BUCKETS } from "./wave-rule";

/** Registrations of one kind in the last hour. */
export interface Group {
  readonly kind: WaveKind;
  readonly key: string;
  readonly count: number;
  /** By ten minutes, oldest first; those without any are missing. */
  readonly buckets: readonly { readonly bucket: Date; readonly count: number }[];
}

/** The groups of an hour: the most telling kinds first, the largest first in each. */
export function hourOf(kept: readonly KeptCount[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { kind, key, bucket, count } of kept) {
    const known = groups.get(`${kind} ${key}`) ?? { kind, key, count: 0, buckets: [] };
    groups.set(`${kind} ${key}`, {
      ...known,
      count: known.count + count,
      buckets: [...known.buckets, { bucket, count }],
    });
  }
  return [...groups.values()].sort(
    (one, other) => WAVE_KINDS.indexOf(one.kind) - WAVE_KINDS.indexOf(other.kind) || other.count - one.count,
  );
}

/** Fewer in ten minutes are no rise. */
const RISE_MIN = 5;

/** The ten minutes in which a group began to rise above what is usual in an hour. */
export function risingFrom({ buckets }: Group, usual: number): Date {
  const rise = Math.max(RISE_MIN, (2 * usual) / HOUR_BUCKETS);
  const first = buckets.find(({ count }) => count >= rise) ?? buckets[0];
  if (first === undefined) throw new Error("a group that rises has registrations");
  return first.bucket;
}

/**
 * How many of a group's registrations are not those of waves that are told already. A name pattern is one wave with a prefix that
 * has at least half of its users: the same users bear both.
 */
export function unexplained(group: Group, told: readonly Group[]): number {
  const of = (kind: WaveKind) => told.filter((one) => one.kind === kind).map(({ count }) => count);
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  switch (group.kind) {
    case "prefix":
      return group.count;
    case "name":
      return of("prefix").some((count) => 2 * count >= group.count) ? 0 : group.count;
    case "all":
      return group.count - Math.max(sum(of("prefix")), sum(of("name")));
  }
}
