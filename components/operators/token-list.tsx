"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import { RelativeTime } from "@/components/ui/time";
import type { ActionResult } from "@/lib/console/action-result";
import type { OperatorTokenRow } from "@/lib/core/operator-tokens/schema";

interface TokenListProps {
  tokens: readonly OperatorTokenRow[];
  revoke: (tokenId: string) => Promise<ActionResult<unknown>>;
  /** After one was revoked; the page is read again as well. */
  onRevoked?: () => void;
}

/** The tokens of an operator that work, the newest first. Each can be revoked. */
export function TokenList({ tokens, revoke, onRevoked }: TokenListProps) {
  return (
    <ul aria-label="Tokens" className="divide-y border-t text-13">
      {tokens.map((token) => (
        <TokenItem key={token.id} token={token} revoke={revoke} onRevoked={onRevoked} />
      ))}
    </ul>
  );
}

function TokenItem({ token, revoke, onRevoked }: { token: OperatorTokenRow } & Omit<TokenListProps, "tokens">) {
  const router = useRouter();
  const opener = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
      <span className="flex min-w-0 flex-col gap-1">
        <span className="flex flex-wrap items-center gap-1.5">
          <span className="break-all font-medium">{token.name}</span>
          {token.scopes.map((scope) => (
            <Badge key={scope} tone="neutral">
              {scope}
            </Badge>
          ))}
        </span>
        <span className="text-ink-muted">
          {token.app === null ? "Every app" : token.app.name}, expires <RelativeTime date={token.expiresAt} />,{" "}
          {token.lastUsedAt === null ? (
            "never used"
          ) : (
            <>
              last used <RelativeTime date={token.lastUsedAt} />
              {token.lastUsedIp ? ` from ${token.lastUsedIp}` : null}
            </>
          )}
        </span>
      </span>
      <Button
        ref={opener}
        size="sm"
        variant="danger-quiet"
        aria-label={`Revoke the token ${token.name}`}
        onClick={() => setAsking(true)}
      >
        Revoke…
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        returnFocusTo={opener}
        title={`Revoke ${token.name}?`}
        effect="Programs that use this token are refused from now on."
        undo="This cannot be undone. You can create another token."
        confirmLabel={`Revoke ${token.name}`}
        onConfirm={() => revoke(token.id)}
        onDone={() => {
          notify.success(`${token.name} revoked.`);
          onRevoked?.();
          router.refresh();
        }}
      />
    </li>
  );
}
