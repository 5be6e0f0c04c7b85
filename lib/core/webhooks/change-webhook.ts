import { type Actor, type EnvironmentRef, environmentOf, nameOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { checkReceiver } from "./check-receiver";
import { makeAllDue } from "./delivery-store";
import { clearTimeouts } from "./run-store";
import { type ChangeWebhookInput, ChangeWebhookSchema } from "./schema";
import { announceWebhookWork } from "./webhook-event-store";
import { readWebhook, type StoredWebhook, writeWebhook } from "./webhook-store";

/**
 * Saves address and events that were chosen on `version` and gives the new version. The address must lead to the public
 * internet unless the installation allows others. Throws `version_conflict` when someone has saved since, naming who and
 * when; then nothing is changed. Operators must give a note in production. With a new address everything that waits or
 * fails is tried at once.
 */
export async function changeWebhook(
  context: Context,
  actor: Actor,
  input: ChangeWebhookInput,
): Promise<{ version: number }> {
  requirePermission(actor, "webhooks.change");
  const environment = environmentOf(actor);
  const { version, url, events, note } = ChangeWebhookSchema.parse(input);
  if (actor.kind === "operator" && environment.name === "production" && note === "") {
    throw new AppError("invalid_parameter", { field: "note", message: "Say why. A note is required in production." });
  }
  const before = await readWebhook(context.db.prisma, environment.id);
  if (before.version !== version) throw conflict(environment, before);
  const newAddress = url !== before.url;
  if (newAddress && url !== "") await checkReceiver(context, url);

  const now = context.now();
  return executeWithPrisma(context, actor, async (tx, run) => {
    const saved = await writeWebhook(tx, environment.id, {
      url,
      events,
      version,
      updatedAt: new Date(now),
      updatedByName: nameOf(actor).name,
    });
    if (saved === null) throw conflict(environment, await readWebhook(tx, environment.id));
    if (newAddress && url !== "") {
      await clearTimeouts(tx, environment.id);
      await makeAllDue(tx, environment.id, now);
      await announceWebhookWork(run, environment.id);
    }
    const changed = changedFields(before, { url, events });
    const target = {
      kind: "webhook",
      id: environment.appKey,
      name: `${environment.appName} ${environment.name}`,
    } as const;
    const after = { ...changed.after, ...(note === "" ? {} : { note }) };
    return {
      result: { version: saved },
      audit:
        Object.keys(changed.after).length === 0
          ? []
          : [{ action: "webhook.changed", target, before: changed.before, after }],
      events: [{ type: "webhooks.changed", environmentId: environment.id }],
    };
  });
}

type Chosen = Pick<StoredWebhook, "url" | "events">;

/** The fields that differ, as the audit log shows them. */
function changedFields(before: Chosen, after: Chosen) {
  const names = (["url", "events"] as const).filter((name) => String(before[name]) !== String(after[name]));
  const of = (chosen: Chosen) => Object.fromEntries(names.map((name) => [name, chosen[name]]));
  return { before: of(before), after: of(after) };
}

function conflict(environment: EnvironmentRef, { version, updatedAt, updatedByName }: StoredWebhook): AppError {
  const by = updatedAt === null ? null : updatedByName;
  const did = `changed the webhook of ${environment.appName} ${environment.name}`;
  return new AppError("version_conflict", {
    message:
      updatedAt === null
        ? `Someone ${did} meanwhile.`
        : `${updatedByName} changed the webhook at ${updatedAt.toISOString().slice(11, 19)} UTC.`,
    conflict: { by, at: updatedAt, did, current: { version } },
  });
}
