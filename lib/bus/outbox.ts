import type pg from "pg";
import type { Logger } from "pino";
import { onPool, write } from "@/lib/db/statement";
import { transactionOn } from "@/lib/db/transaction";
import type { BusEvent, Publishing } from "./bus";

/** What a process has not published itself after this long is published by whichever process looks next. */
const OVERDUE_MS = 1_000;
const LOOK_MS = 500;
const MAX_EVENTS = 200;

const ADD = {
  name: "bus-outbox-add",
  text: `INSERT INTO bus_outbox (event) SELECT event FROM unnest($1::text[]) WITH ORDINALITY AS e(event, n) ORDER BY n
    RETURNING id::text AS id`,
};

const REMOVE = { name: "bus-outbox-remove", text: "DELETE FROM bus_outbox WHERE id = ANY($1::bigint[])" };

const TAKE_OVERDUE = {
  name: "bus-outbox-take-overdue",
  text: `DELETE FROM bus_outbox WHERE id IN (
      SELECT id FROM bus_outbox WHERE created_at < clock_timestamp() - $1::float8 * interval '1 millisecond'
      ORDER BY id LIMIT $2::int FOR UPDATE SKIP LOCKED
    ) RETURNING id::text AS id, event`,
};

/** Events that are written with the change they follow from, and published once it has committed. */
export interface Outbox {
  /** As `Bus.publishWithCommit`. */
  add(events: readonly BusEvent[]): Publishing;
  /** Ends looking for overdue events. */
  stop(): Promise<void>;
}

/**
 * The outbox of a carrier that knows no transactions. After the commit the writer publishes; what a process that died, or
 * that could not reach the carrier, has left is published by any process within two seconds. So nothing is lost, and
 * now and then something is told twice. `publish` rejects while the carrier is away.
 */
export function startOutbox(options: {
  readonly pool: pg.Pool;
  readonly log: Logger;
  readonly publish: (event: string) => Promise<void>;
}): Outbox {
  const { pool, log, publish } = options;
  let looking: Promise<void> = Promise.resolve();
  let busy = false;

  const publishNow = async (ids: readonly string[], events: readonly string[]) => {
    for (const event of events) await publish(event);
    await onPool(pool)(REMOVE, [ids]);
  };

  const publishOverdue = async () => {
    let taken: number;
    do {
      taken = await transactionOn(pool, async (run) => {
        const rows = await run<{ id: string; event: string }>(TAKE_OVERDUE, [OVERDUE_MS, MAX_EVENTS]);
        rows.sort((a, b) => Number(BigInt(a.id) - BigInt(b.id)));
        // They stay in the table unless all of them are on their way.
        for (const { event } of rows) await publish(event);
        return rows.length;
      });
    } while (taken === MAX_EVENTS);
  };

  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    looking = publishOverdue()
      .catch((error: unknown) => log.debug({ err: error }, "bus: overdue events could not be published yet"))
      .finally(() => {
        busy = false;
      });
  }, LOOK_MS);
  timer.unref();

  return {
    add(events) {
      const texts = events.map((event) => JSON.stringify(event));
      let ids: string[] = [];
      return {
        write: write<{ id: string }>(ADD, [texts], (rows) => {
          ids = rows.map(({ id }) => id);
        }),
        published() {
          // Whoever was not told their ids leaves them to the next look.
          if (ids.length === 0) return;
          publishNow(ids, texts).catch((error: unknown) =>
            log.warn({ err: error, events: ids.length }, "bus: events could not be published; they are sent later"),
          );
        },
      };
    },
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
