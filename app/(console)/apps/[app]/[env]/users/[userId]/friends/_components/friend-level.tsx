"use client";

import { useRouter } from "next/navigation";
import { refusalSentence } from "@/components/form/action-error";
import { Select } from "@/components/form/select";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { notify } from "@/components/ui/notify";
import type { FriendPermission } from "@/lib/core/friends/schema";
import { settingValueText } from "@/lib/core/settings/facts";
import type { Settings } from "@/lib/core/settings/schema";
import { setFriendPermissionAction } from "../../actions";

export interface FriendLevelProps {
  userId: string;
  /** The user's own choice; null: follows the chat settings. */
  own: FriendPermission | null;
  /** What the chat settings say. */
  preference: Settings["friendRequestPreference"];
  /** Why it cannot be changed. */
  locked: string | null;
}

const words = (preference: Settings["friendRequestPreference"]) =>
  settingValueText("friendRequestPreference", preference);

const LEVELS = { "1": "everyone", "2": "approval", "3": "nobody" } as const;

/** Who may add this user as a friend: the user's own level, or the setting of the environment. */
export function FriendLevel({ userId, own, preference, locked }: FriendLevelProps) {
  const { scope } = useEnvironmentScope();
  const router = useRouter();
  const save = useAction(({ to, seen }: { to: FriendPermission | null; seen: FriendPermission | null }) =>
    setFriendPermissionAction(scope, { userId, permissionType: to, seen: { permissionType: seen } }),
  );

  const change = async (to: FriendPermission | null, from: FriendPermission | null, undo: boolean) => {
    const result = await save.run({ to, seen: from });
    if (!result.ok) {
      const { conflict } = result.error;
      const theirs = conflict && (conflict.current as { permissionType: FriendPermission | null }).permissionType;
      if (theirs !== undefined) router.refresh();
      notify.failure(`Who may add ${userId} was not changed.`, {
        description: refusalSentence(result.error),
        action: theirs === undefined ? undefined : { label: "Replace", onClick: () => void change(to, theirs, false) },
      });
      return;
    }
    router.refresh();
    const says = to === null ? `follows the chat settings (${words(preference)})` : `is now: ${words(LEVELS[to])}`;
    notify.success(
      `Who may add ${userId} ${says}.`,
      undo ? { action: { label: "Undo", onClick: () => void change(from, to, false) } } : undefined,
    );
  };

  return (
    <Card aria-labelledby="friend-level">
      <CardHeader
        id="friend-level"
        title="Who may add this user"
        description="Applies to friend requests. Your app server and operators can add friends without one."
      />
      <CardBody className="flex flex-col gap-1.5">
        <Select
          label="Who may add this user"
          className="w-full max-w-sm"
          value={own === null ? "setting" : String(own)}
          disabled={locked !== null || save.pending}
          onValueChange={(value) =>
            void change(value === "setting" ? null : (Number(value) as FriendPermission), own, true)
          }
          options={[
            { value: "setting", label: `Follows the chat settings: ${words(preference)}` },
            ...Object.entries(LEVELS).map(([value, level]) => ({ value, label: words(level) })),
          ]}
        />
        {locked ? <p className="text-ink-muted text-xs">Read only. {locked}</p> : null}
      </CardBody>
    </Card>
  );
}
