import { formatCount } from "@/components/ui/count-text";
import { AbsoluteTime } from "@/components/ui/time";
import type { DeliveryAttempt, DeliveryDetail } from "@/lib/core/webhooks/delivery-schema";

type TimesAsText<T> = {
  readonly [Key in keyof T]: T[Key] extends Date ? string : T[Key] extends Date | null ? string | null : T[Key];
};

/** `DeliveryDetail` as JSON: the dates are text. */
export type DeliveryAnswer = Omit<TimesAsText<DeliveryDetail>, "tries"> & {
  readonly tries: ReadonlyArray<TimesAsText<DeliveryAttempt>>;
};

/** Each try with when, how long and what came of it, latest first. */
export function Tries({ delivery }: { delivery: Pick<DeliveryAnswer, "attempts" | "tries" | "state"> }) {
  const { attempts, tries, state } = delivery;
  if (tries.length === 0) {
    return (
      <p className="text-13 text-ink-muted">
        {attempts > 0
          ? "No longer kept: tries are kept for 7 days."
          : state === "dead"
            ? "None. Deliveries were paused, or there was no address, until 24 hours had passed."
            : "Not tried yet."}
      </p>
    );
  }
  return (
    <ol className="divide-y rounded-lg border text-13">
      {tries.map(({ attempt, at, ms, status, error, answer }) => (
        <li key={attempt} className="flex flex-col gap-1 px-3 py-2">
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="font-medium">
              {attempt}. {error === "" ? `Accepted with ${status}` : error}
            </span>
            <span className="text-ink-muted text-xs tabular-nums">
              <AbsoluteTime to="second" date={at} /> · {formatCount(ms)} ms
            </span>
          </div>
          {answer === "" ? null : (
            <pre className="max-h-32 overflow-auto whitespace-pre-wrap rounded bg-sunken px-2 py-1 text-ink-muted text-xs [overflow-wrap:anywhere]">
              {answer}
            </pre>
          )}
        </li>
      ))}
    </ol>
  );
}
