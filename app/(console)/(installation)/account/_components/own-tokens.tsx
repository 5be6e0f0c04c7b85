"use client";

import { TokenList } from "@/components/operators/token-list";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { HeldRoles } from "@/lib/core/actor";
import type { OperatorTokenRow } from "@/lib/core/operator-tokens/schema";
import { revokeOwnToken } from "../actions";
import { NewToken } from "./new-token";

interface OwnTokensProps {
  tokens: readonly OperatorTokenRow[];
  holds: HeldRoles;
  apps: readonly { readonly id: string; readonly name: string }[];
}

/** The operator’s tokens, and the way to a new one. */
export function OwnTokens({ tokens, holds, apps }: OwnTokensProps) {
  return (
    <Card aria-labelledby="tokens">
      <CardHeader
        id="tokens"
        title="Tokens"
        description="Let the command line and CI act for you, within the scopes you choose."
        action={<NewToken holds={holds} apps={apps} />}
      />
      {tokens.length === 0 ? (
        <CardBody className="text-13 text-ink-muted">No tokens yet.</CardBody>
      ) : (
        <TokenList tokens={tokens} revoke={(tokenId) => revokeOwnToken({ tokenId })} />
      )}
    </Card>
  );
}
