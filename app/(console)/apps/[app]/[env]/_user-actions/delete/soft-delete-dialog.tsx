"use client";

import type { RefObject } from "react";
import { useApiPlace } from "@/components/code/api-place";
import { sdkCall, serverApiCalls } from "@/components/code/server-api-calls";
import { signedCurl } from "@/components/code/signed-curl";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { EnvironmentBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { CodeBlock } from "@/components/ui/id";
import { useWhatGoes } from "../open-connections";
import { useStoredData } from "./use-stored-data";

interface SoftDeleteDialogProps {
  /** Whom the call names; null where nobody is at hand. */
  userId: string | null;
  returnFocusTo?: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** The call that soft-deletes: the console itself does not, so that only the app server decides that data are erased. */
export function SoftDeleteDialog({ userId, returnFocusTo, onClose }: SoftDeleteDialogProps) {
  const { environment } = useEnvironmentScope();
  const place = useApiPlace();
  const goes = useWhatGoes(userId);
  const stored = useStoredData(userId, "softDelete");
  const call = serverApiCalls.softDeleteUsers({ userIds: [userId ?? "alice"] });
  return (
    <Dialog
      size="lg"
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      title={userId === null ? "Soft-delete users" : `Soft-delete ${userId}`}
      description="Only your app server can soft-delete users. One call takes up to 100."
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-4 text-13">
        <div className="flex flex-col items-start gap-2">
          <EnvironmentBadge environment={environment} />
          <ul className="flex list-disc flex-col gap-1 pl-4 text-ink-muted marker:text-ink-faint">
            <li>
              Erased for good: name, avatar, profile, tags, friends on both sides, friend requests, own blocklist, mute,
              messages, also those that others have received.
            </li>
            {stored.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
            <li>Kept: the ID, group memberships, bans, the ID in others’ blocklists, the audit log.</li>
            {(userId === null ? ["Open connections close at once."] : goes).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
            <li>The user gets no tokens until someone restores them.</li>
          </ul>
        </div>
        {place === null ? null : (
          <>
            <p className="text-ink-muted">Put your App Secret into the second line.</p>
            <CodeBlock
              label="signed request"
              code={signedCurl({ ...place, path: call.path, body: call.body })}
              className="min-w-0"
            />
          </>
        )}
        <CodeBlock label="SDK call" code={sdkCall(call)} />
      </div>
    </Dialog>
  );
}
