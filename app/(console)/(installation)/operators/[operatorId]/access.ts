import { ENVIRONMENT_WORDS, ROLE_WORDS } from "@/components/layout/frame-data";
import type { EnvironmentName } from "@/lib/core/actor";
import type { Answer, OperatorAccess } from "@/lib/core/operators/get-access";
import { PERMISSIONS, type Permission } from "@/lib/core/permissions";

/** An environment of which is shown what an operator may do there. */
export interface Place {
  readonly appId: string;
  readonly appName: string;
  readonly name: EnvironmentName;
}

/** Where an address of this page asks what the operator may do; null: on the installation. */
export function chosenPlace(
  { apps }: OperatorAccess,
  { app, env }: Record<string, string | string[] | undefined>,
): Place | null {
  const found = apps.find(({ id }) => id === app);
  if (found === undefined || (env !== "development" && env !== "production")) return null;
  return { appId: found.id, appName: found.name, name: env };
}

/** "On the installation", "In Shop Development" */
export const placeWords = (place: Place | null): string =>
  place === null ? "On the installation" : `In ${place.appName} ${ENVIRONMENT_WORDS[place.name].label}`;

/** Why the answer is as it is, in one sentence. */
export function whyWords(
  { apps }: OperatorAccess,
  permission: Permission,
  { may, role, by, needs }: Answer,
  place: Place | null,
): string {
  const label = ROLE_WORDS[role].label;
  const grant = apps
    .find(({ id }) => id === place?.appId)
    ?.places.find(({ environment }) => environment === place?.name)?.grant;
  const source =
    by === "everywhere"
      ? `${label} in all apps`
      : by === "highest"
        ? `${label} in at least one app`
        : role === "guest"
          ? "No access here"
          : `${label} here`;
  const given = by === "grant" && grant ? `, as ${grant.grantedBy} said` : "";
  const proof = may && "fresh" in PERMISSIONS[permission] ? " Asks again who they are." : "";
  return may ? `${source}${given}.${proof}` : `${source}${given}; this needs ${needs}.`;
}
