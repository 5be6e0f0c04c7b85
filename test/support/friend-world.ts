import type { BusEvent } from "@/lib/bus/bus";
import type { AppUser, EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { appUserOf } from "./app-users";
import { createTestApp } from "./context";
import { insertTestUsers } from "./users";

/** A fresh production environment with these users. */
export async function environmentWith(context: Context, ...userIds: string[]): Promise<EnvironmentRef> {
  const { production } = await createTestApp(context);
  await insertTestUsers(
    context,
    production.ref,
    userIds.map((userId) => ({ userId })),
  );
  return production.ref;
}

/** A user who is connected with this kind of device. */
export function appUserOn(platform: string, environment: EnvironmentRef, userId: string): AppUser {
  return { ...appUserOf(environment, userId), connection: { id: newId.request(), platform } };
}

/** Lets the environment's webhook want friendship events. To be called before anything else happens in it. */
export async function selectFriendshipEvents(context: Context, { id: environmentId }: EnvironmentRef): Promise<void> {
  await context.db.prisma.webhook.create({
    data: {
      environmentId,
      url: "https://example.com/hook",
      events: ["user:friendship"],
      updatedAt: new Date(),
      updatedByName: "Test",
    },
  });
}

/** A friendship event's `data` without its time, the older names beside the newer ones. */
export const friendship = (event: Readonly<{ operationType: number; os: string }> & Record<string, unknown>) => ({
  ...event,
  eventType: event.operationType,
  source: event.os,
});

/** The `data` of the webhook events recorded in an environment, in their order, without their times. */
export async function recordedEvents(context: Context, { id: environmentId }: EnvironmentRef) {
  const events = await context.db.prisma.webhookEvent.findMany({ where: { environmentId }, orderBy: { id: "asc" } });
  return events.map(({ data }) => {
    const { time: _, ...rest } = data as Record<string, unknown>;
    return rest;
  });
}

/**
 * Collects the events that an environment hears while `work` runs; ends when `count` of them have come, since the bus
 * delivers after the call has returned.
 */
export async function eventsDuring(
  context: Context,
  { id }: EnvironmentRef,
  count: number,
  work: () => Promise<unknown>,
): Promise<BusEvent[]> {
  const heard: BusEvent[] = [];
  let stop = () => {};
  const complete = new Promise<void>((resolve) => {
    stop = context.bus.subscribe((event) => {
      if (event.environmentId !== id) return;
      heard.push(event);
      if (heard.length === count) resolve();
    });
  });
  await work();
  await complete;
  stop();
  return heard;
}
