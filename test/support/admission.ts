import type { EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { admitUser } from "@/lib/core/presence/admit-user";

/** Asks whether a client with this access token may connect, as the gateway does. Throws the refusal. */
export const admit = (context: Context, environment: EnvironmentRef, token: string) =>
  admitUser(context, { appKey: environment.appKey, token, origin: null }, () => {});
