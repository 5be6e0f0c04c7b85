import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import { findIdsOfProfiles } from "../profiles/profile-key-store";
import { searchWords, withoutImplied } from "../search/fold";
import type { UserSearch } from "./search-group-store";
import { countTermsUpTo, isFew } from "./search-plan-store";
import type { UserCondition } from "./user-list-store";

/** Up to so many users that filters leave, the words are looked for among them. */
const FEW_USERS = 10_000;
/** Words that more names bear count as equally common. */
const COMMON = 2_000;

/** Reads what is searched for and looks which way is the shortest. */
export async function prepareSearch(
  db: Db,
  environmentId: EnvironmentId,
  text: string,
  condition: UserCondition,
): Promise<UserSearch> {
  const folded = searchWords(text);
  const words = withoutImplied(folded);
  const [profileIds, counts, few] = await Promise.all([
    findIdsOfProfiles(db, environmentId, text),
    words.length > 1 ? countTermsUpTo(db, environmentId, words, COMMON) : [],
    words.length > 0 ? isFew(db, environmentId, condition, FEW_USERS) : false,
  ]);
  const rarest = [...words.entries()].sort(
    ([a, wordA], [b, wordB]) => (counts[a] ?? 0) - (counts[b] ?? 0) || wordB.length - wordA.length || a - b,
  );
  const [lead, ...others] = rarest.map(([, word]) => word);
  return {
    text,
    name: folded.join(" "),
    words: lead === undefined ? null : [lead, ...others],
    profileIds: profileIds.filter((userId) => userId !== text),
    few,
  };
}
