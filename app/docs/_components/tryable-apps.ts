import { consoleContext } from "@/lib/console/runtime";
import { operatorActor, readSession } from "@/lib/console/session";
import { listApps } from "@/lib/core/apps/list-apps";
import { newId } from "@/lib/core/ids";
import { highestRole, lowestRole, roleFor, roleMay } from "@/lib/core/permissions";

/** Where the reader of the reference may try a call; or why not. */
export type Tryable =
  | { readonly apps: ReadonlyArray<{ readonly id: string; readonly name: string }> }
  | { readonly whyNot: "signed_out" | string };

/** Looked up for the reader of this request; reading the reference does not keep a session alive. */
export async function tryableApps(): Promise<Tryable> {
  const session = await readSession({ touch: false });
  if (!session.active) return { whyNot: "signed_out" };
  const actor = await operatorActor(session, newId.request(), null);
  const seen = await listApps(await consoleContext(), actor);
  const apps = seen.filter(({ id }) =>
    roleMay(roleFor(actor.holds, "keys.try", { appId: id, name: "development" }), "keys.try"),
  );
  if (apps.length === 0) {
    return { whyNot: `Needs the role ${lowestRole("keys.try")}; yours is ${highestRole(actor.holds)}.` };
  }
  return { apps: apps.map(({ id, name }) => ({ id, name })) };
}
