"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { failureOf } from "@/components/failure/failure";
import { fetchJson } from "@/components/failure/fetch-json";
import { failureOfThrown } from "@/components/failure/unanswered";
import { Avatar } from "@/components/ui/avatar";

interface SuggestedUser {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly status: "active" | "banned" | "deleted";
}

const PAUSE_MS = 200;

/** `value` as it was when it last rested for so long, so that not every key asks the server. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [value]);
  return settled;
}

/**
 * Users whom a typed text may mean, by id, beginning of an id, or name. `base` is "/apps/app-1/development". `asked` is
 * the text that the answer is about; "" for none.
 */
export function useUserSuggestions(base: string, text: string, enabled: boolean) {
  const asked = useSettled(text.trim());
  const users = useQuery({
    queryKey: ["suggest", base, asked],
    enabled: enabled && asked !== "",
    queryFn: ({ signal }) =>
      fetchJson<SuggestedUser[]>(`/api${base}/users/suggest?q=${encodeURIComponent(asked)}`, signal),
  });
  const error =
    asked === "" || users.error === null
      ? null
      : `Users could not be searched. ${failureOf(failureOfThrown(users.error, "read"), "read").sentence}`;
  return {
    asked,
    found: asked === "" ? [] : (users.data ?? []),
    fetching: users.isFetching,
    answered: users.isFetched,
    /** Why nobody could be searched, as a sentence. */
    error,
  };
}

const STATUS_WORDS = { active: null, banned: "Banned", deleted: "Soft-deleted" } as const;

/** The content of a suggestion's line. */
export function SuggestedUserLine({ user }: { user: SuggestedUser }) {
  const status = STATUS_WORDS[user.status];
  return (
    <>
      <Avatar name={user.name || user.userId} url={user.avatarUrl} className="size-5" />
      <span className="truncate">{user.name}</span>
      <code className="truncate text-[0.92em] text-ink-muted">{user.userId}</code>
      {status === null ? null : <span className="ml-auto shrink-0 text-ink-muted text-xs">{status}</span>}
    </>
  );
}
