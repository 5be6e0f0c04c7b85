import type { Database } from "@/lib/db/database";
import type { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import type { Attempt } from "./delivery-store";

/** Logs a ping with its one try. Gives its id. */
export async function insertPing(
  database: Pick<Database, "transaction">,
  environmentId: EnvironmentId,
  event: { eventId: string; type: string; createdAt: Date; giveUpAt: Date; data: Prisma.InputJsonObject },
  attempt: Attempt,
  accepted: boolean,
): Promise<bigint> {
  const doneAt = new Date(attempt.at + attempt.ms);
  return database.transaction(async (tx) => {
    const { id } = await tx.webhookEvent.create({
      data: {
        ...event,
        environmentId,
        orderKey: "",
        attempts: 1,
        failures: accepted ? 0 : 1,
        deliveredAt: accepted ? doneAt : null,
        deadAt: accepted ? null : doneAt,
      },
      select: { id: true },
    });
    const { at, ms, status, error, answer } = attempt;
    await tx.webhookAttempt.create({
      data: { environmentId, eventId: id, attempt: 1, at: new Date(at), ms, status, error, answer },
    });
    return id;
  });
}
