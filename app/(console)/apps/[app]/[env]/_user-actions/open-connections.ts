import { plural } from "@/components/ui/count-text";
import { connectionsText } from "./closed-connections";
import { usePeekedUser } from "./peek/use-peeked-user";
import type { TargetUser } from "./user-actions";

const UNKNOWN = { close: "Open connections close at once.", stay: "Open connections stay open." } as const;

/**
 * For the question about a single user: how many live connections there are now, and what becomes of them. Until that is
 * known, what becomes of any. Nothing for several users, of whom the dry run tells.
 */
export function useOpenConnections(users: readonly Pick<TargetUser, "userId">[], fate: "close" | "stay"): string[] {
  const [only, ...others] = users;
  const { data, isFetching } = usePeekedUser(others.length === 0 ? (only?.userId ?? null) : null);
  if (only === undefined || others.length > 0) return [];
  return [data === undefined || isFetching ? UNKNOWN[fate] : connectionsText(data.user.connections, fate)];
}

/** For the question whether a single user goes for good: what becomes of the connections, and who loses a friend. */
export function useWhatGoes(userId: string | null): string[] {
  const connections = useOpenConnections(userId === null ? [] : [{ userId }], "close");
  const { data } = usePeekedUser(userId);
  const friends = data?.user.friendCount ?? 0;
  const loses = `${plural(friends, "friend loses", "friends lose")} ${userId} from their lists.`;
  return friends === 0 ? connections : [...connections, loses];
}
