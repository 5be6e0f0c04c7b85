import {
  Ban,
  ChartNoAxesColumn,
  Gauge,
  KeyRound,
  LayoutGrid,
  ListChecks,
  type LucideIcon,
  MessageCircleQuestionMark,
  MessageSquareText,
  MessagesSquare,
  ScanSearch,
  ScrollText,
  Settings2,
  ShieldUser,
  TestTubes,
  Trash2,
  Users,
  UsersRound,
  UserX,
  Webhook,
} from "lucide-react";
import { operatorMay } from "@/lib/core/permissions";
import type { FrameOperator, FramePlace } from "./frame-data";
import { placeBase } from "./frame-data";

export interface Section {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
}

export interface SectionGroup {
  /** Null: the group needs no heading. */
  readonly label: string | null;
  readonly sections: readonly Section[];
}

/**
 * The menu of a place: exactly the pages that exist there for this operator. Test runs, Delete test users and the
 * test client exist in Development only.
 */
export function sectionsOf(
  place: FramePlace | null,
  operator: Pick<FrameOperator, "role" | "holds">,
): readonly SectionGroup[] {
  const installation: SectionGroup = {
    label: "Installation",
    sections: [
      { href: "/apps", label: "Apps", icon: LayoutGrid },
      ...(operatorMay(operator, "operators.read")
        ? [{ href: "/operators", label: "Operators", icon: ShieldUser }]
        : []),
    ],
  };
  if (place === null) return [{ ...installation, label: null }];
  const base = placeBase(place);
  const people: Section[] = [
    { href: `${base}/overview`, label: "Overview", icon: ChartNoAxesColumn },
    { href: `${base}/users`, label: "Users", icon: Users },
    { href: `${base}/bans`, label: "Bans", icon: Ban },
    { href: `${base}/deleted-users`, label: "Deleted users", icon: UserX },
  ];
  if (place.environment === "development") {
    people.push({ href: `${base}/test-runs`, label: "Test runs", icon: TestTubes });
  }
  if (place.environment === "development" && operatorMay(operator, "users.delete_test")) {
    people.push({ href: `${base}/delete-test-users`, label: "Delete test users", icon: Trash2 });
  }
  // Who may not issue test tokens could not connect anybody.
  const testClient: Section[] =
    place.environment === "development" && operatorMay(operator, "users.issue_test_token")
      ? [{ href: `${base}/test-client`, label: "Test client", icon: MessagesSquare }]
      : [];
  return [
    { label: null, sections: people },
    {
      label: "Chat",
      sections: [
        { href: `${base}/groups`, label: "Groups", icon: UsersRound },
        { href: `${base}/chat/settings`, label: "Chat settings", icon: MessageSquareText },
        { href: `${base}/chat/message-check`, label: "Message check", icon: MessageCircleQuestionMark },
        { href: `${base}/token-inspector`, label: "Token inspector", icon: ScanSearch },
        ...testClient,
        { href: `${base}/webhooks`, label: "Webhooks", icon: Webhook },
      ],
    },
    {
      label: place.app.name,
      sections: [
        { href: `${base}/jobs`, label: "Jobs", icon: ListChecks },
        { href: `${base}/audit-log`, label: "Audit log", icon: ScrollText },
        { href: `${base}/keys`, label: "App Keys", icon: KeyRound },
        { href: `${base}/quotas`, label: "Quotas", icon: Gauge },
        { href: `${base}/settings`, label: "App settings", icon: Settings2 },
      ],
    },
    installation,
  ];
}
