import pino from "pino";
import { expect, test } from "vitest";
import type { Bus, BusEvent } from "@/lib/bus/bus";
import { publishAfterCommit } from "./publish";

const log = pino({ level: "silent" });

test("what could not be published is sent in its order when the bus can be reached again", async () => {
  const sent: BusEvent[] = [];
  let away = true;
  const bus = {
    publish: async (event: BusEvent) => {
      if (away) throw new Error("away");
      sent.push(event);
    },
  } as Bus;
  const events = [1, 2, 3].map((environmentId) => ({ type: "settings.changed", environmentId }) as const);
  for (const event of events) await publishAfterCommit({ bus, log }, event);
  expect(sent).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(sent).toEqual([]);
  away = false;
  await expect.poll(() => sent, { timeout: 3_000 }).toEqual(events);
});
