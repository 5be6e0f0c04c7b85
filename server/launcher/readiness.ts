import { setTimeout as pause } from "node:timers/promises";
import { START_MARK_HEADER } from "@/lib/env";
import { ownCommands } from "@/lib/own-commands";
import { Failure } from "../installation/failure";

const ASK_AGAIN_MS = 40;
const ANSWER_LIMIT_MS = 5_000;

export interface ReadinessOptions {
  /** What the processes of this start give back (`startMark`). That another program is ready means nothing. */
  readonly mark: string;
  readonly limitMs: number;
  readonly stop: AbortSignal;
}

/**
 * Waits until every one of `addresses` answers 200 with the mark. Rejects with `stop`'s reason when it is aborted, and with
 * `Failure` after `limitMs` or when another program answers that it is ready.
 */
export async function waitUntilReady(addresses: readonly string[], options: ReadinessOptions): Promise<void> {
  const { mark, limitMs, stop } = options;
  await withLimit(stop, limitMs, (signal) =>
    Promise.all(addresses.map((address) => untilAnswered(address, mark, signal))),
  ).catch((error: unknown) => {
    if (stop.aborted || !(error instanceof LimitReached)) throw error;
    throw new Failure(
      `The console or the service did not become ready within ${limitMs / 1000} s. What they wrote stands above; \`${ownCommands().cli} doctor\` checks the installation.`,
      { cause: error },
    );
  });
}

async function untilAnswered(address: string, mark: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const theirs = await withLimit(signal, ANSWER_LIMIT_MS, (limited) => markOfReady(address, limited)).catch(() => {
      signal.throwIfAborted();
      // It does not listen yet, or does not answer.
      return null;
    });
    if (theirs === mark) return;
    if (theirs !== null) {
      throw new Failure(
        `Port ${new URL(address).port} was taken by another program meanwhile (perhaps by this product, started twice at the same moment). Stop it, or choose another port with CONSOLE_PORT or SERVICE_PORT.`,
      );
    }
    await pause(ASK_AGAIN_MS);
  }
}

/** The mark of whoever answers that it is ready, "" when that is nobody's process; null when nobody is ready. */
async function markOfReady(address: string, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(address, { signal });
  await response.arrayBuffer();
  return response.ok ? (response.headers.get(START_MARK_HEADER) ?? "") : null;
}

class LimitReached extends Error {}

/**
 * Runs `work` with a signal that is aborted with `outer`, and after `limitMs` with `LimitReached`. `AbortSignal.any` is no use
 * here: it does not hold the signals that it is made of, and a limit that nobody holds is collected before it is reached.
 */
async function withLimit<T>(
  outer: AbortSignal,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const limited = new AbortController();
  const passOn = () => limited.abort(outer.reason);
  outer.addEventListener("abort", passOn);
  const timer = setTimeout(() => limited.abort(new LimitReached()), limitMs);
  try {
    return await work(limited.signal);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener("abort", passOn);
  }
}
