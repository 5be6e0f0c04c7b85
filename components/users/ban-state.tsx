import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/time";
import type { BanRow } from "@/lib/core/bans/list-schema";

/** How a ban stands, as a word: running, ran out, lifted by whom, or replaced by a later one. */
export function BanStateText({ ban }: { ban: Pick<BanRow, "state" | "lifted" | "endsAt"> }) {
  switch (ban.state) {
    case "running":
      return <Badge tone="danger">In force</Badge>;
    case "lifted":
      return (
        <span>
          Lifted{ban.lifted ? ` by ${ban.lifted.by.name} ` : " "}
          {ban.lifted ? (
            <span className="text-ink-muted">
              <RelativeTime date={ban.lifted.at} />
            </span>
          ) : null}
        </span>
      );
    case "replaced":
      return <span className="text-ink-muted">Replaced by a later ban</span>;
    case "expired":
      return <span className="text-ink-muted">Ran out</span>;
  }
}
