"use client";

import { EndpointError } from "@/components/failure/endpoint-error";
import { fetchJson } from "@/components/failure/fetch-json";
import { type Suggestions, useSuggestions } from "@/components/layout/use-suggestions";
import { Avatar } from "@/components/ui/avatar";
import { Name } from "@/components/ui/name";

export interface SuggestedUser {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly status: "active" | "banned" | "deleted";
}

/**
 * Users whom a typed text may mean, by id, beginning of an id, or name. `base` is "/apps/app-1/development", null where there
 * are no users.
 */
export function useUserSuggestions(
  base: string | null,
  text: string,
  options: { enabled: boolean; hurry?: boolean },
): Suggestions<SuggestedUser> {
  return useSuggestions(base === null ? null : `/api${base}/users/suggest`, text, { what: "Users", ...options });
}

/**
 * Whether an id is a user's, soft-deleted ones included. True as well when it could not be asked: then the act itself says
 * what is wrong.
 */
export async function isSuggestedUser(base: string, userId: string): Promise<boolean> {
  try {
    const found = await fetchJson<SuggestedUser[]>(`/api${base}/users/suggest?q=${encodeURIComponent(userId)}`);
    return found.some((user) => user.userId === userId);
  } catch (error) {
    if (error instanceof EndpointError) return true;
    throw error;
  }
}

const STATUS_WORDS = { active: null, banned: "Banned", deleted: "Soft-deleted" } as const;

/** The content of a suggestion's line. */
export function SuggestedUserLine({ user }: { user: SuggestedUser }) {
  const status = STATUS_WORDS[user.status];
  return (
    <>
      <Avatar name={user.name || user.userId} url={user.avatarUrl} className="size-5" />
      {user.name === "" ? null : <Name text={user.name} className="truncate" />}
      {/* The id gives way first. */}
      <code className="min-w-12 shrink-1000 truncate text-[0.92em] text-ink-muted">{user.userId}</code>
      {status === null ? null : <span className="ml-auto shrink-0 text-ink-muted text-xs">{status}</span>}
    </>
  );
}
