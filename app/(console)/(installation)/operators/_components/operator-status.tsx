import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/time";

/** Whether an operator may sign in; a test operator's end stands beside it. */
export function OperatorStatus({
  operator: { disabledAt, expiresAt },
}: {
  operator: { readonly disabledAt: Date | null; readonly expiresAt: Date | null };
}) {
  if (disabledAt !== null) return <Badge tone="danger">Disabled</Badge>;
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
