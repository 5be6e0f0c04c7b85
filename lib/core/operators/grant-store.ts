import type { Db } from "@/lib/db/database";
import type { EnvironmentName, Grant, OperatorRole } from "../actor";

/** A grant as the console shows it: who gave it, and when. */
export interface StoredGrant extends Grant {
  readonly grantedAt: Date;
  readonly grantedBy: string;
}

/** What a query of operators selects to know what they hold. */
export const GRANT_COLUMNS = { select: { appId: true, environment: true, role: true } } as const;

/** Rows as grants. Nobody is made an owner of one environment: such a row would come from outside the product, and says nothing. */
export const grantsOf = <G extends { appId: string; environment: EnvironmentName; role: OperatorRole }>(
  rows: readonly G[],
): Array<G & Grant> => rows.filter((row): row is G & Grant => row.role !== "owner");

/** What an operator was given, by app and environment. */
export async function findGrants(db: Db, operatorId: string): Promise<StoredGrant[]> {
  const rows = await db.operatorGrant.findMany({
    where: { operatorId },
    select: { ...GRANT_COLUMNS.select, grantedAt: true, grantedBy: true },
    orderBy: [{ appId: "asc" }, { environment: "asc" }],
  });
  return grantsOf(rows);
}

/** How many environments each operator was given a role in; who was given none is not in it. */
export async function countGrants(db: Db): Promise<Map<string, number>> {
  const rows = await db.operatorGrant.groupBy({ by: ["operatorId"], _count: true });
  return new Map(rows.map(({ operatorId, _count }) => [operatorId, _count]));
}

/** Replaces what an operator was given in one app. */
export async function replaceGrants(
  db: Db,
  { operatorId, appId }: { readonly operatorId: string; readonly appId: string },
  grants: ReadonlyArray<Omit<StoredGrant, "appId">>,
): Promise<void> {
  await db.operatorGrant.deleteMany({ where: { operatorId, appId } });
  await db.operatorGrant.createMany({ data: grants.map((grant) => ({ operatorId, appId, ...grant })) });
}
