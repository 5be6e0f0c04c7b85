import { type Actor, environmentOf } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { findUser } from "../users/user-store";
import { type IssuedToken, issueToken } from "./issue-token";
import { type IssueTestTokenInput, IssueTestTokenSchema } from "./schema";

/** A token for trying out a user by hand, in the development environment only. Throws `user_not_found` and others. */
export async function issueTestToken(context: Context, actor: Actor, input: IssueTestTokenInput): Promise<IssuedToken> {
  requirePermission(actor, "users.issue_test_token");
  const environment = environmentOf(actor);
  const { userId } = IssueTestTokenSchema.parse(input);
  if (environment.name !== "development") {
    throw new AppError("development_only", { message: "Test tokens exist only in the development environment." });
  }
  const user = await findUser(context.db, environment.id, userId);
  if (user === null) throw new AppError("user_not_found");
  if (user.softDeletedAt !== null) throw new AppError("user_soft_deleted");
  const issued = await issueToken(context, environment, userId);
  const target = { kind: "user", id: userId, name: user.name } as const;
  const after = { expiresAt: issued.expiresAt?.toISOString() ?? null };
  return execute(context, actor, async () => ({
    result: issued,
    audit: [{ action: "user.test_token_issued", target, after }],
  }));
}
