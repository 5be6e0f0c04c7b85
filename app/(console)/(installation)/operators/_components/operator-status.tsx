import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/time";

/** Whether an operator may sign in; a test operator's end, or that of a lock, stands beside it. */
export function OperatorStatus({
  operator: { disabledAt, expiresAt, lockedUntil },
}: {
  operator: { readonly disabledAt: Date | null; readonly expiresAt: Date | null; readonly lockedUntil: Date | null };
}) {
  if (disabledAt !== null) return <Badge tone="danger">Disabled</Badge>;
  if (lockedUntil !== null) {
    return (
      <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
        <Badge tone="warn">Locked in new browsers</Badge>
        <span className="text-ink-muted text-xs">
          ends <RelativeTime date={lockedUntil} />
        </span>
      </span>
    );
  }
  if (expiresAt === null) return <Badge tone="ok">Active</Badge>;
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <Badge>Test operator</Badge>
      <span className="text-ink-muted text-xs">
        goes <RelativeTime date={expiresAt} />
      </span>
    </span>
  );
}
