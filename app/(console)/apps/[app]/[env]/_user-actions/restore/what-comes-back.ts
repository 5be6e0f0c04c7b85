import { localTime } from "@/components/ui/time-format";
import { usePeekedUser } from "../peek/use-peeked-user";
import type { TargetUser } from "../user-actions";
import { comesBackWords } from "./restore-words";

const ANY = ["Group memberships and a running ban apply again."];

/** For the question before a restore: what comes back with a single user, once that is known; of several, what comes back with any. */
export function useWhatComesBack(users: readonly TargetUser[]): string[] {
  const [only, ...others] = users;
  const { data, isFetching } = usePeekedUser(others.length === 0 ? (only?.userId ?? null) : null);
  if (only === undefined) return [];
  if (others.length > 0 || data === undefined || isFetching) return ANY;
  const { groups, bannedUntil } = data.user;
  return comesBackWords(groups, bannedUntil === null ? null : localTime(bannedUntil));
}
