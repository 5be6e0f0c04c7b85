import { z } from "zod";
import type { AppUser } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { mustBe } from "../input/text";
import { getUserProfiles } from "./get-user-profiles";
import { BASIC_TEXT_SCHEMAS } from "./schema";
import { findUniqueIdOwner } from "./unique-id-store";
import type { VisibleProfile } from "./visible-profile";

const SearchSchema = z.object({ uniqueId: z.string({ error: mustBe("text") }) });
export type SearchUserProfileInput = z.input<typeof SearchSchema>;

/**
 * The hosted profile with exactly this `uniqueId`, as far as the connected user may see it. Throws `profile_not_found`
 * when nobody has it.
 */
export async function searchUserProfileByUniqueId(
  context: Context,
  actor: AppUser,
  input: SearchUserProfileInput,
): Promise<VisibleProfile> {
  const { uniqueId } = SearchSchema.parse(input);
  // What can be nobody's is not asked for: the database does not take every text.
  const possible = uniqueId !== "" && BASIC_TEXT_SCHEMAS.uniqueId.safeParse(uniqueId).success;
  const owner = possible ? await findUniqueIdOwner(context.db, actor.environment.id, uniqueId) : null;
  const [profile] = owner === null ? [] : await getUserProfiles(context, actor, { userIds: [owner] });
  if (profile === undefined) throw new AppError("profile_not_found", { field: "uniqueId" });
  return profile;
}
