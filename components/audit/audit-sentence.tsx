import { groupHref, testRunHref, userHref } from "@/components/layout/hrefs";
import { Link } from "@/components/ui/link";
import { Name } from "@/components/ui/name";
import type { AuditRow } from "@/lib/core/audit/list-schema";
import { describeEntry, type EntryDescription } from "./describe-entry";

/** Where a target is looked at. `base` is the environment's path: /apps/{app}/{environment}. */
export function targetHref(base: string, target: NonNullable<EntryDescription["target"]>): string | null {
  switch (target.kind) {
    case "user":
      return userHref(base, target.id);
    case "job":
      return `${base}/jobs/${encodeURIComponent(target.id)}`;
    case "group":
      return groupHref(base, target.id);
    case "settings":
      return `${base}/chat/settings`;
    case "webhook":
      return `${base}/webhooks`;
    case "test_run":
      return testRunHref(base, target.id);
    case "quota":
      return `${base}/quotas`;
    case "environment":
      return `${base}/keys`;
    case "operator":
      return "/operators";
    case "app":
      return "/apps";
    default:
      return null;
  }
}

/** An audit entry in words: "**Ana** banned **alice** for 7 days". The target is a link. */
export function AuditSentence({ entry, base }: { entry: AuditRow; base: string }) {
  const { actor, verb, target, suffix } = describeEntry(entry);
  const href = target === null ? null : targetHref(base, target);
  return (
    <span className="[overflow-wrap:anywhere]">
      <Name text={actor} className="font-medium" /> {verb}
      {target === null ? null : " "}
      {target === null ? null : href === null ? (
        <Name text={target.text} className="font-medium" />
      ) : (
        <Link href={href} className="rounded-sm font-medium hover:underline" title={entry.target.name || undefined}>
          <Name text={target.text} />
        </Link>
      )}
      {suffix === "" ? null : " "}
      {suffix === "" ? null : <Name text={suffix} />}
    </span>
  );
}
