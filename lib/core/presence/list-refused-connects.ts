import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { ERRORS, type ErrorCode } from "../errors";
import { requirePermission } from "../permissions";
import { UserKeySchema } from "../users/list-schema";
import { findRefusedConnects } from "./refused-connect-store";

/** Days, codes and platforms of one user that are listed. */
const LISTED_MAX = 100;

/** Refused connects of one day with one code from one platform. */
export interface RefusedConnectRow {
  readonly code: string;
  /** What the client was told; null for a code that is no more. */
  readonly clientCode: number | null;
  readonly sentence: string;
  readonly platform: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly sdk: string;
  readonly device: string;
  readonly ip: string;
}

/** Why a user could not connect in the last 30 days, latest first; at most 100 rows. */
export async function listRefusedConnects(
  context: Context,
  actor: Actor,
  input: { userId: string },
): Promise<RefusedConnectRow[]> {
  requirePermission(actor, "users.read");
  const parsed = UserKeySchema.safeParse(input);
  if (!parsed.success) return [];
  const rows = await findRefusedConnects(context.db.prisma, environmentOf(actor).id, parsed.data.userId, LISTED_MAX);
  return rows.map((row) => {
    const known = Object.hasOwn(ERRORS, row.code) ? ERRORS[row.code as ErrorCode] : null;
    return { ...row, clientCode: known?.clientCode ?? null, sentence: known?.sentence ?? row.code };
  });
}
