"use client";

import { LogIn } from "lucide-react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { beginAtIssuer } from "@/components/operators/issuer";
import { Button } from "@/components/ui/button";

/** Goes to the issuer, and comes back to the path `next`. */
export function IssuerButton({ issuer, next }: { issuer: string; next: string }) {
  const { run, pending, error } = useAction((_: null) => beginAtIssuer(next));
  return (
    <>
      <Button
        size="lg"
        icon={LogIn}
        pending={pending}
        className="w-full"
        onClick={() => void run(null).then((result) => result.ok && window.location.assign(result.data.url))}
      >
        Continue with {issuer}
      </Button>
      <ActionErrorAlert error={error} />
    </>
  );
}
