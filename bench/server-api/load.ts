import pg from "pg";
import { scenarioNamed } from "./scenarios";

/** What a load process is told to do, and what it measured. */

export interface Order {
  /** The name of a scenario. */
  readonly scenario: string;
  readonly seconds: number;
  readonly connections: number;
  /** Distinguishes the ids of this order from those of all others. */
  readonly round: number;
  readonly appKey: string;
  readonly appSecret: string;
  readonly environmentId: number;
  readonly port: number;
  readonly databaseUrl: string;
}

export interface Measured {
  /** All that were sent, those of the warm-up included. */
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Milliseconds */
  readonly p50: number;
  readonly p99: number;
}

/** Runs `once` on every connection in a closed loop, first to warm up, then for the time ordered. */
export async function measure(
  order: Order,
  once: (connection: number, number: number) => Promise<void>,
): Promise<Measured> {
  let number = 0;
  const loop = async (until: number, times: number[] | null): Promise<void> => {
    await Promise.all(
      Array.from({ length: order.connections }, async (_, connection) => {
        for (let now = performance.now(); now < until; ) {
          number += 1;
          await once(connection, number);
          const end = performance.now();
          times?.push(end - now);
          now = end;
        }
      }),
    );
  };
  await loop(performance.now() + 700, null);
  const times: number[] = [];
  const started = performance.now();
  await loop(started + order.seconds * 1000, times);
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { requests: number, requestsPerSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}

/** Puts back what earlier orders have used up. */
async function refill({ scenario, environmentId, databaseUrl }: Order): Promise<void> {
  const { refill: statements = [] } = scenarioNamed(scenario);
  if (statements.length === 0) return;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement, [environmentId]);
  await client.end();
}

/** Reads the order from the parent, carries it out and reports. */
export function serveOrders(carryOut: (order: Order) => Promise<Measured>): void {
  process.on("message", (order: Order) => {
    const done = refill(order).then(() => carryOut(order));
    done.then(
      (measured) => process.send?.({ measured }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  process.on("disconnect", () => process.exit(0));
}
